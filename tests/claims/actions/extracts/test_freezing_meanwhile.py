"""Freezing while words are withheld: whoever is first, no reader finds them in a file."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from claims.actions.claims.entry import Tie
from claims.actions.extracts.freezing import freeze_extract
from claims.models import Extract, ExtractFile
from claims.vocabulary.extracts import ExtractFormat
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Excerpt
from sources.vocabulary import Role
from tests import factories as make
from tests.at_once import somebody_waits
from tests.held_open import elsewhere, held_open

pytestmark = pytest.mark.usefixtures("cloned_database")

WORDS = "Zanzibar owes nine million"

# Once the words of the quote are cleared, and before anything else is locked.
BEFORE_LOCK = "claims.actions.factsheets.withheld_words:lock_fact_sheets"
# Under the lock, before extracts are looked for.
UNDER_LOCK = "claims.actions.withholding:clear_extracts"
# Once the files of an extract are made, and before it is asked what was withheld meanwhile.
FILES_MADE = "claims.actions.extracts.freezing:action_transaction"


@pytest.fixture
def excerpt() -> Excerpt:
    """A quote of a published claim."""
    quoted = make.excerpt(WORDS, of=make.source(f"{WORDS}. Nothing after."))
    make.published(statement="A debt is owed.", evidence=[Tie(quoted)])
    return quoted


def withhold(excerpt: Excerpt) -> None:
    now = timezone.now()
    (asked,) = ask_to_withhold(
        targets=[excerpt], reason="A court.", by=make.somebody(Role.ADMINISTRATOR), at=now
    )
    carry_out(request=asked, by=make.somebody(Role.EDITOR), at=now)


def freeze(title: str = "All of it") -> Extract:
    return freeze_extract(
        title=title, query="", by=make.somebody(Role.EDITOR), clock=timezone.now, base_url=""
    )


def given_to_readers() -> list[str]:
    """All files of extracts that the public is given, none of which may have the words."""
    files = []
    for extract in Extract.objects.all():
        for form in ExtractFormat:
            response = Client().get(f"/extracts/{extract.ref}.{form}")
            if response.status_code == 200:
                files.append(response.getvalue().decode())
    return files


def assert_words_are_nowhere() -> None:
    assert not [one for one in ExtractFile.objects.all() if WORDS.encode() in bytes(one.content)]
    assert not [text for text in given_to_readers() if WORDS in text]


def test_the_files_have_the_words_where_nothing_is_withheld(excerpt: Excerpt) -> None:
    freeze()

    assert [WORDS in text for text in given_to_readers()] == [True, True]


def test_words_withheld_while_files_are_made_are_read_anew_without_them(excerpt: Excerpt) -> None:
    with held_open(freeze, at=FILES_MADE):
        elsewhere(lambda: withhold(excerpt))

    assert_words_are_nowhere()
    assert len(given_to_readers()) == 2


def test_files_frozen_while_words_are_cleared_are_emptied(excerpt: Excerpt) -> None:
    with held_open(lambda: withhold(excerpt), at=BEFORE_LOCK):
        elsewhere(freeze)
        assert [WORDS in text for text in given_to_readers()] == [True, True]

    assert_words_are_nowhere()
    assert not given_to_readers()


def test_freezing_waits_for_a_withholding_and_reads_anew(excerpt: Excerpt) -> None:
    def freeze_elsewhere() -> None:
        try:
            freeze()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        with held_open(lambda: withhold(excerpt), at=UNDER_LOCK):
            freezing = thread.submit(freeze_elsewhere)
            somebody_waits()
        freezing.result(60)

    assert_words_are_nowhere()
    assert len(given_to_readers()) == 2


def test_a_withholding_that_ends_after_a_later_one_is_seen(excerpt: Excerpt) -> None:
    """Rows are numbered when they are written, and seen when their transaction ends.

    withholding of the words   |--row 1-----------------------end|
    another                          |--row 2--end|
    freezing                                        |--read--------asked|
    """
    other = make.excerpt("Nobody is named", of=make.source("Nobody is named here."))

    with held_open(lambda: withhold(excerpt), at=BEFORE_LOCK) as first:
        elsewhere(lambda: withhold(other))
        with held_open(freeze, at=FILES_MADE):
            first.go_on()

    assert_words_are_nowhere()
