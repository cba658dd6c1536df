"""Running the search for an absence: search without locks, then lock, check, and store the run.

Texts are searched outside of any lock and transaction. The claim and its questions are locked only
to store the results, after a check that documents, texts, withheld words and dismissals are still
the same. Where they are not, the new ones alone are searched and it is tried again; what changes
after the check queues a run of its own (`claims.actions.absence.queue`). So no run that races with
a new text says "absent" of it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pghistory
from django.db.models import Q

from claims.actions.absence.document_search import (
    MAX_DOCUMENTS_AT_ONCE,
    MatchesByText,
    SearchBasis,
    active_hits,
    documents_in_scope,
    known_matches,
    read_search_basis,
    search_documents,
)
from claims.actions.absence.queue import queue_runs
from claims.actions.conflicts import detection
from claims.actions.follow import named, raise_flags
from claims.domain.absence.absence_search import TermLocation, TextResult, summarize
from claims.models import AbsenceRun, AbsenceScope, ConflictDecision, Finding
from claims.vocabulary import FlagKind
from sources.actions.action import Clock, ReadOutdated, action_transaction, retry_outdated
from sources.actions.permission import require
from sources.actions.sources import lock_sources
from sources.models import Source
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

# The least difference of two times in the database.
TICK = timedelta(microseconds=1)

FLAG_CAUSE = "A term that is said to be absent was found in {source}"


def search_again(
    *, scope: AbsenceScope, by: "User", at: datetime, now: Clock | None = None
) -> AbsenceRun | None:
    """Search every text again, at once where they are few, else soon; None while that waits.

    `now` is as for `run_absence`. Raises NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    if documents_in_scope(scope).count() <= MAX_DOCUMENTS_AT_ONCE:
        try:
            with pghistory.context(user=by.pk):
                return run_absence(scope=scope, at=at, now=now)
        except ReadOutdated:
            pass
    queue_runs([scope], afresh=True)
    return None


def run_absence(
    *, scope: AbsenceScope, at: datetime, afresh: bool = True, now: Clock | None = None
) -> AbsenceRun:
    """Search the documents of an absence as they are now, and store what was found.

    All current texts of a document are searched: a hit in one of two captures is a hit. Words that
    were withheld are not. `afresh` searches every text; otherwise the matches that the last run of
    the scope stored are taken over. The run has the time that `now` gives under the locks, else
    `at`. Returns the last run where nothing has changed. Call it outside
    of a transaction, so that nobody waits for the search. Raises ReadOutdated.
    """
    matches: MatchesByText = {} if afresh else known_matches(read_search_basis(scope))

    def attempt() -> AbsenceRun:
        basis = read_search_basis(scope)
        results = search_documents(scope, basis, matches)
        with action_transaction("run_absence", at=at):
            locked_at = lock_claim(scope, now or (lambda: at))
            require_current(scope, basis)
            return store_run(scope, basis, results, at=locked_at)

    return retry_outdated(attempt)


def lock_claim(scope: AbsenceScope, now: Clock) -> datetime:
    """Lock the claim of an absence, its documents and its questions, to store a run of it.

    So nothing is withheld from a document between the check of a run and its end: a withholding
    that waits clears what the run stored. Sources come before questions, as in decisions.
    Returns the time under the locks.
    """
    claim = scope.version.claim_id
    detection.locked_claim(claim)
    lock_sources(documents_in_scope(scope))
    detection.lock_questions([claim], at=now())
    return now()


def require_current(scope: AbsenceScope, basis: SearchBasis) -> None:
    """Check under the locks that a search on this basis is still right. Raises ReadOutdated.

    A decision that was made during the search leaves it right: see `run_time`.
    """
    now = replace(read_search_basis(scope), last_decision=basis.last_decision)
    if now != basis:
        raise ReadOutdated(
            "documents_changing",
            f"The documents of {scope.version.ref} change while they are searched. Search again.",
        )


