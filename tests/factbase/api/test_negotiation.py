"""Every Accept header has the same outcome as in REST framework itself."""

from typing import Any

import pytest
from django.test import RequestFactory
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request

from factbase.api.negotiation import Negotiation
from factbase.api.renderers import JsonRenderer
from sources.api.annotations import JsonLdRenderer

ACCEPTED = [
    None,
    "",
    "*/*",
    "application/json",
    "application/ld+json",
    "application/*",
    "application/json; indent=8",
    "application/json;q=0.1, application/ld+json",
    "text/html",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    "nonsense",
    "*/*, " * 100,
]


def chosen(negotiation: DefaultContentNegotiation, accept: str | None, renderers: list[Any]) -> Any:
    """The media types of the renderer and of the answer; None where nothing is acceptable."""
    headers = {} if accept is None else {"accept": accept}
    request = Request(RequestFactory().get("/", headers=headers))
    try:
        renderer, media_type = negotiation.select_renderer(request, renderers)
    except NotAcceptable:
        return None
    return renderer.media_type, media_type


@pytest.mark.parametrize("accept", ACCEPTED)
def test_the_outcome_is_that_of_rest_framework(accept: str | None) -> None:
    for renderers in ([JsonRenderer()], [JsonLdRenderer(), JsonRenderer()]):
        expected = chosen(DefaultContentNegotiation(), accept, renderers)

        assert chosen(Negotiation(), accept, renderers) == expected
