"""Running absences: search the documents of a claim for its terms, and follow what is found."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from claims.actions.conflicts import detection
from claims.actions.follow import named, raise_flags
from claims.domain.absence.absence_search import (
    Found,
    FoundIn,
    Outcome,
    TermPlace,
    outcome_of,
    search,
)
from claims.domain.text_limits import clean_words
from claims.models import AbsenceRun, AbsenceScope, Dismissal, Finding, Flag
from claims.vocabulary import FlagKind, Matching, NearMiss
from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.domain.text.apparatus import Span
from sources.models import Grading, Series, Source, TextLayer
from sources.readings.redacted_text import covered_text
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_REASON = 2_000

# Of more documents than these a search takes too long for somebody to wait for.
AT_ONCE = 20

# The name of the job that runs an absence, and of its lock: a claim is searched for once at a time.
JOB = "claims.run_absence"
LOCK = "absence-{claim}"


class DismissalRefused(Refusal):
    """A hit that cannot be dismissed. `code`: no_hit, dismissed_already."""


def queue_runs(scopes: Iterable[AbsenceScope], *, afresh: bool = False) -> None:
    """Queue a run of each of these, with their versions read.

    The jobs are rows of the same transaction, so that they are there exactly when their reason is.
    """
    for scope in scopes:
        lock = LOCK.format(claim=scope.version.claim_id)
        app.configure_task(JOB, lock=lock).defer(scope=scope.pk, afresh=afresh)


def is_queued(scope: AbsenceScope) -> bool:
    """Whether a run of it waits or is under way."""
    jobs = ProcrastinateJob.objects.filter(task_name=JOB, args__scope=scope.pk)
    return bool(jobs.filter(status__in=["todo", "doing"]).exists())


def queue_over(sources: "QuerySet[Source]", *, afresh: bool = False) -> None:
    """Queue a run of every absence in use that one of these sources is a document of."""
    scopes = AbsenceScope.objects.in_use().over_sources(sources)
    queue_runs(scopes.select_related("version").order_by("pk"), afresh=afresh)


def follow_series(*, series: Series, **_more: Any) -> None:
    """Run the absences over a series again that documents joined or left."""
    scopes = AbsenceScope.objects.in_use().filter(series=series)
    queue_runs(scopes.select_related("version").order_by("pk"))


def follow_text(*, layer: TextLayer, **_more: Any) -> None:
    """Run the absences again that a document with a new text is in the scope of."""
    queue_over(Source.objects.filter(captures__blob=layer.blob_id))


@action
def search_again(*, scope: AbsenceScope, by: "User", at: datetime) -> AbsenceRun | None:
    """Search every text once more, at once where they are few, else soon; None while that waits.

    Raises NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    if documents_of(scope).count() > AT_ONCE:
        queue_runs([scope], afresh=True)
        return None
    return run_absence(scope=scope, at=at)


@action
def run_absence(*, scope: AbsenceScope, at: datetime, afresh: bool = True) -> AbsenceRun:
    """Search the documents of an absence as they are now, and note what was found.

    All current texts of a document are searched: a hit in one of two captures is a hit. Words that
    were withheld are not. `afresh` searches every text; otherwise a text that the last run of the
    scope has read gives what it gave. Returns the last run where nothing has changed.
    """
    detection.locked_claim(scope.version.claim_id)
    last: AbsenceRun | None = AbsenceRun.objects.latest_of(scope)
    before = list(last.findings.order_by("source", "layer")) if last else []
    found = search_documents(scope, [] if afresh else before)
    outcome = outcome_of(found)
    findings = sorted(
        (finding_of(one) for one in found), key=lambda one: (one.source_id, one.layer_id or 0)
    )
    if last is not None and says(last, before) == says(run_of(scope, outcome, at), findings):
        return last
    run = run_of(scope, outcome, at)
    run.save()
    for finding in findings:
        finding.run = run
    Finding.objects.bulk_create(findings)
    flag_hits(scope, found, before=hits_of(before), at=at)
    detection.refresh(claims={scope.version.claim_id}, at=at)
    return run


