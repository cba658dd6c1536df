"""Saying that a source was corrected, doubted, replaced or taken back, and what that touches."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sources.actions import announce
from sources.actions.action import action
from sources.actions.permission import require
from sources.actions.quotes.matching import folded_text
from sources.actions.sources import locked
from sources.domain.grading.corrections import Passages, Touch, find_passages, touch
from sources.domain.grading.quotes import Location, quote_as_read
from sources.domain.refusals import Refusal, quoted
from sources.domain.text_fields import clean_words
from sources.models import Excerpt, Grading, Source, TextLayer
from sources.vocabulary import Grade, Role, Standing

if TYPE_CHECKING:
    from factbase.models import User

MAX_REASON = 2_000
MAX_PASSAGES = 100


class StandingRefused(Refusal):
    """A standing that is not kept. `code`: in_the_future, passages, too_many_passages."""


@action
def set_standing(
    *,
    source: Source,
    standing: Standing,
    on: date,
    reason: str,
    by: "User",
    at: datetime,
    passages: Sequence[str] = (),
) -> Source:
    """Say where a source stands since a day, and why; who asked to hear of it is told.

    A correction may name the passages that it is about, in words of the source. Going back to
    current needs a day and a reason as well, and what it was stays in the history. Passages that
    were withheld stay while the source is corrected. What is stored already is no change.

    Raises StandingRefused, QuoteRefused, WordsRefused, NotPermitted.
    """
    require(by, Role.EDITOR)
    reason = clean_words(reason, name="reason", limit=MAX_REASON, required=True)
    if on > at.date():
        raise StandingRefused(
            "in_the_future", f"{on:%Y-%m-%d} is still to come; give the day on which it changed."
        )
    words = passages_as_read(passages, standing)
    source = locked(source)
    if standing == Standing.CORRECTED:
        words = with_withheld(words, source.standing_passages)
    fields: dict[str, Any] = {
        "standing": standing,
        "standing_on": on,
        "standing_reason": reason,
        "standing_passages": words,
    }
    if all(getattr(source, name) == value for name, value in fields.items()):
        return source
    for name, value in fields.items():
        setattr(source, name, value)
    source.save(update_fields=list(fields))
    announce.notify(announce.standing_changed, source=source, by=by, at=at)
    return source


def passages_as_read(passages: Sequence[str], standing: Standing) -> list[str]:
    """The passages as texts are kept, each once. Raises StandingRefused, QuoteRefused."""
    words = list(dict.fromkeys(quote_as_read(passage) for passage in passages))
    if words and standing != Standing.CORRECTED:
        raise StandingRefused(
            "passages",
            f"Only a correction names passages; a source that is {standing.predicate} is so "
            "as a whole. Leave them out.",
        )
    if len(words) > MAX_PASSAGES:
        raise StandingRefused(
            "too_many_passages",
            f"The correction names {len(words)} passages, and at most {MAX_PASSAGES} are taken. "
            f"Leave them out, and it is about the whole source. The last is {quoted(words[-1])}.",
        )
    return words


def with_withheld(words: Sequence[str], before: Sequence[str]) -> list[str]:
    """The passages, and at their places the empty strings of those that were withheld."""
    kept = list(words)
    for place, passage in enumerate(before):
        if not passage:
            kept.insert(place, "")
    return kept


def touches(source: Source) -> Iterator[tuple[Excerpt, Touch]]:
    """Yield each quote of a corrected source with how the correction concerns it.

    A quote whose words were withheld keeps the place that they had.
    """
    layer = TextLayer.objects.current_of(source).first()
    correction: Passages = find_passages(source.standing_passages, folded_text(layer))
    latest = Grading.objects.filter(excerpt__source=source).newest().select_related("excerpt")
    for grading in latest.order_by("excerpt"):
        yield grading.excerpt, touch(places_in(layer, grading), correction)


def places_in(layer: TextLayer | None, grading: Grading) -> list[Location]:
    """The places of a quote in a layer: one, all of an ambiguous one, or none."""
    if layer is None or grading.layer_id != layer.pk:
        return []
    is_found = Grade(grading.grade).is_located or grading.chosen_by_id is not None
    if is_found and grading.start is not None and grading.end is not None:
        return [(grading.start, grading.end)]
    return [(start, end) for start, end in grading.places]
