"""A fact sheet as a pandoc document: what readers meet, and in which order.

Every claim says who says it before what, how sure they are, where it stands in review, what
disputes it, and in which words of which source it rests.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from itertools import count

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.factsheets import ast, cite
from claims.factsheets.ast import Node
from claims.factsheets.sheet import (
    Section,
    Sheet,
    SheetClaim,
    SheetConflict,
    SheetEvidence,
    SheetPosition,
)
from claims.vocabulary import ConflictStatus, Mode, Stance, Status
from sources.domain.text.characters import invisible_characters
from sources.vocabulary import Grade

# Page locators are cited by their number alone: the style adds the word for pages in the language
# of the sheet. Everything else stands as it was written.
_PAGES = re.compile(r"(?:pp?\.?|pages?)?\s*(\d+(?:\s*[-–,]\s*\d+)*)", re.IGNORECASE)
_MODES = {mode.value: mode.label for mode in Mode}
_STANCES = {stance.value: stance.label for stance in Stance}
_VERIFIED = frozenset(grade.value for grade in Grade if grade.is_verified)
_DISPUTING = frozenset(status.value for status in ConflictStatus if status.disputes)
_UNREAD = (Status.DRAFT, Status.SUBMITTED, Status.CHANGES_REQUESTED)


def build(sheet: Sheet, *, is_linked: bool = False) -> Node:
    """The document of a sheet, before its citations are made.

    `is_linked` makes each citation a link to its entry in the bibliography, where the output can
    carry one.
    """
    numbers = count(1)
    shown: set[str] = set()
    blocks = [ast.header(1, ast.text(sheet.title)), *_opening(sheet)]
    for index, section in enumerate(sheet.sections, start=1):
        blocks.extend(_section(section, index, sheet, numbers, shown))
    if any(claim.evidence for claim in sheet.claims):
        blocks.append(ast.header(2, ast.text(_("Sources")), "sources"))
        blocks.append(ast.div([], identifier="refs"))
    meta = {
        "lang": ast.meta_text(sheet.language),
        "references": cite.references_metadata(sheet.references),
        "link-citations": {"t": "MetaBool", "c": is_linked},
    }
    return ast.document(blocks, meta)


def _opening(sheet: Sheet) -> list[Node]:
    """When the sheet was made, what is in it, and how to read it."""
    claims = {claim.ref: claim for claim in sheet.claims}.values()
    unpublished = sum(not claim.is_published for claim in claims)
    disputed = sum(_is_disputed(claim) for claim in claims)
    made = sheet.generated_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    facts = [
        ast.text(_("Made %(at)s") % {"at": made}),
        ast.text(ngettext("%(n)d claim", "%(n)d claims", len(claims)) % {"n": len(claims)}),
        ast.text(_("%(n)d disputed") % {"n": disputed}) if disputed else [],
        ast.text(_("%(n)d not published") % {"n": unpublished}) if unpublished else [],
    ]
    blocks = [ast.div([ast.para(ast.joined(facts))], "sheet-facts")]
    if not claims:
        return [*blocks, ast.para(ast.text(_("This sheet holds no claims.")))]
    if any(claim.asserter for claim in claims):
        note = _(
            "Where a claim names who says it, its review attests that it was said, "
            "not that it is so."
        )
        blocks.append(ast.div([ast.para(ast.text(note))], "sheet-note"))
    return blocks


def _section(
    section: Section, index: int, sheet: Sheet, numbers: Iterator[int], shown: set[str]
) -> Iterator[Node]:
    """A heading and its claims; an empty heading prints none."""
    if section.heading.strip():
        yield ast.header(2, ast.text(section.heading), f"section-{index}")
    for claim in section.claims:
        yield _claim(claim, sheet, numbers, shown)


def _claim(claim: SheetClaim, sheet: Sheet, numbers: Iterator[int], shown: set[str]) -> Node:
    """One claim with all that a reader needs to judge it."""
    blocks = [_head(claim), _statement(claim, sheet)]
    if facts := _facts(claim):
        blocks.append(ast.div([ast.para(facts)], "claim-facts"))
    blocks.extend(_notices(claim))
    for conflict in claim.conflicts:
        blocks.append(_conflict(conflict, sheet, shown))
    if claim.evidence and claim.support:
        support = ast.join_inlines([_("Support:"), " ", ast.isolated(claim.support)])
        blocks.append(ast.div([ast.para(support)], "claim-facts"))
    if claim.on_another_basis:
        blocks.append(_on_another_basis(claim, sheet))
    for evidence in claim.evidence:
        blocks.append(_evidence(evidence, sheet, next(numbers)))
    if not claim.evidence:
        blocks.append(ast.div([ast.para(ast.text(_("No quote is tied to this claim.")))], "notice"))
    identifier = "" if claim.ref in shown else claim.ref
    shown.add(claim.ref)
    return ast.div(blocks, "claim", f"claim-{_standing(claim)}", identifier=identifier)


def _standing(claim: SheetClaim) -> str:
    """How the claim is marked: retracted, published, unread by a second person, or other."""
    if claim.is_retracted:
        return "retracted"
    if claim.is_published:
        return "published"
    return "unread" if claim.status in _UNREAD else "unpublished"


def _head(claim: SheetClaim) -> Node:
    """The reference as a link, with the marks of its standing."""
    standing = _standing(claim)
    marks = [ast.span(ast.text(claim.status_label), "badge", f"badge-{standing}")]
    if standing == "unread":
        marks.insert(0, ast.span(ast.text(_("Not reviewed")), "badge", "badge-unread"))
    elif standing == "unpublished":
        marks.insert(0, ast.span(ast.text(_("Not published")), "badge", "badge-unread"))
    if _is_disputed(claim):
        marks.append(ast.span(ast.text(_("Disputed")), "badge", "badge-disputed"))
    reference = [ast.link(ast.text(claim.version), claim.url, "ref")]
    return ast.header(3, ast.joined([reference, *([mark] for mark in marks)]))


def _statement(claim: SheetClaim, sheet: Sheet) -> Node:
    """Who says it, how sure they are, and then what; struck through where it was retracted."""
    lang = _other_language(claim.language, sheet)
    statement = ast.isolated(claim.statement, "statement", lang=lang)
    line: list[Node] = [ast.struck([statement])] if claim.is_retracted else [statement]
    mode = "" if claim.mode == Mode.STATED else _mode_label(claim.mode)
    if claim.asserter:
        asserter = ast.strong([ast.isolated(claim.asserter, "asserter")])
        sure = ast.join_inlines([" ", ast.span(ast.text(f"({mode})"), "mode")]) if mode else []
        line = ast.join_inlines([asserter, sure, ": ", line])
    elif mode:
        line = ast.join_inlines([ast.span(ast.text(mode.capitalize()), "mode"), ": ", line])
    return ast.div([ast.para(line)], "claim-statement")


def _mode_label(code: str) -> str:
    """The word for how sure an assertion is; an unknown code stands for itself."""
    return _(_MODES[code]).lower() if code in _MODES else code


def _facts(claim: SheetClaim) -> list[Node]:
    """Value, where its search stands, period and when it was said, as far as they are known."""
    value = ast.join_inlines([_("Value"), " ", ast.isolated(claim.value)]) if claim.value else []
    written: list[Node] = []
    if claim.as_written and claim.as_written != claim.value:
        written = ast.join_inlines([_("As written"), " “", ast.isolated(claim.as_written), "”"])
    period = (
        ast.join_inlines([_("Period"), " ", ast.isolated(claim.period)]) if claim.period else []
    )
    asserted: list[Node] = []
    if claim.asserted_on:
        by = _("Said by") if claim.is_asserted_on_from_source else _("Said on")
        asserted = ast.join_inlines([by, " ", ast.isolated(claim.asserted_on)])
        if claim.is_asserted_on_from_source:
            asserted = ast.join_inlines([asserted, " ", _("(date of the earliest source)")])
    search = ast.join_inlines([ast.isolated(claim.search)]) if claim.search else []
    rests_on = [ast.isolated(claim.rests_on)] if claim.rests_on else []
    return ast.joined([value, search, written, period, rests_on, asserted])


def _notices(claim: SheetClaim) -> Iterator[Node]:
    """The warnings for a reader who would rely on the claim."""
    if claim.is_retracted:
        reason = claim.retraction_reason or _("No reason is on record.")
        notice = ast.join_inlines(
            [ast.strong(ast.text(_("Retracted:"))), " ", ast.isolated(reason)]
        )
        yield ast.div([ast.para(notice)], "notice", "retracted")
    elif _standing(claim) == "unread":
        notice = ast.text(_("No second person has approved this version."))
        yield ast.div([ast.para(notice)], "notice", "unread")
    if claim.flags:
        flags = ast.joined([[ast.isolated(flag)] for flag in claim.flags], "; ")
        notice = ast.join_inlines([ast.strong(ast.text(_("To be looked at again:"))), " ", flags])
        yield ast.div([ast.para(notice)], "notice", "flagged")


def _is_disputed(claim: SheetClaim) -> bool:
    """Whether a conflict of the claim is open, confirmed or irreducible."""
    return any(_disputes(conflict) for conflict in claim.conflicts)


def _disputes(conflict: SheetConflict) -> bool:
    """Whether the conflict makes its members disputed."""
    return conflict.status in _DISPUTING


def _conflict(conflict: SheetConflict, sheet: Sheet, shown: set[str]) -> Node:
    """A question with the positions of all sides, shown in full at each claim that it disputes."""
    is_disputed = _disputes(conflict)
    title = _("Disputed") if is_disputed else _("Conflict")
    kind = "disputed" if is_disputed else "settled"
    reference = ast.link(ast.text(conflict.ref), conflict.url, "ref")
    heading = [ast.strong(ast.join_inlines([f"{title} — ", reference]))]
    if conflict.question:
        heading = ast.join_inlines([heading, ": ", ast.isolated(conflict.question)])
    labels = (conflict.kind_label, conflict.strength_label, conflict.status_label)
    facts = ast.joined([ast.text(label) for label in labels])
    blocks = [ast.para(heading), ast.div([ast.para(facts)], "conflict-facts")]
    if conflict.reason:
        blocks.append(ast.para([ast.isolated(conflict.reason)]))
    if conflict.positions:
        blocks.append(ast.bullets(_positions(conflict.positions, sheet)))
    if conflict.decision:
        notice = ast.join_inlines([_("Decision:"), " ", ast.isolated(conflict.decision)])
        blocks.append(ast.para(notice))
    identifier = "" if conflict.ref in shown else conflict.ref
    shown.add(conflict.ref)
    return ast.div(blocks, "conflict", kind, identifier=identifier, role="note")


def _on_another_basis(claim: SheetClaim, sheet: Sheet) -> Node:
    """The positions on another basis, which are no conflict."""
    notice = ast.para(ast.text(_("On another basis, so not in conflict:")))
    listed = ast.bullets(_positions(claim.on_another_basis, sheet))
    return ast.div([notice, listed], "claim-facts", "other-bases")


def _positions(positions: Iterable[SheetPosition], sheet: Sheet) -> Iterator[list[Node]]:
    """Each position with the claims that hold it; the sheet's own claims are links."""
    urls = {claim.ref: claim.url for claim in sheet.claims}
    for position in positions:
        item = [ast.isolated(position.text, "position")]
        claims = [
            [ast.link(ast.text(ref), urls[ref])] if ref in urls else ast.text(ref)
            for ref in position.claims
        ]
        if claims:
            item = ast.join_inlines([item, " (", ast.joined(claims, ", "), ")"])
        yield item