@action
def dismiss_hit(
    *, scope: AbsenceScope, layer: int, place: TermPlace, reason: str, by: "User", at: datetime
) -> Dismissal:
    """Judge a hit of the last run to be something else than what is absent, and run again.

    Raises DismissalRefused where the last run has no such hit or somebody dismissed it already,
    WordsRefused without a reason, NotPermitted.
    """
    require(by, Role.REVIEWER)
    because = clean_words(reason, name="reason", limit=MAX_REASON, required=True)
    detection.locked_claim(scope.version.claim_id)
    last = AbsenceRun.objects.latest_of(scope)
    findings = [] if last is None else list(last.findings.filter(layer=layer).order_by("pk"))
    kept = next(((one, written) for one in findings if (written := written_at(one, place))), None)
    if kept is None:
        raise DismissalRefused(
            "no_hit", "The last search has no hit at that place any more. Read what it found."
        )
    finding, written = kept
    if "dismissal" in written:
        other = Dismissal.objects.select_related("dismissed_by").get(pk=written["dismissal"])
        raise DismissalRefused(
            "dismissed_already", f"{other.dismissed_by} has dismissed this hit already."
        )
    dismissal = Dismissal.objects.create(
        finding=finding,
        place={"start": place.start, "end": place.end, "term": place.term},
        reason=because,
        dismissed_by=by,
        dismissed_at=at,
    )
    run = run_absence(scope=scope, at=at, afresh=False)
    close_flags(run, by=by, at=at)
    return dismissal


def documents_with_hits(scope: AbsenceScope, *, reader: "User") -> list[Source] | None:
    """The documents in which a search by this reader would find something now, noting nothing.

    Texts that the reader may not read are not searched, so that nobody asks what is in them by
    trying terms. None where there are more documents than somebody waits for.
    """
    documents = documents_of(scope)
    if documents.count() > AT_ONCE:
        return None
    readable = documents.filter(pk__in=Source.objects.readable_by(reader).values("pk"))
    found = {one.source for one in search_documents(scope, [], readable) if one.standing}
    return [source for source in readable if source.pk in found]


def is_as_searched(scope: AbsenceScope) -> bool:
    """Whether searching every text once more finds the hits that the last run has."""
    last = AbsenceRun.objects.latest_of(scope)
    if last is None:
        return False
    found = search_documents(scope, [])
    outcome = outcome_of(found)
    return (last.outcome, last.searched, last.documents) == (
        outcome.searching,
        outcome.searched,
        outcome.documents,
    ) and hits_of(list(last.findings.all())) == hits_of([finding_of(one) for one in found])


def search_documents(
    scope: AbsenceScope, known: Sequence[Finding], documents: "QuerySet[Source] | None" = None
) -> list[FoundIn]:
    """What is found in each text of each document; `known` findings are taken as they are.

    `documents` are those of the scope, unless fewer are named.
    """
    dismissed = dismissals_of(scope)
    read_before = {
        (one.source_id, one.layer_id): found_before(one) for one in known if is_whole(one)
    }
    found: list[FoundIn] = []
    for source in documents_of(scope) if documents is None else documents:
        layers = list(TextLayer.objects.current_of(source).values_list("pk", flat=True))
        covered = Grading.objects.withheld_places(set(layers))
        if not layers:
            found.append(FoundIn(source.pk, None, Found(), {}))
        for layer in layers:
            what = read_before.get((source.pk, layer)) or search_layer(scope, layer)
            found.append(
                FoundIn(source.pk, layer, what, dismissed.get(layer, {}), layer in covered)
            )
    return found


def documents_of(scope: AbsenceScope) -> "QuerySet[Source]":
    """The documents of a scope as it is now: those of the series, or those named."""
    if scope.series_id is not None:
        return Source.objects.filter(memberships__series=scope.series_id).order_by("pk")
    return Source.objects.filter(absence_scopes__scope=scope).order_by("pk")


def search_layer(scope: AbsenceScope, layer: int) -> Found:
    """What is found in a text, but for words that were withheld."""
    text = TextLayer.objects.defer("words", "metadata").get(pk=layer)
    return search(
        covered_text(text),
        terms=[term["text"] for term in scope.terms],
        matching=Matching(scope.matching),
        apparatus=[Span(span["start"], span["end"], span["kind"]) for span in text.apparatus],
    )


