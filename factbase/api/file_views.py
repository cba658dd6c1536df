"""The list of claims under the ending of a file, such as `claims.csv`."""

from typing import Any

from django.http import HttpResponseRedirect
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from factbase.api.files import address_of


class AnyForm(BaseContentNegotiation):
    """The address says the form; `Accept` is not looked at."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """The renderer of problems."""
        return renderers[0], renderers[0].media_type


class ClaimFileView(APIView):
    """The list of claims as a file: leads to the export with the same filters."""

    http_method_names = ["get", "head"]
    content_negotiation_class = AnyForm
    form = ""

    @extend_schema(
        responses={307: OpenApiResponse(description="The file is at the address in `Location`.")}
    )
    def get(self, request: Request) -> HttpResponseRedirect:
        """Lead to the file, which reads the parameters."""
        return HttpResponseRedirect(address_of(self.form, request), preserve_request=True)
