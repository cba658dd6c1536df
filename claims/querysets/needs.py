"""The claims that something waits for: fact sheets that name them, claims that rest on them."""

from collections.abc import Collection

from django.db import connection

# Each fact sheet counts once for a claim that a section lists, each claim once that stands and
# rests on any version of it.
NEEDS = """
SELECT claim, count(*) FROM (
    SELECT DISTINCT f.id AS needing, 'sheet' AS kind, substr(named.ref, 2)::bigint AS claim
    FROM claims_factsheet f
    CROSS JOIN jsonb_array_elements(f.sections) section
    CROSS JOIN jsonb_array_elements_text(coalesce(section -> 'claims', '[]')) named(ref)
    WHERE named.ref ~ '^C[0-9]{1,18}$'
    UNION ALL
    SELECT DISTINCT v.claim_id, 'claim', r.claim_id
    FROM claims_premise p
    JOIN claims_version v ON v.id = p.version_id AND v.is_newest
    JOIN claims_claim c ON c.id = v.claim_id AND c.retracted_at IS NULL
    JOIN claims_version r ON r.id = p.rests_on_id
) needs
WHERE claim = ANY(%(claims)s::bigint[])
GROUP BY claim
"""


def needs_of(claims: Collection[int]) -> dict[int, int]:
    """How many fact sheets name each of these claims, and claims rest on it; none is left out."""
    with connection.cursor() as cursor:
        cursor.execute(NEEDS, {"claims": sorted(claims)})
        return dict(cursor.fetchall())
