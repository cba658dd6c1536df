"""The positions that versions take in conflicts, and the sources that they rest on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from claims.domain.conflicts.grouping import Position
from claims.domain.values.value import text_key
from claims.querysets.compared import SURVIVING
from claims.vocabulary import ConflictKind, Stance

# A position is a value for a period, under its key; an entity stands for the one it was merged
# into, and a text for all its spellings. Numbers and ranges are compared as PostgreSQL gives them:
# 100 equals 100.0.
VALUES = f"""
WITH RECURSIVE
starting AS (
    SELECT DISTINCT value_entity_id AS id FROM claims_version
    WHERE id = ANY(%(versions)s) AND value_entity_id IS NOT NULL
),
{SURVIVING}
SELECT v.id, v.detection_key, v.amount, v.dates, v.truth,
    coalesce(surviving.id, v.value_entity_id), v.period_days, v.value_text
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

# What contradicts absences, by their place in the arrays: the documents and terms with a hit that
# nobody dismissed, in the last search up to a time (null: in the last). Where the places were
# withheld since, the document alone.
HITS = """
SELECT asked.row, f.source_id, (hit ->> 'term')::int
FROM unnest(%(versions)s::bigint[], %(until)s::timestamptz[])
    WITH ORDINALITY AS asked (version, until, row)
JOIN claims_absencescope s ON s.version_id = asked.version
CROSS JOIN LATERAL (
    SELECT r.id FROM claims_absencerun r
    WHERE r.scope_id = s.id AND (asked.until IS NULL OR r.run_at <= asked.until)
    ORDER BY r.id DESC LIMIT 1
) last
JOIN claims_finding f ON f.run_id = last.id AND f.hits > 0
LEFT JOIN LATERAL jsonb_array_elements(f.places) hit ON NOT hit ? 'dismissal'
"""

CLAIMS = "SELECT id, claim_id, detection_key FROM claims_version WHERE id = ANY(%(versions)s)"


class PositionRequest(NamedTuple):
    """The versions of one conflict, of that kind, whose positions are wanted.

    `until` matters for absences alone, whose hits change with each search: it asks for those that
    were found by then; None for today's.
    """

    kind: str
    versions: Collection[int]
    until: datetime | None = None


def version_positions(requests: Sequence[PositionRequest]) -> list[dict[int, Position]]:
    """The position of each version, for each of these requests; at most four queries for all.

    Value, direction, presence: value and period under the key. Stance: the quotes for and
    against. Absence: the hits against it. Editorial: the statement of the claim.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for request in requests:
        wanted[_table_of(request.kind)].update(request.versions)
    read = {
        VALUES: _values(wanted[VALUES]),
        STATEMENTS: _first_column_to_rest(STATEMENTS, wanted[STATEMENTS]),
        EVIDENCE: _quotes(wanted[EVIDENCE]),
    }
    hits = _hits(requests)
    return [
        {version: hits[version, request.until] for version in request.versions}
        if request.kind == ConflictKind.ABSENCE
        else {
            version: found
            for version in request.versions
            if (found := read[_table_of(request.kind)].get(version)) is not None
        }
        for request in requests
    ]


def _table_of(kind: str) -> str:
    """The SQL that reads positions in conflicts of a kind."""
    special = {
        ConflictKind.ABSENCE: HITS,
        ConflictKind.STANCE: EVIDENCE,
        ConflictKind.EDITORIAL: STATEMENTS,
    }
    return special.get(ConflictKind(kind), VALUES)


def _values(versions: Collection[int]) -> dict[int, Position]:
    """The value and period of each version under its key."""
    return {
        version: (*rest, None if text is None else text_key(text))
        for version, *rest, text in _rows(VALUES, versions)
    }


def _first_column_to_rest(sql: str, versions: Collection[int]) -> dict[int, Position]:
    """The rows of a query by their first column."""
    return {version: tuple(rest) for version, *rest in _rows(sql, versions)}


def _quotes(versions: Collection[int]) -> dict[int, Position]:
    """The quotes for and against what each version says."""
    found: dict[int, set[tuple[str, int]]] = {version: set() for version in versions}
    for version, stance, excerpt, _source in _rows(EVIDENCE, versions):
        found[version].add((stance, excerpt))
    return {version: frozenset(quotes) for version, quotes in found.items()}


def _hits(requests: Iterable[PositionRequest]) -> dict[tuple[int, datetime | None], Position]:
    """The hits against each absence that the requests name, by version and time."""
    asked = list(
        {
            (version, request.until): None
            for request in requests
            if request.kind == ConflictKind.ABSENCE
            for version in request.versions
        }
    )
    found: list[set[tuple[int, int | None]]] = [set() for _one in asked]
    if asked:
        with connection.cursor() as cursor:
            versions, until = zip(*asked, strict=True)
            cursor.execute(HITS, {"versions": list(versions), "until": list(until)})
            for row, source, term in cursor.fetchall():
                found[row - 1].add((source, term))
    return {one: frozenset(hits) for one, hits in zip(asked, found, strict=True)}


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


def _rows(sql: str, versions: Collection[int]) -> list[Any]:
    """Return the rows of a query on these versions; of none, without asking."""
    if not versions:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, {"versions": sorted(versions)})
        return cursor.fetchall()