def _evidence(evidence: SheetEvidence, sheet: Sheet, number: int) -> Node:
    """The quote with its citation; below, what it does for the claim and where to see it."""
    lang = _other_language(evidence.language, sheet)
    quote = ast.isolated(evidence.quote, "quote", lang=lang)
    citation = ast.cite(evidence.source_key, _locator(evidence), number)
    blocks = [ast.para(ast.join_inlines(["“", quote, "” ", citation]))]
    if evidence.translation:
        note = f"[{evidence.translation_note or _('translation')}]"
        translated = ast.isolated(evidence.translation, "translation")
        blocks.append(ast.para(ast.join_inlines([translated, " ", ast.text(note)])))
    blocks.append(ast.div([ast.para(_provenance(evidence))], "provenance"))
    if sentence := sheet.standings.get(evidence.source_key):
        blocks.append(_source_notice(sentence))
    return ast.div([ast.block_quote(blocks)], "evidence", f"stance-{_stance(evidence)}")


def with_standings(blocks: Sequence[Node], standings: Mapping[str, str]) -> list[Node]:
    """The document with a notice in each entry of its bibliography that needs one.

    No style prints the standing of a source. Pandoc makes a block `ref-KEY` of each entry.
    """
    return [_with_notice(block, standings) for block in blocks]


