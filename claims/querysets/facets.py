"""Counts of claims by their values, for any filtered set of versions: one statement each.

What the reader may not know counts as a value that is not known: an entity that stands for a
confidential source, such a source itself, its type and its publisher.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from claims.querysets.compared import SURVIVING
from claims.querysets.conflicts import LIVE
from claims.querysets.versions import VersionQuerySet
from sources.querysets.public_sources import is_allowed
from sources.querysets.readers import is_staff

# SQL and the values of its %s.
Statement = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Dimension:
    """Something by which claims are counted.

    `values` is SQL for the rows of version, code and label; a version without a row there has no
    known value. It reads the CTEs `shown` (the versions, with their claims), `allowed` (the sources
    that the reader may know), `named` (surviving entities under the ids of those merged into them)
    and `conflicts` (version, kind, strength and status of the conflicts that it is party to).
    `filters` are the parameters that narrow by it. With `has_several`, a claim can count in more
    than one value.
    """

    values: str
    filters: tuple[str, ...]
    has_several: bool = False


@dataclass(frozen=True)
class Cell:
    """The number of claims that have certain values: codes with labels, None where not known.

    The label is None of codes of a vocabulary, which has it.
    """

    codes: tuple[str | None, ...]
    labels: tuple[str | None, ...]
    claims: int


@dataclass(frozen=True)
class CellCounts:
    """The cells with most claims, the fullest first, out of all claims.

    Further cells are counted: how many there are, and how many claims have a value there.
    """

    claims: int
    cells: tuple[Cell, ...]
    other_cells: int
    other_claims: int


def _column(expression: str) -> str:
    """The rows of a column of the version; an empty text is no value."""
    return (
        f"SELECT v.id, nullif(({expression})::text, ''), NULL "  # noqa: S608 - text of this module
        "FROM shown JOIN claims_version v USING (id)"
    )


def _reference(column: str, table: str, label: str) -> str:
    """The rows of a column of the version that points to a row with a key."""
    return (
        f"SELECT v.id, r.key, r.{label} FROM shown "  # noqa: S608 - text of this module
        f"JOIN claims_version v USING (id) JOIN {table} r ON r.id = v.{column}"
    )


def _entity(column: str) -> str:
    """The rows of a column of the version that points to an entity."""
    return (
        "SELECT v.id, e.key, e.label FROM shown "  # noqa: S608 - text of this module
        f"JOIN claims_version v USING (id) JOIN named e ON e.start = v.{column}"
    )


def _of_any_quote(code: str, label: str = "NULL", *, also: str = "") -> str:
    """The rows of something of the quotes of a version, or of their sources."""
    return (
        f"SELECT v.version_id, nullif({code}, ''), {label} FROM shown "  # noqa: S608 - as above
        "JOIN claims_evidence v ON v.version_id = shown.id "
        "JOIN sources_excerpt x ON x.id = v.excerpt_id "
        f"JOIN sources_source s ON s.id = x.source_id {also}"
    )


def _quoted(code: str, label: str = "NULL", *, also: str = "") -> str:
    """The rows of something of the sources that a version quotes, as far as they may be known."""
    return _of_any_quote(code, label, also=f"JOIN allowed ON allowed.id = s.id {also}")


def _conflict(column: str) -> str:
    return f"SELECT version_id, {column}, NULL FROM conflicts"  # noqa: S608 - as above


def _year(moment: str) -> str:
    return _column(f"extract(year FROM {moment})::int")


DIMENSIONS: Mapping[str, Dimension] = {
    "topic": Dimension(
        "SELECT shown.id, t.key, t.name FROM shown "
        "JOIN claims_claimtopic tie ON tie.claim_id = shown.claim_id "
        "JOIN claims_topic t ON t.id = tie.topic_id",
        ("topic",),
        has_several=True,
    ),
    "property": Dimension(_reference("property_id", "claims_property", "label"), ("property",)),
    "aspect": Dimension(_reference("aspect_id", "claims_topic", "name"), ("aspect",)),
    "basis": Dimension(_column("v.basis"), ("basis",)),
    "subject": Dimension(_entity("subject_id"), ("subject",)),
    "value_entity": Dimension(_entity("value_entity_id"), ("value_entity",)),
    "asserter": Dimension(
        "SELECT a.version_id, e.key, e.label FROM shown "
        "JOIN claims_asserter a ON a.version_id = shown.id JOIN named e ON e.start = a.entity_id",
        ("asserter",),
        has_several=True,
    ),
    "mode": Dimension(_column("v.mode"), ("mode",)),
    "status": Dimension(
        "SELECT v.id, CASE WHEN c.retracted_at IS NOT NULL THEN 'retracted' "
        "WHEN v.published @> asked.at THEN 'published' ELSE v.status END, NULL "
        "FROM asked, shown JOIN claims_version v USING (id) "
        "JOIN claims_claim c ON c.id = v.claim_id",
        ("status",),
    ),
    "language": Dimension(_column("v.language"), ("language",)),
    "degree": Dimension(_column("v.degree"), ("degree",)),
    "period_year": Dimension(_year("lower(v.period_days)"), ("period",)),
    "recorded_year": Dimension(_year("v.recorded_at AT TIME ZONE 'UTC'"), ("recorded_since",)),
    "published_year": Dimension(
        _year("lower(v.published) AT TIME ZONE 'UTC'"), ("published_since",)
    ),
    "source": Dimension(_quoted("s.key", "s.title"), ("source",), has_several=True),
    "source_type": Dimension(_quoted("s.type"), ("source_type",), has_several=True),
    "publisher": Dimension(
        _quoted("p.name", "p.name", also="JOIN sources_publisher p ON p.id = s.publisher_id"),
        ("publisher",),
        has_several=True,
    ),
    # These two are told of confidential sources too.
    "standing": Dimension(_of_any_quote("s.standing"), ("standing",), has_several=True),
    "grade": Dimension(_of_any_quote("x.grade"), ("grade",), has_several=True),
    "disputed": Dimension(
        "SELECT shown.id, CASE WHEN shown.id IN (SELECT id FROM disputed) "
        "THEN 'true' ELSE 'false' END, NULL FROM shown",
        ("disputed",),
    ),
    "conflict_kind": Dimension(_conflict("kind"), ("conflict_kind",), has_several=True),
    "conflict_strength": Dimension(_conflict("strength"), ("conflict_strength",), has_several=True),
    "conflict_status": Dimension(_conflict("status"), ("conflict_status",), has_several=True),
}

# The label of a code is the same in all rows. The cell without a known value has no place among
# the fullest where only one dimension is asked for, and is given besides them.
COUNTS = """
WITH RECURSIVE
asked (at, most) AS (SELECT %s::timestamptz, %s::bigint),
shown (id, claim_id) AS MATERIALIZED ({shown}),
allowed (id) AS ({allowed}),
starting AS (
    SELECT id FROM claims_entity WHERE merged_into_id IS NOT NULL
),
{surviving},
named (start, key, label) AS (
    SELECT e.id, last.key, last.label
    FROM claims_entity e
    LEFT JOIN surviving ON surviving.start = e.id
    JOIN claims_entity last ON last.id = coalesce(surviving.id, e.id)
    WHERE last.source_id IS NULL OR last.source_id IN (SELECT id FROM allowed)
),
disputed (id) AS ({disputed}),
conflicts (version_id, kind, strength, status) AS ({conflicts}),
one (id, code, label) AS (SELECT DISTINCT * FROM ({one}) AS rows (id, code, label)),
two (id, code, label) AS (SELECT DISTINCT * FROM ({two}) AS rows (id, code, label)),
valued AS (
    SELECT shown.id, coalesce(one.code, '') COLLATE "C" AS one, one.label AS one_label,
        coalesce(two.code, '') COLLATE "C" AS two, two.label AS two_label
    FROM shown LEFT JOIN one USING (id) LEFT JOIN two USING (id)
),
cells AS (
    SELECT one, max(one_label) AS one_label, two, max(two_label) AS two_label, count(*) AS claims,
        row_number() OVER (ORDER BY {last}count(*) DESC, one, two) AS place
    FROM valued GROUP BY one, two
)
SELECT nullif(one, ''), one_label, nullif(two, ''), two_label, cells.claims,
    (SELECT count(*) FROM shown),
    (SELECT count(*) FROM cells, asked WHERE {is_other}),
    (SELECT count(DISTINCT id) FROM valued JOIN cells USING (one, two), asked WHERE {is_other})
