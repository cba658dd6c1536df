"""Who was party to a conflict until a claim was retracted or taken off: in SQL, for many at once.

Such a conflict lapses, or goes on without that claim, and is still shown: its question, what its
parties said and how it was decided (decision 22). One that ended in any other way is not: its
claims were revised or replaced, or a person closed it.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from claims.vocabulary import Audience

# A membership ended by a removal where, while it lasted, the claim was retracted, or the version
# taken off and the claim is not back. A record that lapsed ended its last memberships as it did.
FORMER_PARTIES = """
ended AS ({memberships}),
removed AS (
    SELECT *, max(left_at) OVER (PARTITION BY conflict) AS last_left_at,
        coalesce(retracted_at BETWEEN joined_at AND left_at, FALSE)
            OR coalesce(is_off AND taken_off_at BETWEEN joined_at AND left_at, FALSE) AS is_removed
    FROM ended
),
closed AS (
    SELECT *, is_lapsed AND last_left_at <= %(at)s::timestamptz
        AND bool_or(is_removed AND left_at = last_left_at) OVER (PARTITION BY conflict) AS is_closed
    FROM removed
),
former AS (
    SELECT conflict, claim, versions, is_closed, last_left_at,
        left_at = last_left_at AND is_closed AS is_last,
        retracted_at IS NOT NULL AS is_retracted,
        taken_off_at IS NOT NULL AND is_off AS is_taken_off, is_readable
    FROM closed
    WHERE left_at <= %(at)s::timestamptz
        AND (is_removed AND (is_live OR is_closed) OR is_closed AND left_at = last_left_at)
        AND (is_readable OR taken_off_at IS NOT NULL AND is_off)
)
"""

# The desk's: a claim that was taken off is back once anything of it is compared.
STAFF_MEMBERSHIPS = """
    SELECT m.conflict_id AS conflict, m.claim_id AS claim, m.versions, m.joined_at, m.left_at,
        k.status = 'lapsed' AS is_lapsed, k.status NOT IN ('lapsed', 'merged') AS is_live,
        c.retracted_at,
        (SELECT max(v.taken_off_at) FROM claims_version v WHERE v.id = ANY(m.versions))
            AS taken_off_at,
        NOT EXISTS (SELECT FROM claims_version v WHERE v.claim_id = m.claim_id AND v.is_compared)
            AS is_off,
        TRUE AS is_readable
    FROM claims_conflictmember m
    JOIN claims_conflict k ON k.id = m.conflict_id
    JOIN claims_claim c ON c.id = m.claim_id
    WHERE m.left_at IS NOT NULL AND m.conflict_id IN ({conflicts})
"""

# The public's: a claim that was taken off is back once readers see a version of it. Readable is
# what readers see or saw of a claim that they still see something of, but for what was taken off.
PUBLIC_MEMBERSHIPS = """
    SELECT m.conflict_id AS conflict, v.claim_id AS claim, ARRAY[m.version_id] AS versions,
        m.joined_at, m.left_at, k.status = 'lapsed' AS is_lapsed,
        k.status NOT IN ('lapsed', 'merged') AND (
            SELECT count(*)
            FROM claims_publicconflictmember o JOIN claims_version ov ON ov.id = o.version_id
            WHERE o.conflict_id = k.id AND o.left_at IS NULL
                AND ov.published @> %(at)s::timestamptz
        ) >= CASE WHEN k.kind IN ('stance', 'absence') THEN 1 ELSE 2 END AS is_live,
        CASE WHEN c.retracted_at <= %(at)s::timestamptz THEN c.retracted_at END AS retracted_at,
        v.taken_off_at,
        seen.is_none AS is_off,
        v.taken_off_at IS NULL AND NOT seen.is_none AS is_readable
    FROM claims_publicconflictmember m
    JOIN claims_publicconflict k ON k.id = m.conflict_id
    JOIN claims_version v ON v.id = m.version_id
    JOIN claims_claim c ON c.id = v.claim_id
    CROSS JOIN LATERAL (
        SELECT NOT EXISTS (
            SELECT FROM claims_version s
            WHERE s.claim_id = v.claim_id AND s.published @> %(at)s::timestamptz
                AND s.taken_off_at IS NULL
        ) AS is_none
    ) seen
    WHERE m.left_at IS NOT NULL AND m.conflict_id IN ({conflicts})
