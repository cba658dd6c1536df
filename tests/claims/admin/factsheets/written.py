"""Fact sheets as editors write them at the desk, and the form that saves them."""

from typing import Any

from claims.actions.factsheets.keeping import start_sheet
from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.models import FactSheet
from tests import factories as make

LIST = "/admin/claims/factsheet/"
LOOSE = "section-1-prose:loose_number:47%"


def loose_sheet() -> FactSheet:
    """A fact sheet of a published claim, with a number in its prose that the claim has not."""
    ref = make.published().claim.ref
    section = SectionContent("The line", prose=f"It rose by 47% [{ref}].", claims=(ref,))
    content = SheetContent(title="Gas by pipe", style="apa", sections=(section,))
    return start_sheet(key="gas", content=content, by=make.person(), at=make.TODAY)


def form_of(sheet: FactSheet, **fields: Any) -> dict[str, Any]:
    """The form of a fact sheet as the editor sends it; a member of `fields` takes its place."""
    data: dict[str, Any] = {
        name: getattr(sheet, name) for name in ("title", "language", "style", "summary", "revision")
    }
    data |= {
        "unknown": "\n".join(sheet.unknown),
        "shows": sheet.shows,
        "sections-TOTAL_FORMS": len(sheet.sections),
        "sections-INITIAL_FORMS": 0,
    }
    for number, section in enumerate(sheet.sections):
        row = section | {"place": number + 1, "claims": " ".join(section["claims"])}
        data |= {f"sections-{number}-{name}": value for name, value in row.items()}
    return data | fields


def page_of(sheet: FactSheet, part: str = "change") -> str:
    """The address of a page of a fact sheet."""
    return f"{LIST}{sheet.pk}/{part}/"
