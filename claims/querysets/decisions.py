"""The decisions made on conflicts and on the records that they come from, in SQL for many."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from claims.querysets.former_parties import with_former_parties
from claims.vocabulary import Audience, ConflictStatus
from sources.querysets.prepared import id_array, prepared_rows

# Takes a CTE `asked (desk)` of the desk's records and gives each with itself and every record that
# it comes from: those that went into it, and the one that it broke off.
FAMILY = """
family (desk, relative) AS (
    SELECT desk, desk FROM asked
    UNION
    SELECT f.desk, k.id
    FROM family f
    JOIN claims_conflict r ON r.id = f.relative
    JOIN claims_conflict k ON k.merged_into_id = r.id OR k.id = r.split_from_id
)
"""

MADE = f"""
WITH RECURSIVE asked AS (SELECT DISTINCT unnest(%(conflicts)s::bigint[]) AS desk), {FAMILY}
SELECT f.desk, d.status, d.decided_at, d.versions
FROM family f JOIN claims_conflictdecision d ON d.conflict_id = f.relative
ORDER BY d.decided_at, d.id
"""  # noqa: S608 - constants only

LAST = """
SELECT DISTINCT ON (conflict_id) conflict_id, status, decided_at, versions
FROM claims_conflictdecision WHERE conflict_id = ANY(%(conflicts)s::bigint[])
ORDER BY conflict_id, decided_at DESC, id DESC
"""

# The statuses that say what a person decided.
SETTLED = (
    ConflictStatus.CONFIRMED,
    ConflictStatus.RESOLVED,
    ConflictStatus.RECONCILED,
    ConflictStatus.IRREDUCIBLE,
)
_SETTLED = ", ".join(f"'{status.value}'" for status in SETTLED)

# The status of a record, of one that lapsed that which it had before.
_LAST_STATUS = """
    CASE WHEN k.status <> 'lapsed' THEN k.status ELSE (
        SELECT e.status FROM {events} e WHERE e.pgh_obj_id = k.id AND e.status <> 'lapsed'
        ORDER BY e.pgh_id DESC LIMIT 1
    ) END
"""

_CLAIMS_DECIDED_ON = """
    SELECT coalesce(array_agg(DISTINCT v.claim_id), ARRAY[]::bigint[]) AS claims
    FROM claims_version v WHERE v.id = ANY(d.versions)
"""

# The last decision on the record itself, where the record stands in it.
STAFF_DECISIONS = f"""
WITH {with_former_parties(Audience.STAFF, "SELECT unnest(%(conflicts)s::bigint[])")}
SELECT k.id, d.status, d.decided_at, about.claims, d.standing_claims, d.difference,
    coalesce(nullif(u.display_name, ''), u.username), d.note, d.reason
FROM claims_conflict k
CROSS JOIN LATERAL (
    SELECT * FROM claims_conflictdecision d WHERE d.conflict_id = k.id
    ORDER BY d.decided_at DESC, d.id DESC LIMIT 1
) d
JOIN {{users}} u ON u.id = d.decided_by_id
CROSS JOIN LATERAL ({_CLAIMS_DECIDED_ON}) about
WHERE k.id = ANY(%(conflicts)s::bigint[])
    AND (k.status <> 'lapsed' OR k.id IN (SELECT conflict FROM former WHERE is_closed))
    AND d.status IN ({_SETTLED})
    AND d.status = {_LAST_STATUS.format(events="claims_conflictevent")}
