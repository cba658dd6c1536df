"""The changes between two texts of one source: by paragraphs first, then by words.

The time is bounded for texts of any kind: paragraphs and words that stand once on both sides are
paired first (patience), and only what lies between two pairs is compared piece by piece.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sources.domain.text.characters import is_unspaced

# Between two pairs at most this many comparisons are made; beyond, all of it counts as changed.
MOST_COMPARISONS = 16_000

_PARAGRAPH = re.compile(r"\S(?:.*\S)?", re.S)
_BREAK = re.compile(r"\n[^\S\n]*\n\s*|\f\s*")
# Words and numbers whole: 9.1, 2025-05, isn't.
_WORD = re.compile(r"\w+(?:[-.,:/'’]\w+)*|[^\w\s]|\s+")
_WHITE_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a change: `kind` is same, removed or added."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """Paragraphs that differ, with their place in either text: code points, half-open.

    An empty place is where the other text has paragraphs more. `removed` and `added` are the
    places of the differing words. `same_before` counts the paragraphs since the change before.
    """

    old: tuple[int, int]
    new: tuple[int, int]
    pieces: tuple[Piece, ...]
    removed: tuple[tuple[int, int], ...]
    same_before: int

    def touches(self, start: int, end: int) -> bool:
        """Whether words at this place of the old text are among those that differ."""
        return any(
            left < end and right > start if left < right else start < left < end
            for left, right in self.removed
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes in order, and how many paragraphs are the same after the last."""

    changes: tuple[Change, ...]
    same_after: int


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph with its place; `words` is what is compared, white space folded."""

    start: int
    end: int
    words: str


def changes_between(old: str, new: str) -> Changes:
    """All changes from the old text to the new one; white space is no difference."""
    before, after = _paragraphs(old), _paragraphs(new)
    runs = matching([one.words for one in before], [one.words for one in after])
    changes: list[Change] = []
    at_old = at_new = same = 0
    for left, right, length in [*runs, (len(before), len(after), 0)]:
        if at_old < left or at_new < right:
            here = _place(before, at_old, left, len(old)), _place(after, at_new, right, len(new))
            changes.append(_change(old, new, *here, same))
            same = 0
        same += length
        at_old, at_new = left + length, right + length
    return Changes(tuple(changes), same)


def words_changed(old: str, new: str) -> tuple[Piece, ...]:
    """Words of the old text and of the new one, in order; same ones as the old text has them."""
    before, after = _words(old), _words(new)
    keys = [[_WHITE_SPACE.sub(" ", word) for word in words] for words in (before, after)]
    pieces: list[Piece] = []
    at_old = at_new = 0
    for left, right, length in [*matching(*keys), (len(before), len(after), 0)]:
        for kind, words in (
            ("removed", before[at_old:left]),
            ("added", after[at_new:right]),
            ("same", before[left : left + length]),
        ):
            if words:
                pieces.append(Piece(kind, "".join(words)))
        at_old, at_new = left + length, right + length
    return tuple(pieces)


def _words(text: str) -> list[str]:
    """The words, marks and white space of a text; of scripts without spaces, the characters."""
    found: list[str] = []
    for word in _WORD.findall(text):
        found.extend(word if is_unspaced(word[0]) else (word,))
    return found


def matching(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs that both have, in order: where each begins in either, and how long it is."""
    runs: list[tuple[int, int, int]] = []
    for left, right in _pairs(old, new, (0, len(old)), (0, len(new))):
        if runs and runs[-1][0] + runs[-1][2] == left and runs[-1][1] + runs[-1][2] == right:
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((left, right, 1))
    return runs


