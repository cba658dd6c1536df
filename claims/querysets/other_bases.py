"""Which versions answer what a version answers, but on another basis."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from claims.querysets.compared import SURVIVING

if TYPE_CHECKING:
    from claims.models import Version

# So many are compared with one version at most.
MAX_COMPARED = 200

# The compared versions of other claims with the same surviving subject, property and aspect and
# another basis, as far as their periods may fit; for the public, those that readers see. A text
# that was withheld is nothing that differs.
OTHERS = f"""
WITH RECURSIVE
mine AS (
    SELECT id, claim_id, subject_id, property_id, aspect_id, basis, period_days::daterange
    FROM unnest(
        %(versions)s::bigint[], %(claims)s::bigint[], %(subjects)s::bigint[],
        %(properties)s::bigint[], %(aspects)s::bigint[], %(bases)s::text[], %(periods)s::text[]
    ) AS asked (id, claim_id, subject_id, property_id, aspect_id, basis, period_days)
    WHERE property_id IS NOT NULL
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
    ORDER BY v.claim_id, v.number LIMIT {MAX_COMPARED}
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
    versions: Iterable["Version"], *, at: datetime, public: bool
) -> dict[int, list[int]]:
    """By id of the version, those that answer the same on another basis, in the order of claims.

    The versions need not be in the database.
    """
    asked = list(versions)
    rows = _rows(
        OTHERS,
        versions=[one.pk for one in asked],
        claims=[one.claim_id for one in asked],
        subjects=[one.subject_id for one in asked],
        properties=[one.property_id for one in asked],
        aspects=[one.aspect_id for one in asked],
        bases=[one.basis for one in asked],
        periods=[daterange_text(one.period_days) for one in asked],
        at=at,
        public=public,
    )
    found: dict[int, list[int]] = defaultdict(list)
    for mine, other in rows:
        found[mine].append(other)
    return found


def daterange_text(days: Any) -> str | None:
    """A half-open range of days as PostgreSQL reads it; None is null."""
    if days is None:
        return None
    return f"[{days.lower or ''},{days.upper or ''})"


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