FROM cells, asked
WHERE NOT ({is_other})
ORDER BY place
"""
NOTHING = "SELECT NULL::bigint, NULL, NULL WHERE false"


def count_cells(
    versions: VersionQuerySet, dimensions: Sequence[str], *, reader: Any, at: datetime, most: int
) -> CellCounts:
    """Count the claims of these versions by one dimension, or by two at a time.

    `versions` is one version of each claim, as the reader sees them at that time. Of one dimension,
    claims without a known value are counted besides the `most` fullest cells, and come last.
    """
    shown = _statement(versions.order_by().values_list("pk", "claim_id"))
    if shown is None:
        return CellCounts(0, (), 0, 0)
    parts = {
        "shown": shown,
        "allowed": _allowed(versions, reader),
        "disputed": _disputed(versions, reader, at),
        "conflicts": _conflicts(versions, reader, at),
    }
    one, two = (*(DIMENSIONS[name].values for name in dimensions), NOTHING)[:2]
    is_single = len(dimensions) == 1
    sql = COUNTS.format(
        **{name: statement for name, (statement, _values) in parts.items()},
        surviving=SURVIVING,
        one=one,
        two=two,
        last="one = '', " if is_single else "",
        is_other="place > most AND one <> ''" if is_single else "place > most",
    )
    values = [at, most, *(value for _sql, values in parts.values() for value in values)]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    return _read(rows, len(dimensions))


def _read(rows: Sequence[tuple[Any, ...]], dimensions: int) -> CellCounts:
    if not rows:
        return CellCounts(0, (), 0, 0)
    *_cell, claims, other_cells, other_claims = rows[0]
    cells = tuple(
        Cell((one, two)[:dimensions], (one_label, two_label)[:dimensions], count)
        for one, one_label, two, two_label, count, *_rest in rows
    )
    return CellCounts(claims, cells, other_cells, other_claims)


def _statement(rows: Any) -> Statement | None:
    """The SQL of a QuerySet; None of one that can have no rows."""
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, tuple(values)


def _allowed(versions: VersionQuerySet, reader: Any) -> Statement:
    """The sources that the reader may know where they come by what the reader reads."""
    sources = _related(versions.model, "evidence", "excerpt", "source")
    found = _statement(sources.objects.filter(is_allowed(sources, reader)).values_list("pk"))
    return found or (NOTHING, ())


def _disputed(versions: VersionQuerySet, reader: Any, at: datetime) -> Statement:
    found = _statement(versions.model.objects.disputed(reader, at).values_list("pk"))
    return found or (NOTHING, ())


def _conflicts(versions: VersionQuerySet, reader: Any, at: datetime) -> Statement:
    """The live conflicts of versions, as far as the reader may know; of staff, of their claims."""
    columns = ("conflict__kind", "conflict__strength", "conflict__status")
    if is_staff(reader):
        members = _related(versions.model, "claim", "conflict_memberships").objects.open()
        found = members.filter(conflict__status__in=LIVE, claim__versions__is_newest=True)
        return _statement(found.values_list("claim__versions", *columns)) or (NOTHING, ())
    members = _related(versions.model, "public_memberships").objects.open(at)
    found = members.filter(conflict__status__in=LIVE)
    return _statement(found.values_list("version", *columns)) or (NOTHING, ())


def _related(model: Any, *path: str) -> Any:
    """The model at the end of a path of relation names."""
    for name in path:
        model = model._meta.get_field(name).related_model
    return model
