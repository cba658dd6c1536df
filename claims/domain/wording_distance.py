"""How many words part two wordings of a statement."""

import re

from sources.domain.text.changes import words_changed

_WORD = re.compile(r"\w+(?:[-.,:/'’]\w+)*")


def words_apart(one: str, other: str) -> int:
    """The words that have to be put in, left out or put in another's place, and no signs.

    "It fell by 9%" and "It fell by 8% in May" are three words apart.
    """
    apart = 0
    removed = added = 0
    for piece in words_changed(one, other):
        if piece.kind == "same" and _WORD.search(piece.text):
            apart += max(removed, added)
            removed = added = 0
        elif piece.kind == "removed":
            removed += len(_WORD.findall(piece.text))
        elif piece.kind == "added":
            added += len(_WORD.findall(piece.text))
    return apart + max(removed, added)
