"""Bibliographies through the commands."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from sources.models import Source
from sources.vocabulary import Access
from tests import factories as make

pytestmark = pytest.mark.django_db

FILE = """\
@book{new, title = {A new book}, isbn = {978-3-16-148410-0}, year = 2025}
@book{wrong, title = {A wrong one}, isbn = {978-3-16-148410-1}}
@report{ours, title = {Another title}, note = {A note}}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file.bib"
    path.write_text(FILE)
    return path


def called(command: str, *arguments: str) -> tuple[str, str]:
    out, beside = StringIO(), StringIO()
    call_command(command, *arguments, stdout=out, stderr=beside)
    return out.getvalue(), beside.getvalue()


def test_without_write_a_preview_is_shown_and_nothing_written(file: Path) -> None:
    make.source(key="ours", title="Our title")

    out, _beside = called("import_bibliography", str(file))

    assert "new, as new" in out
    assert "ask for 0" in out
    assert "different from ours" in out
    assert "title: Our title → Another title" in out
    assert "3 records: 1 new, 1 different, 1 refused" in out
    assert Source.objects.count() == 1


def test_write_enters_what_is_new_and_takes_what_is_named(file: Path) -> None:
    source = make.source(key="ours", title="Our title")

    out, _beside = called("import_bibliography", str(file), "--write", "--take", "note", "issued")

    source.refresh_from_db()
    assert "Entered: 1. Revised: 1." in out
    assert (source.title, source.csl["note"]) == ("Our title", "A note")
    assert Source.objects.get(key="new").isbn == "978-3-16-148410-0"


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    make.person()
    (tmp_path / "a.bib").write_text("no entry at all")

    with pytest.raises(CommandError, match="no record in BibLaTeX"):
        called("import_bibliography", str(tmp_path / "a.bib"))
    with pytest.raises(CommandError, match="cannot be read"):
        called("import_bibliography", str(tmp_path / "none.bib"))


def test_a_faulty_entry_is_shown_with_its_line_and_the_others_are_entered(tmp_path: Path) -> None:
    make.person()
    (tmp_path / "a.bib").write_text(f"@book{{open, title = {{x\n{FILE}")

    out, _beside = called("import_bibliography", str(tmp_path / "a.bib"), "--write")

    assert "1. “open” (line 1): refused. It is not closed before line 2" in out
    assert "Entered: 2." in out
    assert Source.objects.filter(key="open").count() == 0


def test_sources_are_printed_and_those_left_out_counted() -> None:
    by = make.person(name="reader")
    make.source(key="one", is_opened=True)
    make.source(key="drafted")  # nothing published rests on it
    make.source(key="two", access=Access.STAFF, public_descriptor="an official")

    out, beside = called("export_bibliography", "--format", "csl-json")
    desk, _none = called("export_bibliography", "--as", by.username)
    named, _none = called("export_bibliography", "--format", "ris", "one")

    assert [record["id"] for record in json.loads(out)] == ["one"]
    assert "2 sources were left out that may not be read here" in beside
    assert [record["id"] for record in json.loads(desk)] == ["drafted", "one", "two"]
    assert "ID  - one" in named


@pytest.mark.parametrize("key", ["two", "none"])
def test_a_key_that_may_not_be_read_is_unknown(key: str) -> None:
    make.source(key="two", access=Access.STAFF, public_descriptor="an official")

    with pytest.raises(CommandError, match=f"no source “{key}” that may be read"):
        called("export_bibliography", "--format", "ris", key)
