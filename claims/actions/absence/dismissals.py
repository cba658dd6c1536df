"""Dismissing a hit or a near miss of a search: a person judges it to be something else."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from claims.actions.absence.document_search import (
    dismissals_of,
    known_matches,
    location_of,
    read_search_basis,
    search_documents,
    waits_for_answer,
)
from claims.actions.absence.runs import lock_claim, require_current, store_run
from claims.domain.absence.absence_search import TermLocation, TextResult
from claims.domain.text_limits import clean_words
from claims.models import AbsenceRun, AbsenceScope, Dismissal, Finding, Flag
from claims.vocabulary import FlagKind
from sources.actions.action import Clock, action_transaction, retry_outdated
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.readings.reader import Reader
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_REASON = 2_000


class DismissalRefused(Refusal):
    """A hit or near miss that cannot be dismissed.

    `code`: no_hit, dismissed_already; of near misses no_near_miss, answered_already.
    """


def dismiss_hit(
    *,
    scope: AbsenceScope,
    layer: int,
    place: TermLocation,
    reason: str,
    by: "User",
    at: datetime,
    now: Clock | None = None,
) -> Dismissal:
    """Dismiss a hit of the last run as something else than what is absent, and store a new run.

    Texts that the last run has not read are searched first, without locks. The dismissal has the
    time that `now` gives under the locks, else `at`. Raises DismissalRefused
    where the last run has no such hit or somebody dismissed it already, WordsRefused without a
    reason, NotPermitted, ReadOutdated.
    """
    require(by, Role.REVIEWER)
    reason = clean_words(reason, name="reason", limit=MAX_REASON, required=True)
    matches = known_matches(read_search_basis(scope))

    def attempt() -> Dismissal:
        basis = read_search_basis(scope)
        results = search_documents(scope, basis, matches)
        with action_transaction("dismiss_hit", by=by, at=at):
            locked_at = lock_claim(scope, now or (lambda: at))
            finding = finding_to_dismiss(scope, layer, place)
            require_current(scope, basis)
            dismissal = Dismissal.objects.create(
                finding=finding,
                place={"start": place.start, "end": place.end, "term": place.term},
                reason=reason,
                dismissed_by=by,
                dismissed_at=locked_at,
            )
            run = store_run(scope, basis, with_dismissals(scope, results), at=locked_at)
            close_flags(run, by=by, at=locked_at)
        return dismissal

    return retry_outdated(attempt)


def answer_near_miss(
    *,
    scope: AbsenceScope,
    word: str,
    reason: str,
    by: "User",
    at: datetime,
    now: Clock | None = None,
) -> list[Dismissal]:
    """Judge the near misses with these words to be something else, and store a new run.

    `word` is the key of the words (`word_key`). One dismissal is written for each place of them
    that the last run found in the texts that `by` may read and that has no answer yet. Places in a
    text that came since wait for an answer of their own. Texts and times are as for `dismiss_hit`.
    Raises DismissalRefused where the last run has no such words or they are answered, WordsRefused
    without a reason, NotPermitted, ReadOutdated.
    """
    require(by, Role.REVIEWER)
    reason = clean_words(reason, name="reason", limit=MAX_REASON, required=True)
    matches = known_matches(read_search_basis(scope))

    def attempt() -> list[Dismissal]:
        basis = read_search_basis(scope)
        results = search_documents(scope, basis, matches)
        with action_transaction("answer_near_miss", by=by, at=at):
            locked_at = lock_claim(scope, now or (lambda: at))
            waiting = near_misses_to_answer(scope, word, Reader(by, locked_at))
            require_current(scope, basis)
            dismissals = Dismissal.objects.bulk_create(
                Dismissal(
                    finding=finding,
                    place={"start": one.start, "end": one.end, "term": one.term, "word": word},
                    reason=reason,
                    dismissed_by=by,
                    dismissed_at=locked_at,
                )
                for finding, one in waiting
            )
            store_run(scope, basis, with_dismissals(scope, results), at=locked_at)
        return dismissals

    return retry_outdated(attempt)


def near_misses_to_answer(
    scope: AbsenceScope, word: str, reader: Reader
) -> Sequence[tuple[Finding, TermLocation]]:
    """The places of these words in the last run that wait for an answer, with their findings.

    Of texts that the reader may read alone. Raises DismissalRefused for none.
    """
    last = AbsenceRun.objects.latest_of(scope)
    findings = [] if last is None else last.findings.select_related("source").order_by("pk")
    readable = [one for one in findings if reader.knows(one.source)]
    places = [
        (finding, stored)
        for finding in readable
        for stored in finding.near_misses
        if stored.get("word") == word
    ]
    waiting = [(one, location_of(stored)) for one, stored in places if waits_for_answer(stored)]
    if waiting:
        return waiting
    answer = next((stored["dismissal"] for _one, stored in places if "dismissal" in stored), None)
    if answer is not None:
        other = Dismissal.objects.select_related("dismissed_by").get(pk=answer)
        raise DismissalRefused(
            "answered_already",
            f"{other.dismissed_by} has judged these words to be something else already.",
        )
    raise DismissalRefused(
        "no_near_miss",
        "The last search has no such words that come close any more. Read what it found.",
    )


def with_dismissals(scope: AbsenceScope, results: Iterable[TextResult]) -> list[TextResult]:
    """The results of a search with the dismissals that hold by now."""
    dismissals = dismissals_of(scope)
    return [replace(one, dismissals=dismissals.get(one.layer or 0, {})) for one in results]


def finding_to_dismiss(scope: AbsenceScope, layer: int, place: TermLocation) -> Finding:
    """The finding of the last run that has this hit. Raises DismissalRefused."""
    last = AbsenceRun.objects.latest_of(scope)
    findings = [] if last is None else last.findings.filter(layer=layer).order_by("pk")
    for finding in findings:
        stored = next((one for one in finding.places if location_of(one) == place), None)
        if stored is None:
            continue
        if "dismissal" in stored:
            other = Dismissal.objects.select_related("dismissed_by").get(pk=stored["dismissal"])
            raise DismissalRefused(
                "dismissed_already", f"{other.dismissed_by} has dismissed this hit already."
            )
        return finding
    raise DismissalRefused(
        "no_hit", "The last search has no hit at that place any more. Read what it found."
    )


def close_flags(run: AbsenceRun, *, by: "User", at: datetime) -> None:
    """Close the flags of documents without an active hit, in the name of who dismissed the last.

    Another version of the claim may say something else to be absent from the same document.
    """
    claim = run.scope.version.claim_id
    scopes = AbsenceScope.objects.in_use().filter(version__claim=claim)
    runs = [run, *(last for one in scopes if (last := AbsenceRun.objects.latest_of(one)))]
    with_hits = Finding.objects.filter(run__in=runs, hits__gt=0).values("source")
    flags = Flag.objects.filter(claim=claim, kind=FlagKind.ABSENCE_HIT, closed_at__isnull=True)
    flags.exclude(source__in=with_hits).update(
        closed_at=at, closed_by=by, closing_note="The hits were dismissed"
    )
