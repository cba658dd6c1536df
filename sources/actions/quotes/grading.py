"""Grading quotes again when a text changes: computed first, then locked and saved."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sources.actions import announce
from sources.actions.action import ReadOutdated, action_transaction, retry_outdated
from sources.actions.quotes.matching import QuoteMatch, folded_text, is_current, match_in_layer
from sources.actions.sources import locked
from sources.domain.grading.doubts import Confirmed, Doubt, quote_doubts
from sources.domain.grading.quotes import FoldedText, GradedQuote, context, grade_quote
from sources.models import Confirmation, Excerpt, Grading, Source, TextLayer
from sources.readings.redacted_text import redacted_text
from sources.vocabulary import Grade

Location = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Regrading:
    """A new match of a quote, computed before the lock, and what it was computed from.

    `latest` was the latest grading. `chosen` is the place in the new text that a person chose in
    the text before, where its context still identifies it, `chosen_doubts` the doubts about it.
    """

    excerpt: Excerpt
    latest: Grading | None
    match: QuoteMatch
    chosen: Location | None = None
    chosen_doubts: tuple[Doubt, ...] = ()


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
        with action_transaction("grade_source_again", at=at):
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
        doubts = () if chosen is None else doubts_at(excerpt, text, chosen)
        regradings.append(Regrading(excerpt, before, match, chosen, doubts))
    return regradings


def save_regradings(
    source: Source, regradings: Sequence[Regrading], *, at: datetime
) -> list[Excerpt]:
    """Save new gradings of quotes of a locked source; listeners are told of changes.

    A match that is as before leaves no new row; a quote that was withheld is passed over. Returns
    the quotes of which the text or the grading changed since they were read; nothing is saved of
    them.
    """
    excerpts = {each.excerpt.pk: each.excerpt for each in regradings}
    latest = latest_gradings(list(excerpts.values()))
    stored = source.excerpts.in_bulk(excerpts)
    confirmed = confirmed_doubts(excerpts)
    currency: dict[tuple[Source | None, TextLayer | None], bool] = {}
    outdated, changed, printed, rows = [], [], list[int](), list[Grading]()
    for regrading in regradings:
        excerpt, match = regrading.excerpt, regrading.match
        row = stored[excerpt.pk]
        if not row.exact:
            excerpt.exact, excerpt.grade = row.exact, row.grade
            excerpt.is_verified = row.is_verified
            continue
        key = (match.found_in, match.found_layer)
        if key not in currency:
            currency[key] = is_current(match, source)
        is_as_read = (row.prefix, row.suffix) == (excerpt.prefix, excerpt.suffix)
        if not currency[key] or not is_as_read or latest.get(row.pk) != regrading.latest:
            outdated.append(excerpt)
            continue
        excerpt.grade, excerpt.is_verified = match.graded.grade, row.is_verified
        if is_unchanged(regrading):
            continue
        rows += new_gradings(regrading, at=at)
        excerpt.is_verified = is_verified(match.graded, confirmed[row.pk])
        excerpt.left_out = left_out_as_json(match)
        if row.left_out != excerpt.left_out:
            Excerpt.objects.filter(pk=row.pk).update(left_out=excerpt.left_out)
            printed.append(row.pk)
        if (row.grade, row.is_verified) != (excerpt.grade, excerpt.is_verified):
            changed.append((regrading, row))
    Grading.objects.bulk_create(rows)
    save_grades([regrading.excerpt for regrading, _row in changed])
    if printed:
        announce.notify(announce.printed_words_changed, excerpts=printed)
    for regrading, row in changed:
        regrading.excerpt.source = source  # listeners go by its access, which may be new
        announce.notify(
            announce.excerpt_regraded,
            excerpt=regrading.excerpt,
            before=Grade(row.grade),
            was_verified=row.is_verified,
            words_now=words_at(regrading.match),
            at=at,
        )
    return outdated


def save_grades(excerpts: Sequence[Excerpt]) -> None:
    """Save the grades of these quotes, and which are verified, in one statement for each grade."""
    alike = defaultdict(list)
    for excerpt in excerpts:
        alike[excerpt.grade, excerpt.is_verified].append(excerpt.pk)
    for (grade, verified), pks in alike.items():
        Excerpt.objects.filter(pk__in=pks).update(grade=grade, is_verified=verified)


def is_verified(graded: GradedQuote, confirmed: Collection[Confirmed]) -> bool:
    """Whether a quote has one place in the text of which nothing is in doubt any more."""
    return graded.grade.is_located and all(doubt.is_confirmed(confirmed) for doubt in graded.doubts)


def is_beyond_doubt(grading: Grading, confirmed: Collection[Confirmed]) -> bool:
    """Whether a grading is of one place, and each doubt that it keeps was confirmed."""
    doubts = ((each["kind"], each["number"], each["sha256"]) for each in grading.doubts)
    return Grade(grading.grade).is_located and all(doubt in confirmed for doubt in doubts)


def confirmed_doubts(excerpts: Iterable[int]) -> Mapping[int, set[Confirmed]]:
    """The doubts about quotes that a person confirmed, by the id of the quote."""
    found: dict[int, set[Confirmed]] = defaultdict(set)
    rows = Confirmation.objects.filter(excerpt__in=list(excerpts))
    for excerpt, kind, number, sha256 in rows.values_list("excerpt", "kind", "number", "sha256"):
        found[excerpt].add((kind, number, sha256))
    return found


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
            # As who had the lock left it.
            excerpt.refresh_from_db(fields=["exact", "grade", "is_verified"])
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


def doubts_at(excerpt: Excerpt, text: FoldedText | None, place: Location) -> tuple[Doubt, ...]:
    """The doubts about an ambiguous quote at one of its places."""
    if text is None:
        return ()
    prefix, suffix = context(text.text, *place)
    graded = grade_quote(excerpt.exact, text, prefix=prefix, suffix=suffix, suggests=False)
    if (graded.start, graded.end) == place:
        return graded.doubts
    return quote_doubts(text, *place)


def is_unchanged(regrading: Regrading) -> bool:
    """Whether a quote stands as it stood last, in the same text; a person's choice stays."""
    latest, match = regrading.latest, regrading.match
    if latest is None or not is_same_grade(latest, match):
        return False
    if latest.chosen_by_id is not None:
        return True
    now = (match.graded.start, match.graded.end, match.found_in.pk if match.found_in else None)
    if now != (latest.start, latest.end, latest.found_in_id):
        return False
    return latest.doubts == [doubt_as_json(doubt) for doubt in match.graded.doubts]


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
            doubts=[doubt_as_json(doubt) for doubt in regrading.chosen_doubts],
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
        doubts=[doubt_as_json(doubt) for doubt in graded.doubts],
        found_in=match.found_in,
        graded_at=at,
    )


def left_out_as_json(match: QuoteMatch) -> list[list[int | str]]:
    """The parts of a quote that are not printed, as the quote stores them."""
    return [[span.start, span.end, str(span.kind)] for span in match.left_out]


def doubt_as_json(doubt: Doubt) -> dict[str, Any]:
    """A doubt as a grading stores it: the words themselves stay in the text alone."""
    return {
        "kind": doubt.kind,
        "number": doubt.number,
        "start": doubt.start,
        "end": doubt.end,
        "sha256": doubt.sha256,
        "needs_note": doubt.needs_note,
    }


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
    return redacted_text(match.layer, with_hidden=False)[start:end]
