"""The command `dictionary`: shown, printed, edited and saved again."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.models import DictionaryVersion
from sources.models import Series
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.admin.dictionaries.kept import a_series, entry, save

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    """The output of the command."""
    out = StringIO()
    call_command("dictionary", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def series() -> Series:
    """A series, and the account that saves its dictionary."""
    make.person(Role.EDITOR, name="desk")
    return a_series()


def test_a_dictionary_is_printed_edited_and_saved_as_the_next_version(
    series: Series, tmp_path: Path
) -> None:
    save(series, entry("arctic", "Arctic", note="Cold."))
    file = tmp_path / "quad.yaml"
    file.write_text(run("read", "quad").replace("- Arctic", "- polar region"))

    said = run("write", "quad", file, "--note", "Wider.", "--by", "desk")
    again = run("write", "quad", file, "--number", 2, "--by", "desk")

    assert said == "quad/2 is saved; its texts are counted in the background.\n"
    assert again == "quad/2 is as it was; nothing was saved.\n"
    shown = run("show", "quad")
    for there in (
        "quad/2: Quad",
        "Arctic (arctic): “polar region”",
        "Cold.",
        "Wider.",
        "Desk",
        "Arctic: now with “polar region”; without “Arctic”.",
    ):
        assert there in shown
    with pytest.raises(CommandError, match="Desk saved version 2"):
        run("write", "quad", file, "--by", "desk")


def test_a_table_is_saved_with_the_number_that_was_edited(series: Series, tmp_path: Path) -> None:
    file = tmp_path / "quad.csv"
    file.write_text("topic,term,language\narctic,Арктик*,ru\n")

    with pytest.raises(CommandError, match="Name it with --number; the newest is 0"):
        run("write", "quad", file, "--by", "desk")
    run("write", "quad", file, "--number", 0, "--by", "desk")

    version = DictionaryVersion.objects.current_of(series)
    assert version is not None
    assert version.dictionary.entries == (entry("arctic", ("Арктик*", "ru")),)
    assert run("read", "quad", "--format", "csv", "--number", 1).splitlines() == [
        "topic,term,language,note",
        "arctic,Арктик*,ru,",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "quid"), "There are: quad."),
        (("show", "quad"), "no dictionary yet"),
        (("read", "quad", "--number", "3"), "no dictionary of number 3"),
        (("write", "quad", "/nowhere.yaml"), "cannot be read"),
    ],
)
def test_a_sentence_says_why_a_step_cannot_be_taken(
    series: Series, arguments: tuple[str, ...], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        run(*arguments)


def test_a_file_that_is_refused_is_named_with_its_line(series: Series, tmp_path: Path) -> None:
    file = tmp_path / "quad.yaml"
    file.write_text("topics:\n- topic: artic\n  terms: [Arctic]\n")

    with pytest.raises(CommandError, match="nearest one is “arctic”"):
        run("write", "quad", file, "--number", 0, "--by", "desk")
    file.write_text("topics:\n- &a\n")
    with pytest.raises(CommandError, match=r"quad\.yaml, line 2"):
        run("write", "quad", file, "--number", 0, "--by", "desk")
