"""Dismissing a hit of a search for an absence: a person judges it to be something else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from claims.actions.absence.document_search import (
    SearchBasis,
    dismissals_of,
    known_matches,
    location_of,
    read_search_basis,
    search_documents,
)
from claims.actions.absence.runs import (
    MAX_TRIES,
    documents_changing,
    lock_basis,
    store_locked,
)
from claims.domain.absence.absence_search import TermLocation, TextResult
from claims.domain.text_limits import clean_words
from claims.models import AbsenceRun, AbsenceScope, Dismissal, Finding, Flag
from claims.vocabulary import FlagKind
from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_REASON = 2_000


class DismissalRefused(Refusal):
    """A hit that cannot be dismissed. `code`: no_hit, dismissed_already."""


def dismiss_hit(
    *,
    scope: AbsenceScope,
    layer: int,
    place: TermLocation,
    reason: str,
    by: "User",
    at: datetime,
) -> Dismissal:
    """Dismiss a hit of the last run as something else than what is absent, and store a new run.

    Texts that the last run has not read are searched first, without locks. Raises DismissalRefused
    where the last run has no such hit or somebody dismissed it already, WordsRefused without a
    reason, NotPermitted, DocumentsChanging.
    """
    require(by, Role.REVIEWER)
    reason = clean_words(reason, name="reason", limit=MAX_REASON, required=True)
    basis = read_search_basis(scope)
    matches = known_matches(basis)
    for _try in range(MAX_TRIES):
        dismissal = store_dismissal(
            scope=scope,
            layer=layer,
            place=place,
            reason=reason,
            basis=basis,
            results=search_documents(scope, basis, matches),
            by=by,
            at=at,
        )
        if dismissal is not None:
            return dismissal
        basis = read_search_basis(scope)
    raise documents_changing(scope)


@action
def store_dismissal(
    *,
    scope: AbsenceScope,
    layer: int,
    place: TermLocation,
    reason: str,
    basis: SearchBasis,
    results: Sequence[TextResult],
    by: "User",
    at: datetime,
) -> Dismissal | None:
    """Store a dismissal and the run that follows from it; None where the basis has changed.

    Raises DismissalRefused.
    """
    is_unchanged = lock_basis(scope, basis, at=at)
    finding = finding_to_dismiss(scope, layer, place)
    if not is_unchanged:
        return None
    dismissal = Dismissal.objects.create(
        finding=finding,
        place={"start": place.start, "end": place.end, "term": place.term},
        reason=reason,
        dismissed_by=by,
        dismissed_at=at,
    )
    dismissals = dismissals_of(scope)
    results = [replace(one, dismissals=dismissals.get(one.layer or 0, {})) for one in results]
    close_flags(store_locked(scope, basis, results, at=at), by=by, at=at)
    return dismissal


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
