"""Keys with all that they stand for: an entity with its parts, a topic with those below it.

And which of a few rows the public may know of, at a cost that grows with these alone: OFFSET 0
keeps PostgreSQL from reading all versions at once to look the few up among them. Each statement
begins with SELECT: before others, the history puts one of its own, and two are not prepared.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sources.querysets.prepared import id_array, prepared_rows
from sources.querysets.public_sources import SOURCE_IS_ALLOWED, allowing
from sources.querysets.readers import is_staff

# An entity that was merged stands for the one that survives. Then, step by step, what is part of
# it and what was merged into it; there is no way past an entity that stands for a source which the
# reader may not know.
_ENTITIES = f"""
SELECT key, root, id FROM (WITH RECURSIVE open_ones AS NOT MATERIALIZED (
    SELECT e.id, e.key, e.part_of_id, e.merged_into_id
    FROM claims_entity e LEFT JOIN sources_source s ON s.id = e.source_id
    WHERE s.id IS NULL OR {SOURCE_IS_ALLOWED}
), above (key, root, id, merged_into_id) AS (
    SELECT key, id, id, merged_into_id FROM open_ones WHERE key = ANY(%(keys)s::text::text[])
    UNION
    SELECT a.key, a.root, o.id, o.merged_into_id
    FROM above a JOIN open_ones o ON o.id = a.merged_into_id
), below (key, root, id) AS (
    SELECT key, root, id FROM above
    UNION
    SELECT b.key, b.root, o.id FROM below b CROSS JOIN LATERAL (
        SELECT id FROM open_ones WHERE part_of_id = b.id
        UNION ALL
        SELECT id FROM open_ones WHERE merged_into_id = b.id
    ) o
)
SELECT key, root, id FROM below) found
"""  # noqa: S608 - constants only

_SEEN = "v.taken_off_at IS NULL AND v.published @> %(at)s::timestamptz"

_BELOW_TOPICS = """
WITH RECURSIVE below (key, root, id) AS (
    SELECT key, id, id FROM claims_topic WHERE key = ANY(%(keys)s::text::text[])
    UNION
    SELECT b.key, b.root, t.id FROM below b JOIN claims_topic t ON t.parent_id = b.id
)
"""

_TOPICS = f"SELECT key, root, id FROM ({_BELOW_TOPICS} SELECT key, root, id FROM below) found"  # noqa: S608 - constants only

# The first topic with something to see under it is enough.
_PUBLIC_TOPICS = f"""
SELECT key, root, id FROM ({_BELOW_TOPICS}
SELECT key, root, id FROM below WHERE root IN (
    SELECT r.id FROM claims_topic r
    WHERE r.key = ANY(%(keys)s::text::text[]) AND EXISTS (
        SELECT FROM below b WHERE b.root = r.id AND (EXISTS (
            SELECT FROM claims_claimtopic c
            JOIN claims_version v ON v.claim_id = c.claim_id AND {_SEEN}
            WHERE c.topic_id = b.id OFFSET 0
        ) OR EXISTS (
            SELECT FROM claims_version v WHERE v.aspect_id = b.id AND {_SEEN} OFFSET 0
        )) OFFSET 0
    )
)) found
"""  # noqa: S608 - constants only

_PUBLIC_PROPERTIES = f"""
SELECT p.id FROM unnest(%(ids)s::text::bigint[]) AS p (id)
WHERE EXISTS (SELECT FROM claims_version v WHERE v.property_id = p.id AND {_SEEN} OFFSET 0)
"""  # noqa: S608 - constants only


class Closure(dict[str, list[int]]):
    """By key the ids of all that it stands for; `roots` has the id of the key's own row."""

    def __init__(self, rows: Sequence[tuple[str, int, int]]) -> None:
        found: dict[str, list[int]] = defaultdict(list)
        for key, _root, pk in rows:
            found[key].append(pk)
        super().__init__(found)
        self.roots: Mapping[str, int] = {key: root for key, root, _pk in rows}

    def among(self, roots: Collection[int]) -> "Closure":
        """Those whose own row is one of these."""
        known = [
            (key, self.roots[key], pk)
            for key, ids in self.items()
            for pk in ids
            if self.roots[key] in roots
        ]
        return Closure(known)


def entity_closure(keys: Collection[str], reader: Any) -> Closure:
    """The entities of these keys with all that belongs to them.

    None that stands for a source whose access keeps it from the reader.
    """
    values = {"keys": _text_array(keys), **allowing(reader)}
    return Closure(prepared_rows(_ENTITIES, values))


def topic_closure(keys: Collection[str], reader: Any, at: datetime) -> Closure:
    """The topics of these keys with those below them.

    The public: of those under which, or below which, it sees something at that time.
    """
    values = {"keys": _text_array(keys)}
    if is_staff(reader):
        return Closure(prepared_rows(_TOPICS, values))
    return Closure(prepared_rows(_PUBLIC_TOPICS, {**values, "at": at}))


def public_properties(ids: Collection[int], at: datetime) -> frozenset[int]:
    """Which of the properties the public may know of at that time."""
    found = prepared_rows(_PUBLIC_PROPERTIES, {"ids": id_array(ids), "at": at})
    return frozenset(pk for (pk,) in found)


def _text_array(words: Collection[str]) -> str:
    """Keys or codes, which have no commas or quotation marks, as PostgreSQL writes an array."""
    return f"{{{','.join(words)}}}"