def _with_notice(block: Node, standings: Mapping[str, str]) -> Node:
    """A block of the document; the bibliography with the notices of its entries."""
    if block["t"] != "Div":
        return block
    (identifier, *others), inner = block["c"]
    if sentence := standings.get(identifier.removeprefix("ref-")):
        inner = [*inner, _source_notice(sentence)]
    elif identifier == "refs":
        inner = with_standings(inner, standings)
    return {"t": "Div", "c": [[identifier, *others], inner]}


def _source_notice(sentence: str) -> Node:
    """That a source does not stand as published."""
    return ast.div([ast.para([ast.strong([ast.isolated(sentence)])])], "notice", "retracted")


def _stance(evidence: SheetEvidence) -> str:
    """The code of the stance, as far as it is a known one."""
    return evidence.stance if evidence.stance in _STANCES else "other"


def _provenance(evidence: SheetEvidence) -> list[Node]:
    """Stance, grade, what prints nothing in the quote, original, archived copy, date of capture."""
    is_verified = evidence.grade in _VERIFIED
    grade = ast.text(_("Quote: %(grade)s") % {"grade": evidence.grade_label})
    stance = _(_STANCES[evidence.stance]) if evidence.stance in _STANCES else evidence.stance
    original = _address(_("Original"), evidence.original_url)
    archived = _address(_("Archived copy"), evidence.archived_url)
    if evidence.captured_on:
        day = ast.text(_("captured %(day)s") % {"day": evidence.captured_on.isoformat()})
        archived = ast.join_inlines([archived, " " if archived else "", day])
    return ast.joined(
        [
            [ast.span(ast.text(stance), "stance")],
            [ast.span(grade, "grade", "verified" if is_verified else "unverified")],
            _invisible(evidence.quote),
            original,
            archived,
        ]
    )


