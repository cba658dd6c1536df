"""Grading quotes again when a text changes: computed first, then locked and saved."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sources.actions import announce
from sources.actions.action import ReadOutdated, action_transaction, retry_outdated
from sources.actions.quotes.matching import QuoteMatch, folded_text, is_current, match_in_layer
from sources.actions.sources import locked
from sources.domain.grading.quotes import FoldedText, context, grade_quote
from sources.models import Excerpt, Grading, Source, TextLayer
from sources.readings.redacted_text import redacted_text
from sources.vocabulary import Grade

Location = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Regrading:
    """A new match of a quote, computed before the lock, and what it was computed from.

    `latest` was the latest grading. `chosen` is the place in the new text that a person chose in
    the text before, where its context still identifies it.
    """

    excerpt: Excerpt
    latest: Grading | None
    match: QuoteMatch
    chosen: Location | None = None


def grade_source_again(*, source: Source, at: datetime) -> None:
    """Grade every quote of a source in its current text, but for those withheld.

    Texts are searched without a lock; quotes of which the text or the grading changed meanwhile
    are graded anew. Raises ReadOutdated where some changed each time: these are to be graded again
    later, while the others are saved.
    """

    def attempt() -> None:
        current = Source.objects.get(pk=source.pk)
        excerpts = current.excerpts.exclude(exact="").order_by("pk")
        regradings = compute_regradings(current, list(excerpts))
        with action_transaction("grade_source_again"):
            outdated = save_regradings(locked(source), regradings, at=at)
        if outdated:
            raise ReadOutdated

    retry_outdated(attempt)


def compute_regradings(
    source: Source, excerpts: Sequence[Excerpt], *, without: Collection[int] = ()
) -> list[Regrading]:
    """Match quotes of a source in its current text, as if the text layers `without` were gone.

    Neither locks nor writes.
    """
    if not excerpts:
        return []
    latest = latest_gradings(excerpts)
    layer = TextLayer.objects.current_of(source).exclude(pk__in=without).first()
    text = folded_text(layer)
    regradings = []
    for excerpt in excerpts:
        excerpt.source = source
        match = match_in_layer(
            source,
            layer,
            text,
            excerpt.exact,
            prefix=excerpt.prefix,
            suffix=excerpt.suffix,
            without=without,
        )
        before = latest.get(excerpt.pk)
        chosen = chosen_place(excerpt, before, match, text)
        regradings.append(Regrading(excerpt, before, match, chosen))
    return regradings


def save_regradings(
    source: Source, regradings: Sequence[Regrading], *, at: datetime
) -> list[Excerpt]:
    """Save new gradings of quotes of a locked source; listeners are told of changed grades.

    A match that is as before leaves no new row; a quote that was withheld is passed over. Returns
    the quotes of which the text or the grading changed since they were read; nothing is saved of
    them.
    """
    excerpts = {each.excerpt.pk: each.excerpt for each in regradings}
    latest = latest_gradings(list(excerpts.values()))
    stored = source.excerpts.in_bulk(excerpts)
    currency: dict[tuple[Source | None, TextLayer | None], bool] = {}
    outdated, changed, rows = [], [], list[Grading]()
    for regrading in regradings:
        excerpt, match = regrading.excerpt, regrading.match
        row = stored[excerpt.pk]
        if not row.exact:
            excerpt.exact, excerpt.grade = row.exact, row.grade
            continue
        key = (match.found_in, match.found_layer)
        if key not in currency:
            currency[key] = is_current(match, source)
        is_as_read = (row.prefix, row.suffix) == (excerpt.prefix, excerpt.suffix)
        if not currency[key] or not is_as_read or latest.get(row.pk) != regrading.latest:
            outdated.append(excerpt)
            continue
        before = Grade(row.grade)
        excerpt.grade = match.graded.grade
        if is_unchanged(regrading):
            continue
        rows += new_gradings(regrading, at=at)
        if before != excerpt.grade:
            changed.append((regrading, before))
    Grading.objects.bulk_create(rows)
    for grade in {each.match.graded.grade for each, _before in changed}:
        to_it = [each.excerpt.pk for each, _before in changed if each.match.graded.grade == grade]
        Excerpt.objects.filter(pk__in=to_it).update(grade=grade)
    for regrading, before in changed:
        regrading.excerpt.source = source  # listeners go by its access, which may be new
        announce.notify(
            announce.excerpt_regraded,
            excerpt=regrading.excerpt,
            before=before,
            words_now=words_at(regrading.match),
            at=at,
        )
    return outdated


def compute_outdated(excerpts: Iterable[Excerpt]) -> list[Regrading]:
    """Match the quotes whose source has another text than they were graded in.

    For who decides on them before the background job came to them. Neither locks nor writes.
    """
    regradings = []
    for source, quotes in by_source(excerpts):
        outdated = outdated_quotes(source, quotes)
        regradings += compute_regradings(source, outdated)
    return regradings


def require_current_grades(
    excerpts: Iterable[Excerpt], regradings: Sequence[Regrading], *, at: datetime
) -> None:
    """Lock the sources of quotes and save their new gradings, so that all have current grades.

    Brings the quotes up to date. Raises ReadOutdated where the text of one, or its grading,
    changed since `compute_outdated` read it.
    """
    for source, quotes in by_source(excerpts):
        source = locked(source)
        pks = {excerpt.pk for excerpt in quotes}
        changed = save_regradings(
            source, [each for each in regradings if each.excerpt.pk in pks], at=at
        )
        for excerpt in quotes:
            excerpt.refresh_from_db(fields=["exact", "grade"])  # as who had the lock left it
        if changed or outdated_quotes(source, quotes):
            raise ReadOutdated


def outdated_quotes(source: Source, excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """The quotes with words that were graded last in another text than the source has now."""
    current = TextLayer.objects.current_of(source).first_pk()
    latest = latest_gradings(excerpts)
    return [
        excerpt
        for excerpt in excerpts
        if excerpt.exact and (excerpt.pk not in latest or latest[excerpt.pk].layer_id != current)
    ]


def by_source(excerpts: Iterable[Excerpt]) -> list[tuple[Source, list[Excerpt]]]:
    """Quotes by their source, in the order in which sources are locked."""
    quotes: dict[int, list[Excerpt]] = {}
    for excerpt in excerpts:
        quotes.setdefault(excerpt.source_id, []).append(excerpt)
    return [(quotes[pk][0].source, quotes[pk]) for pk in sorted(quotes)]


def latest_gradings(excerpts: Sequence[Excerpt]) -> dict[int, Grading]:
    """The latest grading of each of these quotes, by the id of the quote."""
    newest = Grading.objects.filter(excerpt__in=[excerpt.pk for excerpt in excerpts]).newest()
    return {grading.excerpt_id: grading for grading in newest}


def chosen_place(
    excerpt: Excerpt, latest: Grading | None, match: QuoteMatch, text: FoldedText | None
) -> Location | None:
    """The place that a person chose, where its context identifies it in the new text too.

    None where nobody chose, or where the quote stands in several places again, so that a person
    chooses anew.
    """
    if latest is None or latest.chosen_by_id is None or is_same_grade(latest, match):
        return None
    if text is None or match.graded.grade != Grade.AMBIGUOUS:
        return None
    if latest.layer is None or latest.start is None:
        return None
    prefix, suffix = context(latest.layer.text, latest.start, latest.end or latest.start)
    found = grade_quote(excerpt.exact, text, prefix=prefix, suffix=suffix, suggests=False)
    if found.start is None or found.end is None:
        return None
    place = (found.start, found.end)
    return place if place in match.graded.places else None


def is_unchanged(regrading: Regrading) -> bool:
    """Whether a quote stands as it stood last, in the same text; a person's choice stays."""
    latest, match = regrading.latest, regrading.match
    if latest is None or not is_same_grade(latest, match):
        return False
    now = (match.graded.start, match.graded.end, match.found_in.pk if match.found_in else None)
    return latest.chosen_by_id is not None or now == (latest.start, latest.end, latest.found_in_id)


