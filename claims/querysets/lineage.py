"""Which records of conflicts one comes from: those that met in it, and those that it broke off."""

from collections.abc import Collection

from django.db import connection

# The desk's records that a conflict comes from: those that went into it, and those it broke off.
LINEAGE = """
WITH RECURSIVE family (conflict, relative) AS (
    SELECT id, id FROM claims_conflict WHERE id = ANY(%(conflicts)s)
    UNION
    SELECT f.conflict, k.id
    FROM family f
    JOIN claims_conflict r ON r.id = f.relative
    JOIN claims_conflict k ON k.merged_into_id = r.id OR k.id = r.split_from_id
)
SELECT conflict, relative FROM family
"""


def lineage_of(conflicts: Collection[int]) -> list[tuple[int, int]]:
    """Each of the desk's conflicts with itself and every record that it comes from."""
    with connection.cursor() as cursor:
        cursor.execute(LINEAGE, {"conflicts": sorted(conflicts)})
        return cursor.fetchall()
