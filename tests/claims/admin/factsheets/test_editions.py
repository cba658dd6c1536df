"""Editions at the desk: where each stands, and how one is corrected and withdrawn."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.publication import retract
from claims.actions.factsheets.keeping import content_of, keep_sheet
from claims.actions.factsheets.taking_back import withdraw_edition
from claims.models import Edition, EditionWithdrawal, Erratum
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.admin.entry.test_pages import staff_client
from tests.claims.admin.factsheets.written import LIST, page_of
from tests.claims.issued import ISSUED, issue

pytestmark = pytest.mark.django_db

LATER = ISSUED + timedelta(hours=1)


def editor() -> Client:
    return staff_client(make.person(Role.EDITOR))


def desk_page(edition: Edition) -> str:
    return page_of(edition.fact_sheet, f"editions/{edition.number}")


def listed(page: Any) -> list[tuple[str, str, bool]]:
    return [(row.sheet.key, row.state, row.is_changed) for row in page.context["rows"]]


def test_the_list_says_where_the_newest_edition_of_each_sheet_stands() -> None:
    current, stale = issue(make.published(), key="current"), make.published()
    issue(stale, key="stale")
    retract(claim=stale.claim, reason="Wrong.", by=make.somebody(Role.EDITOR), at=LATER)
    taken = issue(make.published(), key="taken")
    withdraw_edition(edition=taken, reason="Wrong.", by=make.person(Role.EDITOR), at=ISSUED)
    keep_sheet(
        sheet=current.fact_sheet,
        content=replace(content_of(current.fact_sheet), summary="One more sentence."),
        revision=current.fact_sheet.revision,
        by=make.person(),
        at=ISSUED + timedelta(days=1),
    )

    page = editor().get(LIST)

    assert sorted(listed(page)) == [
        ("current", "Current", True),
        ("stale", "Stale", False),
        ("taken", "Withdrawn", False),
    ]
    assert "/factsheets/stale/1/" in page.content.decode()
    assert "was retracted" in page.content.decode()


def test_the_list_costs_the_same_however_many_sheets_it_has() -> None:
    issue(make.published(), key="one")
    client = editor()

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        return len(asked)

    before = cost()
    for key in ("two", "three"):
        issue(make.published(), make.published(), key=key)

    assert cost() == before


def test_the_page_of_a_sheet_lists_its_editions_with_the_reasons_and_files() -> None:
    version = make.published()
    first, second = issue(version), issue(version)
    retract(claim=version.claim, reason="Wrong.", by=make.somebody(Role.EDITOR), at=LATER)

    page = editor().get(page_of(second.fact_sheet))

    rows, text = page.context["editions"], page.content.decode()
    assert [(row.edition.number, row.edition.state_text) for row in rows] == [
        (2, "stale"),
        (1, "superseded by edition 2"),
    ]
    for edition in (first, second):
        assert f"/factsheets/sheet/{edition.number}/" in text
        assert desk_page(edition) in text
    for reason in rows[0].edition.reasons:
        assert reason.sentence in text


def test_an_erratum_is_added_once_and_stands_on_the_public_page() -> None:
    edition, client = issue(make.published()), editor()

    answer = client.post(desk_page(edition), {"words": "For 8% read 9%.", "erratum": "1"})

    assert answer["Location"] == desk_page(edition)
    assert Erratum.objects.get().words == "For 8% read 9%."
    assert "For 8% read 9%." in client.get(desk_page(edition)).content.decode()
    assert "For 8% read 9%." in Client().get("/factsheets/sheet/1/").content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": "It is wrong."}, "Tick this to withdraw"),
        ({"is_sure": "on"}, "Say why the edition is withdrawn"),
    ],
)
def test_an_edition_is_withdrawn_with_a_reason_and_a_tick_only(
    typed: dict[str, str], said: str
) -> None:
    edition = issue(make.published())

    page = editor().post(
        desk_page(edition), {"withdraw": "1", "words": "An erratum half written.", **typed}
    )

    text = page.content.decode()
    assert said in text
    assert "An erratum half written." in text
    assert typed.get("reason", "") in text
    assert not EditionWithdrawal.objects.exists()
    assert not Erratum.objects.exists()


def test_a_withdrawn_edition_says_so_and_can_be_corrected_still() -> None:
    edition, client = issue(make.published()), editor()

    client.post(desk_page(edition), {"withdraw": "1", "reason": "It is wrong.", "is_sure": "on"})
    page = client.get(desk_page(edition)).content.decode()
    again = client.post(
        desk_page(edition), {"withdraw": "1", "reason": "Once more.", "is_sure": "on"}
    )

    assert EditionWithdrawal.objects.get().reason == "It is wrong."
    assert "Withdrawn" in page
    assert "It is wrong." in page
    assert "Withdraw this edition" not in page
    assert "Add the erratum" in page
    assert "withdrew this edition" in again.content.decode()


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER])
@pytest.mark.parametrize(
    "typed",
    [
        {"words": "For 8% read 9%.", "erratum": "1"},
        {"reason": "It is wrong.", "is_sure": "on", "withdraw": "1"},
    ],
)
def test_who_is_no_editor_is_told_and_changes_nothing(role: Role, typed: dict[str, str]) -> None:
    edition, client = issue(make.published()), staff_client(make.person(role))

    read = client.get(desk_page(edition)).content.decode()
    sent = client.post(desk_page(edition), typed)

    assert "this takes the role editor" in read
    assert "Add the erratum" not in read
    assert sent.status_code == 403
    assert "this takes the role editor" in sent.content.decode()
    assert not Erratum.objects.exists()
    assert not EditionWithdrawal.objects.exists()


def test_an_edition_that_was_never_issued_has_no_page() -> None:
    edition = issue(make.published())

    assert editor().get(page_of(edition.fact_sheet, "editions/2")).status_code == 404
