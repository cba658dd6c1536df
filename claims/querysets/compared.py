"""Which versions are compared with each other, and on which question: in SQL, for some or all.

The columns `detection_key`, `key_without_basis` and `is_compared` of a version repeat what is
computed here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

# The key of a question as in `claims.domain.conflicts.detection_key`: the keys of the surviving
# subject, the property and the aspect, and the basis, one to a line.
KEY = (
    "encode(sha256(convert_to(concat_ws(chr(10), "
    "{subject}, {property}, coalesce({aspect}, ''), {basis}), 'UTF8')), 'hex')"
)

# Takes a CTE `starting (id)` of entities and gives `surviving (start, id)`: the entity that each
# was merged into, over any number of steps. In a circle nobody survives.
SURVIVING = """
chain (start, id, next) AS (
    SELECT e.id, e.id, e.merged_into_id FROM claims_entity e JOIN starting USING (id)
    UNION
    SELECT chain.start, e.id, e.merged_into_id
    FROM chain JOIN claims_entity e ON e.id = chain.next
),
surviving AS (SELECT start, id FROM chain WHERE next IS NULL)
"""

# Compared are, of every claim not retracted, the published version if there is one, and the latest
# other one that is submitted, or approved and not yet published. One that waits is later than any
# that readers saw: what was overtaken on hold is never published.
EXPECTED_COLUMNS = f"""
WITH RECURSIVE
asked AS (
    SELECT v.id, v.claim_id, v.number, v.status, v.published, v.taken_off_at,
        v.subject_id, v.property_id, v.aspect_id, v.basis,
        v.detection_key, v.key_without_basis, v.is_compared,
        max(v.number) FILTER (WHERE lower(v.published) <= %(at)s) OVER claims AS last_shown
    FROM claims_version v
    WHERE %(claims)s::bigint[] IS NULL OR v.claim_id = ANY(%(claims)s)
    WINDOW claims AS (PARTITION BY v.claim_id)
),
waiting AS (
    SELECT claim_id, max(number) AS number
    FROM asked
    WHERE number > coalesce(last_shown, 0) AND (
        status = 'submitted'
        OR (
            status = 'approved' AND taken_off_at IS NULL
            AND (published IS NULL OR lower(published) > %(at)s)
        )
    )
    GROUP BY claim_id
),
starting AS (SELECT DISTINCT subject_id AS id FROM asked WHERE property_id IS NOT NULL),
{SURVIVING},
should AS (
    SELECT v.id, v.claim_id, v.number,
        v.detection_key AS had_key, v.key_without_basis AS had_without_basis,
        v.is_compared AS was_compared,
        CASE WHEN v.property_id IS NOT NULL THEN
            {KEY.format(subject="s.key", property="p.key", aspect="t.key", basis="v.basis")}
        END AS key,
        CASE WHEN v.property_id IS NOT NULL THEN
            {KEY.format(subject="s.key", property="p.key", aspect="t.key", basis="''")}
        END AS without_basis,
        c.retracted_at IS NULL
            AND (coalesce(v.published @> %(at)s, FALSE) OR w.number IS NOT NULL) AS is_compared,
        CASE WHEN p.value_kind = 'presence' THEN
            {KEY.format(subject="''", property="p.key", aspect="t.key", basis="v.basis")}
        END AS presence
    FROM asked v
    JOIN claims_claim c ON c.id = v.claim_id
    LEFT JOIN waiting w ON w.claim_id = v.claim_id AND w.number = v.number
    LEFT JOIN surviving ON surviving.start = v.subject_id
    LEFT JOIN claims_entity s ON s.id = coalesce(surviving.id, v.subject_id)
    LEFT JOIN claims_property p ON p.id = v.property_id
    LEFT JOIN claims_topic t ON t.id = v.aspect_id
)
"""  # noqa: S608 - constants only

KEYS_DIFFER = """(
    (should.had_key, should.had_without_basis) IS DISTINCT FROM (should.key, should.without_basis)
)"""
DIFFERS = f"({KEYS_DIFFER} OR should.was_compared IS DISTINCT FROM should.is_compared)"

# A publication ended; or one began that was planned before a later version was submitted, which was
# compared in its stead.
BY_TIME_ALONE = """
should.was_compared AND coalesce(upper(v.published) <= %(at)s, FALSE)
OR NOT should.was_compared AND EXISTS (
    SELECT FROM waiting WHERE waiting.claim_id = v.claim_id AND waiting.number > v.number
)
"""

# What time alone has changed since the claims were last compared: a publication began or ended.
# Besides, what began to be published may complete a conflict for the public: one of the desk's
# whose public side shows nothing of a member that readers now see.
DUE = """
SELECT v.claim_id FROM claims_version v JOIN claims_claim c ON c.id = v.claim_id
WHERE c.retracted_at IS NULL AND (
    (v.is_compared AND upper(v.published) <= %(at)s)
    OR (NOT v.is_compared AND v.published @> %(at)s)
)
UNION
SELECT m.claim_id
FROM claims_conflictmember m
JOIN claims_version v ON v.claim_id = m.claim_id AND v.published @> %(at)s
WHERE m.left_at IS NULL AND (m.answers IS NULL OR v.id = ANY(m.versions))
    AND NOT EXISTS (
        SELECT FROM claims_publicconflictmember shown
        JOIN claims_publicconflict k ON k.id = shown.conflict_id
        WHERE k.conflict_id = m.conflict_id AND shown.version_id = v.id AND shown.left_at IS NULL
    )
    AND (m.answers IN ('stance', 'absence') OR EXISTS (
        SELECT FROM claims_conflictmember o
        JOIN claims_version ov ON ov.claim_id = o.claim_id AND ov.published @> %(at)s
        WHERE o.conflict_id = m.conflict_id AND o.id <> m.id AND o.left_at IS NULL
            AND (o.answers IS NULL OR ov.id = ANY(o.versions))
    ))
