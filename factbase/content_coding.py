"""Content codings: which one a request accepts, and a body in it, whole or as a stream."""

import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ZSTD_LEVEL = 3  # its window is 2 MB; RFC 9659 lets a reader refuse more than 8
GZIP_LEVEL = 5

_GZIP_WINDOW = 31  # the largest, with gzip's own head, which holds no time
_WEIGHT = re.compile(r"\s*[qQ]=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*")
_CODED = re.compile(
    r"text/|(?:(?:application|image)/[\w.-]+\+(?:json|xml)"
    r"|application/(?:json|xml|javascript|x-ndjson|x-bibtex|x-research-info-systems))(?:\s*;|$)"
)


class Coder(Protocol):
    """Compresses one body, part by part; what it holds does not grow with the body."""

    def compress(self, data: bytes, /) -> bytes:
        """Take a part and return what is ready, often nothing."""

    def flush(self) -> bytes:
        """Return the rest."""


# Those that are made here, the preferred one first.
CODERS: dict[str, Callable[[], Coder]] = {
    "zstd": lambda: zstd.ZstdCompressor(level=ZSTD_LEVEL),
    "gzip": lambda: zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _GZIP_WINDOW),
}


def choose_coding(accepted: str) -> str | None:
    """Return the coding for an Accept-Encoding header (RFC 9110, 12.5.3); None for none at all.

    Of those with the highest weight the first of `CODERS`. One that weighs less than `identity`
    is not chosen. What cannot be read in the header is passed over.
    """
    weights: dict[str, float] = {}
    for entry in accepted.split(","):
        name, *parameters = entry.split(";")
        written = [_WEIGHT.fullmatch(parameter) for parameter in parameters]
        if len(written) > 1 or None in written:
            continue
        weight = float(written[0][1]) if written and written[0] else 1.0
        weights[name.strip().lower().replace("x-gzip", "gzip")] = weight
    others = weights.get("*", 0.0)
    best = max(CODERS, key=lambda name: weights.get(name, others))  # the first of equals
    weight = weights.get(best, others)
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else None


def is_coded_type(content_type: str) -> bool:
    """Whether bodies of a media type get smaller by a coding: text, JSON and XML."""
    return _CODED.match(content_type.lower()) is not None


def encode_whole(body: bytes, coding: str) -> bytes:
    """Return a body in a coding."""
    coder = CODERS[coding]()
    return coder.compress(body) + coder.flush()


def encode_stream(parts: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield a body in a coding while its parts come; no part that is yielded is empty."""
    coder = CODERS[coding]()
    for part in parts:
        if ready := coder.compress(part):
            yield ready
    yield coder.flush()
