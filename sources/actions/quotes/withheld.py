"""Locating the words of withheld quotes in new texts, so that they are redacted there too."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sources.actions.quotes.grading import save_grading
from sources.actions.quotes.matching import QuoteMatch
from sources.domain.grading.quotes import MAX_LENGTH, GradedQuote, grade_quote
from sources.models import Blob, Excerpt, TextLayer
from sources.querysets.excerpts import ExcerptQuerySet


def match_withheld(blob: Blob, text: str) -> dict[int, GradedQuote]:
    """Match the words of the withheld quotes of a file's sources in a new text of the file.

    By the id of the quote. Neither locks nor writes. Their words are gone, but stand in the texts
    in which they were found, where these are kept.
    """
    return {
        excerpt.pk: grade_quote(words[:MAX_LENGTH], text)
        for excerpt in withheld_quotes(blob)
        if (words := last_words(excerpt))
    }


def save_withheld(layer: TextLayer, matches: Mapping[int, GradedQuote], *, at: datetime) -> None:
    """Save where withheld quotes stand in a text that becomes current.

    `matches` were computed before the lock; what was withheld since is matched now.
    """
    for excerpt in withheld_quotes(layer.blob).exclude(gradings__layer=layer):
        graded = matches.get(excerpt.pk)
        if graded is None and (words := last_words(excerpt)):
            graded = grade_quote(words[:MAX_LENGTH], layer.text)
        if graded is not None:
            save_location(excerpt, layer, graded, at=at)


def save_location(excerpt: Excerpt, layer: TextLayer, graded: GradedQuote, *, at: datetime) -> None:
    """Save where words that are or will be withheld stand in a text, without the words."""
    if graded.start is not None or graded.places:
        save_grading(excerpt, QuoteMatch(layer, replace(graded, passed_over=(), doubts=())), at=at)


def withheld_quotes(blob: Blob) -> ExcerptQuerySet:
    """The quotes without words of the sources of a file."""
    gone = Excerpt.objects.filter(exact="", source__captures__blob=blob)
    return gone.distinct().order_by("pk")


def last_words(excerpt: Excerpt) -> str:
    """The words at the place where a withheld quote was found last; empty where none is kept."""
    found = excerpt.gradings.filter(start__isnull=False).exclude(layer__text="")
    last = found.select_related("layer").order_by("-pk").first()
    return "" if last is None or last.layer is None else last.layer.text[last.start : last.end]
