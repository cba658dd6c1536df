"""The preview of a fact sheet: what is saved, as readers would see it issued now."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.factsheets.keeping import content_of
from claims.factsheets.cite import StyleUnknown
from claims.factsheets.formats import LAYOUTS, Layout
from claims.factsheets.from_content import assemble_content
from claims.factsheets.render import RenderFailed, render_article
from claims.models import FactSheet
from sources.admin.base import ActionAdmin
from sources.domain.refusals import Refusal

# No script, no address but our own style sheet, and no page but the editor around it.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
_LEADS_OUT = re.compile(r'<a (?=[^>]*\bhref="(?!#))')


def preview_page(admin: ActionAdmin, request: HttpRequest, sheet: FactSheet) -> HttpResponse:
    """The sheet of what is saved, in one layout, on a page that the editor shows in a frame.

    Claims that are not published are left out, as they are of an edition. Where it cannot be made
    the page says why.
    """
    layout = asked_layout(request)
    article, refusal = "", ""
    try:
        article = _article(request, sheet, layout)
    except Refusal as refused:
        refusal = refused.message
    except (StyleUnknown, RenderFailed) as failed:
        refusal = str(failed)
    response = admin.page(
        request,
        "admin/claims/factsheets/preview.html",
        title=_("Preview: %(title)s") % {"title": sheet.title},
        status=422 if refusal else 200,
        sheet=sheet,
        layout=layout,
        article=article,
        refusal=refusal,
    )
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def asked_layout(request: HttpRequest) -> Layout:
    """The layout that is asked for; the brief where none is, or one that is not known."""
    asked = request.GET.get("layout", "")
    return next((layout for layout in LAYOUTS if layout == asked), "brief")


def _article(request: HttpRequest, sheet: FactSheet, layout: Layout) -> str:
    """The sheet as an article; links that lead out of it open beside the editor."""
    content = content_of(sheet)
    made = assemble_content(
        content,
        reader=request.user,
        at=timezone.now(),
        base_url=request.build_absolute_uri("/").rstrip("/"),
    )
    article = render_article(made, style=content.style, layout=layout)
    return _LEADS_OUT.sub('<a target="_blank" rel="noopener" ', article)
