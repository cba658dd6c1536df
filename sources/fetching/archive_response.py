"""The response of a server as a record of a web archive stores it, as sent over the wire."""

import base64
import hashlib
import re
from dataclasses import dataclass
from io import BytesIO

from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from sources.fetching.archive_stream import ArchiveBudget, ArchiveRefused, HeaderLines
from sources.fetching.codings import DecodingFailed, decompress, known_coding

_HTTP = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/2", "HTTP/3"])
_STATUS = re.compile(r"[1-5][0-9]{2}(?: .*)?", re.DOTALL)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,4000})?\r?\n")
_HASHES = {"md5": "md5", "sha1": "sha1", "sha256": "sha256", "sha512": "sha512"}


class PageUnreadable(ValueError):
    """A page that its server sent broken, or compressed in a way that is not read here."""


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """A stored response: status, headers in order, and the body as stored."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """Return the first header of a name, "" where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    def without_chunks(self, limit: int) -> bytes:
        """Return the body with its transfer coding undone.

        Some writers keep the header and undo the chunks; a body that does not begin with the
        size of a chunk is taken as it is. Raises PageUnreadable.
        """
        if self.header("transfer-encoding").strip().lower() != "chunked":
            return self.body
        if not _CHUNK.match(self.body):
            return self.body
        chunks: list[bytes] = []
        place = 0
        while match := _CHUNK.match(self.body, place):
            size = int(match[1], 16)
            place = match.end() + size
            if not size:
                return b"".join(chunks)
            chunk = self.body[match.end() : place]
            if len(chunk) < size or len(chunks) == limit:
                break
            chunks.append(chunk)
            place += 2 if self.body.startswith(b"\r\n", place) else 1
        raise PageUnreadable("its chunks are broken")

    def page(self, chunks: int, budget: ArchiveBudget) -> bytes:
        """Return the file, decompressed; raises PageUnreadable, and ArchiveRefused for a bomb."""
        body = self.without_chunks(chunks)
        coding = known_coding(self.header("content-encoding"))
        if coding is None:
            raise PageUnreadable("its compression is not known")
        if not coding or (coding == "gzip" and not body.startswith(b"\x1f\x8b")):
            budget.decode_bytes(len(body))
            return body  # a header that outlived the compression
        most, total = budget.limits.record, 0

        def count_bytes(count: int) -> None:
            nonlocal total
            total += count
            if total > most:
                raise too_large_page(most)
            budget.decode_bytes(count)

        try:
            return decompress(body, coding, count_bytes)
        except DecodingFailed as error:
            raise PageUnreadable(f"its compressed content {error}") from error


def read_response(block: bytes, limit: int) -> StoredResponse:
    """Parse the block of a response record; raises PageUnreadable."""
    stream = BytesIO(block)
    try:
        head = _HTTP.parse(HeaderLines(stream, limit))
    except (StatusAndHeadersParserException, EOFError, ArchiveRefused) as error:
        raise PageUnreadable("it does not begin as HTTP does") from error
    if not _STATUS.fullmatch(head.statusline):
        raise PageUnreadable("it does not begin as HTTP does")
    return StoredResponse(int(head.statusline[:3]), list(head.headers), block[stream.tell() :])


def is_digest_of(digest: str, *contents: bytes) -> bool:
    """Whether a digest such as sha1:… is that of one of the contents, in base 32, 16 or 64.

    True for an unknown algorithm.
    """
    algorithm, colon, value = digest.strip().partition(":")
    name = _HASHES.get(algorithm.strip().lower().replace("-", ""))
    if not colon or name is None:
        return True
    value = value.strip().rstrip("=")
    for content in contents:
        found = hashlib.new(name, content, usedforsecurity=False).digest()
        if value.lower() in (found.hex(), _base(base64.b32encode(found)).lower()):
            return True
        if value in (_base(base64.b64encode(found)), _base(base64.urlsafe_b64encode(found))):
            return True
    return False


def too_large_page(most: int) -> ArchiveRefused:
    """The refusal of a record that is too large."""
    return ArchiveRefused(
        "too_large",
        f"A record of the archive has more than {most:,} bytes, the most that is kept of one page."
        " Nothing of the archive was kept; export it without that page.",
    )


def _base(encoded: bytes) -> str:
    return encoded.decode("ascii").rstrip("=")
