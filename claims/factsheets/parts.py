"""The parts of a fact sheet as pandoc blocks: claims, questions, quotes and notices.

Every claim says who says it before what, how sure they are, where it stands in review, what
disputes it, and in which words of which source it rests.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.factsheets import ast
from claims.factsheets.alike import who
from claims.factsheets.ast import Node
from claims.factsheets.sheet import Sheet, SheetClaim, cited_key
from claims.readings.claims import ClaimReading, EvidenceReading
from claims.readings.lines import LineReading, other_basis_line
from claims.readings.wording import day_text, translation_note
from claims.vocabulary import NoticeCode
from sources.domain.text.characters import invisible_characters
from sources.readings.citing import CitedRecord, reliability_text
from sources.readings.doubts import grade_text
from sources.readings.quote_findings import not_printed_in_words
from sources.readings.quotes import QuoteReading

# Page locators are cited by their number alone: the style adds the word for pages in the language
# of the sheet. Everything else stands as it was written.
_PAGES = re.compile(r"(?:pp?\.?|pages?)?\s*(\d+(?:\s*[-–,]\s*\d+)*)", re.IGNORECASE)
# Changes since the edition before that the sheet itself names; all stand on its page.
MAX_CHANGES = 5
# Notices that the status of the claim already names.
_CODES_OF_STATUS = (NoticeCode.RETRACTED, NoticeCode.UNREVIEWED)


def opening(sheet: Sheet) -> list[Node]:
    """When the sheet was made or issued, what is in it, and where to look it up."""
    claims = {one.line.claim.ref: one.line.claim for one in sheet.claims}.values()
    unpublished = sum(not claim.is_published for claim in claims)
    disputed = sum(claim.is_disputed for claim in claims)
    sources = {cited_key(piece.quote.source) for claim in claims for piece in claim.evidence}
    made = _("Made %(at)s") if sheet.edition is None else _("As of %(at)s")
    at = sheet.generated_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    facts = [
        ast.text(made % {"at": at}),
        ast.text(ngettext("%(n)d claim", "%(n)d claims", len(claims)) % {"n": len(claims)}),
        ast.text(_("%(n)d disputed") % {"n": disputed}) if disputed else [],
        ast.text(_("%(n)d not published") % {"n": unpublished}) if unpublished else [],
        ast.text(ngettext("%(n)d source", "%(n)d sources", len(sources)) % {"n": len(sources)})
        if sources
        else [],
    ]
    lines = [ast.para(line) for line in (*_edition(sheet), ast.joined(facts))]
    blocks = [ast.div(lines, "sheet-facts")]
    if not claims:
        return [*blocks, ast.para(ast.text(_("This sheet holds no claims.")))]
    return blocks


def _edition(sheet: Sheet) -> list[list[Node]]:
    """The lines on the edition: its number and day, who issued it, what changed, its address."""
    edition = sheet.edition
    if edition is None:
        return []
    words = {"number": edition.number, "day": day_text(edition.issued_at.date())}
    named = [ast.text(_("Edition %(number)d of %(day)s") % words)]
    if edition.issued_by:
        named.append(ast.join_inlines([_("issued by"), " ", ast.isolated(edition.issued_by)]))
    if edition.replaces is not None:
        named.append(ast.text(_("replaces edition %(number)d") % {"number": edition.replaces}))
    address = edition.short_address
    lines = [ast.joined(named)]
    if address:
        url = address if "://" in address else f"https://{address}"
        printed = ast.text(address.removeprefix("https://").removeprefix("http://"))
        shown = ast.link(printed, url, "short")
        lines.append(ast.join_inlines([_("See whether it still holds:"), " ", shown]))
    if edition.changes:
        changes = edition.changes[:MAX_CHANGES]
        pieces = [[ast.isolated(one)] for one in changes]
        if more := len(edition.changes) - len(changes):
            pieces.append(ast.text(_("%(n)d more changes stand on its page.") % {"n": more}))
        before = _("Since edition %(number)d:") % {"number": edition.replaces or 0}
        lines.append(ast.join_inlines([before, " ", ast.joined(pieces, " ")]))
    return lines


def claim_block(one: SheetClaim, sheet: Sheet, numbers: Iterator[int], shown: set[str]) -> Node:
    """One claim with all that a reader needs to judge it.

    `shown` are the references that are on the sheet already: of a question among them the claim
    says no more than its reference.
    """
    line, claim = one.line, one.line.claim
    facts = ast.joined([_standing_of(one, shown), _facts(line)])
    blocks = [_head(line, one.url, sheet), ast.div([ast.para(facts)], "claim-facts")]
    blocks += notices_blocks(line, shown)
    if claim.evidence and line.support:
        support = ast.join_inlines([_("Support:"), " ", ast.isolated(line.support)])
        blocks.append(ast.div([ast.para(support)], "claim-facts"))
    if one.others:
        blocks.append(_on_another_basis(one, sheet))
    for piece in claim.evidence:
        blocks.append(_evidence(piece, sheet, next(numbers), one.url))
    if not claim.evidence:
        blocks.append(ast.div([ast.para(ast.text(_("No quote is tied to this claim.")))], "notice"))
    identifier = "" if claim.ref in shown else claim.ref
    shown.add(claim.ref)
    return ast.div(blocks, "claim", f"claim-{_look(claim)}", identifier=identifier)


def _look(claim: ClaimReading) -> str:
    """How the claim is marked: retracted, published, unread by a second person, or other."""
    if claim.status == "retracted":
        return "retracted"
    if claim.is_published:
        return "published"
    codes = [notice.code for notice in claim.notices]
    return "unread" if NoticeCode.UNREVIEWED in codes else "unpublished"


def _head(line: LineReading, url: str, sheet: Sheet) -> Node:
    """Reference, who says it, how sure they are, and then what; struck through if retracted."""
    claim = line.claim
    lang = other_language(claim.language, sheet)
    statement = ast.isolated(claim.statement, "statement", lang=lang)
    said = ast.struck([statement]) if claim.status == "retracted" else statement
    reference = ast.link(ast.text(claim.ref), url, "ref")
    named = who(line.attribution, line.mode)
    return ast.header(3, ast.join_inlines([reference, " ", *named, ": ", said]))


def _standing_of(one: SheetClaim, shown: set[str]) -> list[Node]:
    """The version, its status, and what it is warned of most."""
    claim = one.line.claim
    look, headline = _look(claim), claim.headline
    marks = [ast.span(ast.text(one.line.status), "badge", f"badge-{look}")]
    if look == "unread":
        marks.insert(0, ast.span(ast.text(_("Not reviewed")), "badge", "badge-unread"))
    elif look == "unpublished":
        marks.insert(0, ast.span(ast.text(_("Not published")), "badge", "badge-unread"))
    if headline is not None and headline.code not in (*_CODES_OF_STATUS, NoticeCode.DISPUTED):
        marks.append(ast.span(ast.text(_(headline.code.label)), "badge", f"badge-{headline.code}"))
    if claim.is_disputed:
        words = ast.text(_("Disputed"))
        for conflict in claim.conflicts:
            if conflict.status.disputes and conflict.ref in shown:
                ref = ast.link(ast.text(conflict.ref), f"#{conflict.ref}")
                words = ast.join_inlines([words, " ", ref])
        marks.append(ast.span(words, "badge", "badge-disputed"))
    return ast.joined([ast.text(claim.version_ref), *([mark] for mark in marks)])


def _facts(line: LineReading) -> list[Node]:
    """Value, where its search stands, period and when it was said, as far as they are known.

    The value stands as the source wrote it, with what it is compared as beside it.
    """
    value: list[Node] = []
    if line.as_written:
        compared: list[Node | str] = []
        if line.value:
            compared = [", ", ast.isolated(line.value, "understood")]
        value = ast.join_inlines([_("Value"), " “", ast.isolated(line.as_written), "”", *compared])
    elif line.value:
        value = ast.join_inlines([_("Value"), " ", ast.isolated(line.value)])
    period = ast.join_inlines([_("Period"), " ", ast.isolated(line.period)]) if line.period else []
    asserted: list[Node] = []
    if line.said_on:
        by = _("Said by") if line.is_said_on_from_source else _("Said on")
        asserted = ast.join_inlines([by, " ", ast.isolated(line.said_on)])
        if line.is_said_on_from_source:
            asserted = ast.join_inlines([asserted, " ", _("(date of the earliest source)")])
    search = [ast.isolated(line.search)] if line.search else []
    rests_on = [ast.isolated(line.rests_on)] if line.rests_on else []
    return ast.joined([value, search, period, rests_on, asserted])


def notices_blocks(line: LineReading, shown: set[str]) -> Iterator[Node]:
    """The notices for a reader who would rely on the claim, the gravest first.

    That it is disputed stands with the question, where that is among those shown.
    """
    for notice in line.notices:
        if notice.code == NoticeCode.DISPUTED and notice.reference in shown:
            continue
        sentence = [ast.isolated(notice.sentence)]
        if notice is line.notices[0]:
            sentence = [ast.strong(sentence)]
        yield ast.div([ast.para(sentence)], "notice", str(notice.code))


def _on_another_basis(one: SheetClaim, sheet: Sheet) -> Node:
    """The positions on another basis, which are no conflict."""
    notice = ast.para(ast.text(_("On another basis, so not in conflict:")))
    urls = {each.line.claim.ref: each.url for each in sheet.claims}
    listed = ast.bullets(
        ast.join_inlines(
            [
                ast.isolated(other_basis_line(other), "position"),
                " (",
                ast.link(ast.text(other.claim.ref), urls.get(other.claim.ref, "")),
                ")",
            ]
        )
        for other in one.others
    )
    return ast.div([notice, listed], "claim-facts", "other-bases")


def _evidence(piece: EvidenceReading, sheet: Sheet, number: int, url: str) -> Node:
    """The quote with its citation; below, what it does for the claim and where to see it."""
    quote = piece.quote
    key = cited_key(quote.source)
    record = sheet.records[key]
    lang = other_language(quote.language or quote.source.language, sheet)
    words = ast.isolated(words_text(quote), "quote", lang=lang)
    citation = ast.cite(key, locator(quote, sheet), number)
    blocks = [ast.para(ast.join_inlines(["“", words, "” ", citation]))]
    if quote.translation:
        method = quote.translation_method or ""
        note = f"[{translation_note(quote.translated_by, method)}]"
        translated = ast.isolated(quote.translation, "translation")
        blocks.append(ast.para(ast.join_inlines([translated, " ", ast.text(note)])))
    blocks.append(ast.div([ast.para(_provenance(piece, record, url))], "provenance"))
    return ast.div([ast.block_quote(blocks)], "evidence", f"stance-{piece.stance}")


def words_text(quote: QuoteReading) -> str:
    """The words of a quote, or what stands in their place."""
    if quote.withheld_on is not None:
        return _("[words withheld on %(day)s]") % {"day": day_text(quote.withheld_on)}
    return quote.words or _("[words of a confidential source, not shown]")


def _provenance(piece: EvidenceReading, record: CitedRecord, url: str) -> list[Node]:
    """Stance, grade, what prints nothing in the quote, standing, original, archived copy."""
    quote = piece.quote
    label = _("Withheld") if quote.withheld_on else grade_text(quote)
    grade = ast.text(_("Quote: %(grade)s") % {"grade": label})
    original = address_inlines(_("Original"), record.original_url)
    standing = quote.source.standing
    return ast.joined(
        [
            [ast.span(ast.text(_(piece.stance.label)), "stance")],
            [ast.span(grade, "grade", "verified" if quote.is_verified else "unverified")],
            _invisible(quote.located or ""),
            *[[ast.isolated(note, "not-printed")] for note in not_printed_in_words(quote)],
            [ast.isolated(standing.sentence, "standing")] if standing else [],
            original,
            _archived(record),
            [] if quote.number is None else [short_address(url, f"/q/{quote.number}")],
        ]
    )


def used_by(sheet: Sheet) -> dict[str, list[str]]:
    """The references of the claims that quote each source, by its key, in the order of reading."""
    used: dict[str, dict[str, None]] = {}
    for one in sheet.claims:
        for piece in one.line.claim.evidence:
            used.setdefault(cited_key(piece.quote.source), {})[one.line.claim.ref] = None
    return {key: list(refs) for key, refs in used.items()}


def source_blocks(key: str, sheet: Sheet, used: Sequence[str]) -> list[Node]:
    """Below the entry of a source: how it stands, where it and its copy are, what uses it."""
    record = sheet.records[key]
    blocks = []
    if record.standing:
        notice = ast.para([ast.strong([ast.isolated(record.standing)])])
        blocks.append(ast.div([notice], "notice", "retracted"))
    facts = ast.joined(
        [
            [] if record.standing else ast.text(_("Stands as published")),
            _publisher(record, sheet),
            address_inlines(_("Original"), record.original_url),
            _archived(record) or ast.text(_("Not archived")),
            ast.text(f"SHA-256 {record.sha256[:16]}…") if record.sha256 else [],
            ast.text(_("Used by %(refs)s") % {"refs": ", ".join(used)}) if used else [],
        ]
    )
    return [*blocks, ast.div([ast.para(facts)], "provenance")]


def _publisher(record: CitedRecord, sheet: Sheet) -> list[Node]:
    """How reliable its publisher is judged to be, where the sheet shows that."""
    judged = reliability_text(record.reliability)
    if not judged or "reliability" not in sheet.shows:
        return []
    return ast.text(_("publisher: %(reliability)s") % {"reliability": judged})


def _archived(record: CitedRecord) -> list[Node]:
    """The archived copy and the day of its capture, as far as there are any."""
    archived = address_inlines(_("Archived copy"), record.archive_url)
    if not record.captured_on:
        return archived
    day = ast.text(_("captured %(day)s") % {"day": record.captured_on.isoformat()})
    return ast.join_inlines([archived, " " if archived else "", day])


def short_address(url: str, path: str) -> Node:
    """A short address on the site of a claim's own, as it is printed, and followed."""
    return ast.link(ast.text(f"{urlsplit(url).netloc}{path}"), short_url(url, path), "short")


