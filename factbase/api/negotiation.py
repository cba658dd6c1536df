"""Content negotiation: the usual `Accept` headers are answered without parsing them."""

from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation

from factbase.api.files import refer_to_file


class Negotiation(DefaultContentNegotiation):
    """REST framework's own negotiation, with the same result.

    Anything is wanted, or exactly what one of the renderers makes: that needs no parsing. What the
    list of claims is wanted as besides, is a file at another address.
    """

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """Return the renderer and its media type. Raises NotAcceptable, AskedForFile."""
        accepted = request.META.get("HTTP_ACCEPT", "*/*")
        for renderer in renderers:
            if accepted in ("*/*", renderer.media_type):
                return renderer, renderer.media_type
        refer_to_file(request)
        return super().select_renderer(request, renderers, format_suffix)
