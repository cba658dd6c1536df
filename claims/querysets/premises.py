"""Reads of premises: the claims that claims rest on, through any versions of those between."""

from collections.abc import Collection

from django.db import connection

# From claims to all that they rest on.
RESTS_ON = """
WITH RECURSIVE below (claim) AS (
    SELECT unnest(%(claims)s::bigint[])
    UNION
    SELECT r.claim_id
    FROM below b
    JOIN claims_version v ON v.claim_id = b.claim
    JOIN claims_premise p ON p.version_id = v.id
    JOIN claims_version r ON r.id = p.rests_on_id
)
SELECT claim FROM below
"""


def with_all_premises(claims: Collection[int]) -> set[int]:
    """These claims and all that any version of them rests on, at once or through others."""
    with connection.cursor() as cursor:
        cursor.execute(RESTS_ON, {"claims": sorted(claims)})
        return {claim for (claim,) in cursor.fetchall()}
