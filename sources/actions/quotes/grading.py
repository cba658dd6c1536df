"""Grading quotes in the texts that are kept: at once when quoted, and again when a text changes."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sources.actions import announce
from sources.actions.action import action
from sources.actions.sources import locked
from sources.domain.grading.quotes import MAX_LENGTH, FoldedText, context, grade_quote
from sources.domain.grading.quotes import Grading as Graded
from sources.domain.text.apparatus import Span
from sources.domain.text.word_index import words_of_quote
from sources.models import Excerpt, Grading, Source, TextLayer
from sources.readings.redacted_text import covered_text
from sources.vocabulary import Grade

# Other sources that have all words of a quote and are searched for it, one after the other.
MAX_CANDIDATES = 200

# Words that the index is asked for. With many, PostgreSQL takes reading all texts for cheaper, as
# its estimates leave out what it costs to unpack their words.
MAX_WORDS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """How words stand in the text of their source, and the other source that has them."""

    graded: Graded
    elsewhere: Source | None = None


def readable(layer: TextLayer | None) -> FoldedText | None:
    """The text of a layer as quotes are graded in it, for one quote or many."""
    if layer is None:
        return None
    spans = [Span(span["start"], span["end"], span["kind"]) for span in layer.apparatus]
    return FoldedText(layer.text, spans)


def graded_in(text: FoldedText | None, exact: str, *, prefix: str, suffix: str) -> Graded:
    """How words stand in a text; without one they are not located.

    What stood around the words chooses where they stand in several places.
    """
    if text is None:
        return Graded(grade=Grade.UNLOCATED)
    graded = grade_quote(exact, text)
    if graded.grade == Grade.AMBIGUOUS and (prefix or suffix):
        chosen = grade_quote(exact, text, prefix=prefix, suffix=suffix)
        return chosen if chosen.grade.is_verified else graded
    return graded


def found_in(
    source: Source, text: FoldedText | None, exact: str, *, prefix: str, suffix: str
) -> Found:
    """How words stand in a text of a source; missing ones are looked for in all other sources."""
    graded = graded_in(text, exact, prefix=prefix, suffix=suffix)
    if graded.grade != Grade.MISSING:
        return Found(graded)
    other = source_of(exact, other_than=source)
    if other is None:
        return Found(graded)
    return Found(replace(graded, grade=Grade.ELSEWHERE), other)


def source_of(exact: str, *, other_than: Source) -> Source | None:
    """Another source whose current text carries the words; None where none is found.

    Nobody learns of a source by it that they may not know: see `TextLayerQuerySet.elsewhere_than`.
    """
    words = words_of_quote(exact)
    if not words:
        return None
    holding = list(TextLayer.objects.holding(words[:MAX_WORDS]).values_list("pk", flat=True))
    layers = TextLayer.objects.filter(pk__in=holding).elsewhere_than(other_than).order_by("pk")
    for layer in layers[:MAX_CANDIDATES].iterator(chunk_size=20):
        text = readable(layer)
        if text is not None and grade_quote(exact, text, suggests=False).grade.is_found:
            others = Source.objects.known_with(other_than).exclude(pk=other_than.pk)
            return others.filter(captures__blob=layer.blob_id).order_by("pk").first()
    return None


@action
def grade_source_again(*, source: Source, at: datetime) -> None:
    """Grade every quote of a source in its current text, but for those withheld."""
    source = locked(source)
    layer = TextLayer.objects.current_of(source).first()
    text = readable(layer)
    for excerpt in source.excerpts.exclude(exact="").order_by("pk"):
        grade_again(excerpt=excerpt, layer=layer, text=text, at=at)


def grade_if_outdated(*, excerpt: Excerpt, at: datetime) -> None:
    """Grade an excerpt now where its source has another text than it was graded in.

    For who decides on it before the background job came to it.
    """
    source = locked(excerpt.source)
    excerpt.refresh_from_db(fields=["exact", "grade"])  # as who had the lock left it
    latest = excerpt.gradings.order_by("-pk").first()
    is_outdated = (
        latest is None or latest.layer_id != TextLayer.objects.current_of(source).first_pk()
    )
    if excerpt.exact and is_outdated:
        layer = TextLayer.objects.current_of(source).first()
        grade_again(excerpt=excerpt, layer=layer, text=readable(layer), at=at)


def grade_again(
    *, excerpt: Excerpt, layer: TextLayer | None, text: FoldedText | None, at: datetime
) -> None:
    """Grade an excerpt in a text of its source; those who asked hear of another grade.

    An unchanged finding leaves no new row.
    """
    found = found_in(
        excerpt.source, text, excerpt.exact, prefix=excerpt.prefix, suffix=excerpt.suffix
    )
    graded = found.graded
    latest = excerpt.gradings.order_by("-pk").first()
    if (
        latest is not None
        and latest.layer_id == (layer.pk if layer else None)
        and latest.grade == graded.grade
        and (latest.chosen_by_id is not None or is_same_place(latest, found))
    ):
        return
    kept = keep(excerpt, layer, found, at=at)
    if latest is not None and latest.chosen_by_id is not None and text is not None:
        choose_again(kept, latest, text, at=at)
    before = Grade(excerpt.grade)
    if before != graded.grade:
        excerpt.grade = graded.grade
        excerpt.save(update_fields=["grade"])
        announce.notify(
            announce.excerpt_regraded,
            excerpt=excerpt,
            before=before,
            words_now=words_at(layer, graded),
            at=at,
        )


def choose_again(kept: Grading, latest: Grading, text: FoldedText, *, at: datetime) -> None:
    """Keep the place that a person chose where what stood around it tells it in the new text too.

    Elsewhere the quote stands in several places again, and a person chooses anew.
    """
    if kept.grade != Grade.AMBIGUOUS or latest.layer is None or latest.start is None:
        return
    prefix, suffix = context(latest.layer.text, latest.start, latest.end or latest.start)
    chosen = grade_quote(kept.excerpt.exact, text, prefix=prefix, suffix=suffix, suggests=False)
    if [chosen.start, chosen.end] in kept.places:
        Grading.objects.create(
            excerpt=kept.excerpt,
            layer=kept.layer,
            grade=Grade.AMBIGUOUS,
            start=chosen.start,
            end=chosen.end,
            places=kept.places,
            graded_at=at,
            chosen_by=latest.chosen_by,
        )


def is_same_place(latest: Grading, found: Found) -> bool:
    """Whether the words were found last where they are found now, be it in another source."""
    graded, elsewhere = found.graded, found.elsewhere
    before = (latest.start, latest.end, latest.found_in_id)
    return before == (graded.start, graded.end, elsewhere.pk if elsewhere else None)


def keep(excerpt: Excerpt, layer: TextLayer | None, found: Found, *, at: datetime) -> Grading:
    """Record a finding."""
    graded = found.graded
    return Grading.objects.create(
        excerpt=excerpt,
        layer=layer,
        grade=graded.grade,
        score=graded.score,
        start=graded.start,
        end=graded.end,
        places=[list(place) for place in graded.places],
        passed_over=[asdict(difference) for difference in graded.passed_over],
        found_in=found.elsewhere,
        graded_at=at,
    )


def words_at(layer: TextLayer | None, graded: Graded) -> str:
    """The words of the text at the place that was found, but those withheld; empty without one."""
    if layer is None or graded.start is None or graded.end is None:
        return ""
    return covered_text(layer)[graded.start : graded.end]


def find_withheld(*, layer: TextLayer, at: datetime) -> None:
    """Find the places of withheld quotes in a text that is new, so that it is covered there too.

    Their words are gone, but stand in the texts in which they were found, where these are kept.
    """
    gone = Excerpt.objects.filter(exact="", source__captures__blob=layer.blob_id)
    for excerpt in gone.exclude(gradings__layer=layer).distinct().order_by("pk"):
        found = excerpt.gradings.filter(start__isnull=False).exclude(layer__text="")
        last = found.select_related("layer").order_by("-pk").first()
        if last is not None and last.layer is not None:
            note_place(excerpt, layer, last.layer.text[last.start : last.end], at=at)


def note_place(excerpt: Excerpt, layer: TextLayer, words: str, *, at: datetime) -> None:
    """Note where words that are or will be withheld stand in a text, without the words."""
    graded = grade_quote(words[:MAX_LENGTH], layer.text)
    if graded.start is not None or graded.places:
        keep(excerpt, layer, Found(replace(graded, passed_over=())), at=at)
