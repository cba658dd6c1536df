"""The dossier: all that a sheet holds, each question once, and the words that carry each claim."""

from collections.abc import Iterator
from itertools import count

from django.utils.translation import gettext as _

from claims.factsheets import ast
from claims.factsheets.ast import Node
from claims.factsheets.parts import address_inlines, claim_block, conflict_block, opening
from claims.factsheets.prose import prose_blocks
from claims.factsheets.sheet import Sheet, cited_key
from claims.readings.questions import QuestionReading
from sources.readings.citing import reliability_text


def dossier_blocks(sheet: Sheet) -> list[Node]:
    """The blocks of the dossier, its sources under the identifier `refs`."""
    shown: set[str] = set()
    blocks = [ast.header(1, ast.text(sheet.title)), *opening(sheet)]
    if sheet.summary.strip():
        blocks.append(ast.div(prose_blocks(sheet.summary, sheet), "summary"))
    if sheet.claims:
        blocks += [ast.header(2, ast.text(_("At a glance"))), _glance(sheet)]
    kinds = [(_("Disputed questions"), True), (_("Settled questions"), False)]
    for title, disputed in kinds:
        asked = questions_on(sheet, disputed=disputed)
        if asked:
            blocks.append(ast.header(2, ast.text(title)))
            blocks += [conflict_block(one, url, sheet, shown) for one, url in asked]
    blocks += _sections(sheet, shown)
    if any(claim.line.claim.evidence for claim in sheet.claims):
        blocks += [ast.header(2, ast.text(_("Where the sources stand"))), _standings(sheet)]
    if sheet.unknown:
        blocks.append(ast.header(2, ast.text(_("What we do not know"))))
        blocks.append(ast.bullets([ast.isolated(one)] for one in sheet.unknown))
    if sheet.claims:
        blocks.append(ast.header(2, ast.text(_("How to read it"))))
        blocks.append(ast.div([ast.para(ast.text(legend()))], "sheet-note"))
    if any(claim.line.claim.evidence for claim in sheet.claims):
        blocks.append(ast.header(2, ast.text(_("Sources")), "sources"))
        blocks.append(ast.div([], identifier="refs"))
    return blocks


def questions_on(sheet: Sheet, *, disputed: bool) -> list[tuple[QuestionReading, str]]:
    """The questions to which claims of the sheet are party, each once, with its address."""
    found = {
        one.conflict.record: (one, url)
        for claim in sheet.claims
        for one, url in claim.questions
        if is_disputed(one) == disputed
    }
    return list(found.values())


def is_disputed(question: QuestionReading) -> bool:
    """Whether a question is open between its parties: none of them was taken back."""
    return question.conflict.status.disputes and not question.is_closed


def legend() -> str:
    """How a sheet is to be read."""
    return _(
        "Where somebody is named, we checked that they said it, not that it is so. Where nobody is "
        "named, the desk states it. Disputed: sources contradict each other and nobody has "
        "decided. Verified: the words stand in the archived text. Independent origin: documents "
        "that repeat each other count once."
    )


def _sections(sheet: Sheet, shown: set[str]) -> Iterator[Node]:
    """Prose and claims under their headings; a section without a heading prints none."""
    numbers = count(1)
    for index, section in enumerate(sheet.sections, start=1):
        if section.heading.strip():
            yield ast.header(2, ast.text(section.heading), f"section-{index}")
        yield from prose_blocks(section.prose, sheet)
        for claim in section.claims:
            yield claim_block(claim, sheet, numbers, shown)
    listed = {one.line.claim.id for section in sheet.sections for one in section.claims}
    others = [one for one in sheet.claims if one.line.claim.id not in listed]
    if others:
        yield ast.header(2, ast.text(_("Claims that the prose refers to")))
        for claim in others:
            yield claim_block(claim, sheet, numbers, shown)


def _glance(sheet: Sheet) -> Node:
    """Each claim in one row: who says what, of when, and whether it stands."""
    rows = []
    for one in sheet.claims:
        line, claim = one.line, one.line.claim
        stands = [_(claim.headline.code.label) if claim.headline else line.status]
        stands += [conflict.ref for conflict in claim.conflicts if conflict.status.disputes]
        rows.append(
            [
                [ast.link(ast.text(claim.ref), f"#{claim.ref}", "ref")],
                [ast.isolated(line.attribution)],
                [ast.isolated(claim.statement)],
                [ast.isolated(line.period)] if line.period else [],
                [
                    ast.span(
                        ast.text(" ".join(stands)), "badge", f"stands-{_look(one.line.notices)}"
                    )
                ],
                [ast.isolated(line.origins)],
            ]
        )
    heads = (
        _("Claim"),
        _("Who says it"),
        _("What"),
        _("When it held"),
        _("Stands?"),
        _("Rests on"),
    )
    return ast.table(heads, rows, "glance")


def _look(notices: object) -> str:
    """Whether something weighs against a claim, for its colour alone."""
    return "warned" if notices else "well"


def _standings(sheet: Sheet) -> Node:
    """The sources with their standing, their addresses, their copy and what uses them."""
    is_judged = "reliability" in sheet.shows
    used: dict[str, list[str]] = {}
    sources = {}
    for one in sheet.claims:
        for piece in one.line.claim.evidence:
            key = cited_key(piece.quote.source)
            sources[key] = piece.quote.source
            used.setdefault(key, []).append(one.line.claim.ref)
    rows = []
    for key, source in sources.items():
        record = sheet.records[key]
        standing = _(source.standing.code.label) if source.standing else _("Current")
        day = record.captured_on.isoformat() if record.captured_on else ""
        reliability = [ast.text(reliability_text(record.reliability))] if is_judged else []
        rows.append(
            [
                [ast.isolated(source.title)],
                ast.text(standing),
                *reliability,
                address_inlines(_("Original"), record.original_url),
                ast.joined(
                    [address_inlines(_("Archived copy"), record.archive_url), ast.text(day)]
                ),
                ast.text(record.sha256[:12]),
                ast.text(", ".join(dict.fromkeys(used[key]))),
            ]
        )
    heads = (
        _("Publication"),
        _("Standing"),
        *([_("Publisher")] if is_judged else []),
        _("Original"),
        _("Archived"),
        _("SHA-256 begins"),
        _("Used by"),
    )
    return ast.table(heads, rows, "standings")
