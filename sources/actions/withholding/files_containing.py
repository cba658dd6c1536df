"""Finding the files that contain the words of a quote, by their extracted texts."""

from collections.abc import Iterator
from enum import StrEnum

from django.db.models import Q, QuerySet

from sources.actions.quotes.matching import folded_text
from sources.domain.grading.quotes import grade_quote
from sources.models import Capture, Excerpt, TextLayer
from sources.vocabulary import Grade


class WordsInFile(StrEnum):
    """Whether the texts of a file contain the words of a quote."""

    WORDS = "words"  # one of them has the words, be it an earlier one
    ALIKE = "alike"  # none has the words, and one has words that are alike
    UNKNOWN = "unknown"  # there is no text to search: none was extracted, or it was withheld


def files_containing(
    excerpt: Excerpt, captures: "QuerySet[Capture]"
) -> Iterator[tuple[Capture, WordsInFile]]:
    """The captures that have the words of a quote or may have them; bytes that are kept twice once.

    A file whose texts have nothing like the words is left out.
    """
    seen = set()
    for capture in captures.select_related("blob").order_by("pk"):
        if capture.blob_id not in seen:
            seen.add(capture.blob_id)
            found = words_in_file(capture, excerpt)
            if found is not None:
                yield capture, found


def words_in_file(capture: Capture, excerpt: Excerpt) -> WordsInFile | None:
    """Search all texts of a file, current or earlier; None where none has words that are alike."""
    layers = capture.blob.layers.exclude(text="").order_by("-is_current", "-pk")
    placed = excerpt.gradings.filter(layer__in=layers.values("pk"))
    placed = placed.filter(Q(start__isnull=False) | ~Q(places=[]))
    if placed.exclude(grade=Grade.DRIFTED).exists():
        return WordsInFile.WORDS
    is_there = False
    for layer in layers.iterator(chunk_size=1):
        is_there = True
        if has_words(layer, excerpt):
            return WordsInFile.WORDS
    if not is_there:
        return WordsInFile.UNKNOWN
    return WordsInFile.ALIKE if placed.exists() else None


def has_words(layer: TextLayer, excerpt: Excerpt) -> bool:
    """Whether the words of a quote stand in a text, be it in several places."""
    text = folded_text(layer)
    return text is not None and grade_quote(excerpt.exact, text, suggests=False).grade.is_found
