"""Like claims: those of one property and kind of subject, which a table shows best."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from claims.factsheets import ast
from claims.factsheets.ast import Node
from claims.factsheets.sheet import SheetClaim
from claims.readings.lines import LineReading
from claims.readings.notices import Notice

# So many claims with a value of one property are set as a table.
TABLE_SIZE = 4

Ends = Callable[[SheetClaim], list[Node]]


def like_claims(claims: Sequence[SheetClaim]) -> list[list[SheetClaim]]:
    """The groups of claims that a table shows: of several periods or subjects, many of each.

    They have one property, aspect and basis, subjects of one kind, and values. A claim that was
    retracted is in none: its words are struck through, which a value cannot be.
    """
    groups: dict[tuple[object, ...], list[SheetClaim]] = {}
    for one in claims:
        claim, line = one.line.claim, one.line
        if claim.property is None or claim.subject is None or not line.written:
            continue
        if claim.status != "retracted":
            alike = (line.property, claim.basis, claim.subject.kind)
            groups.setdefault(alike, []).append(one)
    return [group for group in groups.values() if len(group) >= TABLE_SIZE]


def like_table(claims: Sequence[SheetClaim], *, first: Ends | None, last: Ends) -> Node:
    """Like claims, a row each: of what, the value, when, and who says it.

    `first` makes the cell before them, none for a table without such a column; `last` is what
    follows the asserter.
    """
    rows = []
    for one in claims:
        line = one.line
        row = [
            [ast.isolated(line.subject)],
            ast.join_inlines([ast.strong([ast.isolated(line.written, "value")]), *_range(line)]),
            [ast.isolated(line.period)] if line.period else [],
            ast.join_inlines([*who(line.attribution, line.mode), last(one)]),
        ]
        rows.append(row if first is None else [first(one), *row])
    line = claims[0].line
    about = ", ".join(part for part in (line.property, line.claim.basis) if part)
    heads = [_("Of what"), about, _("When it held"), _("Who says it")]
    if first is None:
        return ast.table(heads, rows, "alike")
    return ast.table([_("Claim"), *heads], rows, "alike", "alike-named")


def who(attribution: str, mode: str) -> list[Node | str]:
    """The asserter, before everything else, and how sure it is."""
    asserter = ast.strong([ast.isolated(attribution, "asserter")])
    return [asserter, " ", ast.span(ast.text(f"({mode})"), "mode")] if mode else [asserter]


def warnings(notices: Sequence[Notice]) -> list[Node | str]:
    """The notices, the gravest first, after what they warn of."""
    parts: list[Node | str] = []
    for notice in notices:
        parts += [" ", ast.isolated(notice.sentence, "notice", str(notice.code))]
    return parts


def _range(line: LineReading) -> list[Node | str]:
    """The range that the value is compared as, in small, where that says more."""
    if not line.understood:
        return []
    return [" ", ast.isolated(f"({_compared(line)})", "understood")]


def _compared(line: LineReading) -> str:
    return _("compared as %(range)s") % {"range": line.compared}
