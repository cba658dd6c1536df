"""Keeping fact sheets as editors write them: what was saved last wins over nobody unseen."""

from datetime import datetime
from typing import TYPE_CHECKING

from claims.actions.catalogue import free_key
from claims.domain.factsheets.content import SheetContent, content_as_json, content_from_json
from claims.factsheets.cite import StyleUnknown, style_path
from claims.models import FactSheet
from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User


class SheetOutdated(Refusal):
    """A fact sheet that somebody else saved since it was read."""


class SheetStyleRefused(Refusal):
    """A citation style that nobody wrote."""


@action
def start_sheet(*, key: str, content: SheetContent, by: "User", at: datetime) -> FactSheet:
    """Begin a fact sheet. Raises CatalogueRefused, SheetStyleRefused, NotPermitted."""
    require(by, Role.CONTRIBUTOR)
    require_style(content.style)
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
    kept = (
        FactSheet.objects.select_related("saved_by")
        .select_for_update(of=("self",))
        .get(pk=sheet.pk)
    )
    if kept.revision != revision:
        raise SheetOutdated(
            "sheet_outdated",
            f"{kept.saved_by} saved this fact sheet at {kept.saved_at:%Y-%m-%d %H:%M} UTC, after "
            "you opened it. Nothing of yours was saved. Open it anew beside this page, and bring "
            "your changes there.",
        )
    if content == content_of(kept):
        return kept
    for name, value in content_as_json(content).items():
        setattr(kept, name, value)
    kept.revision += 1
    kept.saved_at, kept.saved_by = at, by
    kept.save()
    return kept


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
