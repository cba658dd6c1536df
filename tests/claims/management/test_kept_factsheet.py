"""The command `factsheet` with fact sheets that are kept: from the first word to a withdrawal."""

import io
import json
import sys
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import take_off
from claims.actions.factsheets.keeping import content_of
from claims.actions.factsheets.requesting import request_edition
from claims.factsheets.checking import check_content
from claims.models import Edition, FactSheet
from factbase.models import User
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.issued import issue
from tests.factories import TODAY

pytestmark = pytest.mark.django_db

ADDRESS = ("--base-url", "https://facts.example.org/")


def run(*arguments: str) -> str:
    """Return the output of the command."""
    out = StringIO()
    call_command("factsheet", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def editor() -> User:
    return make.person(Role.EDITOR, name="desk")


def write(path: Path, **changed: Any) -> str:
    """The file with some members changed."""
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))
    return str(path)


def test_a_sheet_is_begun_read_edited_checked_issued_corrected_and_withdrawn(
    tmp_path: Path, editor: User
) -> None:
    by = ("--by", editor.username)
    claim = make.published(statement="Trade fell.").claim.ref
    file = tmp_path / "trade.json"

    begun = run("new", "trade", "--title", "Trade", *by)
    file.write_text(run("read", "trade"))
    sections = [{"heading": "Fall", "prose": f"It fell [{claim}].", "claims": [claim]}]
    saved = run("write", "trade", write(file, sections=sections), *by)
    checked = run("check", "trade")
    issued = run("issue", "trade", *ADDRESS, *by)
    corrected = run("erratum", "trade", "1", "--words", "It rose in May.", *by)
    withdrawn = run("withdraw", "trade", "1", "--reason", "The table is wrong.", *by)
    shown = run("show", "trade")

    assert begun == "trade is begun, revision 1.\n"
    assert saved == "trade is saved, revision 2.\n"
    assert checked == "Nothing stands against issuing it.\n"
    lines = issued.splitlines()
    assert lines[0] == "Made 1 of 14 files."
    assert lines[-1] == ("Edition 1 of trade is issued: https://facts.example.org/f/trade/1")
    assert corrected == "The erratum stands on edition 1 of trade.\n"
    assert withdrawn.startswith("Edition 1 of trade is withdrawn")
    assert f"revision 2, saved by {editor}" in shown
    assert "withdrawn" in shown
    assert "It rose in May." in shown
    assert "The table is wrong." in shown
    edition = Edition.objects.get()
    assert (edition.issued_by, edition.content["sections"][0]["claims"]) == (editor, [claim])
    assert run("list").startswith("trade: Trade (edition 1, withdrawn)")


def test_what_the_worker_is_asked_for_is_shown(tmp_path: Path, editor: User) -> None:
    sheet_of_one(tmp_path, editor)
    sheet = FactSheet.objects.get()
    request_edition(sheet=sheet, revision=1, notes={}, by=editor, at=TODAY, base_url="https://a.b")

    shown = run("show", "trade")

    assert f"{editor} asked for an edition. It waits for the worker." in shown
    assert "No edition is issued yet." in shown


def test_what_read_prints_is_written_again_as_it_is(tmp_path: Path, editor: User) -> None:
    run("new", "trade", "--title", "Trade", "--by", editor.username)
    file = tmp_path / "trade.json"
    file.write_text(run("read", "trade"))

    written = run("write", "trade", str(file), "--by", editor.username)

    assert written == "trade is as it was, revision 1; nothing was saved.\n"


def test_a_file_that_somebody_saved_over_is_refused(tmp_path: Path, editor: User) -> None:
    by = ("--by", editor.username)
    run("new", "trade", "--title", "Trade", *by)
    file = tmp_path / "trade.json"
    file.write_text(run("read", "trade"))
    run("write", "trade", write(file, title="Trade in 2025"), *by)

    with pytest.raises(CommandError, match=r"saved this fact sheet at .* Nothing of yours was sav"):
        run("write", "trade", write(file, title="Trade in 2026"), *by)

    assert FactSheet.objects.get().title == "Trade in 2025"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("{", r"sheet\.json: line 1, column 2 is not JSON"),
        ("[]", "an object is needed, in braces"),
        ('{"titel": "A"}', "has no “titel”. Use some of: title, "),
        ('{"title": "A", "sections": [{"claims": ["17"]}]}', "a claim of section 1: “17” is not"),
        ('{"title": "A", "style": "apaa"}', "No citation style"),
    ],
)
def test_a_file_that_is_no_content_is_refused_with_the_place(
    tmp_path: Path, editor: User, data: str, words: str
) -> None:
    file = tmp_path / "sheet.json"
    file.write_text(data)

    with pytest.raises(CommandError, match=words):
        run("new", "trade", str(file), "--by", editor.username)

    assert not FactSheet.objects.exists()


