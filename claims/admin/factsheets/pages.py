"""The pages of fact sheets at the desk."""

import re
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.admin.claims.pages import page_number
from claims.admin.factsheets.check_panel import check_panel
from claims.admin.factsheets.editing import keep_in_passing, write_sheet
from claims.admin.factsheets.editions import edition_page
from claims.admin.factsheets.issuing import progress_json
from claims.admin.factsheets.lists import sheet_rows
from claims.admin.factsheets.on_the_spot import sheet_page
from claims.admin.factsheets.previewing import preview_page
from claims.admin.factsheets.suggestions import claims_like, styles_like
from claims.factsheets.render import stylesheet
from claims.models import FactSheet
from sources.admin.base import ActionAdmin
from sources.readings.reader import Reader

# Rules of the sheet's CSS for a page of its own; inside the desk they would change the desk.
OF_A_WHOLE_PAGE = re.compile(r"^\s*body \{[^}]*\}", re.MULTILINE)


@admin.register(FactSheet)
class FactSheetAdmin(ActionAdmin):
    """Fact sheets that are written and kept, and those made on the spot."""

    def get_urls(self) -> list[URLPattern]:
        """Pages of fact sheets, suggestions and the sheet's CSS, before Django's own pages."""
        view = self.admin_site.admin_view
        return [
            path("styles/", view(self.styles_view), name="claims_factsheet_styles"),
            path("claims/", view(self.claims_view), name="claims_factsheet_claims"),
            path("sheet.css", view(self.css_view), name="claims_factsheet_css"),
            path("spot/", view(self.spot_view), name="claims_factsheet_spot"),
            path("<int:pk>/keep/", view(self.keep_view), name="claims_factsheet_keep"),
            path("<int:pk>/check/", view(self.check_view), name="claims_factsheet_check"),
            path("<int:pk>/progress/", view(self.progress_view), name="claims_factsheet_progress"),
            path("<int:pk>/preview/", view(self.preview_view), name="claims_factsheet_preview"),
            path(
                "<int:pk>/editions/<int:number>/",
                view(self.edition_view),
                name="claims_factsheet_edition",
            ),
            *super().get_urls(),
        ]

    def styles_view(self, request: HttpRequest) -> JsonResponse:
        """The names of the styles that hold what is being typed."""
        self.require_view(request)
        return _suggested(styles_like(request.GET.get("q", "")))

    def claims_view(self, request: HttpRequest) -> JsonResponse:
        """The claims that what is being typed names or finds."""
        self.require_view(request)
        reader = Reader(request.user, timezone.now())
        return _suggested(claims_like(request.GET.get("q", ""), reader))

    def css_view(self, request: HttpRequest) -> HttpResponse:
        """The CSS of a sheet inside the page."""
        self.require_view(request)
        rules = OF_A_WHOLE_PAGE.sub("", stylesheet())
        return HttpResponse(rules, content_type="text/css; charset=utf-8")

    def spot_view(self, request: HttpRequest) -> HttpResponse:
        """A sheet of chosen claims, made on the spot and kept nowhere."""
        self.require_view(request)
        return sheet_page(self, request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list of kept fact sheets; an address that asks for a sheet on the spot gets it."""
        self.require_view(request)
        if "as" in request.GET:
            return sheet_page(self, request)
        number = page_number(request)
        rows, has_more = sheet_rows(number, Reader(request.user, timezone.now()))
        return self.page(
            request,
            "admin/claims/factsheets/list.html",
            title=_("Fact sheets"),
            rows=rows,
            number=number,
            has_more=has_more,
            may_add=self.has_add_permission(request),
        )

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Begin a fact sheet."""
        self.require_add(request)
        return write_sheet(self, request, None)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """The editor of a kept fact sheet."""
        return write_sheet(self, request, self.row(request, object_id))

    def keep_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep what is typed, for the script of the editor."""
        sheet = self.row(request, pk)
        if request.method != "POST":
            return redirect(self.address(sheet))
        return keep_in_passing(self, request, sheet)

    def check_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The findings in what is saved, as a part of the editor for its script."""
        sheet = self.row(request, pk)
        panel = check_panel(request, sheet)
        return self.page(
            request,
            "admin/claims/factsheets/_check.html",
            title=sheet.title,
            sheet=sheet,
            panel=panel,
        )

    def progress_view(self, request: HttpRequest, pk: int) -> JsonResponse:
        """How far the edition is that was asked for, for the script of the editor."""
        return progress_json(self.row(request, pk))

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The sheet of what is saved, in the frame of the editor or by itself."""
        return preview_page(self, request, self.row(request, pk))

    def edition_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """An edition, and what can still be done with it."""
        return edition_page(self, request, self.row(request, pk), number)


def _suggested(found: list[tuple[str, str]]) -> JsonResponse:
    """Suggestions as the script of inputs reads them."""
    return JsonResponse({"results": [{"key": key, "label": label} for key, label in found]})
