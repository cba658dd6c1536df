"""The pages of topic dictionaries at the desk, below `/admin/claims/series/KEY/dictionary/`."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.dictionaries.editing import edit_dictionary
from claims.admin.dictionaries.variants import offers_json
from claims.models import DictionaryVersion
from claims.readings.dictionaries import (
    DictionaryReading,
    dictionary_file,
    read_current_dictionaries,
    read_dictionary_history,
    read_dictionary_version,
)
from sources.admin.base import ActionAdmin
from sources.models import Series
from sources.readings.reader import Reader


@admin.register(DictionaryVersion)
class DictionaryAdmin(ActionAdmin):
    """Topic dictionaries, one for each series; their pages stand at the address of the series."""

    def get_urls(self) -> list[URLPattern]:
        """The list alone: versions are made by saving the form, and never changed."""
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="claims_dictionaryversion_changelist"),
            path(
                "<int:pk>/change/",
                view(self.version_by_id),
                name="claims_dictionaryversion_change",
            ),
        ]

    def series_urls(self) -> list[URLPattern]:
        """The pages of the dictionary of one series."""
        view = self.admin_site.admin_view
        return [
            path("<slug:key>/dictionary/", view(self.edit_view), name="edit"),
            path("<slug:key>/dictionary/variants/", view(self.variants_view), name="variants"),
            path("<slug:key>/dictionary/versions/", view(self.versions_view), name="versions"),
            path("<slug:key>/dictionary/<int:number>/", view(self.version_view), name="version"),
            path(
                "<slug:key>/dictionary/<int:number>.<str:form>",
                view(require_safe(self.file_view)),
                name="file",
            ),
        ]

    def series_of(self, request: HttpRequest, key: str) -> Series:
        """The series of that key among those that the account may know. Raises Http404."""
        self.require_view(request)
        known = Series.objects.known_to(request.user, timezone.now())
        return get_object_or_404(known, key=key)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The series, each with the current version of its dictionary where it has one."""
        self.require_view(request)
        reader = Reader(request.user, timezone.now())
        known = Series.objects.known_to(reader.account, reader.at).order_by("title", "pk")
        rows = read_current_dictionaries(list(known), reader)
        return self.page(
            request,
            "admin/claims/dictionaries/list.html",
            title=_("Topic dictionaries"),
            rows=rows,
            may_save=self.has_add_permission(request),
        )

    def version_by_id(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lead to the page of a version."""
        version: DictionaryVersion = self.row(request, pk)
        series = self.series_of(request, version.series.key)
        return redirect(reverse("dictionary:version", args=[series.key, version.number]))

    def edit_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form of the dictionary; who may not change it reads its current version."""
        series = self.series_of(request, key)
        if not self.has_add_permission(request) and request.method != "POST":
            reading = self.reading(request, series, None)
            return self.version_page(request, series, reading)
        return edit_dictionary(self, request, series)

    def variants_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """The variants of a term that is being typed."""
        return offers_json(request, self.series_of(request, key))

    def versions_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """All versions, each with what it changed."""
        series = self.series_of(request, key)
        return self.page(
            request,
            "admin/claims/dictionaries/versions.html",
            title=_("Versions of the dictionary"),
            parent=self.parent(series),
            series=series,
            versions=read_dictionary_history(series, Reader(request.user, timezone.now())),
            may_save=self.has_add_permission(request),
        )

    def version_view(self, request: HttpRequest, key: str, number: int) -> HttpResponse:
        """One version, to be read."""
        series = self.series_of(request, key)
        reading = self.reading(request, series, number)
        if reading is None:
            raise Http404
        return self.version_page(request, series, reading)

    def file_view(self, request: HttpRequest, key: str, number: int, form: str) -> HttpResponse:
        """One version as a file of YAML or CSV."""
        series = self.series_of(request, key)
        reading = self.reading(request, series, number)
        file = None if reading is None else dictionary_file(reading, form)
        if file is None:
            raise Http404
        response = HttpResponse(file.text, content_type=f"{file.media_type}; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{file.name}"'
        return response

    def reading(
        self, request: HttpRequest, series: Series, number: int | None
    ) -> DictionaryReading | None:
        """A version as the account reads it."""
        return read_dictionary_version(series, Reader(request.user, timezone.now()), number)

    def version_page(
        self, request: HttpRequest, series: Series, reading: DictionaryReading | None
    ) -> HttpResponse:
        """The page of a version, or that there is none."""
        name = reading.name if reading else series.title
        return self.page(
            request,
            "admin/claims/dictionaries/version.html",
            title=_("Topic dictionary %(name)s") % {"name": name},
            parent=self.parent(series),
            series=series,
            version=reading,
            may_save=self.has_add_permission(request),
        )

    def parent(self, series: Series) -> dict[str, str]:
        """The page of the dictionary, for the line of links above those below it."""
        return {"url": reverse("dictionary:edit", args=[series.key]), "title": series.title}
