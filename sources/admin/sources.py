"""Sources at the desk: their record, their captures, and what is quoted from them."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.actions.origins import add_origin
from sources.actions.quotes.excerpts import quote
from sources.actions.sources import add_source, revise_source
from sources.admin import bibliography, opening, readers, standing
from sources.admin.base import ActionAdmin, ActionForm, actor_and_time, run_action
from sources.admin.capture_forms import CaptureForm, FetchForm
from sources.admin.captures import capture_paths, captures_of, text_of
from sources.admin.fields import MAX_OPTIONS, datalist
from sources.admin.forms import OriginForm, QuoteForm, SourceForm
from sources.admin.publishers import offered_publishers
from sources.admin.quoting import describe_finding
from sources.models import Excerpt, Source
from sources.querysets.sources import SourceQuerySet
from sources.readings.reader import Reader
from sources.readings.redacted_text import shown_and_hidden
from sources.readings.standing import standing_of
from sources.vocabulary import Grade, OriginKind

# How many quotes the page of a source shows.
SHOWN_QUOTES = 200


@admin.register(Source)
class SourceAdmin(ActionAdmin):
    """Entering sources, keeping their text and quoting from it."""

    list_display = ("title", "key", "publisher", "issued", "standing")
    list_filter = ("access", "standing", "rights")
    list_select_related = ("publisher",)
    search_fields = ("title",)
    search_help_text = gettext_lazy("Words of title, authors, publisher or container.")
    ordering = ("-pk",)
    actions = bibliography.EXPORTS
    history_fields = (
        *("title", "type", "authors", "publisher", "container", "issued", "url", "doi", "isbn"),
        *("language", "number", "csl", "rights", "access", "public_descriptor"),
        *("opened_at", "opened_by", "standing", "standing_on", "standing_reason"),
        "standing_passages",
    )

    def get_queryset(self, request: HttpRequest) -> SourceQuerySet:
        """The sources that the account may read."""
        readable: SourceQuerySet = Source.objects.readable_by(request.user, timezone.now())
        return readable

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Sources are found by words in any order, diacritics aside."""
        return queryset.matching(search_term), False

    def get_urls(self) -> list[URLPattern]:
        """The pages of a source, before Django's own."""
        view = self.admin_site.admin_view
        own = [
            path("suggest/", view(self.suggest_view), name="sources_source_suggest"),
            *bibliography.bibliography_urls(self),
            path("<int:pk>/record/", view(self.record_view), name="sources_source_record"),
            path("<int:pk>/text/", view(self.text_view), name="sources_source_text"),
            *capture_paths(self),
            *standing.standing_urls(self),
            *opening.opening_urls(self),
            *readers.reader_urls(self),
            path("<int:pk>/quote/", view(self.quote_view), name="sources_source_quote"),
            path("<int:pk>/origin/", view(self.origin_view), name="sources_source_origin"),
        ]
        return [*own, *super().get_urls()]

    def suggest_view(self, request: HttpRequest) -> JsonResponse:
        """Keys and titles of the sources that match what is being typed."""
        self.require_view(request)
        found = self.get_queryset(request).matching(request.GET.get("q", "")[:100])
        rows = found.order_by("title", "pk").values_list("key", "title")[:MAX_OPTIONS]
        return JsonResponse({"results": [{"key": key, "label": title} for key, title in rows]})

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Enter a source."""
        self.require_add(request)
        form = SourceForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            source = run_action(
                form,
                lambda: add_source(
                    record=form.record(), **form.reading(), **actor_and_time(request)
                ),
            )
            if source is not None:
                messages.success(
                    request, _("The source is entered. Upload its text, then quote from it.")
                )
                return redirect(self.address(source))
        return self._record_page(request, form, title=_("Enter a source"))

    def record_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Revise the record of a source."""
        self.require_change(request)
        source = self.row(request, pk)
        form = SourceForm(request.POST or None, source=source)
        if request.method == "POST" and form.is_valid():
            revised = run_action(
                form,
                lambda: revise_source(
                    source=source,
                    record=form.record(),
                    **form.reading(),
                    **actor_and_time(request),
                ),
            )
            if revised is not None:
                messages.success(request, _("The record is saved."))
                return redirect(self.address(source))
        return self._record_page(
            request,
            form,
            title=_("Record of %(key)s") % {"key": source.key},
            back=self.address(source),
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """The page of a source."""
        return self._source_page(request, self.row(request, object_id))

    def text_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The text of a source, to read and to copy quotes from."""
        source = self.row(request, pk)
        layer = text_of(source, request.GET.get("capture", ""))
        return self.page(
            request,
            "admin/sources/text.html",
            title=_("Text"),
            parent={"url": self.address(source), "title": source.title},
            source=source,
            layer=layer,
            pieces=[] if layer is None else shown_and_hidden(layer),
        )

    def quote_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Quote words from a source and say how they stand in its text."""
        self.require_change(request)
        source = self.row(request, pk)
        form = QuoteForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            excerpt = run_action(
                form,
                lambda: quote(source=source, **form.cleaned_data, **actor_and_time(request)),
            )
            if excerpt is not None:
                return self._after_quote(request, excerpt)
        return self._source_page(request, source, quote_form=form)

    def origin_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say from which source this one derives."""
        self.require_change(request)
        source = self.row(request, pk)
        form = OriginForm(request.POST or None, by=request.user)
        if request.method == "POST" and form.is_valid():
            tie = run_action(
                form,
                lambda: add_origin(
                    source=source,
                    origin=form.cleaned_data["origin"],
                    kind=OriginKind(form.cleaned_data["kind"]),
                    reason=form.cleaned_data["reason"],
                    **actor_and_time(request),
                ),
            )
            if tie is not None:
                messages.success(request, _("The origin is noted."))
                return redirect(self.address(source))
        return self._source_page(request, source, origin_form=form)

    def _after_quote(self, request: HttpRequest, excerpt: Excerpt) -> HttpResponse:
        """Say what was found; where several places fit, go on to choosing one."""
        grade = Grade(excerpt.grade)
        level = messages.SUCCESS if grade.is_located else messages.WARNING
        reader = Reader(request.user, timezone.now())
        messages.add_message(request, level, describe_finding(excerpt, reader))
        if grade == Grade.AMBIGUOUS:
            return redirect(reverse("admin:sources_excerpt_change", args=[excerpt.pk]))
        return redirect(f"{self.address(excerpt.source)}#quotes")

    def _record_page(
        self, request: HttpRequest, form: ActionForm, *, title: str, back: str = ""
    ) -> HttpResponse:
        return self.page(
            request,
            "admin/desk/form.html",
            title=title,
            status=form.http_status,
            form=form,
            button=_("Save"),
            back=back,
            offers=[offered_publishers(request.user)],
        )

    def _source_page(
        self,
        request: HttpRequest,
        source: Source,
        *,
        quote_form: QuoteForm | None = None,
        origin_form: OriginForm | None = None,
    ) -> HttpResponse:
        forms = [form for form in (quote_form, origin_form) if form is not None]
        excerpts = source.excerpts.listed().with_withheld_at().select_related("created_by")
        known = Reader(request.user, timezone.now())
        return self.page(
            request,
            "admin/sources/source.html",
            title=source.title,
            status=max((form.http_status for form in forms), default=200),
            source=source,
            standing=standing_of(source),
            history_url=self.history_address(source),
            captures=captures_of(source),
            excerpts=excerpts.order_by("-pk")[:SHOWN_QUOTES],
            origins=[
                (tie, known.knows(tie.origin))
                for tie in source.origin_ties.select_related("origin").order_by("pk")
            ],
            capture_form=CaptureForm(),
            fetch_form=FetchForm(initial={"url": source.url}),
            quote_form=quote_form or QuoteForm(),
            origin_form=origin_form or OriginForm(by=request.user),
            may_change=self.has_change_permission(request),
            **opening.opening_of(source, request),
            offers_of_file=bibliography.suggestions_of_file(source),
            offers=[datalist("offer-sources", self.get_queryset(request), "title")],
        )
