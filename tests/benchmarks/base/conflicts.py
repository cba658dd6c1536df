"""Conflicts of the filled base: found by the product's own detection, then decided in SQL."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import connections

from claims.actions.conflicts import detection

if TYPE_CHECKING:
    from factbase.models import User

FOUND_AT = datetime(2025, 7, 1, 9, tzinfo=UTC)
DECIDED_AT = datetime(2025, 7, 2, 9, 30, tzinfo=UTC)

# Two of five stay open. Of those with one claim none is resolved: there is nothing to choose from.
DECIDE = """
WITH party AS (
    SELECT conflict_id, array_agg(DISTINCT claim_id ORDER BY claim_id) AS claims,
        (SELECT array_agg(DISTINCT v ORDER BY v) FROM claims_conflictmember o, unnest(o.versions) v
            WHERE o.conflict_id = m.conflict_id) AS versions
    FROM claims_conflictmember m WHERE left_at IS NULL GROUP BY conflict_id
),
chosen AS (
    SELECT k.id, p.versions, p.claims,
        CASE k.id %% 10 WHEN 0 THEN 'confirmed' WHEN 1 THEN 'irreducible' WHEN 2 THEN 'reconciled'
            ELSE CASE WHEN cardinality(p.claims) > 1 THEN 'resolved' ELSE 'confirmed' END
        END AS status
    FROM claims_conflict k JOIN party p ON p.conflict_id = k.id
    WHERE k.status = 'open' AND k.id %% 10 < 6
),
decided AS (
    INSERT INTO claims_conflictdecision
        (conflict_id, status, decided_by_id, decided_at, note, difference, versions,
        standing_claims)
    SELECT id, status, %(by)s, %(at)s, 'Both were read.',
        CASE status WHEN 'reconciled' THEN 'definition' ELSE '' END, versions,
        CASE status WHEN 'resolved' THEN claims[1:1] ELSE '{}' END
    FROM chosen ORDER BY id
),
shown AS (
    UPDATE claims_publicconflict k SET status = chosen.status
    FROM chosen WHERE chosen.id = k.conflict_id
)
UPDATE claims_conflict k SET status = chosen.status FROM chosen WHERE chosen.id = k.id
"""


def find_and_decide(*, by: "User") -> None:
    """Compare all claims, and decide on three of five conflicts that are found."""
    detection.detect_all(at=FOUND_AT)
    with connections["owner"].cursor() as cursor:
        cursor.execute(DECIDE, {"by": by.pk, "at": DECIDED_AT})
