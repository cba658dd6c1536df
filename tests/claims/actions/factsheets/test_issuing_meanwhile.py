"""Issuing while others write: an edition is of what holds when it is stored."""

from datetime import timedelta
from typing import Any

import pytest

from claims.actions.claims.entry import Tie
from claims.actions.factsheets.issuing import IssueRefused, issue_edition
from claims.actions.factsheets.keeping import content_of, start_sheet
from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.factsheets.checking import check_content
from claims.models import Edition, EditionFile, FactSheet, Version
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Excerpt
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.issued import ISSUED, issue_from_desk, issue_text_alone
from tests.claims.pages.test_editions import next_version
from tests.held_open import elsewhere, held_open

# Before it is asked, under the lock of the sheet, whether what was read still holds.
UNDER_LOCK = "claims.actions.factsheets.issuing:action_transaction"


def withhold(excerpt: Excerpt) -> None:
    (asked,) = ask_to_withhold(
        targets=[excerpt], reason="A court.", by=make.somebody(Role.ADMINISTRATOR), at=ISSUED
    )
    carry_out(request=asked, by=make.somebody(Role.EDITOR), at=ISSUED)


def test_words_withheld_while_files_are_made_are_in_no_edition(cloned_database: str) -> None:
    excerpt = make.excerpt(
        "Zanzibar owes nine million", of=make.source("Zanzibar owes nine million. Nothing after.")
    )
    version = make.published(evidence=[Tie(excerpt)])
    manifest = "claims.actions.factsheets.issuing:manifest_of"

    with (
        pytest.raises(IssueRefused, match="withheld"),
        held_open(lambda: issue_from_desk(version), at=manifest),
    ):
        elsewhere(lambda: withhold(excerpt))

    assert not Edition.objects.exists()


def issue(sheet: FactSheet, **more: Any) -> Edition:
    """The next edition of a fact sheet, with a note for whatever is found."""
    by = make.somebody(Role.EDITOR)
    notes = {one.key: "So be it." for one in check_content(content_of(sheet), by, ISSUED)}
    return issue_edition(
        sheet=FactSheet.objects.get(pk=sheet.pk),
        notes=notes,
        by=by,
        clock=lambda: ISSUED + timedelta(days=9),
        base_url="",
        **more,
    )


def sheet_of(version: Version) -> FactSheet:
    content = SheetContent(
        "Debts", style="apa", sections=(SectionContent("", "", (version.claim.ref,)),)
    )
    return start_sheet(key="debts", content=content, by=make.somebody(Role.EDITOR), at=ISSUED)


def test_two_who_issue_at_once_make_two_editions_in_order(
    cloned_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue_text_alone(monkeypatch)
    sheet = sheet_of(make.published())

    with held_open(lambda: issue(sheet), at=UNDER_LOCK) as first:
        elsewhere(lambda: issue(sheet))

    one, two = Edition.objects.order_by("number")
    assert (one.number, two.number, two.replaces) == (1, 2, one)
    assert first.result == two
    assert b"/f/debts/2" in bytes(two.files.get(layout="brief", format="html").content)


def test_a_version_published_while_files_are_made_is_the_one_that_is_issued(
    cloned_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue_text_alone(monkeypatch)
    version = make.published(statement="It was said.")
    sheet = sheet_of(version)

    with held_open(lambda: issue(sheet), at=UNDER_LOCK):
        elsewhere(lambda: next_version(version))

    edition = Edition.objects.get()
    assert [one.version.number for one in edition.versions.select_related("version")] == [2]
    assert edition.manifest["claims"][0]["version"] == 2
    for file in edition.files.filter(format__in=["html", "json"]):
        assert b"And more." in bytes(file.content)


def test_what_breaks_off_at_the_end_leaves_nothing_behind(
    cloned_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue_text_alone(monkeypatch)
    sheet = sheet_of(make.published())

    def break_off(edition: Edition) -> None:
        raise RuntimeError(edition.number)

    with pytest.raises(RuntimeError):
        issue(sheet, on_issue=break_off)

    assert not EditionFile.objects.exists()
    assert issue(sheet).number == 1
