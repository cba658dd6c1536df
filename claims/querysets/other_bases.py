"""Which versions answer what a version answers, but on another basis."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from claims.querysets.compared import SURVIVING

# So many are compared with one version at most.
ENOUGH = 200

# The compared versions of other claims with the same surviving subject, property and aspect and
# another basis, as far as their periods may fit; for the public, those that readers see. A text
# that was withheld is nothing that differs.
OTHERS = f"""
WITH RECURSIVE
mine AS (
    SELECT v.id, v.claim_id, v.subject_id, v.property_id, v.aspect_id, v.basis, v.period_days
    FROM claims_version v WHERE v.id = ANY(%(versions)s) AND v.property_id IS NOT NULL
),
starting AS (SELECT DISTINCT subject_id AS id FROM mine),
{SURVIVING},
same (start, id) AS (
    SELECT start, id FROM surviving
    UNION
    SELECT same.start, e.id FROM same JOIN claims_entity e ON e.merged_into_id = same.id
)
SELECT mine.id, other.id
FROM mine CROSS JOIN LATERAL (
    SELECT v.id
    FROM same JOIN claims_version v ON v.subject_id = same.id
    WHERE same.start = mine.subject_id AND v.property_id = mine.property_id
        AND v.aspect_id IS NOT DISTINCT FROM mine.aspect_id
        AND v.basis <> mine.basis AND v.claim_id <> mine.claim_id AND v.is_compared
        AND v.value_text IS DISTINCT FROM ''
        AND (NOT %(public)s OR (v.published @> %(at)s AND v.taken_off_at IS NULL))
        AND (v.period_days IS NOT DISTINCT FROM mine.period_days
            OR v.period_days && mine.period_days)
    ORDER BY v.claim_id, v.number LIMIT {ENOUGH}
) other
"""  # noqa: S608 - constants only

# What each entity is or is part of, nearest first: from what was merged to what stands for it,
# else to the whole.
WITHIN = """
WITH RECURSIVE climb (start, id, seen) AS (
    SELECT id, id, ARRAY[id] FROM unnest(%(entities)s::bigint[]) AS id
    UNION ALL
    SELECT c.start, above.id, c.seen || above.id
    FROM climb c JOIN claims_entity e ON e.id = c.id
    CROSS JOIN LATERAL (SELECT coalesce(e.merged_into_id, e.part_of_id) AS id) above
    WHERE above.id <> ALL (c.seen)
)
SELECT climb.start, e.key FROM climb JOIN claims_entity e ON e.id = climb.id
WHERE e.merged_into_id IS NULL ORDER BY climb.start, cardinality(climb.seen)
"""


def others_on_another_basis(
    versions: Collection[int], *, at: datetime, public: bool
) -> dict[int, list[int]]:
    """By version, the versions that answer the same on another basis, in the order of claims."""
    found: dict[int, list[int]] = defaultdict(list)
    for mine, other in _rows(OTHERS, versions=sorted(versions), at=at, public=public):
        found[mine].append(other)
    return found


def wholes_of(entities: Collection[int]) -> dict[int, list[str]]:
    """The keys of what each entity is or is part of: first the one that stands for it."""
    found: dict[int, list[str]] = defaultdict(list)
    for start, key in _rows(WITHIN, entities=sorted(entities)):
        found[start].append(key)
    return found


def _rows(sql: str, **parameters: Any) -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        yield from cursor.fetchall()