def test_a_file_without_its_revision_needs_one_named(
    monkeypatch: pytest.MonkeyPatch, editor: User
) -> None:
    by = ("--by", editor.username)
    run("new", "trade", "--title", "Trade", *by)

    def type_in(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    type_in(b'{"title": "Trade in 2025"}')
    with pytest.raises(CommandError, match="the newest is 1"):
        run("write", "trade", "-", *by)
    type_in(b'{"title": "Trade in 2025"}')
    assert "revision 2" in run("write", "trade", "-", "--revision", "1", *by)


def sheet_with_findings(tmp_path: Path, editor: User) -> FactSheet:
    """One that says a number that no claim carries, and rests on a quote that is not located."""
    claim = make.published(evidence=[Tie(make.excerpt(of=make.source()))], note="Compared.").claim
    file = tmp_path / "sheet.json"
    sections = [{"heading": "", "prose": f"It fell by 12% [{claim.ref}].", "claims": []}]
    file.write_text(json.dumps({"title": "Trade", "sections": sections}))
    run("new", "trade", str(file), "--by", editor.username)
    return FactSheet.objects.get()


def test_findings_have_place_next_step_and_key_and_notes_let_it_be_issued(
    tmp_path: Path, editor: User
) -> None:
    sheet = sheet_with_findings(tmp_path, editor)
    first, *others = check_content(content_of(sheet), editor, TODAY)
    notes = tmp_path / "notes.json"
    notes.write_text(json.dumps({one.key: "Compared by hand." for one in others}))
    given = ("--notes", str(notes), *ADDRESS, "--by", editor.username)

    checked = run("check", "trade")
    with pytest.raises(CommandError) as refused:
        run("issue", "trade", *given)
    run("issue", "trade", "--note", f"{first.key}=From the annex = p. 4.", *given)

    assert f"{first.place}: {first.sentence}\n  {first.next_step}\n" in checked
    assert f"--note '{first.key}=…'" in checked
    assert f"--note '{first.key}=…'" in str(refused.value)
    kept = {one["key"]: one["note"] for one in Edition.objects.get().notes}
    assert kept.pop(first.key) == "From the annex = p. 4."
    assert set(kept.values()) == {"Compared by hand."}


def test_what_blocks_exits_with_2_and_is_not_issued(tmp_path: Path, editor: User) -> None:
    file = tmp_path / "sheet.json"
    file.write_text(json.dumps({"title": "Trade", "summary": "It fell [C999]."}))
    run("new", "trade", str(file), "--by", editor.username)
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("factsheet", "check", "trade", stdout=out)
    with pytest.raises(CommandError, match="cannot be issued"):
        run("issue", "trade", *ADDRESS, "--by", editor.username)

    assert ended.value.code == 2
    assert "summary (blocks): " in out.getvalue()
    assert not Edition.objects.exists()


def test_files_are_written_as_issued_and_verified(tmp_path: Path, editor: User) -> None:
    sheet_of_one(tmp_path, editor)
    run("issue", "trade", *ADDRESS, "--by", editor.username)
    folder = tmp_path / "out" / "files"

    printed = run("files", "trade", "1", "--output", str(folder))

    files = {path.name: path for path in folder.iterdir()}
    assert len(files) == 14
    for line in printed.splitlines():
        path, digest = line.split("  ")
        assert sha256(Path(path).read_bytes()).hexdigest() == digest
    assert "Ours, unchanged, current" in run("verify", str(files["trade.1.brief.pdf"]))
    files["trade.1.brief.html"].write_text("Another text.")
    with pytest.raises(SystemExit) as ended:
        run("verify", str(files["trade.1.brief.html"]))
    assert ended.value.code == 2


def test_files_that_are_closed_to_readers_are_not_written(tmp_path: Path) -> None:
    version = make.published()
    issue(version, key="trade")
    take_off(claim=version.claim, reason="X", by=make.person(Role.EDITOR), at=timezone.now())
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("factsheet", "files", "trade", "1", "--output", str(tmp_path), stdout=out)

    assert ended.value.code == 2
    assert "trade.1.brief.html: closed to readers, not written" in out.getvalue()
    assert list(tmp_path.iterdir()) == []


def sheet_of_one(tmp_path: Path, editor: User) -> None:
    file = tmp_path / "sheet.json"
    sections = [{"claims": [make.published().claim.ref]}]
    file.write_text(json.dumps({"title": "Trade", "sections": sections}))
    run("new", "trade", str(file), "--by", editor.username)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "oil"), "There is no fact sheet “oil”. There are: trade."),
        (("files", "trade", "3", "--output", "x"), "trade has no edition 3. None is issued yet."),
        (("issue", "trade", "--by", "desk"), "Say with --base-url where readers find the pages"),
        (("issue", "trade", "--note", "so", "--by", "desk"), "“so” is no note"),
        (("issue", "trade", *ADDRESS, "--by", "hand"), "has the role contributor"),
        (("issue", "trade", *ADDRESS, "--by", "nobody"), "There is no active account “nobody”"),
        (("new", "trade", "--title", "Trade", "--by", "desk"), "has the key trade already"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    tmp_path: Path, editor: User, settings: Settings, arguments: tuple[str, ...], words: str
) -> None:
    settings.CSRF_TRUSTED_ORIGINS = []
    make.person(name="hand")
    sheet_of_one(tmp_path, editor)

    with pytest.raises(CommandError, match=words):
        run(*arguments)
