"""`capture FILE|URL --source KEY`."""

import hashlib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from sources.models import Blob, Capture
from tests import factories as make
from tests.sources.archived import PAGE, page, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_bytes(b"Trade fell by 9%.")
    return path


def run(*arguments: object) -> str:
    said = StringIO()
    call_command("capture", *map(str, arguments), stdout=said)
    return said.getvalue()


def test_it_says_what_was_kept_and_how_the_text_went(file: Path) -> None:
    source = make.source(key="report")

    said = run(file, "--source", "report", "--as", make.person(name="jan").username)

    capture = Capture.objects.get(source=source)
    assert str(capture.captured_by) == "Jan"
    assert capture.file_name == "report.txt"
    assert f"SHA-256: {hashlib.sha256(b'Trade fell by 9%.').hexdigest()}" in said
    assert "Kind: text/plain, 17 bytes" in said
    assert "1 page, 17 characters" in said


def test_the_only_account_needs_no_name(file: Path) -> None:
    make.source(key="report")

    run(file, "--source", "report")

    assert Capture.objects.get().captured_by.username == "some-contributor"


def test_the_same_file_is_said_to_be_there(file: Path) -> None:
    make.source(key="report")
    run(file, "--source", "report")

    assert "Kept before: report.txt" in run(file, "--source", "report")
    assert Capture.objects.count() == 1


def test_a_file_without_text_is_kept_and_said_to_have_none(tmp_path: Path) -> None:
    make.source(key="report")
    path = tmp_path / "scan.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")

    said = run(path, "--source", "report")

    assert "no text layer" in said
    assert "PNG" in said
    assert Capture.objects.exists()


def test_records_of_an_archive_are_chosen_by_their_addresses(tmp_path: Path) -> None:
    make.source(key="report", URL=PAGE)
    path = tmp_path / "a.warc"
    other = "https://example.org/other"
    path.write_bytes(record(page("Trade fell.")) + record(page("Trade rose."), url=other))

    run(path, "--source", "report")
    run(path, "--source", "report", "--url", other)

    kept = Capture.objects.order_by("pk").values_list("fetched_from", flat=True)
    assert list(kept) == [PAGE, other]


def test_a_name_with_folders_and_marks_that_turn_it_round_is_kept_as_a_name(tmp_path: Path) -> None:
    make.source(key="report")
    path = tmp_path / "a\u202efdp.\x07txt"
    path.write_bytes(b"Text.")

    run(path, "--source", "report", "--url", "https://example.org/a")

    capture = Capture.objects.get()
    assert capture.file_name == "afdp.txt"
    assert capture.fetched_from == "https://example.org/a"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.txt", "--source", "report"], "cannot be read"),
        (["/", "--source", "report"], "cannot be read"),
        (["/dev/zero", "--source", "report"], "52,428,800"),
        (["/dev/null", "--source", "report"], "empty"),
        ([__file__, "--source", "none"], "no source “none”"),
        ([__file__, "--source", "secret", "--as", "jan"], "no source “secret”"),
        ([__file__, "--source", "report", "--as", "nobody"], "no active account"),
        ([__file__, "--source", "report", "--url", "a", "b"], "no web archive"),
        (["http://127.0.0.1/", "--source", "report"], "not on the public internet"),
        (["file:///etc/passwd", "--source", "report"], "neither http:// nor https://"),
    ],
)
def test_what_is_refused_is_refused_in_a_sentence_and_nothing_is_kept(
    arguments: list[str], said: str
) -> None:
    make.source(key="report")
    if "secret" in arguments:
        make.source(key="secret", access="named", public_descriptor="An official")
    if "--as" in arguments:
        make.person(name="jan")

    with pytest.raises(CommandError, match=said) as caught:
        run(*arguments)

    assert str(caught.value).rstrip().endswith(".")
    assert not Blob.objects.exists()