def _invisible(quote: str) -> list[Node]:
    """The names of the characters in a quote that print nothing."""
    names = invisible_characters(quote)
    if not names:
        return []
    return ast.text(_("holds what prints nothing: %(names)s") % {"names": ", ".join(names)})


def _address(label: str, url: str) -> list[Node]:
    """A labelled link; an address that no reader should follow is printed, not linked."""
    if not url:
        return []
    if ast.is_safe_url(url):
        return [ast.link(ast.text(label), url)]
    return ast.join_inlines([label, ": ", ast.isolated(url)])


def _locator(evidence: SheetEvidence) -> list[Node]:
    """Where in the source, as the suffix of a citation.

    Source: pandoc's manual, "Citation syntax": bare digits are pages, and after an empty pair of
    braces nothing is read as a locator.
    """
    written = evidence.locator.strip() or evidence.page.strip()
    if not written:
        return []
    if match := _PAGES.fullmatch(written):
        return [ast.string(match[1])]
    if not evidence.locator.strip():
        written = f"p. {written}"
    return [ast.string("{}"), *ast.text(written)]


def _other_language(language: str, sheet: Sheet) -> str:
    """The language tag where it differs from the sheet's; a tag is letters, digits and hyphens."""
    if language == sheet.language or not re.fullmatch(r"[A-Za-z0-9-]+", language):
        return ""
    return language
