"""The list of kept fact sheets at the desk, each with its newest edition and where that stands."""

from dataclasses import dataclass

from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.admin.factsheets.editions import STATE_LOOKS
from claims.models import Edition, FactSheet
from claims.readings.editions import EditionReading, read_editions
from sources.readings.reader import Reader

PAGE_SIZE = 50


@dataclass(frozen=True)
class SheetRow:
    """A fact sheet with its newest edition, None where none was issued.

    `is_changed` says that it was saved after that was issued.
    """

    sheet: FactSheet
    edition: EditionReading | None
    is_changed: bool = False

    @property
    def state(self) -> str:
        """The state of its newest edition, in a few words."""
        return _("Not issued yet") if self.edition is None else capfirst(self.edition.state_text)

    @property
    def look(self) -> str:
        """The class of the badge of the state."""
        return "" if self.edition is None else STATE_LOOKS[self.edition.state]


def sheet_rows(number: int, reader: Reader) -> tuple[list[SheetRow], bool]:
    """The rows of a page, those saved last first, and whether there are more."""
    first = (number - 1) * PAGE_SIZE
    found = FactSheet.objects.select_related("saved_by", "created_by").order_by(
        F("saved_at").desc(nulls_last=True), "-pk"
    )[first : first + PAGE_SIZE + 1]
    sheets = list(found)
    shown = sheets[:PAGE_SIZE]
    newest = Edition.objects.filter(fact_sheet__in=[one.pk for one in shown]).newest_of_each()
    editions = {one.key: one for one in read_editions(newest.order_by("pk"), reader)}
    rows = [_sheet_row(sheet, editions.get(sheet.key)) for sheet in shown]
    return rows, len(sheets) > PAGE_SIZE


def _sheet_row(sheet: FactSheet, edition: EditionReading | None) -> SheetRow:
    """The row of a fact sheet."""
    if edition is None or sheet.saved_at is None:
        return SheetRow(sheet, edition)
    return SheetRow(sheet, edition, is_changed=sheet.saved_at > edition.issued_at)
