"""The demo, served for the programs of the guides."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from claims.actions.dossier.load import load_dossier
from tests import databases
from tests.served import served

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


@pytest.fixture(scope="module")
def address(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the demo, served from a database of these tests."""
    with django_db_blocker.unblock(), databases.cloned(django_db_setup):
        load_dossier(folder=FIXTURES, by="dossier", at=timezone.now())
        with served() as address:
            yield address
