"""Reads of detection: the questions on which somebody may disagree, and who answers them.

Both are found on the index `compared_by_key`. The first says too much at times and never too
little; whether two versions disagree is the rule's to say, in
`claims.domain.conflicts.disagreement`. Texts that differ in their letters and periods that overlap
by their days are candidates, whatever the rule says of them.

A version with evidence of which none supports it (`counts_by_value`) is held against no other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from claims.domain.conflicts.disagreement import Compared, EntityPath
from claims.domain.conflicts.grouping import FoundSet
from claims.domain.conflicts.period_ends import period_ends
from claims.domain.conflicts.softness import is_soft
from claims.domain.values.whole_dates import whole_dates
from claims.querysets.compared import KEY, SURVIVING
from claims.vocabulary import ConflictKind, Mode, PropertyTime, Strength, ValueKind
from sources.domain.ranges import Range

if TYPE_CHECKING:
    from claims.models import Version

# What a claim answers that is at odds with what it rests on: the code of the conflict's kind.
KINDS_WITHIN_A_CLAIM = [kind.value for kind in ConflictKind if kind.is_within_a_claim]

# What is said as one range, whatever its kind; no range where it is a text or an entity, or a date
# that is all of its days.
SPAN = """
CASE WHEN amount IS NOT NULL THEN amount
    WHEN dates IS NOT NULL AND property_id NOT IN (
        SELECT id FROM claims_property WHERE date_extent = 'whole'
    ) THEN
        numrange(lower(dates) - DATE '2000-01-01', upper(dates) - DATE '2000-01-01')
    WHEN truth IS NOT NULL THEN numrange(truth::int, truth::int, '[]')
    ELSE 'empty'
END
"""

# Whether a period meets one of those before it, of rows in order of their periods.
MEETS = """
period IS NOT NULL
    AND coalesce(lower(period), '-infinity') < max(coalesce(upper(period), 'infinity')) OVER before
"""
BEFORE = "PARTITION BY key ORDER BY period ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"

# The questions on which somebody may disagree. Ranges of which each two meet all meet in one place,
# so that somebody disagrees at most where they have nothing in common, or where what is said is no
# range. A series of years has nothing in common either, so that two periods must meet as well (two
# that are null do): first over all answers, which is one pass over the index, then, on the few
# questions that remain, over the periods, since sources may agree on each year of a series.
CANDIDATE_KEYS = f"""
WITH said AS NOT MATERIALIZED (
    SELECT detection_key AS key, period_days AS period, property_id, {SPAN} AS span
    FROM claims_version WHERE is_compared AND counts_by_value
),
met AS (
    SELECT key, span, period IS NULL OR {MEETS} AS is_met FROM said WINDOW before AS ({BEFORE})
),
several AS MATERIALIZED (
    SELECT key FROM met
    GROUP BY key HAVING count(*) > 1 AND bool_or(is_met) AND isempty(range_intersect_agg(span))
),
periods AS (
    SELECT key, period, min(property_id) AS property_id,
        count(*) > 1 AND isempty(range_intersect_agg(span)) AS is_apart,
        range_intersect_agg(span) AS common
    FROM several JOIN said USING (key)
    GROUP BY key, period
),
meeting AS (
    SELECT *, {MEETS} AS is_met FROM periods WINDOW before AS ({BEFORE})
)
SELECT meeting.key FROM meeting JOIN claims_property p ON p.id = property_id
WHERE p.single_valued
GROUP BY meeting.key
HAVING bool_or(is_apart) OR (bool_or(is_met) AND isempty(range_intersect_agg(common)))
"""  # noqa: S608 - constants only

# The questions of these claims on which they disagree with anybody, may do (a presence beside its
# key, an entity that may be part of the other), or are known to have disagreed.
CANDIDATE_KEYS_OF = """
SELECT DISTINCT a.detection_key
FROM claims_version a JOIN claims_property p ON p.id = a.property_id
WHERE a.claim_id = ANY(%(claims)s) AND a.is_compared AND p.single_valued AND (
    p.value_kind = 'presence'
    OR a.claim_id IN (
        SELECT m.claim_id FROM claims_conflictmember m
        WHERE m.claim_id = ANY(%(claims)s) AND m.left_at IS NULL AND m.answers <> 'stance'
    )
    OR a.counts_by_value AND EXISTS (
        SELECT FROM claims_version b
        WHERE b.is_compared AND b.counts_by_value
            AND b.detection_key = a.detection_key AND b.claim_id <> a.claim_id
            AND (b.mode IN ('expected', 'planned')) = (a.mode IN ('expected', 'planned'))
            AND (
                b.amount << a.amount OR b.amount >> a.amount
                OR b.dates << a.dates OR b.dates >> a.dates
                OR (p.date_extent = 'whole' AND b.dates <> a.dates)
                OR b.truth <> a.truth OR b.value_text <> a.value_text
                OR b.value_entity_id <> a.value_entity_id
            )
            AND (
                b.period_days IS NOT DISTINCT FROM a.period_days
                OR (b.period_days && a.period_days AND (
                    p.time = 'state'
                    OR (a.amount << '[0,0]' AND b.amount >> '[0,0]')
                    OR (a.amount >> '[0,0]' AND b.amount << '[0,0]')
                ))
            )
    )
)
"""

COMPARED_ROWS = """
SELECT v.claim_id, v.id, v.detection_key, p.value_kind, p.time,
    v.truth, v.value_text, v.value_entity_id,
    v.amount IS NOT NULL, lower(v.amount), upper(v.amount),
    lower_inc(v.amount), upper_inc(v.amount),
    v.dates IS NOT NULL, lower(v.dates), upper(v.dates),
    CASE WHEN p.date_extent = 'whole' THEN v.value END,
    v.period_days IS NOT NULL, lower(v.period_days), upper(v.period_days), v.period,
    v.mode, v.approximate,
    EXISTS (SELECT FROM claims_asserter a WHERE a.version_id = v.id),
    CASE WHEN v.published @> %(at)s THEN lower(v.published) END
FROM claims_version v JOIN claims_property p ON p.id = v.property_id
WHERE p.single_valued AND v.counts_by_value AND {which}
"""

ANSWERS_ON_KEYS = COMPARED_ROWS.format(which="v.is_compared AND v.detection_key = ANY(%(keys)s)")
ANSWERS_OF_VERSIONS = COMPARED_ROWS.format(which="v.id = ANY(%(versions)s)")

# The keys from the whole down to each entity, over mergers. In a circle nobody survives.
PATHS = """
WITH RECURSIVE climb (start, id, path, seen) AS (
    SELECT id, id, ARRAY[]::text[] COLLATE "C", ARRAY[id] FROM unnest(%(entities)s::bigint[]) AS id
    UNION ALL
    SELECT c.start, coalesce(e.merged_into_id, e.part_of_id),
        CASE WHEN e.merged_into_id IS NULL THEN e.key || c.path ELSE c.path END,
        c.seen || coalesce(e.merged_into_id, e.part_of_id)
    FROM climb c JOIN claims_entity e ON e.id = c.id
    WHERE coalesce(coalesce(e.merged_into_id, e.part_of_id) <> ALL (c.seen), TRUE)
)
SELECT start, path FROM climb WHERE id IS NULL
"""

# One step from the keys of presences to those of the series and documents beside their subjects, as
# far as versions with such a key are compared: `present` on a series means in every document,
# `absent` in none.
LINKED = f"""
WITH RECURSIVE
present AS ({{present}}),
starting AS (SELECT DISTINCT subject_id AS id FROM present),
{SURVIVING},
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
),
near AS (
    SELECT DISTINCT v.key, v.truth,
        {KEY.format(subject="o.key", property="p.key", aspect="t.key", basis="v.basis")} AS other
    FROM present v
    JOIN surviving ON surviving.start = v.subject_id
    JOIN beside ON beside.entity = surviving.id
    JOIN claims_entity o ON o.id = beside.other AND o.merged_into_id IS NULL
    JOIN claims_property p ON p.id = v.property_id
    LEFT JOIN claims_topic t ON t.id = v.aspect_id
)
SELECT DISTINCT key, other FROM near WHERE EXISTS (
    SELECT FROM claims_version v
    WHERE v.is_compared AND v.counts_by_value
        AND v.detection_key = near.other AND v.truth IS DISTINCT FROM near.truth
)
"""  # noqa: S608 - constants only
PRESENT = """
    SELECT DISTINCT v.detection_key AS key, v.subject_id, v.property_id, v.aspect_id, v.basis,
        {truth} AS truth
    FROM claims_version v JOIN claims_property p ON p.id = v.property_id
    WHERE v.is_compared AND v.counts_by_value AND p.value_kind = 'presence' AND p.single_valued
        AND {which}
"""
LINKED_TO_SOME = LINKED.format(
    present=PRESENT.format(truth="NULL::boolean", which="v.detection_key = ANY(%(keys)s)")
)
LINKED_AND_DIFFERENT = LINKED.format(present=PRESENT.format(truth="v.truth", which="TRUE"))
# The same of one presence that is not compared yet.
LINKED_TO_DRAFT = LINKED.format(
    present="""
    SELECT %(key)s::text AS key, %(subject)s::bigint AS subject_id,
        %(property)s::bigint AS property_id, %(aspect)s::bigint AS aspect_id,
        %(basis)s::text AS basis, NULL::boolean AS truth
"""
)

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

# A compared version whose absence the last search contradicts.
ABSENCES = """
SELECT v.claim_id, v.id, CASE WHEN %(public)s THEN greatest(lower(v.published), last.run_at) END
FROM claims_version v
JOIN claims_absencescope s ON s.version_id = v.id
CROSS JOIN LATERAL (
    SELECT r.outcome, r.run_at FROM claims_absencerun r
    WHERE r.scope_id = s.id ORDER BY r.id DESC LIMIT 1
) last
WHERE v.is_compared AND last.outcome = 'contradicted'
    AND (%(claims)s::bigint[] IS NULL OR v.claim_id = ANY(%(claims)s))
    AND (NOT %(public)s OR v.published @> %(at)s)
ORDER BY v.claim_id, v.id
"""


class ComparedRow(NamedTuple):
    """A compared version as it is read; ranges come apart, since that is how they come fast."""

    claim: int
    version: int
    key: str
    kind: str
    time: str
    truth: bool | None
    text: str | None
    entity: int | None
    has_amount: bool
    least: Decimal | None
    most: Decimal | None
    holds_least: bool
    holds_most: bool
    has_dates: bool
    first: date | None
    end: date | None
    whole: str | None
    has_period: bool
    begins: date | None
    ends: date | None
    period: str
    mode: str
    approximate: bool
    is_attributed: bool
    shown_at: datetime | None

    def value(self, paths: dict[int, tuple[str, ...]]) -> Any:
        """The value, as the rule takes it."""
        if self.has_amount:
            return Range(self.least, self.most, self.holds_least, self.holds_most)
        if self.whole is not None:
            return whole_dates(self.whole)
        if self.has_dates:
            return range_of_days(self.first, self.end)
        if self.entity is not None:
            return EntityPath(paths[self.entity])
        return self.text if self.truth is None else self.truth


def candidate_keys() -> set[str]:
    """The keys on which somebody may disagree, of all; on no other does anybody."""
    alone = {key for (key,) in _rows(CANDIDATE_KEYS)}
    return alone | {key for pair in _rows(LINKED_AND_DIFFERENT) for key in pair}


def candidate_keys_of(claims: Collection[int]) -> set[str]:
    """The keys of these claims on which they may disagree with anybody, or did when last seen."""
    return {key for (key,) in _rows(CANDIDATE_KEYS_OF, claims=sorted(claims))}


def compared_rows(keys: Collection[str], *, at: datetime) -> list[Compared]:
    """The compared versions under these keys, of properties with one value at a time.

    `shown_at` is when readers first saw those that they see at that time.
    """
    return _as_compared(_rows(ANSWERS_ON_KEYS, keys=sorted(keys), at=at))


def compared_rows_of(versions: Collection[int], *, at: datetime) -> list[Compared]:
    """The same of these versions, whether they are compared or not."""
    if not versions:
        return []
    return _as_compared(_rows(ANSWERS_OF_VERSIONS, versions=sorted(versions), at=at))


def _as_compared(found: Iterable[tuple[Any, ...]]) -> list[Compared]:
    """Rows of ANSWERS as the rule of disagreements sees them."""
    rows = [ComparedRow(*row) for row in found]
    entities = {row.entity for row in rows if row.entity is not None}
    paths = {
        entity: tuple(path)
        for entity, path in (_rows(PATHS, entities=sorted(entities)) if entities else ())
    }
    linked = neighbouring_keys({row.key for row in rows if row.kind == ValueKind.PRESENCE})
    kinds = {kind.value: kind for kind in ValueKind}
    times = {time.value: time for time in PropertyTime}
    prospective = {mode.value for mode in Mode if mode.is_prospective}
    return [
        Compared(
            claim=row.claim,
            version=row.version,
            key=row.key,
            kind=kinds[row.kind],
            time=times[row.time],
            value=row.value(paths),
            is_prospective=row.mode in prospective,
            is_soft=is_soft(
                mode=row.mode,
                is_attributed=row.is_attributed,
                approximate=row.approximate,
                period=row.period,
            ),
            period=range_of_days(row.begins, row.ends) if row.has_period else None,
            ends=period_ends(row.period),
            linked=linked.get(row.key, frozenset()),
            shown_at=row.shown_at,
        )
        for row in rows
    ]


def range_of_days(first: date | None, end: date | None) -> Range[date]:
    """A range of days as PostgreSQL keeps it."""
    return Range(first, end, first is not None, upper_closed=False)


def neighbouring_keys(keys: Collection[str]) -> dict[str, frozenset[str]]:
    """The keys beside each of these under which a presence is looked for, one step away."""
    found = defaultdict(set)
    for key, other in _rows(LINKED_TO_SOME, keys=sorted(keys)) if keys else ():
        found[key].add(other)
    return {key: frozenset(others) for key, others in found.items()}


def neighbouring_keys_of(version: "Version") -> frozenset[str]:
    """The keys beside that of a presence, which need not be in the database, one step away."""
    key = version.detection_key
    rows = _rows(
        LINKED_TO_DRAFT,
        key=key,
        subject=version.subject_id,
        property=version.property_id,
        aspect=version.aspect_id,
        basis=version.basis,
    )
    return frozenset(other for _key, other in rows)


def conflicts_within_claims(
    claims: Collection[int] | None, *, at: datetime, public: bool = False
) -> list[FoundSet]:
    """The claims among these (None: all) whose own evidence is divided, or whose absence has a hit.

    Each is a set of one.
    """
    found: dict[tuple[ConflictKind, int], list[tuple[int, datetime | None]]] = {}
    ids = None if claims is None else sorted(claims)
    for kind, sql in ((ConflictKind.STANCE, STANCES), (ConflictKind.ABSENCE, ABSENCES)):
        for claim, version, since in _rows(sql, claims=ids, public=public, at=at):
            found.setdefault((kind, claim), []).append((version, since))
    return [
        FoundSet(
            members={(claim, kind.value): frozenset(version for version, _since in versions)},
            kind=kind,
            strength=Strength.CONTRADICTION,
            since=versions[0][1],
        )
        for (kind, claim), versions in found.items()
    ]


def _rows(sql: str, **parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
