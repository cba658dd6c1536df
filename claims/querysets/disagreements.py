"""Disagreements between compared versions: in SQL, the same for one key and for all.

It equals `claims/domain/disagreement.py` over all pairs in what follows from it: the connected
sets, their kind and strength, and which versions disagree with anybody. It does not list every
pair: among the ranges of one period, whoever disagrees with anybody is strictly apart from one of
the extremes (least upper and greatest lower bound) of another claim.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection

from claims.domain.disagreement import Disagreement
from claims.domain.grouping import Edge, FoundSet, Side
from claims.querysets.compared import KEY, SURVIVING
from claims.vocabulary import ConflictKind, Strength

STANCE = "stance"

# From an entity to those beside which a presence is looked for: the series that a document is in,
# the documents that a series has.
BESIDE = """
beside (entity, other) AS (
    SELECT d.id, s.id
    FROM claims_entity d
    JOIN sources_seriesmember m ON m.source_id = d.source_id
    JOIN claims_entity s ON s.series_id = m.series_id
    UNION ALL
    SELECT s.id, d.id
    FROM claims_entity s
    JOIN sources_seriesmember m ON m.series_id = s.series_id
    JOIN claims_entity d ON d.source_id = m.source_id
)
"""

# The versions of a group in arrays, and back as rows of an alias.
ARRAYS = ", ".join(
    f"array_agg({column}) FILTER (WHERE {{which}}) AS {{what}}{column}s"
    for column in (
        "id",
        "claim_id",
        "span",
        "side",
        "is_soft",
        "published_at",
        "from_low",
        "from_high",
    )
)
EACH = (
    "unnest({team}.{what}ids, {team}.{what}claim_ids, {team}.{what}spans, {team}.{what}sides, "
    "{team}.{what}is_softs, {team}.{what}published_ats, {team}.{what}from_lows, "
    "{team}.{what}from_highs)"
)
ROW = "(id, claim, span, side, is_soft, shown_at, from_low, from_high)"

EDGES = f"""
WITH RECURSIVE

-- Compared, of properties with one value at a time; for the public, those that readers see. Soft
-- is what somebody is said to assert, what is estimated or assessed, and an uncertain date.
compared AS (
    SELECT v.id, v.claim_id, v.detection_key AS key, p.value_kind AS kind, p.time,
        v.mode IN ('expected', 'planned') AS is_prospective,
        v.period_days AS period, lower(v.published) AS published_at,
        v.subject_id, v.property_id, v.aspect_id, v.basis,
        v.amount, v.dates, v.truth, v.value_entity_id, v.value_text,
        v.mode IN ('estimated', 'assessed')
            OR v.period ~ '[?~%%]'
            OR (p.value_kind = 'date' AND (v.approximate OR v.value ~ '[?~%%]'))
            OR EXISTS (SELECT FROM claims_asserter a WHERE a.version_id = v.id) AS is_soft
    FROM claims_version v JOIN claims_property p ON p.id = v.property_id
    WHERE v.is_compared AND p.single_valued
        AND (%(keys)s::text[] IS NULL OR v.detection_key = ANY(%(keys)s))
        AND (NOT %(public)s OR v.published @> %(at)s)
),

-- Every value becomes a range, so that "exclude each other" is "strictly apart" for all kinds.
-- Texts are points in their order. Entities are numbered from the root down, each with the range
-- of all that are part of it: two ranges are then apart, or one lies in the other.
texts AS (
    SELECT value_text, row_number() OVER (ORDER BY value_text COLLATE "C") AS n
    FROM (SELECT DISTINCT value_text FROM compared WHERE value_text IS NOT NULL) distinct_texts
),
climb (start, id, path, seen) AS (
    SELECT id, id, ARRAY[]::bigint[], ARRAY[id]
    FROM (
        SELECT value_entity_id AS id FROM compared WHERE value_entity_id IS NOT NULL
        UNION SELECT subject_id FROM compared WHERE kind = 'presence'
    ) entities
    UNION ALL
    SELECT c.start, coalesce(e.merged_into_id, e.part_of_id),
        CASE WHEN e.merged_into_id IS NULL THEN e.id || c.path ELSE c.path END,
        c.seen || coalesce(e.merged_into_id, e.part_of_id)
    FROM climb c JOIN claims_entity e ON e.id = c.id
    WHERE coalesce(coalesce(e.merged_into_id, e.part_of_id) <> ALL (c.seen), TRUE)
),
surviving AS (
    SELECT start, path[cardinality(path)] AS id, path FROM climb WHERE id IS NULL
),
numbered AS (
    SELECT path, row_number() OVER (ORDER BY path) AS n
    FROM (SELECT DISTINCT path FROM surviving) paths
),
extents AS (
    SELECT whole.id, min(n) AS first, max(n) AS last
    FROM numbered, unnest(path) AS whole (id) GROUP BY whole.id
),