def short_url(url: str, path: str) -> str:
    """A short address on the site of a claim's own; a path alone where that names no site."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{path}" if parts.netloc else path


def _invisible(quote: str) -> list[Node]:
    """The names of the characters in a quote that print nothing."""
    names = invisible_characters(quote)
    if not names:
        return []
    return ast.text(_("holds what prints nothing: %(names)s") % {"names": ", ".join(names)})


def address_inlines(label: str, url: str) -> list[Node]:
    """A labelled link; an address that no reader should follow is printed, not linked."""
    if not url:
        return []
    if ast.is_safe_url(url):
        return [ast.link(ast.text(label), url)]
    return ast.join_inlines([label, ": ", ast.isolated(url)])


def locator(quote: QuoteReading, sheet: Sheet) -> list[Node]:
    """Where in the source, as the suffix of a citation.

    Source: pandoc's manual, "Citation syntax": bare digits are pages, and after an empty pair of
    braces nothing is read as a locator.
    """
    given = quote.locator.strip()
    written = given or sheet.pages.get(quote.number or 0, "")
    if not written:
        return []
    if match := _PAGES.fullmatch(written):
        return [ast.string(match[1])]
    if not given:
        written = f"p. {written}"
    return [ast.string("{}"), *ast.text(written)]


def other_language(language: str, sheet: Sheet) -> str:
    """The language tag where it differs from the sheet's; a tag is letters, digits and hyphens."""
    if language == sheet.language or not re.fullmatch(r"[A-Za-z0-9-]+", language):
        return ""
    return language
