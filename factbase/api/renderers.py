"""JSON as it is sent: UTF-8, times in UTC with a Z."""

import json
from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer

OPTIONS = orjson.OPT_UTC_Z


class JsonRenderer(BaseRenderer):
    """JSON by orjson. A record with a number beyond 64 bits is written by Python's own encoder."""

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
        """The bytes of the answer."""
        if data is None:
            return b""
        try:
            return orjson.dumps(data, default=str, option=OPTIONS)
        except TypeError:
            return json.dumps(data, default=str, ensure_ascii=False, allow_nan=False).encode()
