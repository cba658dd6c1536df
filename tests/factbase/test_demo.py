"""The demo sets itself up, and a second start loses nothing."""

import json
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from pytest_django import Settings

from claims.models import Claim
from factbase.accounts import demo_accounts
from factbase.models import User
from sources.vocabulary import Role


@pytest.fixture
def data_dir(cloned_database: str, settings: Settings, tmp_path: Path) -> Path:
    """A data folder for what the demo writes beside the database."""
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
    assert (data_dir / "static").is_dir()


def test_a_second_start_changes_nothing_and_says_where_the_passwords_are(data_dir: Path) -> None:
    call_command("demo", "--no-serve", stdout=StringIO())
    claims = set(Claim.objects.values_list("uuid", flat=True))
    passwords = demo_accounts.passwords_file(data_dir).read_text()
    out = StringIO()

    call_command("demo", "--no-serve", stdout=out)

    assert set(Claim.objects.values_list("uuid", flat=True)) == claims
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
