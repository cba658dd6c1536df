"""The windows of a text in which a quote may stand, found before the text is folded.

Folding changes white space, quotation marks and dashes, and never drops all of a run of them;
what stands between such runs it compares as it is. So the pieces of a folded quote stand in
the text, in order, with nothing but such a run between two of them, wherever the quote does.
"""

import re

from sources.domain.text.characters import FOLDING

Window = tuple[int, int]

_STRETCH = re.compile(f"[{FOLDING}]+")
_PIECES = 40  # that are looked for at once; a longer quote has more, which only sift further
_IS_CHANGED = re.compile(f"[{FOLDING}]").match
_RARE = 20  # occurrences; a piece with no more is rare enough to begin with
_COUNTED = 8  # of the longest pieces are counted in the text
_STEPS = 2_000_000  # of the search, at most; beyond that it is cheaper to fold the text
_CHECKS = 50_000  # of pieces at the places found, likewise


def windows(words: str, text: str) -> list[Window] | None:
    """The windows of a lean text outside of which these folded words do not stand.

    Sorted and apart, each from run to run of what folding changes. None where too many
    places would have to be looked at, or the words are nothing but marks.
    """
    pieces = [piece for piece in _STRETCH.split(words) if piece]
    if not pieces:
        return None
    rarest = _rarest(pieces, text)
    if rarest is None:
        return []
    first = max(0, min(rarest - _PIECES // 2, len(pieces) - _PIECES))
    sought = pieces[first : first + _PIECES]
    if text.count(sought[0]) * len(sought) > _STEPS:
        return None
    pattern = re.compile(f"[{FOLDING}]++".join(map(re.escape, sought)))
    found: list[Window] = []
    places = 0
    match = pattern.search(text)
    while match is not None:
        places += 1
        if places * len(pieces) > _CHECKS:
            return None
        window = _window(text, *match.span(), pieces, first)
        if window is not None:
            found.append(window)
        match = pattern.search(text, match.start() + 1)
    return _apart(found)


def has_pieces(words: str, text: str) -> bool:
    """Whether a lean text has the longest pieces of these folded words, wherever they stand."""
    return all(piece in text for piece in _longest(_STRETCH.split(words)))


def _rarest(pieces: list[str], text: str) -> int | None:
    """The index of the piece that the text has least often; None where one is not there at all."""
    best, least = "", len(text) + 1
    for piece in _longest(pieces):
        count = text.count(piece)
        if not count:
            return None
        if count < least:
            best, least = piece, count
        if count <= _RARE:
            break
    return pieces.index(best)


def _longest(pieces: list[str]) -> list[str]:
    return sorted(set(pieces), key=lambda piece: (-len(piece), piece))[:_COUNTED]


def _window(text: str, start: int, end: int, pieces: list[str], first: int) -> Window | None:
    """The whole window where the quote may stand, with the pieces that were found there."""
    start = _run_start(text, start)
    for piece in reversed(pieces[:first]):
        if not text.endswith(piece, 0, start):
            return None
        start = _run_start(text, start - len(piece))
    end = _run_end(text, end)
    for piece in pieces[first + _PIECES :]:
        if not text.startswith(piece, end):
            return None
        end = _run_end(text, end + len(piece))
    return start, end


def _run_start(text: str, position: int) -> int:
    while position and _IS_CHANGED(text, position - 1):
        position -= 1
    return position


def _run_end(text: str, position: int) -> int:
    found = _STRETCH.match(text, position)
    return found.end() if found else position


def _apart(found: list[Window]) -> list[Window]:
    """The windows in order, those that meet made one."""
    apart: list[Window] = []
    for start, end in sorted(found):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart
