"""Random histories: what `known_at` gives is what a plain model of events says was known."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.vocabulary import NoticeCode
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.histories import PROPERTY, History, Seen

API = "/api/v1/"
SOON = timedelta(microseconds=1)


@pytest.fixture
def readers(db: None) -> dict[bool, Client]:
    """Two browsers: that of the desk, and that of nobody."""
    make.number_property(PROPERTY, time="over")
    desk = Client()
    desk.force_login(make.person(Role.EDITOR))
    return {True: desk, False: Client()}


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(random=st.randoms(use_true_random=False))
def test_the_past_is_what_a_model_of_events_says(
    readers: dict[bool, Client], random: Random
) -> None:
    check(lived(1, random), readers, moments=6, random=random)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(25))
def test_the_past_of_a_thousand_histories(readers: dict[bool, Client], seed: int) -> None:
    random = Random(seed)  # noqa: S311 - no secret

    check(lived(40, random), readers, moments=8, random=random)


def lived(count: int, random: Random) -> list[History]:
    """So many histories of two claims each, one after the other."""
    found: list[History] = []
    for _history in range(count):
        since = found[-1].now if found else make.TODAY
        found.append(History(random, since=since + timedelta(hours=1)))
        found[-1].run(random.randint(4, 9))
    return found


def check(
    histories: Sequence[History], readers: dict[bool, Client], *, moments: int, random: Random
) -> None:
    """Compare what the API and the model say at some moments: of an event, and just before one."""
    times = [time for history in histories for time in history.times]
    for event in random.sample(times, min(moments, len(times))):
        at = event - random.choice([timedelta(), SOON, timedelta(minutes=20)])
        for is_staff, client in readers.items():
            cache.clear()
            told = claims_told(client, at)
            for history in histories:
                wanted = history.seen(at, is_staff=is_staff)
                refs = [claim.ref for claim in history.claims]
                assert {ref: told[ref] for ref in refs if ref in told} == wanted, (at, is_staff)
            if not is_staff:
                check_names(histories, client, at)


def check_names(histories: Sequence[History], client: Client, at: datetime) -> None:
    """Compare the names that the public knows: it learns them from what is published."""
    entities = names(client, "entities", "label", at)
    sources = names(client, "sources", "title", at)
    topics = names(client, "topics", "name", at)
    for history in histories:
        seen = history.seen(at, is_staff=False)
        is_filed = any(one.topics for one in seen.values())
        label, topic, title = (
            said.at(at) for said in (history.label, history.topic_name, history.title)
        )
        key = history.entity.key
        assert entities.get(key) == (label if seen else None)
        assert topics.get(history.topic.key) == (topic if is_filed else None)
        is_named = bool(seen) and not history.is_confidential
        assert sources.get(history.source.key) == (title if is_named else None)


def names(client: Client, path: str, column: str, at: datetime) -> dict[str, str]:
    return {row["key"]: row[column] for row in rows(client, path, at)}


def claims_told(client: Client, at: datetime) -> dict[str, Seen]:
    """The claims that a reader is told of; retracted ones are asked for by themselves."""
    listed = [*rows(client, "claims", at), *rows(client, "claims", at, "&status=retracted")]
    return {row["ref"]: seen_of(row) for row in listed}


def seen_of(row: dict[str, Any]) -> Seen:
    (piece,) = row["evidence"]
    return Seen(
        version=row["number"],
        status=row["status"],
        statement=row["statement"],
        label=row["subject"]["label"],
        topics=frozenset(topic["key"] for topic in row["topics"]),
        source=piece["descriptor"] or piece["source"]["title"],
        is_withheld=piece["withheld_on"] is not None,
        is_source_retracted=NoticeCode.SOURCE_RETRACTED in [one["code"] for one in row["notices"]],
        is_in_conflict=bool(row["conflicts"]),
    )


def rows(client: Client, path: str, at: datetime, asked: str = "") -> list[dict[str, Any]]:
    """All rows of a list as it was, page by page."""
    found: list[dict[str, Any]] = []
    address: str | None = f"{API}{path}/?limit=100&known_at={at:%Y-%m-%dT%H:%M:%S.%fZ}{asked}"
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.content
        found += response.json()["results"]
        address = response.json()["next"]
    return found
