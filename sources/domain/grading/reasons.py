"""Why words that look the same are not: what a comparison of two wordings does not show.

A person who sees “2025” on both sides cannot guess that one of them has a mark for the direction of
writing behind it, or a Cyrillic letter in it. Words that differ visibly are shown side by side by
`sources.domain.grading.drift.difference_of` and are not repeated here.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from sources.domain.grading.differences import Difference, PassedOver
from sources.domain.grading.locations import crosses_blocks
from sources.domain.text.characters import (
    DASHES,
    DOUBLE_QUOTES,
    HYPHENS,
    INVISIBLE,
    MINUS,
    SINGLE_QUOTES,
    WHITE_SPACE,
    without_invisible,
)
from sources.domain.text.folded_text import FoldedText

_MOST = 2_000  # code points of either wording that are compared
_TOLD = 5  # pairs of characters that are named
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# Letters of Greek and Cyrillic, each above the Latin one that it looks like.
_LOOKS_LIKE = str.maketrans(
    "АВЕКМНОРСТХаеорсухіјѕԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρ",
    "ABEKMHOPCTXaeopcyxijsdqwhABEZHIKMNOPTYXovp",
)
# Marks that look alike, each set by the one that stands for it.
_ALIKE = {
    " ": re.compile(f"[{WHITE_SPACE}]"),
    "-": re.compile(f"[{HYPHENS}{DASHES}{MINUS}\uff0d]"),
    '"': re.compile(f"[{DOUBLE_QUOTES}\u2033\u02ba]"),
    "'": re.compile(f"[{SINGLE_QUOTES}`\u00b4\u02b9\u02bc\u2032]"),
}


def reasons_at(quote: str, layer: FoldedText, start: int, end: int) -> Iterator[PassedOver]:
    """Find the differences that nobody sees between a quote and the text at a place."""
    words = layer.text[start:end]
    if crosses_blocks(start, end, layer):
        yield PassedOver(start, end, Difference.ACROSS_BLOCKS, "", "")
    there, given = _invisible(words), _invisible(quote)
    if there != given:
        only_there, only_given = (there - given).elements(), (given - there).elements()
        yield PassedOver(start, end, Difference.INVISIBLE, "".join(only_there), "".join(only_given))
    yield from _look_alikes(quote, words, start, end)


def _invisible(words: str) -> Counter[str]:
    return Counter(_INVISIBLE.findall(words))


def _look_alikes(quote: str, words: str, start: int, end: int) -> Iterator[PassedOver]:
    """Characters of the text that stand for one of the quote and look like it, each pair once."""
    given, there = (without_invisible(each)[:_MOST] for each in (quote, words))
    pairs: dict[tuple[str, str], None] = {}
    for step in Levenshtein.opcodes(given, there):
        if step.tag == "replace":
            ours = given[step.src_start : step.src_end]
            pairs.update(
                dict.fromkeys(zip(ours, there[step.dest_start : step.dest_end], strict=True))
            )
    alike = [pair for pair in pairs if _is_alike(*pair)]
    for ours, theirs in alike[:_TOLD]:
        yield PassedOver(start, end, Difference.LOOK_ALIKE, theirs, ours)


def _is_alike(one: str, other: str) -> bool:
    """Whether two characters look the same, or so nearly that a reader takes them for the same."""
    return _form(one) == _form(other)


def _form(character: str) -> str:
    """The form by which look-alike characters are one."""
    for form, marks in _ALIKE.items():
        if marks.match(character):
            return form
    return unicodedata.normalize("NFKC", character).translate(_LOOKS_LIKE)
