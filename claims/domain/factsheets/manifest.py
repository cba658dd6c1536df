"""The bytes of a manifest and of a content: equal ones have equal bytes, and so equal hashes."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """The manifest as it is hashed and sent: JSON in UTF-8, keys sorted, no white space."""
    return _bytes_of(manifest)


def content_sha256(content: Mapping[str, Any]) -> str:
    """The SHA-256 of the content of an edition as JSON holds it, written like a manifest."""
    return hashlib.sha256(_bytes_of(content)).hexdigest()


def manifest_sha256(manifest: Mapping[str, Any]) -> str:
    """The SHA-256 of the manifest's bytes, in hex digits."""
    return hashlib.sha256(manifest_bytes(manifest)).hexdigest()


def _bytes_of(data: Mapping[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()
