"""Which files have the words of a quote, as far as their extracted texts can tell."""

from collections.abc import Iterator
from enum import StrEnum

from django.db.models import Q, QuerySet

from sources.actions.quotes.matching import folded_text
from sources.domain.grading.quotes import grade_quote
from sources.models import Capture, Excerpt, TextLayer
from sources.vocabulary import Grade


class Holding(StrEnum):
    """What the texts of a file tell of the words of a quote."""

    WORDS = "words"  # one of them has the words, be it an earlier one
    ALIKE = "alike"  # none has the words, and one has words that are alike
    UNKNOWN = "unknown"  # there is no text to tell it by: none was extracted, or it was withheld


def holders_of(
    excerpt: Excerpt, captures: "QuerySet[Capture]"
) -> Iterator[tuple[Capture, Holding]]:
    """The captures that have the words of a quote or may have them; bytes that are kept twice once.

    A file whose texts have nothing like the words is left out.
    """
    seen = set()
    for capture in captures.select_related("blob").order_by("pk"):
        if capture.blob_id not in seen:
            seen.add(capture.blob_id)
            holding = holding_of(capture, excerpt)
            if holding is not None:
                yield capture, holding


def holding_of(capture: Capture, excerpt: Excerpt) -> Holding | None:
    """What all texts of a file, current or earlier, tell of the words; None where none has them."""
    layers = capture.blob.layers.exclude(text="").order_by("-is_current", "-pk")
    placed = excerpt.gradings.filter(layer__in=layers.values("pk"))
    placed = placed.filter(Q(start__isnull=False) | ~Q(places=[]))
    if placed.exclude(grade=Grade.DRIFTED).exists():
        return Holding.WORDS
    is_there = False
    for layer in layers.iterator(chunk_size=1):
        is_there = True
        if has_words(layer, excerpt):
            return Holding.WORDS
    if not is_there:
        return Holding.UNKNOWN
    return Holding.ALIKE if placed.exists() else None


def has_words(layer: TextLayer, excerpt: Excerpt) -> bool:
    """Whether the words of a quote stand in a text, be it in several places."""
    text = folded_text(layer)
    return text is not None and grade_quote(excerpt.exact, text, suggests=False).grade.is_found
