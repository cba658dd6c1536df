"""The JSON renderer: UTF-8, times in UTC with a Z."""

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer

OPTIONS = orjson.OPT_UTC_Z


class JsonRenderer(BaseRenderer):
    """Renders JSON by orjson. Lazy translations are written in the reader's language."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # the signature is REST framework's
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Return the body of the response."""
        return b"" if data is None else orjson.dumps(data, default=str, option=OPTIONS)
