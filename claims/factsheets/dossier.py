"""The dossier: all that a sheet holds, each question once, and the words that carry each claim."""

from collections.abc import Iterator
from itertools import count

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.factsheets import ast
from claims.factsheets.alike import like_claims, like_table
from claims.factsheets.ast import Node
from claims.factsheets.disputes import dispute_block, questions_on
from claims.factsheets.parts import claim_block, opening
from claims.factsheets.prose import prose_blocks
from claims.factsheets.sheet import Sheet, SheetClaim
from claims.readings.attribution import short_attribution
from claims.readings.claims import ClaimReading


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
            blocks += [dispute_block(one, url, sheet, shown) for one, url in asked]
    blocks += _sections(sheet, shown)
    blocks += _not_in_it(sheet)
    if sheet.claims:
        blocks.append(ast.header(2, ast.text(_("How to read it"))))
        blocks.append(ast.div([ast.para(ast.text(f"{legend()} {_two_people()}"))], "sheet-note"))
    if any(claim.line.claim.evidence for claim in sheet.claims):
        blocks.append(ast.header(2, ast.text(_("Sources, and where they stand")), "sources"))
        blocks.append(ast.div([], identifier="refs"))
    return blocks


def legend() -> str:
    """How a sheet is to be read."""
    return _(
        "Where somebody is named, we checked that they said it, not that it is so. Where nobody is "
        "named, the desk states it. Disputed: sources contradict each other and nobody has "
        "decided. Verified: the words stand in the archived text. Independent origin: documents "
        "that repeat each other count once."
    )


def _two_people() -> str:
    """Who checked what is published: nobody is named, as nowhere in public."""
    return _(
        "Two people stand behind each published version: one wrote it, another checked it against "
        "its quotes and approved it."
    )


def _sections(sheet: Sheet, shown: set[str]) -> Iterator[Node]:
    """Prose and claims under their headings; a section without a heading prints none."""
    numbers = count(1)
    for index, section in enumerate(sheet.sections, start=1):
        if section.heading.strip():
            yield ast.header(2, ast.text(section.heading), f"section-{index}")
        yield from prose_blocks(section.prose, sheet)
        for group in like_claims(section.claims):
            yield like_table(group, first=_to_claim, last=lambda one: [])
        for claim in section.claims:
            yield claim_block(claim, sheet, numbers, shown)
    listed = {one.line.claim.id for section in sheet.sections for one in section.claims}
    others = [one for one in sheet.claims if one.line.claim.id not in listed]
    if others:
        yield ast.header(2, ast.text(_("Claims that the prose refers to")))
        for claim in others:
            yield claim_block(claim, sheet, numbers, shown)


def _to_claim(one: SheetClaim) -> list[Node]:
    """The claim's reference, which leads to it on the sheet."""
    return [ast.link(ast.text(one.line.claim.ref), f"#{one.line.claim.ref}", "ref")]


def _not_in_it(sheet: Sheet) -> Iterator[Node]:
    """The lines on what is not known, and the parts that an editor left out."""
    left_out = [label for name, label in _parts() if name not in sheet.shows]
    if not sheet.unknown and not left_out:
        return
    yield ast.header(2, ast.text(_("What we do not know") if sheet.unknown else _("Left out")))
    if sheet.unknown:
        yield ast.bullets([ast.isolated(one)] for one in sheet.unknown)
    if left_out:
        words = _("Left out of this sheet by choice: %(parts)s.") % {"parts": ", ".join(left_out)}
        yield ast.para(ast.text(words))


def _parts() -> list[tuple[str, str]]:
    """The parts that an editor may leave out, in words."""
    return [
        ("settled", _("questions that are settled")),
        ("other_bases", _("claims on another basis")),
        ("translations", _("translations of quotes")),
        ("reliability", _("what publishers are judged to be")),
    ]


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
                _who_in_short(one),
                _statement(one),
                [ast.isolated(line.period)] if line.period else [],
                [
                    ast.span(
                        ast.text(" ".join(stands)), "badge", f"stands-{_look(one.line.notices)}"
                    )
                ],
                ast.text(_origins(claim)),
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


def _statement(one: SheetClaim) -> list[Node]:
    """The statement, struck through where it was retracted."""
    claim = one.line.claim
    said = ast.isolated(claim.statement)
    return [ast.struck([said]) if claim.status == "retracted" else said]


def _who_in_short(one: SheetClaim) -> list[Node]:
    """Who says it, and how sure they are."""
    named: list[Node | str] = [ast.isolated(short_attribution(one.line.claim))]
    if one.line.mode:
        named += [" ", ast.span(ast.text(f"({one.line.mode})"), "mode")]
    return ast.join_inlines(named)


def _origins(claim: ClaimReading) -> str:
    """On how many independent origins it rests."""
    if not claim.support.documents:
        return _("no source")
    number = claim.support.independent
    return ngettext("%(n)d origin", "%(n)d origins", number) % {"n": number}


def _look(notices: object) -> str:
    """Whether something weighs against a claim, for its colour alone."""
    return "warned" if notices else "well"
