"""The API's answers over 10,000 claims: digests on record, and lists against SQL of their own.

`GOLDEN=write pytest -n 0 -m long tests/golden/test_filled_base.py` writes the digests anew; say in
the commit which change of the golden answers they follow.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests import databases
from tests.benchmarks.base.catalogue import COMMON_TOPIC, RARE_TOPIC
from tests.benchmarks.base.fill import Filled, fill
from tests.golden import answers
from tests.golden.clock import stopped

pytestmark = pytest.mark.long

DIGESTS = Path(__file__).with_name("digests.json")
SIZE = 10_000
READ_AT = datetime(2030, 1, 1, 12, tzinfo=UTC)
READERS = ("public", "staff")
PAGE = 100

LISTS = (
    *("claims/", "claims/?topic=t-common", "claims/?topic=t-rare", "claims/?status=retracted"),
    *("claims/?disputed=true", "claims/?property=mentions", "claims/?period=2024"),
    *("claims/?entity=e7", "conflicts/", "conflicts/?status=resolved", "conflicts/?kind=absence"),
    *("sources/", "excerpts/", "annotations/", "entities/", "topics/", "series/"),
)
# One claim of each hundred.
CLAIMS = [
    f"claims/C{number}/{part}" for number in range(1, SIZE, 100) for part in ("", "versions/")
]


@pytest.fixture(scope="module")
def filled(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Filled]:
    """Both aliases mean a filled base, at a time between its publications and those to come."""
    with (
        django_db_blocker.unblock(),
        databases.cloned(django_db_setup),
        stopped(READ_AT),
    ):
        yield fill(SIZE)


def client_of(reader: str, filled: Filled) -> Client:
    """The browser of the base's account of staff, or of the public."""
    cache.clear()
    client = Client()
    if reader == "staff":
        client.force_login(filled.staff)
    return client


@pytest.mark.parametrize("reader", READERS)
def test_answers_are_those_whose_digests_are_on_record(filled: Filled, reader: str) -> None:
    client = client_of(reader, filled)
    told = {path: digest(client, path) for path in (*LISTS, *CLAIMS)}

    on_record = json.loads(DIGESTS.read_text()) if DIGESTS.exists() else {}
    if os.environ.get("GOLDEN") == "write":
        assert not os.environ.get("CI"), "Golden answers are written by a person, not in CI."
        on_record[reader] = told
        DIGESTS.write_text(answers.written(on_record) + "\n")
    difference = answers.first_difference(on_record[reader], told)
    assert difference is None, f"{reader}{difference}"


def digest(client: Client, path: str) -> str:
    """The status of an answer, and the beginning of the SHA-256 of its body."""
    cache.clear()  # nobody is throttled
    response = client.get(f"{answers.ROOT}{path}")
    return f"{response.status_code} {hashlib.sha256(response.content).hexdigest()[:16]}"


# The versions that a reader sees, with the claim; %(at)s is the time of reading.
SEEN = {
    "public": "SELECT v.* FROM claims_version v WHERE v.published @> %(at)s::timestamptz",
    "staff": """SELECT v.* FROM claims_version v WHERE v.number = (
        SELECT max(o.number) FROM claims_version o WHERE o.claim_id = v.claim_id)""",
}
# Retracted claims are in a list only where a status asks for them.
NOT_RETRACTED = """EXISTS (
    SELECT FROM claims_claim c WHERE c.id = v.claim_id AND c.retracted_at IS NULL)"""
