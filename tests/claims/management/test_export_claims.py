"""The command `export_claims`: what it writes, for whom, and what it refuses."""

import csv
import hashlib
import io
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.actions.claims.publication import retract
from claims.exports.columns import NAMES
from claims.exports.dictionary import dictionary_page
from claims.models import Version
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("export_claims", *arguments, stdout=out)
    return out.getvalue()


def rows_of(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "claims.csv").read_text(), newline="")))


@pytest.fixture
def published() -> Version:
    version = make.published(statement="Trade fell.", topics=[make.topic("Trade")])
    make.published(statement="It rained.")
    make.draft(statement="A draft of the desk.")
    return version


def test_files_have_what_the_public_reads_with_hashes_and_columns(
    published: Version, tmp_path: Path
) -> None:
    said = run("--output", str(tmp_path), "--format", "csv", "--format", "parquet")

    written = (tmp_path / "claims.csv").read_bytes()
    assert [row["statement"] for row in rows_of(tmp_path)] == ["Trade fell.", "It rained."]
    package = json.loads((tmp_path / "datapackage.json").read_text())
    as_csv, as_parquet = package["resources"]
    assert as_csv["hash"] == f"sha256:{hashlib.sha256(written).hexdigest()}"
    assert (as_csv["rows"], as_parquet["path"]) == (2, "claims.parquet")
    assert [field["name"] for field in as_csv["schema"]["fields"]] == [*NAMES]
    assert f"2 rows, SHA-256 {hashlib.sha256(written).hexdigest()}" in said


def test_the_query_is_that_of_the_api(published: Version, tmp_path: Path) -> None:
    run("--output", str(tmp_path), "--query", "topic=trade")

    (row,) = rows_of(tmp_path)
    assert row["ref"] == published.claim.ref


def test_an_account_of_staff_gets_what_the_desk_reads(published: Version, tmp_path: Path) -> None:
    reader = make.somebody(Role.EDITOR)

    run("--output", str(tmp_path), "--as", reader.username)

    assert [row["statement"] for row in rows_of(tmp_path)][2:] == ["A draft of the desk."]
    assert json.loads((tmp_path / "claims.csv.json").read_text())["audience"] == "staff"


@pytest.mark.parametrize(
    ("query", "said"),
    [("tpic=trade", "The nearest one is “topic”"), ("period=soon", "“soon” is not read")],
)
def test_a_query_that_is_not_understood_is_refused(
    published: Version, tmp_path: Path, query: str, said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        run("--output", str(tmp_path), "--query", query)

    assert not (tmp_path / "claims.csv").exists()


def test_a_file_of_the_past_has_what_was_known_then(published: Version, tmp_path: Path) -> None:
    made = make.published(statement="It snowed.", at=make.TODAY + timedelta(days=2))
    by = make.somebody(Role.EDITOR)
    later = make.TODAY + timedelta(days=3)
    retract(claim=published.claim, by=by, at=later, reason="It rose.")

    run("--output", str(tmp_path), "--known-at", iso(make.TODAY + timedelta(days=1)))
    then = [row["statement"] for row in rows_of(tmp_path)]
    beside = json.loads((tmp_path / "claims.csv.json").read_text())
    run("--output", str(tmp_path))
    now = [row["statement"] for row in rows_of(tmp_path)]

    assert then == ["Trade fell.", "It rained."]
    assert beside["at"] == iso(make.TODAY + timedelta(days=1))
    assert now == ["It rained.", made.statement]


def iso(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("moment", "said"),
    [("2999-01-01", "is not over yet"), ("2025-05-12T12:00", "does not say its zone")],
)
def test_a_moment_that_is_none_is_refused(tmp_path: Path, moment: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run("--output", str(tmp_path), "--known-at", moment)

    assert list(tmp_path.iterdir()) == []


def test_without_anything_to_continue_resume_writes_the_whole(
    published: Version, tmp_path: Path
) -> None:
    run("--output", str(tmp_path), "--resume")

    assert len((tmp_path / "claims.csv").read_text().splitlines()) == 3


def test_the_dictionary_is_printed() -> None:
    assert run("--dictionary") == dictionary_page()
