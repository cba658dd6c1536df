"""Exports while others export and write: no claim is lost or doubled, and turns end."""

from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from claims.actions.claims.publication import retract
from claims.exports.batches import row_batches
from claims.exports.columns import NAMES
from claims.exports.export_slots import SLOTS
from claims.exports.flat_rows import FlatRow
from claims.models import Version
from sources.readings.reader import Reader
from sources.vocabulary import Role
from tests import factories as make
from tests.held_open import elsewhere, held_open

pytestmark = pytest.mark.usefixtures("cloned_database")

CSV = "/api/v1/export/claims.csv"
NOW = make.TODAY + timedelta(days=1)
STATUS = NAMES.index("status")


def get(path: str = CSV) -> Any:
    cache.clear()  # no limit of requests
    return Client().get(path)


def read() -> bytes:
    content: bytes = get().getvalue()
    return content


def test_who_comes_when_all_turns_are_taken_is_told_when_to_come_back() -> None:
    make.published()

    with ExitStack() as held:
        for _slot in range(SLOTS):
            held.enter_context(held_open(read, at="claims.api.exports:row_batches"))
        busy, head, page = get(), Client().head(CSV), get("/api/v1/claims/")
        assert get(f"{CSV}.json").status_code == 503

    assert busy.status_code == 503
    assert busy.headers["Content-Type"] == "application/problem+json"
    assert 30 <= int(busy.headers["Retry-After"]) <= 31
    assert busy.json()["code"] == "busy"
    assert "Try again in 30 seconds." in busy.json()["detail"]
    assert head.status_code == page.status_code == 200


def test_a_turn_ends_with_the_last_row_or_when_the_reader_goes_away() -> None:
    make.published()

    for _turn in range(SLOTS + 1):
        elsewhere(read)
        elsewhere(lambda: get().close())
    with ExitStack() as held:
        for _slot in range(SLOTS - 1):
            held.enter_context(held_open(read, at="claims.api.exports:row_batches"))

        assert elsewhere(read) == elsewhere(read) != b""


def exported() -> Any:
    """The rows that the public reads, one at a time."""
    versions = Version.objects.visible_to(None, NOW)
    return row_batches(versions, Reader(None, NOW), "http://testserver", size=1)


def test_what_is_published_and_retracted_meanwhile_is_in_the_next_export() -> None:
    made = [make.published(statement=f"It is {number}.") for number in range(8)]
    refs = [version.claim.ref for version in made]

    batches = exported()
    rows: list[FlatRow] = next(batches)
    for version in (made[0], made[5]):  # one that was read, and one that was not
        elsewhere(partial(take_back, version))
    added: Any = elsewhere(lambda: make.published(statement="It is new."))
    rows += chain.from_iterable(batches)

    assert [row[0] for row in rows] == refs
    assert {row[STATUS] for row in rows} == {"published"}
    again = {row[0]: row[STATUS] for row in chain.from_iterable(exported())}
    assert [*again] == [*refs, added.claim.ref]
    assert [ref for ref in again if again[ref] == "retracted"] == [refs[0], refs[5]]


def take_back(version: Version) -> None:
    by = make.somebody(Role.EDITOR)
    retract(claim=version.claim, by=by, at=make.TODAY, reason="It was another one.")
