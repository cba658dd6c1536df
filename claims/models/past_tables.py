"""How the tables of claims were at a time, for the public and for the desk.

The public never sees again what an editor took off, nor anything of a claim of which it sees
nothing today: in its past such a version ended before the time that is asked for.
"""

from collections.abc import Sequence

from claims.models import (
    AbsenceRun,
    Claim,
    ClaimTopic,
    Conflict,
    ConflictDecision,
    ConflictMember,
    Dismissal,
    Edition,
    EditionWithdrawal,
    Entity,
    Erratum,
    FactSheet,
    Flag,
    Property,
    PublicConflict,
    PublicConflictMember,
    Review,
    Topic,
    Version,
)
from claims.querysets.derived_columns import ABANDONED
from claims.vocabulary import Status
from sources.models.past_tables import THEN, PastTable, Rows, by_then, kept, recorded_by_then
from sources.vocabulary import Access

# That the public sees nothing of the claim of a version `b` today, or that it was taken off. Most
# versions are seen themselves: no other is looked up for them.
_IS_CLOSED = """(b.taken_off_at IS NOT NULL OR NOT (b.published @> now() IS TRUE OR EXISTS (
    SELECT FROM public.claims_version seen WHERE seen.claim_id = b.claim_id
    AND seen.published @> now() AND seen.taken_off_at IS NULL)))"""

_VERSIONS_OF_PUBLIC = PastTable(
    Version,
    Rows.KEPT,
    f"b.recorded_at <= {THEN}",
    columns={
        "published": f"""CASE WHEN lower(b.published) > {THEN} THEN NULL
            WHEN NOT {_IS_CLOSED} THEN b.published
            WHEN lower(b.published) < {THEN} THEN
                tstzrange(lower(b.published), least(upper(b.published), {THEN})) END""",
    },
)

# The versions of the claim of `b` that were there, each with its status and publication then.
_VERSIONS_THEN = f"""public.claims_version o CROSS JOIN LATERAL (
    SELECT h.status, h.published, o.taken_off_at <= {THEN} IS TRUE AS is_off
    FROM public.claims_versionevent h WHERE h.pgh_obj_id = o.id AND {recorded_by_then("h")}
    ORDER BY h.pgh_id DESC LIMIT 1
) s WHERE o.claim_id = b.claim_id AND o.recorded_at <= {THEN}"""  # noqa: S608 - constants only

_ABANDONED = ", ".join(f"'{status}'" for status in ABANDONED)
# As `claims.querysets.derived_columns` derives it.
_IS_NEWEST = f"""b.id = (SELECT o.id FROM {_VERSIONS_THEN}
    ORDER BY s.status IN ({_ABANDONED}), o.number DESC LIMIT 1)"""  # noqa: S608 - constants only

# As `claims.querysets.compared` derives it.
_IS_COMPARED = f"""NOT EXISTS (SELECT FROM public.claims_claim c
        WHERE c.id = b.claim_id AND c.retracted_at <= {THEN})
    AND (coalesce(e.published @> {THEN}, FALSE) OR coalesce(b.number = (
        SELECT max(w.number) FILTER (WHERE w.is_waiting AND w.number > w.last_shown) FROM (
            SELECT o.number,
                coalesce(max(o.number) FILTER (WHERE lower(s.published) <= {THEN}) OVER (), 0)
                    AS last_shown,
                s.status = '{Status.SUBMITTED.value}' OR (
                    s.status = '{Status.APPROVED.value}' AND NOT s.is_off
                    AND coalesce(lower(s.published) > {THEN}, TRUE)) AS is_waiting
            FROM {_VERSIONS_THEN}
        ) w), FALSE))"""  # noqa: S608 - constants only

_VERSIONS_OF_STAFF = PastTable(
    Version,
    Rows.FOLLOWED,
    f"b.recorded_at <= {THEN}",
    today=frozenset({"claim_id", "number"}),
    columns={
        **by_then("taken_off_at", "taken_off_by_id", "taken_off_reason", when="taken_off_at"),
        "is_newest": _IS_NEWEST,
        "is_compared": _IS_COMPARED,
    },
)

_CLAIMS = kept(
    Claim,
    "created_at",
    by_then("retracted_at", "retracted_by_id", "retracted_reason", when="retracted_at"),
)

# The name of what became a confidential source is not public again in the past.
_SOURCE_OF_ENTITY = f"""CASE WHEN EXISTS (SELECT FROM public.sources_source s
    WHERE s.id = b.source_id AND s.access <> '{Access.PUBLIC.value}')
    THEN b.source_id ELSE e.source_id END"""

_FLAGS = kept(
    Flag,
    "opened_at",
    {
        **by_then("closed_at", "closed_by_id", when="closed_at"),
        "closing_note": f"CASE WHEN b.closed_at <= {THEN} THEN b.closing_note ELSE '' END",
    },
)

_LEFT = by_then("left_at", when="left_at")

_FOR_ALL = (
    PastTable(Entity, Rows.REPLAYED, columns={"source_id": _SOURCE_OF_ENTITY}),
    PastTable(Topic, Rows.REPLAYED),
    PastTable(Property, Rows.REPLAYED),
    _CLAIMS,
    PastTable(ClaimTopic, Rows.REPLAYED),
    kept(Review, "decided_at"),
    kept(AbsenceRun, "run_at"),
    kept(Dismissal, "dismissed_at"),
    PastTable(Conflict, Rows.FOLLOWED, f"b.opened_at <= {THEN}"),
    PastTable(
        ConflictMember,
        Rows.FOLLOWED,
        f"b.joined_at <= {THEN}",
        today=frozenset({"conflict_id", "claim_id"}),  # they never change, and have indexes
        columns=_LEFT,
    ),
    kept(ConflictDecision, "decided_at"),
    PastTable(PublicConflict, Rows.FOLLOWED, f"b.opened_at <= {THEN}"),
    kept(PublicConflictMember, "joined_at", _LEFT),
    _FLAGS,
    PastTable(FactSheet, Rows.FOLLOWED, today=frozenset({"key"})),
    kept(Edition, "issued_at"),
    kept(Erratum, "added_at"),
    kept(EditionWithdrawal, "withdrawn_at"),
)

TABLES_OF_PUBLIC: Sequence[PastTable] = (*_FOR_ALL, _VERSIONS_OF_PUBLIC)
TABLES_OF_STAFF: Sequence[PastTable] = (*_FOR_ALL, _VERSIONS_OF_STAFF)

# Tables of history that are read beside the rows themselves.
HISTORIES = ("claims_conflictevent", "claims_publicconflictevent")
