"""The check of a file knows those of extracts: by their bytes, and by what became of them since."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from claims.actions.claims.publication import retract, take_off
from claims.actions.extracts.freezing import freeze_extract
from claims.actions.extracts.taking_back import withdraw_extract
from claims.models import Extract, Version
from claims.vocabulary.extracts import ExtractFormat
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> Version:
    return make.published(statement="A debt is owed.")


def freeze() -> Extract:
    return freeze_extract(
        title="Debts",
        query="",
        by=make.somebody(Role.EDITOR),
        clock=timezone.now,
        base_url="https://facts.example.org",
    )


def bytes_of(extract: Extract, form: str = "csv") -> bytes:
    return bytes(extract.files.get(format=form).content)


def said_of(data: bytes) -> str:
    """The page that says whether a file is ours."""
    sent = {"file": SimpleUploadedFile("renamed.txt", data)}
    return Client().post("/factsheets/verify/", sent).content.decode()


@pytest.mark.parametrize("form", list(ExtractFormat))
def test_a_file_of_an_extract_is_known_by_its_bytes(version: Version, form: str) -> None:
    extract = freeze()
    data = bytes_of(extract, form)

    page = said_of(data)

    assert f"Ours, unchanged, current. It is {extract.ref}.{form} of extract {extract.ref}" in page
    assert f'href="/extracts/{extract.ref}/"' in page
    for changed in (data + b"\n", data.replace(b"A debt", b"No debt"), data[:-1]):
        assert changed != data
        assert "Not ours, or changed: no edition has" in said_of(changed)


def test_it_is_said_what_became_of_a_claim_since(version: Version) -> None:
    data = bytes_of(freeze())
    retract(claim=version.claim, reason="Wrong.", by=make.somebody(Role.EDITOR), at=timezone.now())

    page = said_of(data)

    assert "Ours, unchanged, stale. " in page
    assert "A claim in it was retracted since." in page


def test_a_file_that_is_not_given_any_more_is_still_known(version: Version) -> None:
    data = bytes_of(freeze())
    take_off(
        claim=version.claim, reason="A court.", by=make.somebody(Role.EDITOR), at=timezone.now()
    )

    page = said_of(data)

    assert "Ours, unchanged, stale. " in page
    assert "do not pass it on" in page


def test_the_command_says_the_same(version: Version, tmp_path: Path) -> None:
    extract = freeze()
    path = tmp_path / "claims.csv"
    path.write_bytes(bytes_of(extract))
    out = StringIO()

    call_command("factsheet", "verify", str(path), stdout=out)
    assert out.getvalue().startswith("Ours, unchanged, current. ")
    withdraw_extract(
        extract=extract, reason="Wrong query.", by=make.somebody(Role.EDITOR), at=timezone.now()
    )
    with pytest.raises(SystemExit) as ended:
        call_command("factsheet", "verify", str(path), stdout=out)

    assert ended.value.code == 2
    assert "Ours, unchanged, withdrawn. " in out.getvalue()
    assert "Wrong query." in out.getvalue()
