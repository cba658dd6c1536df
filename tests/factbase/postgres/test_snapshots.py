"""The text that tells states of the database apart."""

import pytest
from django.db import connection, transaction

from factbase.postgres.snapshots import database_state
from sources.models import Source
from tests import factories as make
from tests.held_open import elsewhere, held_open

pytestmark = pytest.mark.usefixtures("cloned_database")


def stays_while_others_read() -> bool:
    """Whether reads leave the state: tried until no other test writes to the server meanwhile."""
    for _attempt in range(300):
        before = database_state()
        elsewhere(lambda: list(Source.objects.all()))
        with transaction.atomic():
            list(Source.objects.all())
        if database_state() == before:
            return True
    return False


def test_it_stays_while_everybody_reads() -> None:
    assert stays_while_others_read()


def test_it_changes_with_every_transaction_that_wrote() -> None:
    states = [database_state()]
    for _ in range(3):
        elsewhere(make.source)
        states.append(database_state())

    assert len(set(states)) == 4


def test_a_transaction_in_progress_changes_it_when_it_ends_and_not_before() -> None:
    def write() -> None:
        with transaction.atomic():
            make.source()
            written()
            with transaction.atomic():
                make.source()
        ended()

    with held_open(write, at=f"{__name__}:written") as held:
        assert stays_while_others_read()
        before = database_state()
        held.go_on()
        after = database_state()

    assert after != before


def test_transactions_that_end_behind_one_in_progress_change_it_too() -> None:
    def write() -> None:
        with transaction.atomic():
            make.source()
            written()

    with held_open(write, at=f"{__name__}:written"):
        states = [database_state()]
        for _ in range(2):
            elsewhere(lambda: bump())
            states.append(database_state())

    assert len({*states, database_state()}) == 4


def bump() -> None:
    """Write something that waits for nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")


def written() -> None:
    """A point at which a test holds a transaction."""


def ended() -> None:
    """Where a transaction is over."""
