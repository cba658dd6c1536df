"""Whether a figure of a PDF stands on its line, above it or below it.

A figure is raised or lowered where it is smaller than its neighbour and off its base line, or where
its own glyph is: the raised figures of a good font stand on the base line, in the size of the
text, and only what is drawn is high and small. Figures that hang below the line (old-style 3, 4, 5)
are as tall as others and are not lowered.
"""

from enum import Enum

from sources.extraction.pdf.glyphs import Glyph

# Of the size of what stands beside: how small a figure in smaller type is at most, and how far its
# base line is from the line.
_SMALL, _HIGH, _LOW = 0.85, 0.15, -0.06
_FAR = 0.7  # how far off the line a figure of full size may be that belongs to it
# In em: a figure that is drawn raised begins this high at least and is this tall at most. Of
# Libertinus, in which typst sets by default, such figures go from 0.36 to 0.70 and lowered ones
# from -0.12 to 0.21; figures on the line are 0.62 tall, old-style ones go from -0.18 to 0.45.
_DRAWN_HIGH, _DRAWN_TALL = 0.2, 0.5
_IN_DOUBT = 0.1
# And of a lowered one: it reaches below the line and stays below the small letters.
_DRAWN_LOW, _DRAWN_TOP = -0.04, 0.36
_TINY = 0.75  # of the size beside: smaller on the line, it is a small figure or no figure of it
_SAME_HEIGHT = 0.12
_BESIDE = 0.25  # em between a figure and the letter or figure to which it is attached, at most


class Level(Enum):
    """The level of a figure against its line; DOUBTFUL where it cannot be told."""

    ON_THE_LINE = "on-the-line"
    RAISED = "raised"
    LOWERED = "lowered"
    DOUBTFUL = "doubtful"


_CERTAIN = (Level.RAISED, Level.LOWERED)


def level_of(figure: Glyph, line: Glyph | None, before: Glyph | None) -> Level:
    """The level of a figure.

    `line` is the last glyph of its line that is itself on the line, None where there is none;
    `before` is the glyph right before it.
    """
    if line is None or line.size <= 0 or line.turn != figure.turn:
        drawn = _drawn_level(figure, figure.y)
        return drawn if drawn in _CERTAIN else Level.ON_THE_LINE
    height = (figure.y - line.y) / line.size
    is_small = figure.size <= _SMALL * line.size
    if is_small and _HIGH <= height < 1:
        return Level.RAISED
    if is_small and -0.6 < height <= _LOW:
        return Level.LOWERED
    drawn = _drawn_level(figure, line.y) if abs(height) < 1 else None
    if drawn in _CERTAIN:
        return drawn
    if before is None or not is_attached(figure, before):
        return Level.ON_THE_LINE
    if drawn is not None:
        return drawn
    if not is_small and abs(height) < _FAR:
        if abs(height) >= _HIGH:
            return Level.RAISED if height > 0 else Level.LOWERED
        return Level.DOUBTFUL if abs(height) >= _IN_DOUBT else Level.ON_THE_LINE
    if figure.size <= _TINY * line.size and abs(height) < _HIGH:
        return Level.DOUBTFUL
    return Level.ON_THE_LINE


def _drawn_level(figure: Glyph, base: float) -> Level | None:
    """The level of what is drawn against a base line; None where it stands on it."""
    if figure.box is None or figure.em <= 0:
        return None
    bottom = (figure.box.bottom - base) / figure.em
    top = (figure.box.top - base) / figure.em
    if top - bottom > _DRAWN_TALL:
        return None
    if bottom >= _DRAWN_HIGH:
        return Level.RAISED
    if bottom <= _DRAWN_LOW and top <= _DRAWN_TOP:
        return Level.LOWERED
    return Level.DOUBTFUL if bottom >= _IN_DOUBT else None


def is_attached(figure: Glyph, before: Glyph) -> bool:
    """Whether a figure stands right behind a glyph, without a space between."""
    return -0.5 < (figure.x - before.right) / max(before.em, figure.em, 0.01) < _BESIDE


def is_as_high(sign: Glyph, figure: Glyph) -> bool:
    """Whether a sign stands at the height of a figure: −6 in 10⁻⁶, but not in −⁶."""
    if sign.box is None or figure.box is None:
        return abs(sign.y - figure.y) < 0.1 * max(figure.em, 0.01) and sign.size <= figure.size
    middle = (sign.box.bottom + sign.box.top) / 2
    return figure.box.bottom <= middle <= figure.box.top


def are_of_one_fraction(above: Glyph, below: Glyph) -> bool:
    """Whether two figures on either side of a stroke are equally small, as in ½."""
    if above.box is None or below.box is None or above.y < below.y:
        return False
    one, other = above.box.top - above.box.bottom, below.box.top - below.box.bottom
    return (
        abs(one - other) <= _SAME_HEIGHT * max(one, other) and above.box.bottom > below.box.bottom
    )
