"""Content negotiation: the usual `Accept` headers are answered without parsing them."""

from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation


class Negotiation(DefaultContentNegotiation):
    """REST framework's own negotiation, with the same result.

    Anything is wanted, or exactly what one of the renderers makes: that needs no parsing.
    """

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """Return the renderer and its media type. Raises NotAcceptable."""
        accepted = request.META.get("HTTP_ACCEPT", "*/*")
        for renderer in renderers:
            if accepted in ("*/*", renderer.media_type):
                return renderer, renderer.media_type
        return super().select_renderer(request, renderers, format_suffix)
