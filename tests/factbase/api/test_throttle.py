"""Requests of an address are counted in windows."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import RequestFactory

from factbase.api.throttle import AnonymousThrottle
from tests import factories as make


class Clock:
    """A clock that stands until it is set."""

    now = 1_000_000.0


class Throttle(AnonymousThrottle):
    """Two requests a minute, by the clock of the test."""

    rate = "2/min"

    def timer(self) -> float:
        return Clock.now


@pytest.fixture(autouse=True)
def _nothing_is_counted() -> Iterator[None]:
    cache.clear()
    Clock.now = 1_000_000.0
    yield
    cache.clear()


def is_allowed(address: str = "192.0.2.1", user: Any = None) -> bool:
    """Whether the next request of the address is answered."""
    request: Any = RequestFactory(REMOTE_ADDR=address).get("/api/v1/")
    request.user = user or AnonymousUser()
    return Throttle().allow_request(request, None)


def test_as_many_as_the_rate_says_are_answered_in_a_window() -> None:
    assert [is_allowed() for _ in range(4)] == [True, True, False, False]


def test_the_next_window_begins_with_the_first_request_after_it() -> None:
    # 0 s: window until 60 · 59 s: second · 60 s: new window until 120 · 119 s: second, third
    answers = []
    for second in (0, 59, 59.5, 60, 119, 119.5, 120):
        Clock.now = 1_000_000 + second
        answers.append(is_allowed())

    assert answers == [True, True, False, True, True, False, True]


def test_a_refused_request_is_told_when_the_window_ends() -> None:
    is_allowed()
    Clock.now += 20
    is_allowed()
    request: Any = RequestFactory(REMOTE_ADDR="192.0.2.1").get("/api/v1/")
    request.user = AnonymousUser()
    throttle = Throttle()

    assert not throttle.allow_request(request, None)
    assert throttle.wait() == 40


def test_each_address_is_counted_for_itself() -> None:
    assert [is_allowed(f"192.0.2.{n}") for n in (1, 1, 2, 2, 1)] == [True, True, True, True, False]


@pytest.mark.django_db
def test_accounts_are_not_counted() -> None:
    person = make.person()

    assert all(is_allowed(user=person) for _ in range(4))
