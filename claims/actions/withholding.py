"""Withholding in claims: clears copies of a quote's words, and what gives them away."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from claims.actions.absence.queue import queue_over
from claims.actions.extracts.withheld_words import clear_extracts
from claims.actions.factsheets.withheld_words import clear_fact_sheets, copied_in, words_of
from claims.actions.follow import named, raise_quote_flags
from claims.domain.factsheets.copied_words import blacked_out
from claims.models import Dismissal, Evidence, Finding, Flag, UnsavedEntry, Version
from claims.vocabulary import FlagKind
from sources.actions.withholding.clear_columns import Order, clear_columns, events_of
from sources.domain.text.search_folding import fold_for_search
from sources.models import Excerpt, Grading, Source
from sources.vocabulary import Grade

# What stands in a flag whose cause quoted words that were withheld.
EMPTIED_CAUSE = "The words that this flag quoted were withheld"


def follow_withheld_excerpt(
    *, excerpt: Excerpt, order: Order, copies: Mapping[str, Any], **_more: Any
) -> None:
    """Empty what repeats the words of a quote, and flag the claims that rest on it.

    The salt of versions that rest on it goes, so that their hash gives the words away to nobody;
    so do the source's wording of a value where it is of these words, the files of editions and
    extracts, and copies in the prose of fact sheets and in forms that are not saved yet. Statements
    are the desk's own words and stay.
    """
    resting = Version.objects.filter(evidence__excerpt=excerpt).distinct()
    clear_columns(resting, ["salt"], order)
    wording = [
        version.pk
        for version in resting.exclude(as_written="")
        if is_wording_of(version.as_written, excerpt)
    ]
    clear_columns(Version.objects.filter(pk__in=wording), ["as_written", "search_text"], order)
    clear_fact_sheets(excerpt, resting, order, copies.get("fact sheets"))
    clear_extracts(excerpt, order)
    black_out_unsaved_entries(excerpt)
    quotes = {excerpt.pk, *drifted_to(excerpt)}
    empty_flags(Q(cause__contains=excerpt.exact) | about_quotes(quotes), order)
    cause = (
        f"The words of the quote {excerpt.pk} of {named(excerpt.source)} were withheld "
        f"on {order.at:%Y-%m-%d}"
    )
    raise_quote_flags(excerpt, cause, at=order.at)
    empty_hits_in(excerpt, order)
    queue_over(Source.objects.filter(pk=excerpt.source_id), afresh=True)


def black_out_unsaved_entries(excerpt: Excerpt) -> None:
    """Black the words of a quote out in forms that somebody typed and did not save yet."""
    words = words_of(excerpt)
    copied = copied_in(UnsavedEntry.objects.all(), ["fields"], words)
    for entry in UnsavedEntry.objects.filter(pk__in=copied).order_by("pk").select_for_update():
        entry.fields = blacked_out(words, entry.fields)
        entry.save(update_fields=["fields"])


def empty_hits_in(excerpt: Excerpt, order: Order) -> None:
    """Empty what searches for absences noted within the words of a quote, and its dismissals."""
    places: dict[int | None, list[tuple[int, int]]] = defaultdict(list)
    for grading in excerpt.gradings.exclude(layer=None):
        places[grading.layer_id] += [(start, end) for start, end in grading.places]
        if grading.start is not None and grading.end is not None:
            places[grading.layer_id].append((grading.start, grading.end))
    touching = [
        finding.pk
        for finding in Finding.objects.filter(layer__in=list(places))
        for hit in [*finding.places, *finding.near_misses]
        if any(hit["start"] < end and start < hit["end"] for start, end in places[finding.layer_id])
    ]
    empty_findings(Finding.objects.filter(pk__in=touching), order)


def empty_findings(findings: "QuerySet[Finding]", order: Order) -> None:
    """Empty the places of findings, and what was said of them; how many they were stays."""
    dismissals = Dismissal.objects.filter(finding__in=findings.values("pk"))
    clear_columns(dismissals, ["place", "reason"], order)
    clear_columns(findings, ["places", "near_misses"], order)


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
    empty_findings(Finding.objects.filter(layer__in=layers), order)
    queue_over(Source.objects.filter(captures__blob__layers__in=layers))
    graded = Grading.objects.filter(layer__in=layers)
    quoted = Evidence.objects.filter(excerpt__in=graded.values("excerpt"))
    empty_flags(about_quotes(set(quoted.values_list("excerpt", flat=True))), order)


def empty_flags(which: Q, order: Order) -> None:
    """Empty the causes of flags that quote words, in their history too."""
    quoting = Flag.objects.filter(which, kind=FlagKind.QUOTE_DRIFTED)
    ids = list(quoting.exclude(cause=EMPTIED_CAUSE).values_list("pk", flat=True))
    Flag.objects.filter(pk__in=ids).update(cause=EMPTIED_CAUSE)
    events = events_of(Flag).filter(id__in=ids).exclude(cause=EMPTIED_CAUSE)
    clear_columns(events, ["cause"], order)


def about_quotes(excerpts: Collection[int]) -> Q:
    """The flags that say what became of one of these quotes."""
    if not excerpts:
        return Q(pk__in=[])
    numbers = "|".join(str(number) for number in sorted(excerpts))
    return Q(cause__regex=rf"^The quote ({numbers}) of ")


def is_wording_of(wording: str, excerpt: Excerpt) -> bool:
    """Whether a wording is of the words of a quote, or of its translation."""
    return any(
        in_one_way(wording) in in_one_way(words) for words in (excerpt.exact, excerpt.translation)
    )


def in_one_way(words: str) -> str:
    """Words folded for search, with single spaces."""
    return " ".join(fold_for_search(words).split())
