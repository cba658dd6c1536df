"""A clock that stands still until a test moves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from unittest.mock import patch

from tests.factories import TODAY


@dataclass
class Clock:
    """The time that `django.utils.timezone.now` says: `at`, in UTC."""

    at: datetime = TODAY


@contextmanager
def stopped(at: datetime = TODAY) -> Iterator[Clock]:
    """Django's clock stands at a moment; background jobs and requests read it there."""
    clock = Clock(at)
    with patch("django.utils.timezone.now", lambda: clock.at):
        yield clock
