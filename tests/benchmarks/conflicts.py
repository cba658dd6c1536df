"""Conflicts: finding them among many compared claims, and on one question with many claims.

The base grows from one size of the scale to the next.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, connections, transaction
from django.db.utils import OperationalError

from claims.actions.conflicts import detection
from claims.domain.conflicts.grouping import join
from claims.domain.conflicts.pairs import find_edges
from claims.models import Claim, Conflict, Version
from claims.querysets.compared import KEY
from claims.querysets.disagreements import candidate_keys, candidate_keys_of, compared_rows
from tests import factories as make
from tests.benchmarks.measuring import Measured, least
from tests.benchmarks.scale import Scale, own_database

NOW = make.TODAY + timedelta(days=1)
PATIENCE = 60  # seconds that the plain self-join is waited for
YARDSTICK = "plain self-join"

# What is drawn of a version; all else is as in one that was entered.
DRAWN = {
    "claim_id": "c.id",
    "recorded_in": "txid_current()",
    "basis": "drawn.basis",
    "value": "drawn.value::text",
    "amount": "numrange(drawn.value - 0.5, drawn.value + 0.5)",
    "period_days": "drawn.period",
    "detection_key": KEY.format(
        subject="'thing'", property="'share'", aspect="''", basis="drawn.basis"
    ),
}
COLUMNS = [
    str(field.column)
    for field in Version._meta.local_concrete_fields
    if not field.primary_key and not field.generated
]

# Claims with one submitted version each, of the share `value` over `period`, on a basis: written as
# rows, all triggers included.
FILL = f"""
WITH drawn AS MATERIALIZED ({{rows}}),
claims AS (
    INSERT INTO claims_claim (uuid, namespace, external_id, created_at, created_by_id)
    SELECT gen_random_uuid(), %(world)s, n::text, like_it.recorded_at, like_it.author_id
    FROM drawn, claims_version like_it WHERE like_it.id = %(like)s
    RETURNING id, external_id
)
INSERT INTO claims_version ({", ".join(COLUMNS)})
SELECT {", ".join(DRAWN.get(column, f"like_it.{column}") for column in COLUMNS)}
FROM drawn JOIN claims c ON c.external_id = drawn.n::text, claims_version like_it
WHERE like_it.id = %(like)s
"""

# Of every ten claims two stand alone, three agree on one year (in every twentieth such group one
# disagrees, so that 1.5 in a hundred are in conflict), five are a series of years.
MANY = """
SELECT n, n / 10 || CASE
        WHEN n %% 10 < 2 THEN ' alone ' || n %% 10 WHEN n %% 10 < 5 THEN ' group' ELSE ' series'
    END AS basis,
    CASE WHEN n %% 10 = 4 AND n / 10 %% 20 = 0 THEN 75 WHEN n %% 10 < 5 THEN 100 ELSE n %% 10 END
        AS value,
    CASE WHEN n %% 10 < 5 THEN daterange('2024-01-01', '2025-01-01')
        ELSE daterange(make_date(2015 + n %% 10, 1, 1), make_date(2016 + n %% 10, 1, 1))
    END AS period
FROM generate_series({first}, {last}) AS n
"""

# Polls on one question: of every three two say 40 and the third something of its own.
POLLS = """
SELECT n, {world}::text AS basis,
    CASE WHEN n %% 3 < 2 THEN 40 ELSE 30 + n %% 20 END AS value,
    daterange(DATE '2000-01-01' + n %% {periods}, DATE '2000-01-01' + n %% {periods} + {periods})
        AS period
FROM generate_series(1, {crowd}) AS n
"""

# Each two claims with one key whose periods meet and whose values lie apart, as one would ask it.
SELF_JOIN = """
SELECT count(*)
FROM claims_version a
JOIN claims_version b ON b.detection_key = a.detection_key AND b.claim_id > a.claim_id
    AND (b.period_days && a.period_days) AND (b.amount << a.amount OR b.amount >> a.amount)
