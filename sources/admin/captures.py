"""Captures at the desk: files, pages and records of archives, and how their extraction ended."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core import signing
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from sources.actions.captures.archives import (
    STAGED_FOR,
    RecordsRefused,
    capture_archive,
    drop_staged,
    is_archive,
    list_records,
    load_staged,
    stage_upload,
)
from sources.actions.captures.capture import require_size, set_page_offset
from sources.actions.captures.fetches import capture_from
from sources.actions.captures.texts import extract_whole_text, has_more_text
from sources.actions.captures.uploads import capture_file, read_file
from sources.admin.base import ActionAdmin, actor_and_time, run_action
from sources.admin.capture_forms import CaptureForm, FetchForm, NumbersForm, RecordsForm
from sources.models import Capture, Source, TextLayer
from sources.readings.capture_notices import (
    capture_notices,
    completeness_text,
    is_fragment,
)
from sources.vocabulary import UNEXAMINED_PAGES, ExtractionOutcome

# How many captures the page of a source shows.
SHOWN_CAPTURES = 50
SALT = "archive"
# Metadata that a sentence of its own tells (`sources.readings.capture_notices`).
_TOLD_APART = {"replaced", UNEXAMINED_PAGES}


@admin.register(Capture)
class CaptureAdmin(ActionAdmin):
    """Files as they were fixed. They are made on the page of their source and never change."""

    list_display = ("__str__", "source", "captured_at", "captured_by")
    list_select_related = ("source", "captured_by", "blob")
    search_fields = ("file_name", "fetched_from", "blob__sha256")
    search_help_text = gettext_lazy("A file name, an address or a SHA-256.")
    ordering = ("-captured_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Capture]":
        """The captures of sources that the account may read."""
        readable: QuerySet[Capture] = Capture.objects.readable_by(request.user, timezone.now())
        return readable

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Captures are made on the page of their source."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The bytes and the page numbers, before Django's own pages."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/file/", view(require_safe(self.file_view)), name="sources_capture_file"),
            path(
                "<int:pk>/numbers/",
                view(require_POST(self.numbers_view)),
                name="sources_capture_numbers",
            ),
            path(
                "<int:pk>/whole/",
                view(require_POST(self.whole_view)),
                name="sources_capture_whole",
            ),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """The page of a capture."""
        return self._capture_page(request, self.row(request, object_id), NumbersForm())

    def numbers_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say once which number is printed on the first page."""
        capture = self.row(request, pk)
        form = NumbersForm(request.POST)
        if form.is_valid():
            done = run_action(
                form,
                lambda: set_page_offset(
                    capture=capture, offset=form.cleaned_data["first"], **actor_and_time(request)
                ),
            )
            if done is not None:
                messages.success(request, _("The page numbers are set."))
                return redirect(self.address(capture))
        return self._capture_page(request, capture, form)

    def whole_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take all words of a page as its text, where the main text is a fragment."""
        capture = self.row(request, pk)
        form = NumbersForm()
        form.cleaned_data = {}
        done = run_action(
            form, lambda: extract_whole_text(capture=capture, **actor_and_time(request))
        )
        if done is None:
            return self._capture_page(request, capture, form)
        if done.outcome == ExtractionOutcome.TEXT:
            messages.success(
                request, _("All of the page is the text now; quotes are graded again.")
            )
        else:
            messages.warning(request, done.message)
        return redirect(self.address(capture))

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
        """The bytes as they were fixed, to save and never to show: they are anybody's HTML."""
        capture = self.row(request, pk)
        if not default_storage.exists(capture.blob.storage_name):
            raise Http404
        response = FileResponse(
            default_storage.open(capture.blob.storage_name),
            as_attachment=True,
            filename=capture.file_name or capture.blob.sha256,
            content_type="application/octet-stream",
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    def _capture_page(
        self, request: HttpRequest, capture: Capture, form: NumbersForm
    ) -> HttpResponse:
        shown = Capture.objects.filter(pk=capture.pk).with_notices()
        row = shown.select_related("source", "blob", "captured_by").get()
        layer = capture.blob.layers.filter(is_current=True).defer("text", "words").first()
        return self.page(
            request,
            "admin/sources/capture.html",
            title=_("Capture: %(name)s") % {"name": capture},
            status=form.http_status,
            parent={"url": source_address(capture.source), "title": capture.source.title},
            capture=row,
            notices=capture_notices(row),
            words=completeness_text(row),
            is_more_offered=is_fragment(row) and has_more_text(capture),
            runs=capture.extractions.order_by("-pk")[:20],
            metadata=file_metadata(layer),
            form=form,
            may_change=may_capture(request),
        )


def file_metadata(layer: TextLayer | None) -> list[tuple[str, str]]:
    """The metadata that a file carries, by the names of CSL; any but plain text as JSON."""
    metadata = layer.metadata.items() if layer is not None else ()
    return [
        (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in metadata
        if name not in _TOLD_APART
    ]


def capture_paths(model_admin: ActionAdmin) -> list[URLPattern]:
    """The ways to add a capture, each below the page of its source."""
    views: dict[str, Callable[..., HttpResponse]] = {
        "capture": upload_capture_view,
        "fetch": fetch_view,
        "archive": archive_view,
    }
    return [
        path(
            f"<int:pk>/{name}/",
            model_admin.admin_site.admin_view(partial(view, model_admin)),
            name=f"sources_source_{name}",
        )
        for name, view in views.items()
    ]


def captures_of(source: Source) -> "QuerySet[Capture]":
    """The captures of a source with what became of their texts, the latest first."""
    rows: QuerySet[Capture] = Capture.objects.filter(source=source).with_notices()
    shown = rows.select_related("blob", "captured_by").order_by("-captured_at", "-pk")
    return shown[:SHOWN_CAPTURES]


def text_of(source: Source, capture: str) -> TextLayer | None:
    """The text of the capture of that number, or else the latest one of the source."""
    layers = TextLayer.objects.current_of(source)
    if re.fullmatch(r"[1-9][0-9]{0,17}", capture, re.ASCII):
        blobs = Capture.objects.filter(source=source, pk=int(capture)).values("blob")
        layers = layers.filter(blob__in=blobs)
    layer: TextLayer | None = layers.first()
    return layer


def upload_capture_view(model_admin: ActionAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a file of a source; of a web archive, go on to choosing its pages."""
    model_admin.require_change(request)
    source = model_admin.row(request, pk)
    form = CaptureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        asked, file = actor_and_time(request), form.cleaned_data["file"]
        data = run_action(form, lambda: read_file(file, file.name, file.size))
        if data is not None and is_archive(data):
            records_form = run_action(form, lambda: offer_archive(request, source, data, file.name))
            if records_form is not None:
                return _records_page(model_admin, request, source, records_form)
        elif data is not None:
            kept = run_action(
                form,
                lambda: capture_file(
                    source=source,
                    data=data,
                    file_name=file.name,
                    media_type=file.content_type or "",
                    fetched_from=form.cleaned_data["fetched_from"],
                    archive_url=form.cleaned_data["archive_url"],
                    **asked,
                ),
            )
            if kept is not None:
                return _after_capture(request, source, kept, asked["at"])
    return _capturing_page(model_admin, request, source, capture_form=form)


def fetch_view(model_admin: ActionAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what stands at an address."""
    model_admin.require_change(request)
    source = model_admin.row(request, pk)
    form = FetchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        url = form.cleaned_data["url"]
        asked = actor_and_time(request)
        kept = run_action(form, lambda: capture_from(source=source, url=url, **asked))
        if kept is not None:
            return _after_capture(request, source, [kept], asked["at"])
    return _capturing_page(model_admin, request, source, fetch_form=form)


def archive_view(model_admin: ActionAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the chosen pages of a web archive that was uploaded before."""
    model_admin.require_change(request)
    source = model_admin.row(request, pk)
    if request.method != "POST":
        return redirect(reverse("admin:sources_source_capture", args=[source.pk]))
    upload = CaptureForm()
    upload.cleaned_data = {}
    taken = run_action(upload, lambda: taken_up(request, source))
    if taken is None:
        return _capturing_page(model_admin, request, source, capture_form=upload)
    data, name, sha256 = taken
    asked = actor_and_time(request)
    listed = run_action(upload, lambda: list_records(source=source, data=data, at=asked["at"]))
    if listed is None:
        return _capturing_page(model_admin, request, source, capture_form=upload)
    form = RecordsForm(request.POST, listed=listed)
    if form.is_valid():
        kept = run_action(
            form,
            lambda: capture_archive(
                source=source,
                data=data,
                file_name=name,
                numbers=form.cleaned_data["records"],
                **asked,
            ),
        )
        if kept is not None:
            drop_staged(sha256)
            return _after_capture(request, source, kept, asked["at"])
    return _records_page(model_admin, request, source, form)


def offer_archive(request: HttpRequest, source: Source, data: bytes, name: str) -> RecordsForm:
    """Stage an archive and list its pages in a form. Raises ArchiveRefused, CaptureRefused."""
    require_size(data, name)
    listed = list_records(source=source, data=data, at=timezone.now())
    sha256 = stage_upload(data=data, **actor_and_time(request))
    signed_data = [sha256, name, source.pk, request.user.pk]
    return RecordsForm(listed=listed, initial={"archive": signing.dumps(signed_data, salt=SALT)})


def taken_up(request: HttpRequest, source: Source) -> tuple[bytes, str, str]:
    """Return the archive that this person staged for this source, its name and its SHA-256."""
    try:
        sha256, name, *whose = signing.loads(
            request.POST.get("archive", ""), salt=SALT, max_age=STAGED_FOR
        )
    except signing.BadSignature:
        whose = []
    if whose != [source.pk, request.user.pk]:
        raise RecordsRefused("not_waiting", "There is no such archive. Upload it again.")
    return load_staged(sha256), name, sha256


def may_capture(request: HttpRequest) -> bool:
    """Whether the account may add captures, and say how their pages are numbered."""
    return request.user.has_perm("sources.add_capture")


def source_address(source: Source) -> str:
    """Return the address of the page of a source."""
    return reverse("admin:sources_source_change", args=[source.pk])


def _after_capture(
    request: HttpRequest, source: Source, captures: Sequence[Capture], at: datetime
) -> HttpResponse:
    """Say what was kept and how its text went."""
    rows = Capture.objects.filter(pk__in=[kept.pk for kept in captures]).with_notices()
    for kept in rows.select_related("blob").order_by("captured_at", "pk"):
        name = f"{kept} ({kept.captured_at:%Y-%m-%d})" if kept.kept_at else str(kept)
        values = {"name": name, "pages": kept.page_count, "why": kept.message}
        if at not in (kept.captured_at, kept.kept_at):
            messages.info(request, _("Kept before: %(name)s. Nothing was added.") % values)
        elif kept.has_text:
            messages.success(
                request,
                ngettext(
                    "Kept: %(name)s, with a text of %(pages)d page. The quotes of this source "
                    "are looked for in it.",
                    "Kept: %(name)s, with a text of %(pages)d pages. The quotes of this source "
                    "are looked for in it.",
                    kept.page_count,
                )
                % values,
            )
        elif kept.outcome == ExtractionOutcome.NO_TEXT:
            messages.warning(
                request,
                _(
                    "Kept: %(name)s. It has no text layer. Quotes from it are cited with a "
                    "locator and cannot be located."
                )
                % values,
            )
        else:
            messages.warning(
                request, _("Kept: %(name)s, but no text was drawn from it. %(why)s") % values
            )
        for notice in capture_notices(kept):
            told = _("Mind the text of %(name)s: %(notice)s") % {"name": name, "notice": notice}
            messages.warning(request, told)
    return redirect(f"{source_address(source)}#captures")


def _capturing_page(
    model_admin: ActionAdmin,
    request: HttpRequest,
    source: Source,
    *,
    capture_form: CaptureForm | None = None,
    fetch_form: FetchForm | None = None,
) -> HttpResponse:
    forms = [form for form in (capture_form, fetch_form) if form is not None]
    return model_admin.page(
        request,
        "admin/sources/capturing.html",
        title=_("Add a capture"),
        parent={"url": model_admin.address(source), "title": source.title},
        status=max((form.http_status for form in forms), default=200),
        source=source,
        capture_form=capture_form or CaptureForm(),
        fetch_form=fetch_form or FetchForm(initial={"url": source.url}),
    )


def _records_page(
    model_admin: ActionAdmin, request: HttpRequest, source: Source, form: RecordsForm
) -> HttpResponse:
    return model_admin.page(
        request,
        "admin/sources/records.html",
        title=_("Choose the pages to keep"),
        parent={"url": model_admin.address(source), "title": source.title},
        status=form.http_status,
        source=source,
        form=form,
        ticked=form.ticked(),
    )