def _pairs(
    old: Sequence[str], new: Sequence[str], of_old: tuple[int, int], of_new: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """The pairs of equal items between these bounds, in order."""
    (left, left_end), (right, right_end) = of_old, of_new
    while left < left_end and right < right_end and old[left] == new[right]:
        yield left, right
        left, right = left + 1, right + 1
    tail = 0
    while left < left_end and right < right_end and old[left_end - 1] == new[right_end - 1]:
        left_end, right_end, tail = left_end - 1, right_end - 1, tail + 1
    if left < left_end and right < right_end:
        anchors = _anchors(old[left:left_end], new[right:right_end])
        if anchors:
            done_left, done_right = left, right
            for anchor_left, anchor_right in anchors:
                here = left + anchor_left, right + anchor_right
                yield from _between(old, new, (done_left, here[0]), (done_right, here[1]))
                yield here
                done_left, done_right = here[0] + 1, here[1] + 1
            yield from _between(old, new, (done_left, left_end), (done_right, right_end))
        else:
            yield from _between(old, new, (left, left_end), (right, right_end))
    yield from ((left_end + step, right_end + step) for step in range(tail))


def _between(
    old: Sequence[str], new: Sequence[str], of_old: tuple[int, int], of_new: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """The pairs between two anchors: piece by piece, where that is little work."""
    (left, left_end), (right, right_end) = of_old, of_new
    if (left_end - left) * (right_end - right) > MOST_COMPARISONS:
        # Next to the anchors, what is equal is paired all the same.
        while left < left_end and right < right_end and old[left] == new[right]:
            yield left, right
            left, right = left + 1, right + 1
        return
    matcher = SequenceMatcher(None, old[left:left_end], new[right:right_end], autojunk=False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            yield left + block.a + step, right + block.b + step


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Items that stand once on both sides, as many as stand in the same order on both."""
    counts = Counter(old), Counter(new)
    at_new = {item: index for index, item in enumerate(new) if counts[1][item] == 1}
    pairs = [
        (index, at_new[item])
        for index, item in enumerate(old)
        if counts[0][item] == 1 and item in at_new
    ]
    # The longest rising sequence of places in the new text.
    ends: list[int] = []
    piles: list[list[tuple[tuple[int, int], int]]] = []
    for pair in pairs:
        pile = bisect_left(ends, pair[1])
        below = len(piles[pile - 1]) - 1 if pile else -1
        if pile == len(ends):
            ends.append(pair[1])
            piles.append([])
        ends[pile] = pair[1]
        piles[pile].append((pair, below))
    rising: list[tuple[int, int]] = []
    index = len(piles[-1]) - 1 if piles else -1
    for column in reversed(piles):
        pair, below = column[index]
        rising.append(pair)
        index = below
    return rising[::-1]


def _paragraphs(text: str) -> list[_Paragraph]:
    """The paragraphs of a text; where no empty lines part them, its lines."""
    breaks = list(_BREAK.finditer(text)) or list(re.finditer(r"\n", text))
    found, at = [], 0
    for start, end in [*(one.span() for one in breaks), (len(text), len(text))]:
        words = _PARAGRAPH.search(text, at, start)
        if words is not None:
            found.append(_Paragraph(*words.span(), _WHITE_SPACE.sub(" ", words.group())))
        at = end
    return found


def _place(paragraphs: Sequence[_Paragraph], first: int, after: int, size: int) -> tuple[int, int]:
    """From the beginning of one paragraph to the end of another; empty where there are none."""
    if first < after:
        return paragraphs[first].start, paragraphs[after - 1].end
    at = paragraphs[first].start if first < len(paragraphs) else size
    return at, at


def _change(
    old: str, new: str, of_old: tuple[int, int], of_new: tuple[int, int], same_before: int
) -> Change:
    """The paragraphs of both texts word by word."""
    pieces = words_changed(old[slice(*of_old)], new[slice(*of_new)])
    removed: list[tuple[int, int]] = []
    position = of_old[0]
    for index, piece in enumerate(pieces):
        if piece.kind == "added":
            if not index or pieces[index - 1].kind != "removed":
                removed.append((position, position))
            continue
        if piece.kind == "removed":
            removed.append((position, position + len(piece.text)))
        position += len(piece.text)
    return Change(of_old, of_new, pieces, tuple(removed), same_before)
