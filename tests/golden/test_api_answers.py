"""The API answers to staff, a contributor and the public as it is on record.

`GOLDEN=write pytest -n 0 tests/golden` writes the answers anew, for a person to review the diff;
where `CI` is set it is refused.
"""

import logging
import os
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sources.vocabulary import Role
from tests import factories as make
from tests.golden import answers
from tests.golden.world import World

# Staff is an editor, who is a named reader of one source and not of another.
READERS = {"staff": Role.EDITOR, "contributor": Role.CONTRIBUTOR, "public": None}
# The most queries of a list of all claims, and of one claim, besides those NOT_COUNTED.
QUERIES = {
    "staff": {"list": 7, "one": 6},
    "contributor": {"list": 7, "one": 6},
    "public": {"list": 7, "one": 6},
}
NOT_COUNTED = re.compile(r'FROM "(django_session|factbase_user)"|pg_current_snapshot')


def client_of(reader: str) -> Client:
    """The browser of a reader."""
    cache.clear()
    client = Client()
    if role := READERS[reader]:
        client.force_login(make.somebody(role))
    return client


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """No line of the log for each address that is answered with 404 on purpose."""
    caplog.set_level(logging.ERROR, logger="django.request")


@pytest.mark.parametrize("reader", READERS)
def test_the_api_answers_as_on_record(world: World, reader: str) -> None:
    told = answers.Reader(client_of(reader)).answers(world)

    if os.environ.get("GOLDEN") == "write":
        assert not os.environ.get("CI"), "Golden answers are written by a person, not in CI."
        answers.keep(reader, told)
    on_record = answers.kept(reader)
    assert sorted(told) == sorted(on_record)
    for file, expected in on_record.items():
        for path in {**expected, **told[file]}:
            was, now = (side.get(path, answers.ABSENT) for side in (expected, told[file]))
            difference = answers.first_difference(was, now)
            assert difference is None, f"{reader}, {path}: {difference}"


@pytest.mark.parametrize("reader", READERS)
def test_claims_cost_no_more_queries_than_on_record(world: World, reader: str) -> None:
    client = client_of(reader)
    refs = [world.claims[name].claim.ref for name in answers.CLAIMS]
    most = {
        "list": queries(client, "claims/?limit=100"),
        "one": max(queries(client, f"claims/{ref}/") for ref in refs),
    }

    assert all(most[name] <= allowed for name, allowed in QUERIES[reader].items()), most


def queries(client: Client, path: str) -> int:
    """How many queries an address costs, but for session and account."""
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{answers.ROOT}{path}")
    return sum(not NOT_COUNTED.search(query["sql"]) for query in captured)
