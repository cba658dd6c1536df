"""Quoting the words that somebody at the desk selected in a text, or pasted."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.pages.parameters import refusals_as_pages
from claims.pages.reader import current_text
from claims.pages.sources import source_page
from sources.actions.quotes.excerpts import quote
from sources.actions.quotes.tray import collect_quote
from sources.domain.refusals import Refusal
from sources.models import Excerpt, Source
from sources.querysets.readers import is_staff
from sources.readings.reader import Reader
from sources.vocabulary import Grade

# What the form sends; the words around and the page come with a selection only.
FIELDS = ("exact", "prefix", "suffix", "locator")
# What becomes of the quote, by the button that was pressed; without one it makes a claim by itself.
COLLECT = "collect"
WITH_TRAY = "tray"  # a claim on it and on all that was collected before
# What the words make a claim of, where that is known: passed on to the form of the claim.
PASSED_ON = ("subject", "property", "aspect", "value")


@require_POST
@refusals_as_pages
def quote_words(request: HttpRequest, key: str) -> HttpResponse:
    """Quote words of a source, and collect them or go on to a claim on them.

    What is amiss with the words of a claim is shown first.
    """
    by: Any = request.user
    if not is_staff(by):
        return redirect_to_login(reverse("claims:source", args=[key]), reverse("admin:login"))
    at = timezone.now()
    sources = Source.objects.readable_by(by, at).select_related("publisher")
    source = get_object_or_404(sources, key=key)
    typed = {name: _with_plain_line_ends(request.POST.get(name, "")) for name in FIELDS}
    then = request.POST.get("then", "")
    try:
        excerpt = quote(
            source=source,
            exact=typed["exact"],
            prefix=typed["prefix"],
            suffix=typed["suffix"],
            locator=typed["locator"],
            page=_page_of(request, source),
            by=by,
            at=at,
        )
        if then in (COLLECT, WITH_TRAY):
            collect_quote(excerpt=excerpt, by=by, at=at)
    except Refusal as refusal:
        reader = Reader(by, at)
        return source_page(
            request, source, reader, status=400, refusal=refusal.message, typed=typed
        )
    if then == COLLECT:
        return redirect(
            f"{reverse('claims:source', args=[key])}?excerpt={excerpt.pk}#x{excerpt.pk}"
        )
    return _go_on(request, excerpt, with_tray=then == WITH_TRAY)


def _go_on(request: HttpRequest, excerpt: Excerpt, *, with_tray: bool) -> HttpResponse:
    """To a claim on verified words; for others, to the page that says what to do about them."""
    grade = Grade(excerpt.grade)
    if grade.is_located:
        messages.success(
            request,
            _("Quoted: %(grade)s. Now say what the words make a claim of.")
            % {"grade": _(grade.label).lower()},
        )
        known = {name: request.POST[name] for name in PASSED_ON if request.POST.get(name)}
        quotes = {"from": "tray"} if with_tray else {"excerpt": str(excerpt.pk)}
        address = urlencode({**quotes, **known})
        return redirect(f"{reverse('admin:claims_claim_add')}?{address}")
    messages.warning(
        request,
        _("Quoted, but not verified: %(meaning)s") % {"meaning": _(grade.meaning)},
    )
    return redirect(reverse("admin:sources_excerpt_change", args=[excerpt.pk]))


def _with_plain_line_ends(typed: str) -> str:
    """The words with line ends as texts have them; a form sends others."""
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def _page_of(request: HttpRequest, source: Source) -> int | None:
    """The index of the page on which the words were selected, if the text has such pages."""
    typed = request.POST.get("page", "")
    layer = current_text(source)
    if layer is None or len(layer.pages) < 2 or not (typed.isascii() and typed.isdigit()):
        return None
    indexes = {str(page["index"]): page["index"] for page in layer.pages}
    return indexes.get(typed)