"""  # noqa: S608 - constants only

# The last decision about a claim that is party for readers, on whichever record of the family it
# was made; what was decided after the end of a conflict they are not told. Of the claims, those
# that they may read; the reason where they may read all that it can speak of.
PUBLIC_DECISIONS = f"""
WITH RECURSIVE
{with_former_parties(Audience.PUBLIC, "SELECT unnest(%(conflicts)s::bigint[])")},
seen (record, claim, is_readable, until) AS (
    SELECT m.conflict_id, v.claim_id, TRUE, NULL::timestamptz
    FROM claims_publicconflictmember m
    JOIN claims_publicconflict k ON k.id = m.conflict_id
    JOIN claims_version v ON v.id = m.version_id AND v.published @> %(at)s::timestamptz
    WHERE m.conflict_id = ANY(%(conflicts)s::bigint[]) AND m.left_at IS NULL
        AND (k.kind IN ('stance', 'absence') OR EXISTS (
            SELECT FROM claims_publicconflictmember o
            JOIN claims_version ov ON ov.id = o.version_id
                AND ov.published @> %(at)s::timestamptz
            WHERE o.conflict_id = m.conflict_id AND o.id <> m.id AND o.left_at IS NULL
        ))
    UNION ALL
    SELECT conflict, claim, is_readable, last_left_at FROM former WHERE is_closed
),
parties AS (
    SELECT record, array_agg(claim) AS claims, max(until) AS until,
        coalesce(array_agg(claim) FILTER (WHERE is_readable), ARRAY[]::bigint[]) AS readable
    FROM seen GROUP BY record
),
asked AS (
    SELECT k.id AS record, k.conflict_id AS desk,
        {_LAST_STATUS.format(events="claims_publicconflictevent")} AS status
    FROM claims_publicconflict k WHERE k.id = ANY(%(conflicts)s::bigint[])
),
{FAMILY}
SELECT asked.record, d.status, d.decided_at,
    ARRAY(SELECT unnest(d.claims) INTERSECT SELECT unnest(readable)),
    ARRAY(
        SELECT claim FROM unnest(d.standing_claims) WITH ORDINALITY AS stands (claim, place)
        WHERE claim = ANY(readable) ORDER BY place
    ),
    d.difference, '', '', CASE WHEN d.claims <@ readable THEN d.reason ELSE '' END
FROM asked JOIN parties USING (record)
CROSS JOIN LATERAL (
    SELECT d.*, about.claims
    FROM family f
    JOIN claims_conflictdecision d ON d.conflict_id = f.relative
    CROSS JOIN LATERAL ({_CLAIMS_DECIDED_ON}) about
    WHERE f.desk = asked.desk AND about.claims && parties.claims
        AND (parties.until IS NULL OR d.decided_at <= parties.until)
    ORDER BY d.decided_at DESC, d.id DESC LIMIT 1
) d
WHERE asked.status IN ({_SETTLED}) AND d.status = asked.status
"""  # noqa: S608 - constants only


class DecisionMade(NamedTuple):
    """A decision on a record of the desk's, with the ids of the versions that it was about."""

    status: str
    decided_at: datetime
    versions: list[int]


def decisions_on(conflicts: Collection[int]) -> dict[int, list[DecisionMade]]:
    """The decisions on each of the desk's conflicts and on those that it comes from, in order."""
    found: dict[int, list[DecisionMade]] = defaultdict(list)
    for conflict, *made in _rows(MADE, conflicts):
        found[conflict].append(DecisionMade(*made))
    return found


def last_decisions(conflicts: Collection[int]) -> dict[int, DecisionMade]:
    """The last decision on each of the desk's conflicts itself."""
    return {conflict: DecisionMade(*made) for conflict, *made in _rows(LAST, conflicts)}


def decisions_shown(sql: str, conflicts: Collection[int], *, at: datetime) -> list[Any]:
    """Return the rows of PUBLIC_DECISIONS or STAFF_DECISIONS, planned once per connection.

    The plan takes longer than the rows of a page. Asks nothing where no conflict is named.
    """
    if not conflicts:
        return []
    values = {"conflicts": id_array(sorted(conflicts)), "at": at}
    return prepared_rows(f"SELECT * FROM ({sql}) decided", values)  # noqa: S608 - constants only


def _rows(sql: str, conflicts: Collection[int]) -> list[Any]:
    if not conflicts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, {"conflicts": sorted(conflicts)})
        return cursor.fetchall()