"""

_MEMBERSHIPS = {Audience.STAFF: STAFF_MEMBERSHIPS, Audience.PUBLIC: PUBLIC_MEMBERSHIPS}

# The records that one of these claims was party to and left; {claims} is a query of claims' ids.
_LEFT_BY = {
    Audience.STAFF: """
        SELECT o.conflict_id FROM claims_conflictmember o
        WHERE o.claim_id IN ({claims}) AND o.left_at IS NOT NULL
    """,
    Audience.PUBLIC: """
        SELECT o.conflict_id
        FROM claims_version ov JOIN claims_publicconflictmember o ON o.version_id = ov.id
        WHERE ov.claim_id IN ({claims}) AND o.left_at IS NOT NULL
    """,
}


class FormerParty(NamedTuple):
    """A claim that was party to a conflict of which a party was retracted or taken off.

    `versions` are those that were compared last. To the public none is named of a claim that was
    taken off, and may be read of it: not its statement, value or period. `is_closed` says that
    the conflict is over; else it goes on without this claim.
    """

    conflict: int
    claim: int
    versions: tuple[int, ...]
    is_retracted: bool
    is_taken_off: bool
    is_closed: bool


def with_former_parties(audience: Audience, conflicts: str) -> str:
    """Return the CTEs that end in `former (conflict, claim, versions, …)`, for a WITH of one's own.

    `conflicts` is a query of the ids of records; the parameter `at` is the time of reading.
    """
    memberships = _MEMBERSHIPS[audience].format(conflicts=conflicts)
    return FORMER_PARTIES.format(memberships=memberships)


def with_former_conflicts(audience: Audience, claims: str) -> str:
    """Return the CTEs that end in `former_conflicts (conflict, claim, is_closed)`, for a WITH.

    These say in which records claims are such former parties; `claims` is a query of the ids of
    claims, those asked for. The parameter `at` is the time of reading.
    """
    former = with_former_parties(audience, _LEFT_BY[audience].format(claims=claims))
    return f"""{former},
former_conflicts AS MATERIALIZED (SELECT DISTINCT conflict, claim, is_closed FROM former)"""  # noqa: S608 - constants only


_OF_CONFLICTS = {
    audience: f"""
    WITH {with_former_parties(audience, "SELECT unnest(%(conflicts)s::bigint[])")}
    SELECT conflict, claim, CASE WHEN is_readable THEN versions ELSE ARRAY[]::bigint[] END,
        is_retracted, is_taken_off, is_closed
    FROM former ORDER BY conflict, claim, is_last, versions
    """  # noqa: S608 - constants only
    for audience in Audience
}


def former_parties(
    conflicts: Collection[int], audience: Audience, at: datetime
) -> dict[int, list[FormerParty]]:
    """The former parties of these records that are still shown, by the record's id; in one query.

    Of a conflict that is over, those that were party to it at its end, and those retracted or taken
    off before; of a live one, the latter. None of a conflict that ended in another way.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OF_CONFLICTS[audience], {"conflicts": sorted(conflicts), "at": at})
        parties = [
            FormerParty(conflict, claim, tuple(versions), *rest)
            for conflict, claim, versions, *rest in cursor.fetchall()
        ]
    found: dict[int, list[FormerParty]] = defaultdict(list)
    # Each once for a conflict: as it was party last.
    for party in {(party.conflict, party.claim): party for party in parties}.values():
        found[party.conflict].append(party)
    return dict(found)
