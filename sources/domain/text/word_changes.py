"""The difference between two wordings, word by word, to the last character.

`changes.py` compares texts of sources, for which white space is no difference. Here it is one: the
pieces that are not added make up the text before, those that are not removed the text after. The
cost is bounded as there: where much differs, all of it counts as changed.
"""

import re
from collections.abc import Sequence

from sources.domain.text.changes import Piece, matching
from sources.domain.text.characters import UNSPACED, is_mark, is_unspaced

# A word or number whole (9.1, 2025-05, isn't); of scripts without spaces between words one
# character; white space; one other sign.
_UNIT = re.compile(
    rf"[{UNSPACED}]|[^\W{UNSPACED}]+(?:[-.,:/'’][^\W{UNSPACED}]+)*|\s+|[^\w\s{UNSPACED}]"
)


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts in order: same, removed or added, none of them empty.

    What was removed stands before what was added in its place. White space alone between two
    changes changes with them, so that words that changed in a row are read in a row.
    """
    old, new = _units(before), _units(after)
    pieces: list[Piece] = []
    at_old = at_new = 0
    for left, right, length in [*_same_runs(old, new), (len(old), len(new), 0)]:
        for kind, units in (
            ("removed", old[at_old:left]),
            ("added", new[at_new:right]),
            ("same", old[left : left + length]),
        ):
            if units:
                pieces.append(Piece(kind, "".join(units)))
        at_old, at_new = left + length, right + length
    return tuple(pieces)


def shared_part(before: str, after: str) -> float:
    """Return how much of two texts is the same, from 0 to 1: of the characters of both."""
    same = sum(len(piece.text) for piece in word_changes(before, after) if piece.kind == "same")
    return 2 * same / (len(before) + len(after)) if before or after else 1.0


def _same_runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """The runs that both have, without white space alone between two changes."""
    return [
        (left, right, length)
        for left, right, length in matching(old, new)
        if not "".join(old[left : left + length]).isspace()
        or left == right == 0
        or (left + length, right + length) == (len(old), len(new))
    ]


def _units(text: str) -> list[str]:
    """The units that are compared; an accent stays with its letter, and with its word."""
    units: list[str] = []
    for unit in _UNIT.findall(text):
        if units and _belongs_to(units[-1], unit):
            units[-1] += unit
        else:
            units.append(unit)
    return units


def _belongs_to(before: str, unit: str) -> bool:
    """Whether a unit goes on with the one before it: a mark on it, or letters behind a mark."""
    if before[-1].isspace():
        return False
    return is_mark(unit[0]) or (
        is_mark(before[-1])
        and unit[0].isalnum()
        and not is_unspaced(unit[0])
        and not is_unspaced(before[-1])
    )
