"""Keeping fact sheets as editors write them: what was saved last wins over nobody unseen."""

from datetime import datetime
from typing import TYPE_CHECKING

from claims.actions.catalogue import free_key
from claims.domain.factsheets.content import (
    SheetContent,
    SheetContentRefused,
    content_as_json,
    content_from_json,
)
from claims.factsheets.cite import StyleUnknown, style_path
from claims.models import FactSheet, Version
from claims.readings.saved_queries import versions_of_query
from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.readings.reader import Reader
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User


class SheetOutdated(Refusal):
    """A fact sheet that somebody else saved since it was read."""


class SheetStyleRefused(Refusal):
    """A citation style that nobody wrote."""


def require_queries(content: SheetContent, *, by: "User", at: datetime) -> None:
    """Refuse a saved query that asks by what there is not, or by a key that nobody entered.

    Raises SheetContentRefused.
    """
    for number, section in enumerate(content.sections, 1):
        if section.query:
            try:
                versions_of_query(section.query, Version.objects.none(), Reader(by, at))
            except Refusal as refusal:
                message = f"The query of section {number} is not understood: {refusal.message}"
                raise SheetContentRefused("not_understood", message) from refusal


@action
def start_sheet(*, key: str, content: SheetContent, by: "User", at: datetime) -> FactSheet:
    """Begin a fact sheet. Raises CatalogueRefused, SheetStyleRefused, NotPermitted."""
    require(by, Role.CONTRIBUTOR)
    require_style(content.style)
    require_queries(content, by=by, at=at)
    return FactSheet.objects.create(
        key=free_key(FactSheet, key),
        created_at=at,
        created_by=by,
        **content_as_json(content),
    )


@action
def keep_sheet(
    *, sheet: FactSheet, content: SheetContent, revision: int, by: "User", at: datetime
) -> FactSheet:
    """Save a fact sheet that was read as this revision; the one that is returned has the next.

    Nothing is written where nothing changed. Raises SheetOutdated where somebody saved it since,
    SheetStyleRefused, NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    require_style(content.style)
    require_queries(content, by=by, at=at)
    kept = (
        FactSheet.objects.select_related("saved_by")
        .select_for_update(of=("self",))
        .get(pk=sheet.pk)
    )
    require_revision(
        kept,
        revision,
        "Nothing of yours was saved. Open it anew beside this page, and bring your changes there.",
    )
    if content == content_of(kept):
        return kept
    for name, value in content_as_json(content).items():
        setattr(kept, name, value)
    kept.revision += 1
    kept.saved_at, kept.saved_by = at, by
    kept.save()
    return kept


def require_revision(
    sheet: FactSheet,
    revision: int,
    next_step: str = "Nothing was issued. Look at it as it is now, and check it again.",
) -> None:
    """Refuse what was read as another revision than the one saved last. Raises SheetOutdated."""
    if sheet.revision != revision:
        who, when = last_save(sheet)
        raise SheetOutdated(
            "sheet_outdated",
            f"{who} saved this fact sheet at {when:%Y-%m-%d %H:%M} UTC, after you opened it. "
            f"{next_step}",
        )


def last_save(sheet: FactSheet) -> tuple["User", datetime]:
    """Who saved a fact sheet last, and when: who began it, where nobody did since."""
    if sheet.saved_by is None or sheet.saved_at is None:
        return sheet.created_by, sheet.created_at
    return sheet.saved_by, sheet.saved_at


def content_of(sheet: FactSheet) -> SheetContent:
    """The content of a fact sheet as it was saved last."""
    names = ("title", "language", "style", "summary", "sections", "unknown", "shows")
    return content_from_json({name: getattr(sheet, name) for name in names})


def require_style(name: str) -> None:
    """Refuse a citation style that is none. Raises SheetStyleRefused, naming the nearest."""
    try:
        style_path(name)
    except StyleUnknown as unknown:
        raise SheetStyleRefused(unknown.code, str(unknown)) from unknown
