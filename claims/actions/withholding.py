"""What a withholding empties in claims: copies of a quote's words, and what gives them away."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from claims.actions.follow import named, raise_quote_flags
from claims.models import EditionFile, Evidence, Finding, Flag, Version
from claims.vocabulary import FlagKind
from sources.actions.emptying import Order, empty, history_of
from sources.domain.search import fold_for_search
from sources.models import Excerpt, Grading
from sources.vocabulary import Grade

# What stands in a flag whose cause quoted words that were withheld.
EMPTIED_CAUSE = "The words that this flag quoted were withheld"


def follow_withheld_excerpt(*, excerpt: Excerpt, order: Order, **_more: Any) -> None:
    """Empty what repeats the words of a quote, and flag the claims that rest on it.

    The salt of versions that rest on it goes, so that their hash gives the words away to nobody;
    so do the source's wording of a value where it is of these words, and the files of editions.
    Statements are the desk's own words and stay.
    """
    resting = Version.objects.filter(evidence__excerpt=excerpt).distinct()
    empty(resting, ["salt"], order)
    wording = [
        version.pk
        for version in resting.exclude(as_written="")
        if is_within(version.as_written, excerpt)
    ]
    empty(Version.objects.filter(pk__in=wording), ["as_written", "search_text"], order)
    editions = EditionFile.objects.filter(edition__versions__version__in=resting.values("pk"))
    empty(editions.distinct(), ["content"], order)
    quotes = {excerpt.pk, *drifted_to(excerpt)}
    empty_flags(Q(cause__contains=excerpt.exact) | about_quotes(quotes), order)
    cause = (
        f"The words of the quote {excerpt.pk} of {named(excerpt.source)} were withheld "
        f"on {order.at:%Y-%m-%d}"
    )
    raise_quote_flags(excerpt, cause, at=order.at)


def drifted_to(excerpt: Excerpt) -> set[int]:
    """Quotes that were most alike to words of this one: a flag can tell what they found there."""
    found: set[int] = set()
    for own in excerpt.gradings.filter(start__isnull=False):
        alike = Grading.objects.filter(layer=own.layer, grade=Grade.DRIFTED)
        beside = alike.filter(start__lt=own.end, end__gt=own.start)
        found |= set(beside.values_list("excerpt", flat=True))
    return found


def follow_withheld_layers(*, layers: Collection[int], order: Order, **_more: Any) -> None:
    """Empty the places that searches noted in texts, and what flags quote from them."""
    empty(Finding.objects.filter(layer__in=layers), ["places"], order)
    graded = Grading.objects.filter(layer__in=layers)
    quoted = Evidence.objects.filter(excerpt__in=graded.values("excerpt"))
    empty_flags(about_quotes(set(quoted.values_list("excerpt", flat=True))), order)


def empty_flags(which: Q, order: Order) -> None:
    """Empty the causes of flags that quote words, in their history too."""
    quoting = Flag.objects.filter(which, kind=FlagKind.QUOTE_DRIFTED)
    ids = list(quoting.exclude(cause=EMPTIED_CAUSE).values_list("pk", flat=True))
    Flag.objects.filter(pk__in=ids).update(cause=EMPTIED_CAUSE)
    events = history_of(Flag).filter(id__in=ids).exclude(cause=EMPTIED_CAUSE)
    empty(events, ["cause"], order)


def about_quotes(excerpts: Collection[int]) -> Q:
    """The flags that say what became of one of these quotes."""
    if not excerpts:
        return Q(pk__in=[])
    numbers = "|".join(str(number) for number in sorted(excerpts))
    return Q(cause__regex=rf"^The quote ({numbers}) of ")


def is_within(wording: str, excerpt: Excerpt) -> bool:
    """Whether a wording is of the words of a quote, or of its translation."""
    return any(
        in_one_way(wording) in in_one_way(words) for words in (excerpt.exact, excerpt.translation)
    )


def in_one_way(words: str) -> str:
    """Words folded for search, with single spaces."""
    return " ".join(fold_for_search(words).split())
