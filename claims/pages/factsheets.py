"""A fact sheet made for the reader: published claims by topic, cited in the style they choose."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from claims.factsheets.assemble import assemble
from claims.factsheets.cite import StyleUnknown
from claims.factsheets.formats import DEFAULT_LAYOUT, FORMATS, LAYOUTS, Layout, names
from claims.factsheets.render import RenderFailed, render_article, stylesheet
from claims.factsheets.render import render as render_sheet
from claims.factsheets.render_slots import RETRY_AFTER
from claims.factsheets.sheet import Sheet
from claims.pages.editions import issued_sheets
from claims.pages.parameters import PageRefused, refusal_page, refusals_as_pages, search_words
from claims.pages.past import moment_of, takes_known_at
from claims.pages.presenters import PUBLIC
from claims.pages.topics import published_topics
from sources.domain.refusals import quoted

DEFAULT_STYLE = "chicago-notes-bibliography"
STYLES = [
    (DEFAULT_STYLE, gettext_lazy("Chicago, notes")),
    ("apa", gettext_lazy("APA, author and date")),
    ("ieee", gettext_lazy("IEEE, numbers")),
]


@require_safe
@takes_known_at()
@cache_control(private=True, no_store=True)  # a sheet says when it was made
@refusals_as_pages
def factsheet(request: HttpRequest) -> HttpResponse:
    """The sheet of a topic or an entity on a page, or as a file; without either, what there is."""
    now = moment_of(request)
    topic, entity = search_words(request, "topic"), search_words(request, "entity")
    style = search_words(request, "style") or DEFAULT_STYLE
    form = search_words(request, "format")
    if form and form not in FORMATS:
        raise PageRefused(
            "format",
            _("%(form)s is no format. There are: %(known)s.")
            % {"form": quoted(form), "known": ", ".join(names())},
        )
    layout = _layout(search_words(request, "layout"))
    context: dict[str, Any] = {
        "topic": topic,
        "entity": entity,
        "style": style,
        "styles": STYLES,
        "formats": FORMATS.values(),
        "layout": layout,
        "topics": published_topics(now),
    }
    if not (topic or entity):
        return render(request, "claims/factsheet.html", {**context, **issued_sheets(request)})
    sheet = assemble(
        topic=topic or None,
        entity=entity or None,
        reader=PUBLIC,
        at=now,
        base_url=request.build_absolute_uri("/").rstrip("/"),
    )
    try:
        if form:
            return as_file(sheet, style, form, layout, name=topic or entity)
        article = render_article(sheet, style=style, layout=layout)
    except (StyleUnknown, RenderFailed) as error:
        is_busy = error.code == "busy"
        return refusal_page(request, str(error), retry_after=RETRY_AFTER if is_busy else None)
    return render(request, "claims/factsheet.html", {**context, "sheet": sheet, "article": article})


def _layout(written: str) -> Layout:
    """The layout of that name; the default without one. Raises PageRefused."""
    for layout in LAYOUTS:
        if layout == (written or DEFAULT_LAYOUT):
            return layout
    raise PageRefused(
        "layout",
        _("%(layout)s is no layout. There are: %(known)s.")
        % {"layout": quoted(written), "known": ", ".join(LAYOUTS)},
    )


def as_file(sheet: Sheet, style: str, form: str, layout: Layout, *, name: str) -> HttpResponse:
    """The sheet to keep."""
    file = FORMATS[form]
    return HttpResponse(
        render_sheet(sheet, style=style, to=form, layout=layout),
        content_type=file.content_type,
        headers={"Content-Disposition": f'attachment; filename="{file.file_name(name, layout)}"'},
    )


@require_safe
def sheet_css(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of views
    """The look of a sheet, for the page that shows one."""
    return HttpResponse(stylesheet(), content_type="text/css; charset=utf-8")
