"""Texts as people read them: without withheld words, and without those that no page shows.

Withheld words are blocks for everybody. Hidden words are blocks for the public; staff read them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sources.domain.grading.quotes import context
from sources.domain.text.segments import Location, masked
from sources.models import Grading, TextLayer
from sources.vocabulary import DoubtKind


def redacted_text(layer: TextLayer, *, with_hidden: bool) -> str:
    """Return the text with withheld words as blocks; every position stays where it was.

    Hidden words are blocks too, unless the text is for staff (`with_hidden`).
    """
    places = Grading.objects.withheld_places({layer.pk})[layer.pk]
    return masked(layer.text, [*places, *([] if with_hidden else hidden_places(layer.doubts))])


class TextPiece(NamedTuple):
    """A piece of a text, all of which its pages show, or hide."""

    words: str
    is_hidden: bool = False


def shown_and_hidden(layer: TextLayer) -> list[TextPiece]:
    """Return the text for staff, in the pieces that its pages show and those that they hide."""
    text = redacted_text(layer, with_hidden=True)
    pieces, at = [], 0
    for start, end in hidden_places(layer.doubts):
        pieces += [TextPiece(text[at:start]), TextPiece(text[start:end], is_hidden=True)]
        at = end
    pieces.append(TextPiece(text[at:]))
    return [piece for piece in pieces if piece.words]


def hidden_places(doubts: Sequence[Mapping[str, Any]]) -> list[Location]:
    """The places of hidden words among the doubtful spans of a text, half-open."""
    return [(span["start"], span["end"]) for span in doubts if span["kind"] == DoubtKind.HIDDEN]


def visible_context(
    text: str, doubts: Sequence[Mapping[str, Any]], start: int, end: int
) -> tuple[str, str]:
    """Return up to 32 characters of a text before and after a place, as far as its page shows
    them."""
    return cut_context(*context(text, start, end), hidden_places(doubts), start, end)


def cut_context(
    prefix: str, suffix: str, hidden: Sequence[Location], start: int, end: int
) -> tuple[str, str]:
    """Cut the words before and after a place where hidden words begin."""
    for begun, ended in hidden:
        if begun < start:
            prefix = prefix[max(0, len(prefix) - max(0, start - ended)) :]
        if ended > end:
            suffix = suffix[: max(0, begun - end)]
    return prefix, suffix


def shown_context(excerpt: Any, grading: Grading | None, *, with_hidden: bool) -> tuple[str, str]:
    """The words before and after a quote as they are kept, without those that no page shows.

    Of a quote without one place in a text that has hidden words nobody knows which those are: then
    only staff are told.
    """
    kept: tuple[str, str] = excerpt.prefix, excerpt.suffix
    hidden = [] if grading is None or grading.layer is None else hidden_places(grading.layer.doubts)
    if with_hidden or not hidden or grading is None:
        return kept
    if grading.start is None or grading.end is None:
        return "", ""
    return cut_context(*kept, hidden, grading.start, grading.end)


def without_hidden(words: str, start: int, doubts: Sequence[Mapping[str, Any]]) -> str:
    """Words that stand at a place of a text, with blocks for those that no page shows."""
    within = (
        (max(begun - start, 0), ended - start)
        for begun, ended in hidden_places(doubts)
        if ended > start and begun < start + len(words)
    )
    return masked(words, within)