# The conflicts that dispute a claim for a reader.
DISPUTING = {
    "public": """EXISTS (
        SELECT FROM claims_publicconflictmember m
        JOIN claims_publicconflict k ON k.id = m.conflict_id
        WHERE m.version_id = v.id AND m.left_at IS NULL
            AND k.status IN ('open', 'confirmed', 'irreducible')
            AND (k.kind IN ('stance', 'absence') OR EXISTS (
                SELECT FROM claims_publicconflictmember o
                JOIN claims_version w ON w.id = o.version_id
                WHERE o.conflict_id = k.id AND o.id <> m.id AND o.left_at IS NULL
                    AND w.published @> %(at)s::timestamptz)))""",
    "staff": """EXISTS (
        SELECT FROM claims_conflictmember m JOIN claims_conflict k ON k.id = m.conflict_id
        WHERE m.claim_id = v.claim_id AND m.left_at IS NULL
            AND k.status IN ('open', 'confirmed', 'irreducible'))""",
}
# Filters of the list of claims, each with what it says in SQL.
FILTERED: dict[str, tuple[dict[str, str], str]] = {
    "all": ({}, "TRUE"),
    "common topic": (
        {"topic": COMMON_TOPIC},
        f"""EXISTS (
        SELECT FROM claims_claimtopic f JOIN claims_topic t ON t.id = f.topic_id
        WHERE f.claim_id = v.claim_id AND t.key = '{COMMON_TOPIC}')""",
    ),
    "rare topic": (
        {"topic": RARE_TOPIC},
        f"""EXISTS (
        SELECT FROM claims_claimtopic f JOIN claims_topic t ON t.id = f.topic_id
        WHERE f.claim_id = v.claim_id AND t.key = '{RARE_TOPIC}')""",
    ),
    "property": (
        {"property": "share"},
        """v.property_id = (
        SELECT id FROM claims_property WHERE key = 'share')""",
    ),
    "source": (
        {"source": "{source}"},
        """EXISTS (
        SELECT FROM claims_evidence e JOIN sources_excerpt q ON q.id = e.excerpt_id
        JOIN sources_source s ON s.id = q.source_id
        WHERE e.version_id = v.id AND s.key = %(source)s)""",
    ),
    "period": ({"period": "2024-03"}, """v.period_days && '[2024-03-01,2024-04-01)'::daterange"""),
    "retracted": (
        {"status": "retracted"},
        """EXISTS (
        SELECT FROM claims_claim c WHERE c.id = v.claim_id AND c.retracted_at IS NOT NULL)""",
    ),
    "disputed": ({"disputed": "true"}, "{disputing}"),
    "not disputed": ({"disputed": "false"}, "NOT {disputing}"),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", FILTERED)
def test_a_list_has_the_claims_that_sql_of_its_own_finds(
    filled: Filled, reader: str, name: str
) -> None:
    parameters, condition = FILTERED[name]
    values: dict[str, Any] = {"at": READ_AT, "source": quoted_source()}
    parameters = {key: value.format(**values) for key, value in parameters.items()}
    condition = condition.format(disputing=DISPUTING[reader])
    if "status" not in parameters:
        condition = f"{condition} AND {NOT_RETRACTED}"

    listed = list(walk(client_of(reader, filled), "claims/", parameters))

    assert listed == numbers(f"{SEEN[reader]} AND {condition} ORDER BY v.claim_id DESC", values)
    assert listed


def walk(client: Client, path: str, parameters: dict[str, str]) -> Iterator[int]:
    """Yield the numbers of the claims on all pages of a list."""
    address: str | None = f"{answers.ROOT}{path}?{urlencode({**parameters, 'limit': PAGE})}"
    while address:
        cache.clear()  # nobody is throttled
        page = client.get(address).json()
        yield from (int(row["ref"].removeprefix("C")) for row in page["results"])
        address = page["next"]


def numbers(statement: str, values: dict[str, Any]) -> list[int]:
    """The numbers of the claims that a statement finds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT claim_id FROM ({statement}) found", values)
        return [number for (number,) in cursor.fetchall()]


def quoted_source() -> str:
    """The key of the public source on which most published claims rest, or the first of these."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.key FROM sources_source s JOIN sources_excerpt q ON q.source_id = s.id "
            "JOIN claims_evidence e ON e.excerpt_id = q.id JOIN claims_version v "
            "ON v.id = e.version_id WHERE s.access = 'public' "
            "AND v.published @> %s::timestamptz GROUP BY s.key ORDER BY count(*) DESC, s.key",
            [READ_AT],
        )
        return str(cursor.fetchone()[0])
