"""The bytes of a manifest: the same for equal manifests, so that a hash of them can be checked."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """The manifest as it is hashed and sent: JSON in UTF-8, keys sorted, no white space."""
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def manifest_sha256(manifest: Mapping[str, Any]) -> str:
    """The SHA-256 of the manifest's bytes, in hex digits."""
    return hashlib.sha256(manifest_bytes(manifest)).hexdigest()