WHERE a.is_compared AND b.is_compared AND {which}
"""


@dataclass(frozen=True)
class Desk:
    """Where claims are written that are like one."""

    like: Version

    def fill(self, world: str, rows: str) -> None:
        """Write these claims."""
        with connections["owner"].cursor() as cursor:
            cursor.execute(FILL.format(rows=rows), {"world": world, "like": self.like.pk})

    def settle(self) -> None:
        """Have the index read alone, and plans that fit."""
        with connections["owner"].cursor() as cursor:
            cursor.execute("VACUUM ANALYZE claims_version")

    def one(self, basis: str, value: int) -> int:
        """One more claim, of 2024, that says this value; its number."""
        self.fill(
            f"one more than {Claim.objects.count()}",
            f"SELECT 1 AS n, '{basis}' AS basis, {value} AS value, "
            "daterange('2024-01-01', '2025-01-01') AS period",
        )
        return Claim.objects.latest("pk").pk


def measure(scale: Scale) -> Iterator[Measured]:
    """Each figure of the section."""
    with own_database():
        make.entity("thing")
        make.number_property("share")
        entered = make.submitted(subject="thing", property="share", value="100", basis="of one")
        desk = Desk(Version.objects.get(pk=entered.pk))
        first = 0
        for name, size in scale.sizes.items():
            desk.fill("many", MANY.format(first=first, last=size - 1))
            first = size
            desk.settle()
            yield from among(desk, name)
        crowd = scale.crowd
        for name, periods in (("one period", 1), (f"{crowd // 2:,} overlapping ones", crowd // 2)):
            desk.fill(name, POLLS.format(world=periods, periods=periods, crowd=crowd))
            desk.settle()
            yield from on_one_question(desk, str(periods), f"{crowd:,} on one key with {name}")


def among(desk: Desk, size: str) -> Iterator[Measured]:
    """One new claim among so many, and all of them."""
    new = {"agrees": desk.one("0 alone 0", 100), "disagrees": desk.one("10 group", 75)}
    for what, claim in new.items():
        plain = self_join(f"a.detection_key = '{key_of(claim)}'")
        seconds = least(lambda claim=claim: of_one(claim), runs=50)  # type: ignore[misc] # bound
        yield Measured(f"one new that {what}, among {size}", seconds, YARDSTICK, plain, 0.002)
    plain = self_join("TRUE")
    yield Measured(f"all of {size}", least(of_all, runs=3), YARDSTICK, plain, 2.0)
    yield Measured(f"all of {size}, recorded", recorded(), YARDSTICK, plain, None)


def on_one_question(desk: Desk, basis: str, name: str) -> Iterator[Measured]:
    """One new claim on a question that many answer, and all of them."""
    claim = desk.one(basis, 40)
    key = key_of(claim)
    plain = self_join(f"a.claim_id = {claim}", "<>")
    yield Measured(
        f"one new: {name}", least(lambda: candidate_keys_of([claim])), YARDSTICK, plain, 0.050
    )
    plain = self_join(f"a.detection_key = '{key}'")
    seconds = least(lambda: join(find_edges(compared_rows([key], at=NOW))), runs=3)
    yield Measured(f"all: {name}", seconds, YARDSTICK, plain, 2.0)


def of_one(claim: int) -> object:
    """The conflicts of one claim: none, or the sets on its question."""
    return (
        join(find_edges(compared_rows(keys, at=NOW)))
        if (keys := candidate_keys_of([claim]))
        else None
    )


def of_all() -> object:
    """All sets there are."""
    return join(find_edges(compared_rows(candidate_keys(), at=NOW)))


def recorded() -> float:
    """Finding all and writing them down, undone."""

    def perform() -> None:
        with transaction.atomic():
            detection.detect_all(at=NOW)
            assert Conflict.objects.exists()
            transaction.set_rollback(True)

    return least(perform, runs=1)


def key_of(claim: int) -> Any:
    """The question that a claim answers."""
    return Version.objects.get(claim=claim).detection_key


def self_join(which: str, other: str = ">") -> float:
    """The seconds that the plain self-join takes, or those after which it was given up."""

    def perform() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}s'")
            cursor.execute(SELF_JOIN.format(which=which).replace("claim_id >", f"claim_id {other}"))

    try:
        return least(perform, runs=1)
    except OperationalError:
        return PATIENCE
