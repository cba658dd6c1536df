"""The pages of fact sheets at the desk."""

import re
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone

from claims.admin.factsheets.on_the_spot import sheet_page
from claims.admin.factsheets.suggestions import claims_like, styles_like
from claims.factsheets.render import stylesheet
from claims.models import FactSheet
from sources.admin.base import ActionAdmin
from sources.readings.reader import Reader

# Rules of the sheet's CSS for a page of its own; inside the desk they would change the desk.
OF_A_WHOLE_PAGE = re.compile(r"^\s*(html|body) \{[^}]*\}", re.MULTILINE)


@admin.register(FactSheet)
class FactSheetAdmin(ActionAdmin):
    """Fact sheets made on the spot; issued editions come with their own pages."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The list page is the form."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """There is no action yet that keeps a fact sheet."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Suggestions, the sheet's CSS and the sheet on the spot, before Django's own pages."""
        view = self.admin_site.admin_view
        return [
            path("styles/", view(self.styles_view), name="claims_factsheet_styles"),
            path("claims/", view(self.claims_view), name="claims_factsheet_claims"),
            path("sheet.css", view(self.css_view), name="claims_factsheet_css"),
            path("spot/", view(self.spot_view), name="claims_factsheet_spot"),
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
        """The sheet on the spot."""
        return self.spot_view(request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Kept fact sheets have no page here yet."""
        raise PermissionDenied


def _suggested(found: list[tuple[str, str]]) -> JsonResponse:
    """Suggestions as the script of inputs reads them."""
    return JsonResponse({"results": [{"key": key, "label": label} for key, label in found]})
