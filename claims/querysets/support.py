"""Independent support of a version, counted in SQL as `claims.domain.support` counts it."""

from typing import Any

from django.db.models import F, Func, IntegerField, Q
from django.db.models.lookups import GreaterThanOrEqual

# Of the version whose id is filled in: its supporting sources but those that were taken back; what
# each goes back to; which of them share anything of that, at once or through others.
_INDEPENDENT = """(
WITH RECURSIVE supporting AS MATERIALIZED (
    SELECT DISTINCT x.source_id AS source, e.own_origin_id AS own
    FROM claims_evidence e JOIN sources_excerpt x ON x.id = e.excerpt_id
    JOIN sources_source s ON s.id = x.source_id
    WHERE e.version_id = %(expressions)s AND e.stance = 'supports'
        AND s.standing NOT IN ('retracted', 'withdrawn')
), above (source, id) AS (
    (SELECT source, source FROM supporting
    UNION SELECT source, own FROM supporting WHERE own IS NOT NULL)
    UNION
    SELECT a.source, t.origin_id FROM above a JOIN sources_sourceorigin t ON t.source_id = a.id
), together (source, other) AS (
    SELECT source, source FROM supporting
    UNION
    SELECT t.source, b.source FROM together t
    JOIN above a ON a.source = t.other JOIN above b ON b.id = a.id
)
SELECT count(*) FROM (
    SELECT FROM together GROUP BY source HAVING min(other) = source
) independent)"""


class IndependentSupport(Func):
    """The number of origins behind the version of an id that have nothing to do with each other."""

    template = _INDEPENDENT
    output_field: Any = IntegerField()


def has_support(least: int) -> Q:
    """The condition that at least so many independent origins support a version."""
    return Q(GreaterThanOrEqual(IndependentSupport(F("pk")), least))
