"""Pages neither lose nor repeat rows, and cursors are what was given out."""

from contextlib import suppress

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from sources.api.ordering import read_cursor, write_cursor
from sources.api.parameters import ParameterRefused
from sources.models import Source
from tests import factories as make


@given(st.integers(min_value=1, max_value=10**18 - 1))
def test_a_cursor_of_a_number_reads_back(number: int) -> None:
    assert read_cursor(write_cursor(number), is_text=False) == ("", number)


@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}", fullmatch=True))
def test_a_cursor_of_a_key_reads_back(key: str) -> None:
    assert read_cursor(write_cursor(key), is_text=True) == ("", key)


@given(st.text(), st.booleans())
def test_nothing_else_is_read(written: str, is_text: bool) -> None:
    with suppress(ParameterRefused):
        place, key = read_cursor(written, is_text=is_text)
        assert write_cursor(key, place) == written


def read_all(client: Client, path: str, *, after_first: object = None) -> list[str]:
    """The keys of a list, page by page."""
    keys: list[str] = []
    url = path
    while url:
        body = client.get(url).json()
        keys += [row["key"] for row in body["results"]]
        url = body["next"]
        if callable(after_first):
            after_first()
            after_first = None
    return keys


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8, 100])
def test_pages_of_any_length_hold_every_row_once_in_order(client: Client, limit: int) -> None:
    made = {make.source(key=f"s-{number}", is_opened=True).key for number in range(7)}
    made |= {make.source(key="S-upper", is_opened=True).key}

    keys = read_all(client, f"/api/v1/sources/?limit={limit}")

    # COLLATE "C": by code point, capitals first, whatever the server's language.
    assert keys == sorted(made)


@pytest.mark.django_db
def test_a_row_that_joins_meanwhile_makes_no_other_come_twice_or_go_missing(
    client: Client,
) -> None:
    for key in ("b", "d", "f", "h"):
        make.source(key=key, is_opened=True)

    keys = read_all(
        client,
        "/api/v1/sources/?limit=2&type=report",
        after_first=lambda: [make.source(key=key, is_opened=True) for key in ("a", "e")],
    )

    assert keys == ["b", "d", "e", "f", "h"]


@pytest.mark.django_db
def test_the_next_page_keeps_the_filters(client: Client) -> None:
    for key in ("a", "b"):
        make.source(key=key, is_opened=True)

    url = client.get("/api/v1/sources/?type=report&limit=1").json()["next"]

    assert "type=report" in url
    assert "limit=1" in url
    assert Source.objects.count() == 2
