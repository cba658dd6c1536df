"""Reads of what sources derive from, through any number of others."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

# Many ways that cross are many chains; more than this nobody reads.
MAX_CHAINS = 50

CHAINS = """
WITH RECURSIVE chain (sources, kinds) AS (
    SELECT ARRAY[origin_id], ARRAY[kind::text] FROM sources_sourceorigin
    WHERE source_id = %(source)s
    UNION ALL
    SELECT chain.sources || tie.origin_id, chain.kinds || tie.kind::text
    FROM chain JOIN sources_sourceorigin tie
    ON tie.source_id = chain.sources[cardinality(chain.sources)]
)
SELECT sources, kinds FROM chain WHERE NOT EXISTS (
    SELECT FROM sources_sourceorigin tie
    WHERE tie.source_id = chain.sources[cardinality(chain.sources)]
)
ORDER BY sources LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Link:
    """One step of a chain: the kind of the tie, and the source that it leads to."""

    kind: str
    source: Any


def chains_of(source: Any) -> list[list[Link]]:
    """The ways from a source to where its words come from, nearest first; no way is cut short."""
    with connection.cursor() as cursor:
        cursor.execute(CHAINS, {"source": source.pk, "limit": MAX_CHAINS})
        rows = cursor.fetchall()
    known = type(source).objects.in_bulk({pk for sources, _kinds in rows for pk in sources})
    return [
        [Link(kind, known[pk]) for pk, kind in zip(sources, kinds, strict=True)]
        for sources, kinds in rows
    ]
