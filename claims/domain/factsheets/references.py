"""References in the prose of fact sheets, `[C17]`, and the sentences that they belong to.

A sentence ends where a point, a question or an exclamation mark is followed by white space; what
follows an abbreviation, an initial or the day of a German date goes on. References at once behind
the mark belong to the sentence before it. Paragraphs, items of a list and headings are never part
of one sentence.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sources.domain.date_names import fold_date_words, month_number

_REFERENCE = re.compile(r"(?<!\\)\[(?P<ref>C[1-9][0-9]{0,17})\]")
# What looks as if it were meant as a reference and is none: [C17, C18], [c17], [C17/v2], [K5].
_MISWRITTEN = re.compile(r"(?<!\\)\[ {0,3}[CcСсKkКк] ?[0-9]{1,18}(?:[^\[\]\n]{0,60})\](?!\()")

_BLOCK = re.compile(
    r"\n(?:[^\S\n]*\n)+|\n(?=[^\S\n]{0,8}(?:[-*+]|[0-9]{1,9}[.)])[^\S\n])"
    r"|\n(?=[^\S\n]{0,3}#{1,6}[^\S\n])|(?:(?<=\n)|\A)[^\S\n]{0,3}#{1,6}[^\S\n][^\n]*\n"
)
_STOP = re.compile(
    r"(?:[.!?…]{1,8}(?:[)\]\"'”’»*_]|\[C[0-9]{1,18}\]){0,8}(?=\s|\Z)|[。！？])"
    r"(?:[^\S\n]?\[C[0-9]{1,18}\]){0,50}\s{0,3}"
)
_ABBREVIATIONS = frozenset(
    (
        *(
            "p",
            "pp",
            "no",
            "nos",
            "nr",
            "vol",
            "art",
            "ch",
            "sec",
            "fig",
            "vs",
            "cf",
            "ca",
            "c",
            "approx",
        ),
        *(
            "est",
            "e.g",
            "i.e",
            "dr",
            "mr",
            "mrs",
            "ms",
            "prof",
            "gen",
            "st",
            "sr",
            "jr",
            "op",
            "u.s",
        ),
        *(
            "u.k",
            "u.n",
            "e.u",
            "bzw",
            "z.b",
            "d.h",
            "s",
            "abs",
            "стр",
            "ст",
            "с",
            "п",
            "г",
            "т.е",
            "им",
            "см",
            "tzw",
            "np",
            "ul",
        ),
    )
)
_WORD_BEFORE = re.compile(r"[^\s(\[„“\"'«]{1,12}\Z")
_WORD_BEHIND = re.compile(r"[^\W\d_]{3,12}")


@dataclass(frozen=True, slots=True)
class ProseReference:
    """A reference such as C17 at its place in prose, brackets included: `prose[start:end]`."""

    ref: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CitedSpan:
    """A sentence of prose, `prose[start:end]`, and the references that what it says rests on.

    Those are its own; of a sentence without any, those of its paragraph.
    """

    start: int
    end: int
    refs: tuple[str, ...]


def prose_references(prose: str) -> list[ProseReference]:
    """Return the references `[C17]` of a prose, in their order; `\\[C17]` is none."""
    return [ProseReference(found["ref"], *found.span()) for found in _REFERENCE.finditer(prose)]


def miswritten_references(prose: str) -> list[ProseReference]:
    """Return what looks like a reference and is none, as it is written: [C17, C18], [c17], [K5]."""
    return [
        ProseReference(found[0], *found.span())
        for found in _MISWRITTEN.finditer(prose)
        if _REFERENCE.fullmatch(found[0]) is None
    ]


def cited_spans(prose: str) -> list[CitedSpan]:
    """Return the sentences of a prose in their order, each with the references it rests on."""
    cited = prose_references(prose)
    places = [reference.start for reference in cited]
    spans = []
    for begin, end in _blocks(prose):
        of_paragraph = _within(cited, places, begin, end)
        for first, last in _sentences(prose, begin, end):
            own = _within(cited, places, first, last)
            spans.append(CitedSpan(first, last, own or of_paragraph))
    return spans


def _within(
    cited: Sequence[ProseReference], places: Sequence[int], start: int, end: int
) -> tuple[str, ...]:
    """The references that begin between two places, each once."""
    found = cited[bisect_right(places, start - 1) : bisect_right(places, end - 1)]
    return tuple(dict.fromkeys(reference.ref for reference in found))


def _blocks(prose: str) -> list[tuple[int, int]]:
    """The paragraphs, items and headings, each from its beginning to its end."""
    ends = [found.end() for found in _BLOCK.finditer(prose)]
    return _parts(0, ends, len(prose))


def _sentences(prose: str, begin: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a block, each from its beginning to its end."""
    ends = [
        found.end() for found in _STOP.finditer(prose, begin, end) if not _goes_on(prose, found)
    ]
    return _parts(begin, ends, end)


def _parts(begin: int, ends: Sequence[int], end: int) -> list[tuple[int, int]]:
    parts = []
    for each in (*ends, end):
        if each > begin:
            parts.append((begin, each))
            begin = each
    return parts


def _goes_on(prose: str, stop: re.Match[str]) -> bool:
    """Whether the sentence goes on behind a point."""
    if not stop[0].startswith(".") or stop[0].startswith("..") or "[C" in stop[0]:
        return False
    behind = prose[stop.end() : stop.end() + 12]
    if behind[:1].islower():
        return True
    before = _WORD_BEFORE.search(prose, max(0, stop.start() - 12), stop.start())
    if before is None:
        return False
    word = before[0]
    if word.isdigit() and len(word) <= 2:  # 7. Mai
        name = _WORD_BEHIND.match(behind)
        return name is not None and month_number(fold_date_words(name[0])) is not None
    is_initial = len(word) == 1 and word.isupper()
    return is_initial or word.lower() in _ABBREVIATIONS