def store_run(
    scope: AbsenceScope, basis: SearchBasis, results: Sequence[TextResult], *, at: datetime
) -> AbsenceRun:
    """Store results under the locks of `lock_claim`; return the last run where nothing changed."""
    last: AbsenceRun | None = AbsenceRun.objects.latest_of(scope)
    before = list(last.findings.order_by("source", "layer")) if last else []
    at = run_time(scope, basis, at=at)
    summary = summarize(results)
    run = AbsenceRun(
        scope=scope,
        run_at=at,
        outcome=summary.outcome,
        searched=summary.searched,
        documents=summary.documents,
        unanswered=summary.unanswered,
        answered=summary.answered,
    )
    findings = sorted(
        (finding_of(one) for one in results), key=lambda one: (one.source_id, one.layer_id or 0)
    )
    if last is not None and run_content(last, before) == run_content(run, findings):
        return last
    run.save()
    for finding in findings:
        finding.run = run
    Finding.objects.bulk_create(findings)
    flag_new_hits(scope, results, before=active_hits(before), at=at)
    detection.refresh(claims={scope.version.claim_id}, at=at)
    return run


def run_time(scope: AbsenceScope, basis: SearchBasis, *, at: datetime) -> datetime:
    """When a run is said to have been made: after any decision that was made during the search.

    Whoever decided had not read what the run finds, so that its hits open the conflict again.
    """
    decisions = ConflictDecision.objects.filter(conflict__members__claim=scope.version.claim_id)
    last = decisions.order_by("-pk").first()
    if last is None or last.pk == basis.last_decision:
        return at
    return max(at, last.decided_at + TICK)


def finding_of(result: TextResult) -> Finding:
    """The row that stores the result of a text, not yet saved and without its run."""
    active = len(result.active_hits)
    return Finding(
        source_id=result.source,
        layer_id=result.layer,
        outcome=result.outcome,
        hits=active,
        dismissed=len(result.matches.hits) - active,
        unanswered=result.unanswered_count,
        answered=result.answered_count,
        places=[{**answer_of(result, hit), **vars(hit)} for hit in result.listed_hits],
        near_misses=stored_near_misses(result),
    )


def stored_near_misses(result: TextResult) -> list[dict[str, object]]:
    """The near misses of a text as its finding stores them."""
    found, more = result.matches, dict(result.matches.unlisted)
    return [
        {
            **answer_of(result, one),
            **({"more": more[one]} if one in more else {}),
            **vars(one),
            "why": why,
            "word": word,
        }
        for (one, why), word in zip(found.near_misses, found.near_words, strict=True)
    ]


def answer_of(result: TextResult, place: TermLocation) -> dict[str, int]:
    """The dismissal of a place as its finding stores it: empty where nobody judged it."""
    dismissal = result.dismissals.get(place)
    return {} if dismissal is None else {"dismissal": dismissal}


def run_content(run: AbsenceRun, findings: Sequence[Finding]) -> tuple[object, ...]:
    """The content of a run with its findings, without its time."""
    return (
        run.outcome,
        run.searched,
        run.documents,
        run.unanswered,
        [
            (one.source_id, one.layer_id, one.hits, one.dismissed, one.places, one.near_misses)
            for one in findings
        ],
    )


def flag_new_hits(
    scope: AbsenceScope,
    results: Sequence[TextResult],
    *,
    before: set[tuple[int | None, TermLocation]],
    at: datetime,
) -> None:
    """Flag the claim for each document with a hit that the run before did not have."""
    new = {
        one.source for one in results for hit in one.active_hits if (one.layer, hit) not in before
    }
    for source in Source.objects.filter(pk__in=new).order_by("pk"):
        cause = FLAG_CAUSE.format(source=named(source))
        which = Q(pk=scope.version_id)
        raise_flags(FlagKind.ABSENCE_HIT, cause, which, source=source, at=at)