"""


@dataclass(frozen=True)
class Asked:
    """The questions that versions of some claims answered or answer now.

    `keys` are detection keys; `locks` the words to lock before anything is read. For a presence
    the whole question, whatever its subject, is one lock: it stands for the keys of all the
    series and documents that hang together, which are not known before they are read.
    """

    keys: frozenset[str]
    locks: frozenset[str]


def asked_by(claims: Collection[int], *, at: datetime) -> Asked:
    """The questions of these claims, before and after what changed."""
    sql = f"""{EXPECTED_COLUMNS}
        SELECT had_key, was_compared, key, is_compared, presence FROM should
    """  # noqa: S608 - constants only
    keys, locks = set(), set()
    for had_key, was_compared, key, is_compared, presence in _rows(sql, claims, at):
        if was_compared and had_key:
            keys.add(had_key)
        if is_compared and key:
            keys.add(key)
        if presence and (was_compared or is_compared):
            locks.add(presence)
    return Asked(frozenset(keys), frozenset(keys | locks))


def update_comparison_columns(claims: Collection[int] | None, *, at: datetime) -> None:
    """Write keys and `is_compared` where they are not what they should be; None is every claim."""
    sql = f"""{EXPECTED_COLUMNS}
        UPDATE claims_version v SET detection_key = should.key,
            key_without_basis = should.without_basis, is_compared = should.is_compared
        FROM should WHERE v.id = should.id AND {DIFFERS}
    """  # noqa: S608 - constants only
    with connection.cursor() as cursor:
        cursor.execute(sql, {"claims": _array(claims), "at": at})


def mismatches(*, at: datetime) -> list[tuple[str, bool, bool]]:
    """Versions whose columns are wrong: reference, whether a key is, whether `is_compared` is.

    An `is_compared` that time alone has made wrong is the work of the clock, and is passed over.
    """
    sql = f"""{EXPECTED_COLUMNS}, differing AS (
            SELECT should.claim_id, should.number,
                {KEYS_DIFFER} AS key_differs,
                should.was_compared IS DISTINCT FROM should.is_compared AND NOT ({BY_TIME_ALONE})
                    AS is_compared_differs
            FROM should JOIN claims_version v USING (id)
            WHERE {DIFFERS}
        )
        SELECT format('C%%s/v%%s', claim_id, number), key_differs, is_compared_differs
        FROM differing WHERE key_differs OR is_compared_differs ORDER BY claim_id, number
    """  # noqa: S608 - constants only
    return _rows(sql, None, at)


def due(at: datetime) -> set[int]:
    """The claims to compare again because a time of publication has come."""
    return {claim for (claim,) in _rows(DUE, None, at)}


def _rows(sql: str, claims: Collection[int] | None, at: datetime) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"claims": _array(claims), "at": at})
        return cursor.fetchall()


def _array(claims: Collection[int] | None) -> list[int] | None:
    return None if claims is None else sorted(claims)