-- A group is what can be compared as one: a key, a class of modes, a period (null is one too).
valued AS (
    SELECT compared.*,
        CASE kind
            WHEN 'quantity' THEN amount
            WHEN 'count' THEN amount
            WHEN 'date' THEN numrange(
                (lower(dates) - DATE '2000-01-01')::numeric,
                (upper(dates) - DATE '2000-01-01')::numeric
            )
            WHEN 'text' THEN numrange(texts.n, texts.n, '[]')
            WHEN 'entity' THEN numrange(extents.first, extents.last, '[]')
            ELSE numrange(truth::int, truth::int, '[]')
        END AS span,
        CASE WHEN amount << '[0,0]' THEN -1 WHEN amount >> '[0,0]' THEN 1 ELSE 0 END AS side,
        dense_rank() OVER (ORDER BY key, is_prospective, period) AS team
    FROM compared
    LEFT JOIN texts USING (value_text)
    LEFT JOIN surviving ON surviving.start = compared.value_entity_id
    LEFT JOIN extents ON extents.id = surviving.id
),

-- The three at each end hold the two extremes that belong to different claims, since a claim has
-- two compared versions at most. They are taken once more among the soft and among the others,
-- for the strength.
ranked AS (
    SELECT valued.*, row_number() OVER low AS from_low, row_number() OVER high AS from_high,
        least(row_number() OVER low_alike, row_number() OVER high_alike) <= 3 AS is_extreme
    FROM valued
    WINDOW
        low AS (PARTITION BY team ORDER BY upper(span) NULLS LAST, upper_inc(span), id),
        high AS (PARTITION BY team ORDER BY lower(span) DESC NULLS LAST, lower_inc(span), id),
        low_alike AS (
            PARTITION BY team, is_soft ORDER BY upper(span) NULLS LAST, upper_inc(span), id
        ),
        high_alike AS (
            PARTITION BY team, is_soft ORDER BY lower(span) DESC NULLS LAST, lower_inc(span), id
        )
),

-- A group is one row with its versions in arrays: they are then compared with a few extremes each,
-- whatever the planner believes about how many there are.
teams AS (
    SELECT team, key, kind, time, is_prospective, period,
        (array_agg(span) FILTER (WHERE from_low = 1))[1] AS lowest,
        (array_agg(span) FILTER (WHERE from_high = 1))[1] AS highest,
        {ARRAYS.format(what="", which="TRUE")},
        {ARRAYS.format(what="end_", which="is_extreme")}
    FROM ranked
    GROUP BY team, key, kind, time, is_prospective, period
),

-- `present` on a series means in every document, `absent` in none: keys that meet besides.
{BESIDE},
present AS (
    SELECT DISTINCT key, surviving.id AS subject, property_id, aspect_id, basis
    FROM compared JOIN surviving ON surviving.start = compared.subject_id
    WHERE kind = 'presence'
),
linked (key, other) AS (
    SELECT DISTINCT one.key, other.key
    FROM present one
    JOIN beside ON beside.entity = one.subject
    JOIN present other ON other.subject = beside.other AND other.property_id = one.property_id
        AND other.aspect_id IS NOT DISTINCT FROM one.aspect_id AND other.basis = one.basis
)

-- Within a group all who disagree hang together through the first at each end, so that one
-- disagreement of each is enough, with what is so of any: with the greatest lower bound of another
-- claim if that lies above, else with the least upper bound of another claim.
SELECT a.claim, t.key, a.id, b.first[4], t.key, b.first[3],
    t.kind = 'presence', b.is_opposite, b.is_hard, CASE WHEN %(public)s THEN b.since END
FROM teams t
CROSS JOIN {EACH.format(team="t", what="")} a {ROW}
CROSS JOIN LATERAL (
    SELECT min(CASE WHEN a.span << b.span THEN ARRAY[0, b.from_high, b.id, b.claim]
            ELSE ARRAY[1, b.from_low, b.id, b.claim] END) AS first,
        bool_or(a.side * b.side < 0) AS is_opposite,
        bool_or(NOT a.is_soft AND NOT b.is_soft) AS is_hard,
        min(greatest(a.shown_at, b.shown_at)) AS since
    FROM {EACH.format(team="t", what="end_")} b {ROW}
    WHERE a.claim <> b.claim AND (a.span << b.span OR a.span >> b.span)
) b
WHERE b.first IS NOT NULL
UNION ALL
-- Between groups of one key whose periods overlap, everybody against the extremes of the other;
-- of changes and totals over such periods, the side of zero only.
SELECT a.claim, t.key, a.id, b.claim, o.key, b.id, t.kind = 'presence', a.side * b.side < 0, FALSE,
    CASE WHEN %(public)s THEN greatest(a.shown_at, b.shown_at) END
FROM teams t
JOIN teams o ON o.key = t.key AND o.is_prospective = t.is_prospective
    AND o.team <> t.team AND o.period && t.period
    AND (t.time = 'state' OR t.kind IN ('quantity', 'count'))
    AND (t.lowest << o.highest OR o.lowest << t.highest)
CROSS JOIN {EACH.format(team="t", what="")} a {ROW}
CROSS JOIN {EACH.format(team="o", what="end_")} b {ROW}
WHERE a.claim <> b.claim AND CASE
    WHEN t.time = 'over' THEN a.side * b.side < 0 ELSE a.span << b.span OR a.span >> b.span
