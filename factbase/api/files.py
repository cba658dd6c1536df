"""Claims as files: the list's other addresses lead to the one place that sends each form."""

from typing import Any

from django.urls import reverse

from claims.exports.formats import FORMATS

LIST = "api:claims-list"
# The first form of a media type is the one for programs.
FORM_OF = {form.media_type: name for name, form in reversed(FORMATS.items())}
JSON = "application/json"


class AskedForFile(Exception):
    """A request to the list of claims accepts a file rather than JSON. `address`: where it is."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def refer_to_file(request: Any) -> None:
    """Leave a request that JSON suits best to its view. Raises AskedForFile for any other one.

    Only a form that is named counts: who takes anything is sent JSON.
    """
    match = request.resolver_match
    if match is None or match.view_name != LIST:
        return
    preferred = request.get_preferred_type([JSON, *FORM_OF])
    if preferred in FORM_OF:
        raise AskedForFile(address_of(FORM_OF[preferred], request))


def address_of(form: str, request: Any) -> str:
    """The address of the file with the claims that a request asks for."""
    path = f"{reverse('api:root')}export/claims.{form}"
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