def dismissals_of(scope: AbsenceScope) -> dict[int, dict[TermPlace, int]]:
    """Which places of which texts were dismissed for the terms of a scope, under any version."""
    numbers = {term["text"]: number for number, term in enumerate(scope.terms)}
    rows = Dismissal.objects.filter(finding__run__scope__version__claim=scope.version.claim_id)
    found: dict[int, dict[TermPlace, int]] = {}
    for row in rows.select_related("finding__run__scope").order_by("pk"):
        if not row.place or row.finding.layer_id is None:  # withheld
            continue
        number = numbers.get(row.finding.run.scope.terms[row.place["term"]]["text"])
        if number is not None:
            place = TermPlace(row.place["start"], row.place["end"], number)
            found.setdefault(row.finding.layer_id, {}).setdefault(place, row.pk)
    return found


def is_whole(finding: Finding) -> bool:
    """Whether a finding lists every place that was found."""
    return finding.layer_id is not None and finding.hits + finding.dismissed == len(finding.places)


def found_before(finding: Finding) -> Found:
    """What an earlier search found in a text."""
    return Found(
        places=tuple(place_from(one) for one in finding.places),
        near=tuple((place_from(one), NearMiss(one["why"])) for one in finding.near_misses),
    )


def finding_of(one: FoundIn) -> Finding:
    """What was found in a text as it is kept."""
    return Finding(
        source_id=one.source,
        layer_id=one.layer,
        outcome=one.outcome,
        hits=len(one.standing),
        dismissed=len(one.found.places) - len(one.standing),
        places=[
            {"dismissal": one.dismissals[place], **vars(place)}
            if place in one.dismissals
            else vars(place)
            for place in one.listed
        ],
        near_misses=[{**vars(place), "why": why} for place, why in one.found.near],
    )


def run_of(scope: AbsenceScope, outcome: Outcome, at: datetime) -> AbsenceRun:
    """A run, not yet saved."""
    return AbsenceRun(
        scope=scope,
        run_at=at,
        outcome=outcome.searching,
        searched=outcome.searched,
        documents=outcome.documents,
    )


def says(run: AbsenceRun, findings: Sequence[Finding]) -> tuple[object, ...]:
    """All that a run says, but for when."""
    return (
        run.outcome,
        run.searched,
        run.documents,
        [
            (one.source_id, one.layer_id, one.hits, one.dismissed, one.places, one.near_misses)
            for one in findings
        ],
    )


def place_from(written: dict[str, int]) -> TermPlace:
    """A place as a finding keeps it."""
    return TermPlace(written["start"], written["end"], written["term"])


def written_at(finding: Finding, place: TermPlace) -> dict[str, int] | None:
    """What a finding keeps of a place."""
    return next((one for one in finding.places if place_from(one) == place), None)


def hits_of(findings: Sequence[Finding]) -> set[tuple[int | None, TermPlace]]:
    """The hits that stand in these findings, with their texts."""
    return {
        (one.layer_id, place_from(written))
        for one in findings
        for written in one.places
        if "dismissal" not in written
    }


HIT = "A term that is said to be absent was found in {source}"


def flag_hits(
    scope: AbsenceScope,
    found: Sequence[FoundIn],
    *,
    before: set[tuple[int | None, TermPlace]],
    at: datetime,
) -> None:
    """Flag the claim for each document with a hit that the run before did not have."""
    fresh = {
        one.source for one in found for place in one.standing if (one.layer, place) not in before
    }
    for source in Source.objects.filter(pk__in=fresh).order_by("pk"):
        cause = HIT.format(source=named(source))
        which = Q(pk=scope.version_id)
        raise_flags(FlagKind.ABSENCE_HIT, cause, which, source=source, at=at)


def close_flags(run: AbsenceRun, *, by: "User", at: datetime) -> None:
    """Close the flags of documents in which no hit stands any more, for who dismissed the last.

    Another version of the claim may say something else to be absent from the same document.
    """
    claim = run.scope.version.claim_id
    scopes = AbsenceScope.objects.in_use().filter(version__claim=claim)
    runs = [run, *(last for one in scopes if (last := AbsenceRun.objects.latest_of(one)))]
    standing = Finding.objects.filter(run__in=runs, hits__gt=0).values("source")
    flags = Flag.objects.filter(claim=claim, kind=FlagKind.ABSENCE_HIT, closed_at__isnull=True)
    flags.exclude(source__in=standing).update(
        closed_at=at, closed_by=by, closing_note="The hits were dismissed"
    )