def is_same_grade(latest: Grading, match: QuoteMatch) -> bool:
    """Whether a match has the grade of the latest grading, in the same text."""
    layer = match.layer.pk if match.layer else None
    return (latest.layer_id, latest.grade) == (layer, match.graded.grade)


def new_gradings(regrading: Regrading, *, at: datetime) -> list[Grading]:
    """The rows of a new match: the grading, and the place chosen before where it is known still."""
    excerpt, latest = regrading.excerpt, regrading.latest
    rows = [grading_of(excerpt, regrading.match, at=at)]
    if regrading.chosen is not None and latest is not None:
        chosen = Grading(
            excerpt=excerpt,
            layer=regrading.match.layer,
            grade=Grade.AMBIGUOUS,
            start=regrading.chosen[0],
            end=regrading.chosen[1],
            places=rows[0].places,
            graded_at=at,
            chosen_by=latest.chosen_by,
        )
        rows.append(chosen)
    return rows


def grading_of(excerpt: Excerpt, match: QuoteMatch, *, at: datetime) -> Grading:
    """The row of a match, not saved yet."""
    graded = match.graded
    return Grading(
        excerpt=excerpt,
        layer=match.layer,
        grade=graded.grade,
        score=graded.score,
        start=graded.start,
        end=graded.end,
        places=[list(place) for place in graded.places],
        passed_over=[asdict(difference) for difference in graded.passed_over],
        found_in=match.found_in,
        graded_at=at,
    )


def save_grading(excerpt: Excerpt, match: QuoteMatch, *, at: datetime) -> Grading:
    """Save how an excerpt stands in a text."""
    grading = grading_of(excerpt, match, at=at)
    grading.save(force_insert=True)
    return grading


def words_at(match: QuoteMatch) -> str:
    """The words of the text at the place that was found, but those withheld; empty without one."""
    start, end = match.graded.start, match.graded.end
    if match.layer is None or start is None or end is None:
        return ""
    return redacted_text(match.layer)[start:end]
