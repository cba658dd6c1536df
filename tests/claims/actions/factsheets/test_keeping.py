"""Saving fact sheets: nobody's words are overwritten unseen, and all of them are on record."""

from dataclasses import replace

import pytest
from django.apps import apps

from claims.actions.catalogue import CatalogueRefused
from claims.actions.factsheets.keeping import (
    SheetOutdated,
    SheetStyleRefused,
    content_of,
    keep_sheet,
    start_sheet,
)
from claims.domain.factsheets.content import SectionContent, SheetContent
from sources.vocabulary import Role
from tests import factories as make
from tests.factories import TODAY

pytestmark = pytest.mark.django_db

CONTENT = SheetContent("Trade", style="apa", sections=(SectionContent("Energy", "Gas.", ("C1",)),))


def test_a_sheet_has_the_content_that_was_saved_last() -> None:
    by = make.person(Role.CONTRIBUTOR)
    sheet = start_sheet(key="trade", content=CONTENT, by=by, at=TODAY)

    kept = keep_sheet(
        sheet=sheet, content=replace(CONTENT, summary="It fell."), revision=1, by=by, at=TODAY
    )

    assert content_of(kept) == replace(CONTENT, summary="It fell.")
    assert (kept.revision, kept.saved_by) == (2, by)


def test_a_sheet_that_was_saved_since_is_not_overwritten() -> None:
    first, second = make.person(Role.CONTRIBUTOR), make.person(Role.EDITOR)
    sheet = start_sheet(key="trade", content=CONTENT, by=first, at=TODAY)
    keep_sheet(sheet=sheet, content=replace(CONTENT, title="A"), revision=1, by=first, at=TODAY)

    with pytest.raises(SheetOutdated, match=str(first)):
        keep_sheet(
            sheet=sheet, content=replace(CONTENT, title="B"), revision=1, by=second, at=TODAY
        )

    sheet.refresh_from_db()
    assert sheet.title == "A"


def test_saving_what_is_there_writes_nothing() -> None:
    by = make.person(Role.CONTRIBUTOR)
    sheet = start_sheet(key="trade", content=CONTENT, by=by, at=TODAY)

    kept = keep_sheet(sheet=sheet, content=CONTENT, revision=1, by=by, at=TODAY)

    assert (kept.revision, kept.saved_at) == (1, None)


def test_all_that_was_saved_is_on_record() -> None:
    by = make.person(Role.CONTRIBUTOR)
    sheet = start_sheet(key="trade", content=CONTENT, by=by, at=TODAY)
    keep_sheet(sheet=sheet, content=replace(CONTENT, title="A"), revision=1, by=by, at=TODAY)

    events = apps.get_model("claims", "FactSheetEvent").objects.order_by("pgh_id")
    assert list(events.values_list("title", "pgh_context__action")) == [
        ("Trade", "start_sheet"),
        ("A", "keep_sheet"),
    ]


def test_a_key_is_taken_once_and_a_style_is_one() -> None:
    by = make.person(Role.CONTRIBUTOR)
    start_sheet(key="trade", content=CONTENT, by=by, at=TODAY)

    with pytest.raises(CatalogueRefused, match="trade"):
        start_sheet(key="trade", content=CONTENT, by=by, at=TODAY)
    with pytest.raises(SheetStyleRefused, match="chicago"):
        start_sheet(key="other", content=replace(CONTENT, style="chicag"), by=by, at=TODAY)
