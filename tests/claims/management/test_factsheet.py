"""The command `factsheet`: what it prints, what it writes, and what it refuses."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.actions.claims.entry import Tie
from tests import factories
from tests.claims.pages import world

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    """Return the output of the command."""
    out = StringIO()
    call_command("factsheet", *arguments, stdout=out)
    return out.getvalue()


def test_without_a_file_it_prints_markdown() -> None:
    world.build()
    printed = run("--topic", "diplomacy")
    assert printed.startswith("# Diplomacy")
    assert "Disputed" in printed


@pytest.mark.parametrize(
    ("style", "citation"),
    [("chicago-notes-bibliography", "[^1]"), ("apa", "(Author, 2024)"), ("ieee", "\\[1\\]")],
)
def test_citations_are_as_the_style_makes_them(style: str, citation: str) -> None:
    source = factories.source(
        "It stands here.",
        author=[{"given": "Ann", "family": "Author"}],
        issued={"date-parts": [[2024]]},
    )
    version = factories.published(evidence=[Tie(factories.excerpt("stands here", of=source))])
    assert citation in run("--claims", version.claim.ref, "--style", style)


def test_it_writes_both_files(tmp_path: Path) -> None:
    world.build()
    printed = run("--topic", "diplomacy", "--output", str(tmp_path / "sheet"))
    assert {path.name for path in tmp_path.iterdir()} == {"sheet.html", "sheet.md"}
    assert "(3 claims)" in printed
    assert (tmp_path / "sheet.html").read_text().startswith("<!DOCTYPE html>")
    assert (tmp_path / "sheet.md").read_text().startswith("# Diplomacy")


@pytest.mark.parametrize(
    ("name", "options", "written"),
    [
        ("sheet.html", [], {"sheet.html"}),
        ("sheet.md", [], {"sheet.md"}),
        ("sheet.txt", ["--format", "markdown"], {"sheet.txt"}),
        ("sheet.html", ["--format", "both"], {"sheet.html", "sheet.md"}),
        ("sheet.v2", [], {"sheet.v2.html", "sheet.v2.md"}),
    ],
)
def test_the_ending_or_the_format_says_which(
    tmp_path: Path, name: str, options: list[str], written: set[str]
) -> None:
    world.build()
    run("--topic", "diplomacy", "--output", str(tmp_path / name), *options)
    assert {path.name for path in tmp_path.iterdir()} == written


def test_submitted_claims_come_when_asked_for() -> None:
    built = world.build()
    factories.submitted(statement="Not approved yet.", topics=[built.topic])
    assert "Not approved yet." not in run("--topic", "diplomacy")
    assert "Not approved yet." in run("--topic", "diplomacy", "--include-submitted")


def test_links_lead_to_where_the_pages_are() -> None:
    built = world.build()
    printed = run("--claims", built.calm.claim.ref, "--base-url", "https://facts.example/")
    assert f"(https://facts.example/claims/{built.calm.claim.ref}/v1/)" in printed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--topic", "diplomcy"], "The nearest is “diplomacy”"),
        (["--topic", "diplomacy", "--style", "apaa"], "No citation style"),
        (["--claims", ","], "no reference of a claim"),
        ([], "one of --topic, --entity and --claims is required"),
        (["--topic", "diplomacy", "--entity", "statement"], "not allowed with"),
        (["--topic", "diplomacy", "--output", "/nowhere/at/all"], "cannot be written"),
    ],
)
def test_what_cannot_be_made_is_said_in_a_sentence(arguments: list[str], words: str) -> None:
    world.build()
    with pytest.raises(CommandError, match=words):
        run(*arguments)


def test_a_failure_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    world.build()
    kept = tmp_path / "sheet.md"
    kept.write_text("as it was")
    with pytest.raises(CommandError):
        run("--topic", "diplomacy", "--style", "apaa", "--output", str(kept))
    assert kept.read_text() == "as it was"
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.md"]
