"""Pages of the list of claims in another order are read from an index, never sorted.

The statements are those that the API sends, explained on a base of some thousand claims of which
the planner has figures.
"""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.base.fill import Filled, fill

pytestmark = pytest.mark.long

CLAIMS = "/api/v1/claims/"
INDEXES = {
    "recorded": "versions_by_recording",
    "published": "versions_by_begin",
    "period": "versions_by_period",
}


@pytest.fixture
def filled(cloned_database: str) -> Filled:
    """Some thousand claims, with figures for the planner of each table."""
    return fill(3_000)


def page(client: Client, url: str) -> tuple[str, str]:
    """How the database reads the rows of a page, and the address of the next one."""
    with CaptureQueriesContext(connection) as queries:
        body: Any = client.get(url).json()
    assert len(body["results"]) == 20
    placed = [query["sql"] for query in queries if ' AS "place"' in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {placed[0]}")
        return "\n".join(line for (line,) in cursor.fetchall()), body["next"]


def test_each_order_reads_its_index_in_both_directions_for_everybody(filled: Filled) -> None:
    public, desk = Client(), Client()
    desk.force_login(filled.staff)
    sorted_pages: dict[tuple[str, str, int], str] = {}
    for reader, client in (("public", public), ("desk", desk)):
        for name, index in INDEXES.items():
            for sign in ("", "-"):
                url = f"{CLAIMS}?ordering={sign}{name}&limit=20"
                for number in (1, 2, 3):
                    plan, url = page(client, url)
                    if index not in plan or "Sort" in plan:
                        sorted_pages[reader, sign + name, number] = plan

    assert sorted_pages == {}
