"""The sentence in which a place of a text stands, for quoting it whole."""

from sources.domain.grading.gaps import sentence_ends
from sources.domain.text.segments import Location

# How far from the place a sentence begins and ends at most, in code points.
MAX_DISTANCE = 400

# What opens the next sentence, where it stands behind the end of this one.
_OPENING = " \t\n\f\r\u00a0\"'“‘„«([*"


def sentence_span(text: str, start: int, end: int) -> Location:
    """The place of the sentence, or sentences, that a place stands in; half-open, in code points.

    A heading or a line of a list that no mark ends goes to the next empty line. Where no sentence
    begins or ends near by, it is the place itself.
    """
    first, last = max(0, start - MAX_DISTANCE), min(len(text), end + MAX_DISTANCE)
    begins = [*([0] if first == 0 else []), *sentence_ends(text, first, start)]
    ends = [*sentence_ends(text, end, last), *([len(text)] if last == len(text) else [])]
    if not begins or not ends:
        return start, end
    begun, ended = max(begins), min(ends)
    while begun < start and text[begun].isspace():
        begun += 1
    while ended > end and text[ended - 1] in _OPENING:
        ended -= 1
    return begun, ended
