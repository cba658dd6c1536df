"""What versions stand for in a conflict: their position, and the sources that they rest on."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection

from claims.domain.conflicts.grouping import Position
from claims.querysets.compared import SURVIVING
from claims.vocabulary import ConflictKind, Stance

# A position is a value for a period, under its key; an entity stands for the one it was merged
# into. Numbers and ranges are compared as PostgreSQL gives them: 100 equals 100.0.
VALUES = f"""
WITH RECURSIVE
starting AS (
    SELECT DISTINCT value_entity_id AS id FROM claims_version
    WHERE id = ANY(%(versions)s) AND value_entity_id IS NOT NULL
),
{SURVIVING}
SELECT v.id, v.detection_key, v.amount, v.dates, v.truth,
    coalesce(surviving.id, v.value_entity_id), v.value_text, v.period_days
FROM claims_version v LEFT JOIN surviving ON surviving.start = v.value_entity_id
WHERE v.id = ANY(%(versions)s)
"""  # noqa: S608 - constants only

# Between claims that no rule can compare, what is said is the position.
STATEMENTS = "SELECT id, claim_id, statement FROM claims_version WHERE id = ANY(%(versions)s)"

EVIDENCE = """
SELECT t.version_id, t.stance, t.excerpt_id, e.source_id
FROM claims_evidence t JOIN sources_excerpt e ON e.id = t.excerpt_id
WHERE t.version_id = ANY(%(versions)s) AND t.stance IN ('supports', 'refutes')
"""

# What contradicts an absence: the documents and terms with a hit that nobody dismissed, in the last
# search up to a time. Where the places were withheld since, the document alone.
HITS = """
SELECT s.version_id, f.source_id, (hit ->> 'term')::int
FROM claims_absencescope s
CROSS JOIN LATERAL (
    SELECT r.id FROM claims_absencerun r
    WHERE r.scope_id = s.id AND (%(until)s::timestamptz IS NULL OR r.run_at <= %(until)s)
    ORDER BY r.id DESC LIMIT 1
) last
JOIN claims_finding f ON f.run_id = last.id AND f.hits > 0
LEFT JOIN LATERAL jsonb_array_elements(f.places) hit ON NOT hit ? 'dismissal'
WHERE s.version_id = ANY(%(versions)s)
"""

CLAIMS = "SELECT id, claim_id, detection_key FROM claims_version WHERE id = ANY(%(versions)s)"


def positions(
    versions: Collection[int], kind: str, *, until: datetime | None = None
) -> dict[int, Position]:
    """The position of each version in a conflict of that kind.

    Value, direction, presence: value and period under the key. Stance: the quotes for and
    against. Absence: the hits against it, which change with each search; `until` asks for what was
    found by then. Editorial: the statement of the claim.
    """
    if kind == ConflictKind.ABSENCE:
        hits: dict[int, set[tuple[int, int | None]]] = {version: set() for version in versions}
        for version, source, term in _rows(HITS, versions, until=until):
            hits[version].add((source, term))
        return {version: frozenset(found) for version, found in hits.items()}
    if kind == ConflictKind.STANCE:
        quotes: dict[int, set[tuple[str, int]]] = {version: set() for version in versions}
        for version, stance, excerpt, _source in _rows(EVIDENCE, versions):
            quotes[version].add((stance, excerpt))
        return {version: frozenset(pieces) for version, pieces in quotes.items()}
    rows = _rows(STATEMENTS if kind == ConflictKind.EDITORIAL else VALUES, versions)
    return {version: tuple(what) for version, *what in rows}


def sources_of(versions: Collection[int]) -> dict[int, dict[str, set[int]]]:
    """The sources that each version quotes, by stance."""
    found: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for version, stance, _excerpt, source in _rows(EVIDENCE, versions):
        found[version][stance].add(source)
    return found


def rest_on_one(
    versions: Collection[int], kind: str, sources: dict[int, dict[str, set[int]]]
) -> bool:
    """Whether all that supports these versions comes from one source.

    Where a claim's own evidence is divided, the sides are what supports it and what refutes it.
    What was found of something absent is no quote, so that its sides have no source in common.
    """
    if kind == ConflictKind.ABSENCE:
        return False
    sides = [Stance.SUPPORTS]
    if kind == ConflictKind.STANCE:
        sides.append(Stance.REFUTES)
    found = (sources[version][side] for version in versions if version in sources for side in sides)
    return len(set().union(*found)) == 1


def claims_and_keys(versions: Collection[int]) -> dict[int, tuple[int, str | None]]:
    """The claim and the present detection key of each version."""
    return {version: (claim, key) for version, claim, key in _rows(CLAIMS, versions)}


def _rows(sql: str, versions: Collection[int], **more: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"versions": sorted(versions), **more})
        return cursor.fetchall()
