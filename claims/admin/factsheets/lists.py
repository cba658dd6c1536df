"""The list of kept fact sheets at the desk, each with its state."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max
from django.utils.translation import gettext as _

from claims.models import FactSheet

PAGE_SIZE = 50


@dataclass(frozen=True)
class SheetRow:
    """A fact sheet with its state in words; `look` is the class of the badge."""

    sheet: FactSheet
    state: str
    look: str


def sheet_rows(number: int) -> tuple[list[SheetRow], bool]:
    """The rows of a page, those saved last first, and whether there are more."""
    first = (number - 1) * PAGE_SIZE
    found = (
        FactSheet.objects.select_related("saved_by")
        .annotate(edition=Max("editions__number"), issued_at=Max("editions__issued_at"))
        .order_by(F("saved_at").desc(nulls_last=True), "-pk")[first : first + PAGE_SIZE + 1]
    )
    rows = [_row(sheet, sheet.edition, sheet.issued_at) for sheet in found]
    return rows[:PAGE_SIZE], len(rows) > PAGE_SIZE


def _row(sheet: FactSheet, edition: int | None, issued_at: datetime | None) -> SheetRow:
    """The row of a fact sheet by its newest edition."""
    if edition is None or issued_at is None:
        return SheetRow(sheet, _("Not issued yet"), "")
    if sheet.saved_at is not None and sheet.saved_at > issued_at:
        return SheetRow(
            sheet, _("Changed since edition %(number)s") % {"number": edition}, "is-open"
        )
    return SheetRow(sheet, _("Edition %(number)s is issued") % {"number": edition}, "is-good")
