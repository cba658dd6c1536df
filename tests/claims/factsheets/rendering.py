"""Fact sheets in the formats that are text, as text."""

from claims.factsheets.formats import DEFAULT_LAYOUT, Layout
from claims.factsheets.render import render
from claims.factsheets.sheet import Sheet


def rendered(sheet: Sheet, *, style: str, to: str, layout: Layout = DEFAULT_LAYOUT) -> str:
    """The file of a sheet, decoded."""
    return render(sheet, style=style, to=to, layout=layout).decode()
