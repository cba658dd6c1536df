"""The golden world, built once in a database of its own."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests import databases
from tests.golden import world as golden
from tests.golden.clock import stopped


@pytest.fixture(scope="module")
def world(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[golden.World]:
    """Both aliases mean a database with the golden world, at the time when it is read.

    A fresh clone, so that the numbers of all rows are the same each time. Tests only read it.
    """
    with (
        django_db_blocker.unblock(),
        databases.cloned(django_db_setup),
        stopped() as clock,
    ):
        with transaction.atomic():
            made = golden.build(clock)
        yield made
