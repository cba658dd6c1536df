"""Reads of searches for absences: which are in use, and the present state of each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from claims.vocabulary import AbsenceStatus, Status
from sources.querysets.prepared import id_array

if TYPE_CHECKING:
    from claims.models import AbsenceRun, AbsenceScope

# The states of some absences. A search is of today as long as it read exactly the texts that the
# documents of its scope have now; a document without a text is there with a null. A withheld text
# is none. One from before near misses were answered is of no day.
_STATES = """
WITH scopes AS (
    SELECT s.id, s.version_id, s.series_id FROM claims_absencescope s WHERE {which}
),
documents AS (
    SELECT s.id AS scope, m.source_id AS source
    FROM scopes s JOIN sources_seriesmember m ON m.series_id = s.series_id
    UNION
    SELECT s.id, d.source_id FROM scopes s JOIN claims_absencedocument d ON d.scope_id = s.id
),
texts AS (
    SELECT DISTINCT c.source_id AS source, l.id AS layer
    FROM sources_capture c JOIN sources_textlayer l ON l.blob_id = c.blob_id
    WHERE l.is_current AND l.text <> '' AND c.source_id IN (SELECT source FROM documents)
),
today AS (
    SELECT d.scope, d.source, t.layer FROM documents d LEFT JOIN texts t USING (source)
),
latest AS (
    SELECT DISTINCT ON (r.scope_id) r.scope_id AS scope, r.id, r.outcome, r.searched, r.documents,
        r.run_at, r.unanswered, r.answered
    FROM claims_absencerun r WHERE r.scope_id IN (SELECT id FROM scopes)
    ORDER BY r.scope_id, r.id DESC
),
read AS (
    SELECT latest.scope, f.source_id AS source, f.layer_id AS layer
    FROM latest JOIN claims_finding f ON f.run_id = latest.id
),
changed AS (
    SELECT scope FROM (TABLE today EXCEPT TABLE read) appeared
    UNION SELECT scope FROM (TABLE read EXCEPT TABLE today) gone
)
SELECT s.version_id, latest.id AS run, latest.outcome, latest.searched, latest.documents,
    latest.run_at,
    (SELECT count(DISTINCT f.source_id) FROM claims_finding f WHERE f.run_id = latest.id
        AND f.outcome = 'in-part' AND NOT EXISTS (SELECT FROM claims_finding other
            WHERE other.run_id = latest.id AND other.source_id = f.source_id
            AND other.outcome IN ('absent', 'present'))) AS in_part,
    s.id IN (SELECT scope FROM changed)
        OR (latest.id IS NOT NULL AND latest.unanswered IS NULL) AS is_outdated,
    latest.unanswered, latest.answered
FROM scopes s LEFT JOIN latest ON latest.scope = s.id
ORDER BY s.version_id
"""

# Of these versions, whose ids are an array as text; and of all that are compared.
SEARCH_STATES = _STATES.format(which="s.version_id = ANY(%(versions)s::text::bigint[])")
COMPARED_SEARCH_STATES = _STATES.format(
    which="s.version_id IN (SELECT id FROM claims_version WHERE is_compared)"
)


@dataclass(frozen=True)
class SearchState:
    """The state of an absence: its last search, if any, and whether that is of today.

    A hit that was found stands until the next search; that nothing was found says nothing of a
    text that came since. `in_part` are the documents of whose texts each is a fragment of its file.
    `unanswered` places come close and have not been judged, `answered` ones were judged to be
    something else.
    """

    version: int
    run: int | None
    outcome: AbsenceStatus
    searched: int
    documents: int
    run_at: datetime | None
    in_part: int
    is_outdated: bool
    unanswered: int = 0
    answered: int = 0


def search_states(versions: Collection[int] | None) -> list[SearchState]:
    """The states of the absences of these versions; None asks for all that are compared."""
    with connection.cursor() as cursor:
        if versions is None:
            cursor.execute(COMPARED_SEARCH_STATES)
        else:
            cursor.execute(SEARCH_STATES, {"versions": id_array(sorted(versions))})
        return [search_state(*row) for row in cursor.fetchall()]


def search_state(
    version: int,
    run: int | None,
    outcome: str | None,
    searched: int | None,
    documents: int | None,
    run_at: datetime | None,
    in_part: int,
    is_outdated: bool,  # noqa: FBT001 - a column
    unanswered: int | None,
    answered: int | None,
) -> SearchState:
    """The state of a row of SEARCH_STATES."""
    searching = AbsenceStatus.NOT_RUN if outcome is None else AbsenceStatus(outcome)
    if is_outdated and searching not in (AbsenceStatus.NOT_RUN, AbsenceStatus.CONTRADICTED):
        searching = AbsenceStatus.OUTDATED
    return SearchState(
        *(version, run, searching, searched or 0, documents or 0, run_at, in_part, is_outdated),
        *(unanswered or 0, answered or 0),
    )


class AbsenceScopeQuerySet(models.QuerySet["AbsenceScope"]):
    """Absences: the terms said to be absent, and the documents they are absent from."""

    def in_use(self) -> "AbsenceScopeQuerySet":
        """Those of versions that are compared or being written, of claims that stand."""
        written = [Status.DRAFT, Status.CHANGES_REQUESTED]
        return self.filter(
            Q(version__is_compared=True) | Q(version__status__in=written),
            version__claim__retracted_at__isnull=True,
        )

    def to_answer(self) -> "AbsenceScopeQuerySet":
        """Those with words that come close and that nobody has judged, by their last search.

        A search from before such words were judged leaves all of them to be judged.
        """
        runs: Any = self.model._meta.get_field("runs").related_model
        last = runs.objects.filter(scope=OuterRef("pk")).order_by("-pk")
        waiting = last.annotate(waiting=Coalesce("unanswered", Value(1))).values("waiting")[:1]
        return self.annotate(waiting=Subquery(waiting)).filter(waiting__gt=0)

    def over_sources(self, sources: Any) -> "AbsenceScopeQuerySet":
        """Those that one of these sources is a document of, by itself or in a series."""
        members = Q(series__members__source__in=sources)
        named = Q(documents__source__in=sources)
        found = self.model.objects.filter(members | named)
        return self.filter(pk__in=found.values("pk"))


class AbsenceRunQuerySet(models.QuerySet["AbsenceRun"]):
    """Searches that were made."""

    def latest_of(self, scope: "AbsenceScope") -> "AbsenceRun | None":
        """The last search of a scope, None before the first."""
        return self.filter(scope=scope).order_by("-pk").first()