END
UNION ALL
-- Between a series and its documents, the same where their periods fit.
SELECT a.claim, t.key, a.id, b.claim, o.key, b.id, TRUE, FALSE,
    t.period IS NOT DISTINCT FROM o.period AND NOT a.is_soft AND NOT b.is_soft,
    CASE WHEN %(public)s THEN greatest(a.shown_at, b.shown_at) END
FROM linked
JOIN teams t ON t.key = linked.key
JOIN teams o ON o.key = linked.other AND o.is_prospective = t.is_prospective
    AND (o.period IS NOT DISTINCT FROM t.period OR (t.time = 'state' AND o.period && t.period))
CROSS JOIN {EACH.format(team="t", what="")} a {ROW}
CROSS JOIN {EACH.format(team="o", what="end_")} b {ROW}
WHERE a.claim <> b.claim AND (a.span << b.span OR a.span >> b.span)
"""  # noqa: S608 - constants only

# One step from these keys to those of the series and documents beside their subjects, as far as
# versions with such a key are compared.
LINKED = f"""
WITH RECURSIVE
present AS (
    SELECT DISTINCT v.subject_id, v.property_id, v.aspect_id, v.basis
    FROM claims_version v JOIN claims_property p ON p.id = v.property_id
    WHERE v.is_compared AND p.value_kind = 'presence' AND v.detection_key = ANY(%(keys)s)
),
starting AS (SELECT DISTINCT subject_id AS id FROM present),
{SURVIVING},
{BESIDE},
near AS (
    SELECT DISTINCT
        {KEY.format(subject="o.key", property="p.key", aspect="t.key", basis="v.basis")} AS key
    FROM present v
    JOIN surviving ON surviving.start = v.subject_id
    JOIN beside ON beside.entity = surviving.id
    JOIN claims_entity o ON o.id = beside.other AND o.merged_into_id IS NULL
    JOIN claims_property p ON p.id = v.property_id
    LEFT JOIN claims_topic t ON t.id = v.aspect_id
)
SELECT key FROM near WHERE EXISTS (
    SELECT FROM claims_version v WHERE v.is_compared AND v.detection_key = near.key
)
"""  # noqa: S608 - constants only

# A claim at odds with itself: a compared version with supporting and with refuting evidence.
STANCES = """
SELECT v.claim_id, v.id, CASE WHEN %(public)s THEN lower(v.published) END
FROM claims_version v
WHERE v.is_compared
    AND (%(claims)s::bigint[] IS NULL OR v.claim_id = ANY(%(claims)s))
    AND (NOT %(public)s OR v.published @> %(at)s)
    AND EXISTS (SELECT FROM claims_evidence e WHERE e.version_id = v.id AND e.stance = 'refutes')
    AND EXISTS (SELECT FROM claims_evidence e WHERE e.version_id = v.id AND e.stance = 'supports')
ORDER BY v.claim_id, v.id
"""


def disagreements(
    keys: Collection[str] | None, *, at: datetime, public: bool = False
) -> list[Edge]:
    """Enough disagreements to know every set under these keys, its kind and its strength.

    None asks for all keys. `public` compares only what readers see at that time.
    """
    rows = _rows(EDGES, keys=None if keys is None else sorted(keys), public=public, at=at)
    found = []
    for claim, key, version, other, other_key, other_version, *what, since in rows:
        presence, opposite, hard = what
        found.append(
            Edge(
                one=Side((claim, key), version),
                other=Side((other, other_key), other_version),
                what=_what(is_presence=presence, is_opposite=opposite, is_hard=hard),
                since=since,
            )
        )
    return found


def stances(
    claims: Collection[int] | None, *, at: datetime, public: bool = False
) -> list[FoundSet]:
    """The claims among these (None: all) whose own evidence is divided; each is a set of one."""
    found: dict[int, list[tuple[int, datetime | None]]] = {}
    ids = None if claims is None else sorted(claims)
    for claim, version, since in _rows(STANCES, claims=ids, public=public, at=at):
        found.setdefault(claim, []).append((version, since))
    return [
        FoundSet(
            members={(claim, STANCE): frozenset(version for version, _since in versions)},
            kind=ConflictKind.STANCE,
            strength=Strength.CONTRADICTION,
            since=versions[0][1],
        )
        for claim, versions in found.items()
    ]


def linked_keys(keys: Collection[str]) -> set[str]:
    """The keys beside these under which a presence is looked for, one step away."""
    return {key for (key,) in _rows(LINKED, keys=sorted(keys))}


def _what(*, is_presence: bool, is_opposite: bool, is_hard: bool) -> Disagreement:
    kind = ConflictKind.DIRECTION if is_opposite else ConflictKind.VALUE
    return Disagreement(
        ConflictKind.PRESENCE if is_presence else kind,
        Strength.CONTRADICTION if is_hard else Strength.TENSION,
    )


def _rows(sql: str, **parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
