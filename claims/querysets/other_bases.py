"""Which versions answer what a version answers, but on another basis or without its period."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from sources.querysets.prepared import id_array, prepared_rows

if TYPE_CHECKING:
    from claims.models import Version

# So many are compared with one version at most.
MAX_COMPARED = 200

# The compared versions of other claims with the same surviving subject, property and aspect: on
# another basis, as far as their periods may fit, or on the same one where either alone is bound to
# a time. For the public, those that readers see. A text that was withheld is nothing that differs.
# A version without such a one stands alone.
_OTHERS = f"""SELECT mine.id, other.id AS other
FROM ({{mine}}) mine LEFT JOIN LATERAL (
    SELECT v.id
    FROM claims_version v
    WHERE v.key_without_basis = mine.key_without_basis
        AND v.claim_id <> mine.claim_id AND v.is_compared
        AND v.counts_by_value AND mine.counts_by_value
        AND v.value_text IS DISTINCT FROM ''
        AND (NOT %(public)s::boolean
            OR (v.published @> %(at)s::timestamptz AND v.taken_off_at IS NULL))
        AND CASE WHEN v.basis = mine.basis
            THEN (v.period_days IS NULL) <> (mine.period_days IS NULL)
            ELSE v.period_days IS NOT DISTINCT FROM mine.period_days
                OR v.period_days && mine.period_days
        END
    ORDER BY v.claim_id, v.number LIMIT {MAX_COMPARED}
) other ON TRUE
"""  # noqa: S608 - constants only

_OTHERS_OF_UNSAVED = _OTHERS.format(
    mine="""
    SELECT id, claim_id, key_without_basis, basis, period_days::daterange, TRUE AS counts_by_value
    FROM unnest(
        %(versions)s::bigint[], %(claims)s::bigint[], %(keys)s::text[], %(bases)s::text[],
        %(periods)s::text[]
    ) AS asked (id, claim_id, key_without_basis, basis, period_days)"""
)

_STORED = """
    SELECT v.id, v.claim_id, v.key_without_basis, v.basis, v.period_days, v.counts_by_value
    FROM claims_version v WHERE {which}"""

_OTHERS_OF_STORED = {
    name: _OTHERS.format(mine=_STORED.format(which=which))
    for name, which in {
        "ids": "v.id = ANY(%(ids)s::text::bigint[])",
        "newest": "v.claim_id = %(claim)s AND v.is_newest",
        "published": "v.claim_id = %(claim)s AND v.taken_off_at IS NULL "
        "AND v.published @> %(at)s::timestamptz",
    }.items()
}

# What each entity is or is part of, nearest first: from what was merged to what stands for it,
# else to the whole.
WITHIN = """
WITH RECURSIVE climb (start, id, seen) AS (
    SELECT id, id, ARRAY[id] FROM claims_entity
    WHERE id = ANY(%(entities)s::bigint[]) OR key = ANY(%(keys)s::text[])
    UNION ALL
    SELECT c.start, above.id, c.seen || above.id
    FROM climb c JOIN claims_entity e ON e.id = c.id
    CROSS JOIN LATERAL (SELECT coalesce(e.merged_into_id, e.part_of_id) AS id) above
    WHERE above.id <> ALL (c.seen)
)
SELECT climb.start, first.key, e.key
FROM climb JOIN claims_entity e ON e.id = climb.id
JOIN claims_entity first ON first.id = climb.start
WHERE e.merged_into_id IS NULL ORDER BY climb.start, cardinality(climb.seen)
"""


def others_held_apart(
    versions: Iterable["Version"], *, at: datetime, public: bool
) -> dict[int, list[int]]:
    """By id of the version, those that answer the same on another basis, or where one of the two is
    without a period; in the order of claims.

    The versions need not be in the database.
    """
    asked = list(versions)
    rows = _rows(
        _OTHERS_OF_UNSAVED,
        versions=[one.pk for one in asked],
        claims=[one.claim_id for one in asked],
        keys=[one.key_without_basis for one in asked],
        bases=[one.basis for one in asked],
        periods=[daterange_text(one.period_days) for one in asked],
        at=at,
        public=public,
    )
    return _by_version(rows)


def others_of_stored(
    versions: Iterable[int], *, at: datetime, public: bool
) -> dict[int, list[int]]:
    """The same of versions by id; each is a key, in their order."""
    ids = list(versions)
    values = {"ids": id_array(ids), "at": at, "public": public}
    found = _by_version(prepared_rows(_OTHERS_OF_STORED["ids"], values))
    return {pk: found.get(pk, []) for pk in ids}


def shown_with_others(claim: int, *, at: datetime, public: bool) -> dict[int, list[int]]:
    """The same of the version of a claim that the audience sees; empty where it sees none."""
    values = {"claim": claim, "at": at, "public": public}
    sql = _OTHERS_OF_STORED["published" if public else "newest"]
    return _by_version(prepared_rows(sql, values))


def _by_version(rows: Iterable[Any]) -> dict[int, list[int]]:
    """The others of each version; none of one that stands alone."""
    found: dict[int, list[int]] = {}
    for mine, other in rows:
        found.setdefault(mine, []).extend([] if other is None else [other])
    return found


def daterange_text(days: Any) -> str | None:
    """A half-open range of days as PostgreSQL reads it; None is null."""
    if days is None:
        return None
    return f"[{days.lower or ''},{days.upper or ''})"


def wholes_of(entities: Collection[int]) -> dict[int, list[str]]:
    """The keys of what each entity is or is part of: first the one that stands for it."""
    found: dict[int, list[str]] = defaultdict(list)
    for start, _start_key, key in _rows(WITHIN, entities=sorted(entities), keys=[]):
        found[start].append(key)
    return found


def wholes_by_key(keys: Collection[str]) -> dict[str, list[str]]:
    """The same by the key of the entity."""
    found: dict[str, list[str]] = defaultdict(list)
    for _start, start_key, key in _rows(WITHIN, entities=[], keys=sorted(keys)):
        found[start_key].append(key)
    return found


def _rows(sql: str, **parameters: Any) -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        yield from cursor.fetchall()
