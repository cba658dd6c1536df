"""Finding quotes over words that the end of a line parts: "re-" and "sign" below it.

The page prints a hyphen there, and a quote may have it or leave it out. Everywhere else hyphens are
compared as they are. Only around the parted words that the quote itself has is the text read so;
the rest of it is not looked at.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sources.domain.text.characters import DASHES, HYPHENS, SOFT_HYPHEN
from sources.domain.text.folded_text import FoldedText
from sources.domain.text.folding import Folded, lean_edits
from sources.domain.text.line_hyphens import LineHyphen, hyphens_within, words_of
from sources.domain.text.rewriting import Rewritten
from sources.domain.text.segments import blanked
from sources.domain.text.spans import Span

MAX_PLACES = 200  # of the rarest parted word of a quote that are looked at
_BESIDE = 12  # letters beside a parted word that are held against the quote
_REACH = 40  # code points in which they stand
_ROOM = 4_000  # code points of footnotes and running heads that may stand within a quote

Location = tuple[int, int]
_MARK = re.compile(f"[{HYPHENS[1:]}{DASHES}-]")


@dataclass(frozen=True, slots=True)
class PartedMatch:
    """A place of a quote in a folded text that was read without hyphens between letters."""

    at: int
    quote: Folded
    folded: Folded


def find_parted(quote: str, layer: FoldedText) -> dict[Location, PartedMatch]:
    """The places of a quote that has a word which the text parts at the end of a line."""
    known = layer.parted_words
    sought = [known[word] for word in words_of(quote) if word in known] if known else []
    if not sought:
        return {}
    rarest = _where_quote_may_be(quote, min(sought, key=len), layer.text)
    folded_quote = Folded(quote, hyphens_within(quote))
    found: dict[Location, PartedMatch] = {}
    for apparatus in layer.apparatus_sets:
        for near in _windows(rarest, 2 * len(quote) + _ROOM):
            folded, first, last = _folded_around(layer.text, apparatus, near)
            for at in _occurrences(folded_quote.text, folded.text, first, last):
                end = at + len(folded_quote.text)
                if not folded.cuts(at, end) and _fits(quote, folded_quote, layer, folded, at):
                    place = folded.start(at), folded.end(end)
                    found.setdefault(place, PartedMatch(at, folded_quote, folded))
        if found:
            break
    return found


def _where_quote_may_be(quote: str, hyphens: Sequence[LineHyphen], text: str) -> Sequence[int]:
    """The places of a parted word where what stands right before or behind it is in the quote."""
    letters = _letters(quote)
    if len(letters) < 4 * _BESIDE:
        return [one.start for one in hyphens]
    return [
        one.start
        for one in hyphens
        if _letters(text[max(0, one.start - _REACH) : one.start])[-_BESIDE:] in letters
        or _letters(text[one.end : one.end + _REACH])[:_BESIDE] in letters
    ]


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words)).casefold()


def _windows(places: Sequence[int], reach: int) -> Iterator[Location]:
    """The surroundings of the first places, those that overlap made one."""
    begin = end = -1
    for place in islice(places, MAX_PLACES):
        if end >= 0 and place - reach > end:
            yield begin, end
            begin = -1
        begin = max(0, place - reach) if begin < 0 else begin
        end = place + reach
    if end >= 0:
        yield begin, end


def _folded_around(text: str, apparatus: Sequence[Span], near: Location) -> tuple[Folded, int, int]:
    """The text folded in a window without hyphens between letters, and where that begins and ends
    in the folded text."""
    begin, end = near
    while begin and not text[begin - 1].isalnum():
        begin -= 1
    end = min(end, len(text))
    while end < len(text) and not text[end].isalnum():
        end += 1
    window = text[begin:end]
    within = sorted(
        Span(span.start - begin, span.end - begin, span.kind)
        for span in apparatus
        if begin <= span.start and span.end <= end
    )
    hyphens = hyphens_within(blanked(window, [(span.start, span.end) for span in within]))
    dropped = [*within, *(piece for one in hyphens for piece in _apart(one, within))]
    edits = [
        (begin + start, begin + stop, pieces)
        for start, stop, pieces in lean_edits(window, sorted(dropped))
    ]
    lean = Rewritten(text, edits)
    behind = len(text) - end
    folded = Folded(text, lean=lean, within=[(begin, len(lean.text) - behind)])
    return folded, begin, len(folded.text) - behind


def _apart(hyphen: Span, apparatus: Sequence[Span]) -> Iterator[Span]:
    """The pieces of a hyphen and the end of its line that are outside of apparatus."""
    start = hyphen.start
    for span in apparatus:
        if span.end <= start or span.start >= hyphen.end:
            continue
        if span.start > start:
            yield Span(start, span.start, hyphen.kind)
        start = span.end
    if start < hyphen.end:
        yield Span(start, hyphen.end, hyphen.kind)


def _occurrences(needle: str, text: str, first: int, last: int) -> Iterator[int]:
    at = text.find(needle, first, last)
    while at != -1:
        yield at
        at = text.find(needle, at + 1, last)


def _fits(quote: str, folded_quote: Folded, layer: FoldedText, folded: Folded, at: int) -> bool:
    """Whether quote and text have the same hyphens, but for those at the ends of lines."""
    for index in range(1, len(folded_quote.text)):
        there = layer.text[folded.end(at + index) : folded.start(at + index)]
        here = quote[folded_quote.end(index) : folded_quote.start(index)]
        if there == here:
            continue
        is_here, is_there = bool(_MARK.search(here)), bool(_MARK.search(there))
        is_line_end = "\n" in there or "\f" in there
        if is_here and not (is_there or (is_line_end and SOFT_HYPHEN in there)):
            return False
        if is_there and not (is_here or is_line_end):
            return False
    return True
