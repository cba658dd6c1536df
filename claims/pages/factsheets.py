"""A fact sheet made for the reader: published claims by topic, cited in the style they choose."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from claims.factsheets.assemble import assemble
from claims.factsheets.cite import StyleUnknown
from claims.factsheets.render import RenderFailed, stylesheet
from claims.factsheets.render import render as render_sheet
from claims.factsheets.sheet import Sheet
from claims.pages.editions import issued_sheets
from claims.pages.parameters import PageRefused, refusal_page, refusals_as_pages, search_words
from claims.pages.presenters import PUBLIC
from claims.pages.topics import published_topics
from sources.domain.refusals import quoted

DEFAULT_STYLE = "chicago-notes-bibliography"
STYLES = [
    (DEFAULT_STYLE, gettext_lazy("Chicago, notes")),
    ("apa", gettext_lazy("APA, author and date")),
    ("ieee", gettext_lazy("IEEE, numbers")),
]
FILES = {"html": "text/html", "markdown": "text/markdown"}
ENDINGS = {"html": "html", "markdown": "md"}


@require_safe
@cache_control(private=True, no_store=True)  # a sheet says when it was made
@refusals_as_pages
def factsheet(request: HttpRequest) -> HttpResponse:
    """The sheet of a topic or an entity on a page, or as a file; without either, what there is."""
    now = timezone.now()
    topic, entity = search_words(request, "topic"), search_words(request, "entity")
    style = search_words(request, "style") or DEFAULT_STYLE
    form = search_words(request, "format")
    if form and form not in FILES:
        raise PageRefused(
            "format", _("%(form)s is no format; use html or markdown.") % {"form": quoted(form)}
        )
    context: dict[str, Any] = {
        "topic": topic,
        "entity": entity,
        "style": style,
        "styles": STYLES,
        "topics": published_topics(now),
    }
    if not (topic or entity):
        return render(request, "claims/factsheet.html", {**context, "issued": issued_sheets()})
    sheet = assemble(
        topic=topic or None,
        entity=entity or None,
        reader=PUBLIC,
        at=now,
        base_url=request.build_absolute_uri("/").rstrip("/"),
    )
    try:
        if form:
            return as_file(sheet, style, form, name=topic or entity)
        article = render_sheet(sheet, style=style, to="html", standalone=False)
    except (StyleUnknown, RenderFailed) as error:
        return refusal_page(request, str(error))
    return render(request, "claims/factsheet.html", {**context, "sheet": sheet, "article": article})


def as_file(sheet: Sheet, style: str, form: str, *, name: str) -> HttpResponse:
    """The sheet to keep."""
    to: Any = form
    written = render_sheet(sheet, style=style, to=to)
    return HttpResponse(
        written,
        content_type=f"{FILES[form]}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{file_name(name)}.{ENDINGS[form]}"'
        },
    )


def file_name(name: str) -> str:
    """A name that every system takes."""
    letters = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in name)
    return letters.strip("-")[:80] or "factsheet"


@require_safe
def sheet_css(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of views
    """The look of a sheet, for the page that shows one."""
    return HttpResponse(stylesheet(), content_type="text/css; charset=utf-8")
