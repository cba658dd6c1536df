"""A word cloud: words in a picture, the larger the more they are used, none over another.

The same words give the same picture. The most used word stands in the middle; each other goes
along a spiral from there to the first place where it is free (the layout of Wordle: J. Feinberg,
2010). How wide a word is, is estimated without its font: whoever draws it fits it into its width.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sources.domain.text.characters import is_unspaced

# Heights of letters in the picture's own units; the picture is as large as its words need.
SMALLEST, LARGEST = 15, 52
# The picture is so many times as wide as high.
_SHAPE = 1.9
# Between two words, to each side.
_GAP = 3
# The height of a line, in heights of letters.
_LINE = 1.18
_STEP = 6.0  # units between two places that are tried, along the spiral
_WIDENING = 1.6  # units of the spiral for each radian
_SKIPPED = 0.5


@dataclass(frozen=True)
class PlacedWord:
    """A word in the picture: its rectangle, with the corner at the upper left, and `size`, the
    height of its letters. Its base line is at `baseline`."""

    word: str
    count: int
    x: int
    y: int
    width: int
    height: int
    size: int

    @property
    def middle(self) -> int:
        """Where the middle of the word stands, from the left."""
        return self.x + self.width // 2

    @property
    def letters_width(self) -> int:
        """The width of the letters, without the gaps at both ends."""
        return self.width - 2 * _GAP

    @property
    def baseline(self) -> int:
        """Where the letters stand."""
        return self.y + round(self.height * 0.78)

    def overlaps(self, other: "PlacedWord") -> bool:
        """Whether the rectangles of two words share an area."""
        return _is_over(other, self.x, self.y, self.width, self.height)


@dataclass(frozen=True)
class WordCloud:
    """The words of a cloud in a picture of this size, the most used first."""

    words: Sequence[PlacedWord]
    width: int
    height: int


def lay_out_cloud(words: Sequence[tuple[str, int, float]]) -> WordCloud:
    """Lay out words: each with a count to show and a frequency, which its area goes by.

    The letters' height goes with the root of the frequency, between SMALLEST and LARGEST.
    """
    ordered = sorted(words, key=lambda each: (-each[2], each[0]))
    most = max((frequency for _word, _count, frequency in ordered), default=1.0) or 1.0
    placed: list[PlacedWord] = []
    angle = 0.0
    for word, count, frequency in ordered:
        size = max(SMALLEST, round(LARGEST * math.sqrt(max(frequency, 0.0) / most)))
        # Where the last, larger word had no room, this one is not looked for all the way.
        free, angle = _first_free(word, count, size, placed, angle * _SKIPPED)
        placed.append(free)
    return _from_the_corner(placed)


def estimated_width(word: str, size: float) -> float:
    """About how wide a word is, in the units of its letters' height; rather too wide."""
    return sum(_width_of(letter) for letter in word) * size


def _width_of(letter: str) -> float:
    if is_unspaced(letter) or "\uac00" <= letter <= "\ud7a3":
        return 1.0
    if letter in "ijlftr'.,:;|I1":
        return 0.42
    if letter in "mwMW@%жшщюыфмЖШЩЮЫФМ":
        return 0.88
    return 0.6 if letter.islower() or letter.isdigit() else 0.72


def _first_free(
    word: str, count: int, size: int, placed: Sequence[PlacedWord], angle: float
) -> tuple[PlacedWord, float]:
    """The word at the first place of the spiral, from an angle on, where it is over no other; and
    the angle of that."""
    width = math.ceil(estimated_width(word, size)) + 2 * _GAP
    height = math.ceil(size * _LINE) + _GAP
    near: PlacedWord | None = None
    while True:
        away = _WIDENING * angle
        x = round(math.cos(angle) * away * _SHAPE - width / 2)
        y = round(math.sin(angle) * away - height / 2)
        # Most often the word that stood in the way still does, a step further.
        if near is None or not _is_over(near, x, y, width, height):
            ways = (other for other in placed if _is_over(other, x, y, width, height))
            near = next(ways, None)
            if near is None:
                return PlacedWord(word, count, x, y, width, height, size), angle
        angle += _STEP / (_STEP + away)


def _is_over(other: PlacedWord, x: int, y: int, width: int, height: int) -> bool:
    return (
        x < other.x + other.width
        and other.x < x + width
        and y < other.y + other.height
        and other.y < y + height
    )


def _from_the_corner(placed: Sequence[PlacedWord]) -> WordCloud:
    """The words with the upper left corner of the picture at 0, 0."""
    if not placed:
        return WordCloud((), 0, 0)
    left, top = min(one.x for one in placed), min(one.y for one in placed)
    moved = [
        PlacedWord(
            *(one.word, one.count, one.x - left, one.y - top),
            *(one.width, one.height, one.size),
        )
        for one in placed
    ]
    return WordCloud(
        moved,
        max(one.x + one.width for one in moved),
        max(one.y + one.height for one in moved),
    )
