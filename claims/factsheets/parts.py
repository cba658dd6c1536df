"""The parts of a fact sheet as pandoc blocks: claims, questions, quotes and notices.

Every claim says who says it before what, how sure they are, where it stands in review, what
disputes it, and in which words of which source it rests.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.factsheets import ast
from claims.factsheets.ast import Node
from claims.factsheets.sheet import Sheet, SheetClaim, cited_key
from claims.readings.asking import asked_text
from claims.readings.claims import ClaimReading, EvidenceReading
from claims.readings.lines import LineReading, claim_status_text, other_basis_line
from claims.readings.questions import QuestionReading
from claims.readings.sides import SideReading
from claims.readings.timeline import WIDTH, timeline_of
from claims.readings.wording import day_text, translation_note
from claims.vocabulary import NoticeCode
from sources.domain.text.characters import invisible_characters
from sources.readings.citing import CitedRecord
from sources.readings.doubts import grade_text
from sources.readings.quote_findings import not_printed_in_words
from sources.readings.quotes import QuoteReading

# Page locators are cited by their number alone: the style adds the word for pages in the language
# of the sheet. Everything else stands as it was written.
_PAGES = re.compile(r"(?:pp?\.?|pages?)?\s*(\d+(?:\s*[-–,]\s*\d+)*)", re.IGNORECASE)
# The steps of a time line: the style sheet has a class for each.
STEPS = 20
# Notices that the status of the claim already names.
_CODES_OF_STATUS = (NoticeCode.RETRACTED, NoticeCode.UNREVIEWED)


def opening(sheet: Sheet) -> list[Node]:
    """When the sheet was made, what is in it, and how to read it."""
    claims = {one.line.claim.ref: one.line.claim for one in sheet.claims}.values()
    unpublished = sum(not claim.is_published for claim in claims)
    disputed = sum(claim.is_disputed for claim in claims)
    made = sheet.generated_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    facts = [
        ast.text(_("Made %(at)s") % {"at": made}),
        ast.text(ngettext("%(n)d claim", "%(n)d claims", len(claims)) % {"n": len(claims)}),
        ast.text(_("%(n)d disputed") % {"n": disputed}) if disputed else [],
        ast.text(_("%(n)d not published") % {"n": unpublished}) if unpublished else [],
    ]
    lines = [ast.para(line) for line in (*_edition(sheet), ast.joined(facts))]
    blocks = [ast.div(lines, "sheet-facts")]
    if not claims:
        return [*blocks, ast.para(ast.text(_("This sheet holds no claims.")))]
    if any(claim.asserters for claim in claims):
        note = _(
            "Where a claim names who says it, its review attests that it was said, "
            "not that it is so."
        )
        blocks.append(ast.div([ast.para(ast.text(note))], "sheet-note"))
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
        shown = ast.link(ast.text(address), url, "short")
        lines.append(ast.join_inlines([_("See whether it still holds:"), " ", shown]))
    if edition.changes:
        words_of_changes = [ast.isolated(one) for one in edition.changes]
        changed = ast.joined([[one] for one in words_of_changes], " ")
        before = _("Since edition %(number)d:") % {"number": edition.replaces or 0}
        lines.append(ast.join_inlines([before, " ", changed]))
    return lines


def claim_block(one: SheetClaim, sheet: Sheet, numbers: Iterator[int], shown: set[str]) -> Node:
    """One claim with all that a reader needs to judge it."""
    line, claim = one.line, one.line.claim
    blocks = [_head(one), statement_block(line, sheet), *notices_blocks(line)]
    if facts := _facts(line):
        blocks.append(ast.div([ast.para(facts)], "claim-facts"))
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


def _head(one: SheetClaim) -> Node:
    """The reference as a link, with its status and what it is warned of most."""
    claim = one.line.claim
    look, headline = _look(claim), claim.headline
    marks = [ast.span(ast.text(one.line.status), "badge", f"badge-{look}")]
    if look == "unread":
        marks.insert(0, ast.span(ast.text(_("Not reviewed")), "badge", "badge-unread"))
    elif look == "unpublished":
        marks.insert(0, ast.span(ast.text(_("Not published")), "badge", "badge-unread"))
    if headline is not None and headline.code not in _CODES_OF_STATUS:
        marks.append(ast.span(ast.text(_(headline.code.label)), "badge", f"badge-{headline.code}"))
    if claim.is_disputed and (headline is None or headline.code != NoticeCode.DISPUTED):
        marks.append(ast.span(ast.text(_("Disputed")), "badge", "badge-disputed"))
    reference = [ast.link(ast.text(claim.version_ref), one.url, "ref")]
    return ast.header(3, ast.joined([reference, *([mark] for mark in marks)]))


def statement_block(line: LineReading, sheet: Sheet) -> Node:
    """Who says it, how sure they are, and then what; struck through where it was retracted."""
    claim = line.claim
    lang = other_language(claim.language, sheet)
    statement = ast.isolated(claim.statement, "statement", lang=lang)
    said = ast.struck([statement]) if claim.status == "retracted" else statement
    asserter = ast.strong([ast.isolated(line.attribution, "asserter")])
    parts: list[Node | str] = [asserter]
    if line.mode:
        parts += [" ", ast.span(ast.text(f"({line.mode})"), "mode")]
    return ast.div([ast.para(ast.join_inlines([*parts, ": ", said]))], "claim-statement")


def _facts(line: LineReading) -> list[Node]:
    """Value, where its search stands, period and when it was said, as far as they are known.

    The value stands as the source wrote it, with what it is compared as beside it.
    """
    value: list[Node] = []
    if line.as_written:
        compared: list[Node | str] = []
        if line.value:
            compared = [" (", ast.isolated(line.value), ")"]
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


def notices_blocks(line: LineReading) -> Iterator[Node]:
    """The notices for a reader who would rely on the claim, the gravest first."""
    for notice in line.notices:
        sentence = [ast.isolated(notice.sentence)]
        if notice is line.notices[0]:
            sentence = [ast.strong(sentence)]
        yield ast.div([ast.para(sentence)], "notice", str(notice.code))


def conflict_block(question: QuestionReading, url: str, sheet: Sheet, shown: set[str]) -> Node:
    """A question with the positions of all sides, shown in full once."""
    conflict = question.conflict
    is_disputed = conflict.status.disputes
    title = _("Disputed") if is_disputed else _("Conflict")
    kind = "disputed" if is_disputed else "settled"
    reference = ast.link(ast.text(conflict.ref), url, "ref")
    heading = [ast.strong(ast.join_inlines([f"{title} — ", reference]))]
    if asked := asked_text(question):
        heading = ast.join_inlines([heading, ": ", ast.isolated(asked)])
    labels = [conflict.kind.label, conflict.strength.label, conflict.status.label]
    facts = ast.joined([ast.text(_(label)) for label in labels[2 if question.is_guarded else 0 :]])
    blocks = [ast.para(heading), ast.div([ast.para(facts)], "conflict-facts")]
    blocks += [ast.para(ast.text(sentence)) for sentence in question.removals]
    if question.reason:
        blocks.append(ast.para([ast.isolated(question.reason)]))
    if question.sides:
        blocks.append(ast.bullets(_positions(question.sides, sheet)))
    blocks += _time_line(question)
    if conflict.decision_text:
        words = ast.isolated(f"{conflict.decision_text} {conflict.decision_reason}".strip())
        blocks.append(ast.para(ast.join_inlines([_("Decision:"), " ", words])))
    identifier = "" if conflict.ref in shown else conflict.ref
    shown.add(conflict.ref)
    return ast.div(blocks, "conflict", kind, identifier=identifier, role="note")


def _time_line(question: QuestionReading) -> list[Node]:
    """The periods of the sides as bars, which HTML shows, and in words, which every format has."""
    line = timeline_of(question.sides)
    if line is None:
        return []
    rows = []
    for bar in line.bars:
        x, width = (round(part * STEPS / WIDTH) for part in (bar.x, bar.width))
        drawn = ast.span([], "bar", f"x{min(x, STEPS - 1)}", f"w{max(width, 1)}")
        said = " ".join(part for part in (", ".join(bar.refs) + ":", bar.period) if part)
        rows.append([ast.isolated(said), drawn])
    ends = ast.text(_("Time line: %(first)s to %(last)s") % vars(line))
    return [ast.div([ast.para(ends), ast.bullets(rows)], "time-line")]


def _on_another_basis(one: SheetClaim, sheet: Sheet) -> Node:
    """The positions on another basis, which are no conflict."""
    notice = ast.para(ast.text(_("On another basis, so not in conflict:")))
    listed = ast.bullets(
        _with_claim(other_basis_line(other), other.claim, sheet) for other in one.others
    )
    return ast.div([notice, listed], "claim-facts", "other-bases")


def _positions(sides: Iterable[SideReading], sheet: Sheet) -> Iterator[list[Node]]:
    """Each position with the claim that holds it; of quotes for and against, each quote."""
    for side in sides:
        if not side.claims:
            yield [ast.isolated(side.value, "position")]
        for claim in side.claims:
            if side.stance is None:
                yield _with_claim(_position_text(side, claim), claim, sheet)
                continue
            for piece in claim.evidence:
                if piece.stance == side.stance:
                    yield _with_claim(_stance_text(piece), claim, sheet)


def _with_claim(text: str, claim: ClaimReading, sheet: Sheet) -> list[Node]:
    """A position with its claim, which is a link where it is on the sheet."""
    urls = {one.line.claim.ref: one.url for one in sheet.claims}
    ref = ast.text(claim.ref)
    link = [ast.link(ref, urls[claim.ref])] if claim.ref in urls else ref
    return ast.join_inlines([ast.isolated(text, "position"), " (", link, ")"])


def _position_text(side: SideReading, claim: ClaimReading) -> str:
    """A side in one line: value, period, who says it, in which words, and what warns of it."""
    words = f"{claim.attribution}: {claim.statement}"
    if not claim.is_published:
        words = f"{words} [{claim_status_text(claim)}]"
    others = [one.sentence for one in claim.notices if one.code != NoticeCode.DISPUTED]
    if others:
        words = f"{words} — {others[0]}"
    return f"{side.heading} — {words}" if side.heading else words


def _stance_text(piece: EvidenceReading) -> str:
    """A quote as one side of a claim whose own evidence disagrees."""
    label, source = _(piece.stance.label), piece.quote.source
    if not source.is_known:
        return f"{label}: {source.title}"
    return f"{label}: “{words_text(piece.quote)}” ({source.title})"


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
    archived = address_inlines(_("Archived copy"), record.archive_url)
    if record.captured_on:
        day = ast.text(_("captured %(day)s") % {"day": record.captured_on.isoformat()})
        archived = ast.join_inlines([archived, " " if archived else "", day])
    standing = quote.source.standing
    return ast.joined(
        [
            [ast.span(ast.text(_(piece.stance.label)), "stance")],
            [ast.span(grade, "grade", "verified" if quote.is_verified else "unverified")],
            _invisible(quote.located or ""),
            *[[ast.isolated(note, "not-printed")] for note in not_printed_in_words(quote)],
            [ast.isolated(standing.sentence, "standing")] if standing else [],
            original,
            archived,
            [] if quote.number is None else [short_address(url, f"/q/{quote.number}")],
        ]
    )


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
