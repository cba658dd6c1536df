"""Web archives, written record by record."""

import base64
import gzip
import hashlib
import io
import zipfile

DATE = "2025-03-01T12:00:00Z"
URL = "https://press.example.org/gas.html"


def http(body: bytes = b"<p>Gas</p>", *headers: str, status: str = "200 OK") -> bytes:
    """The block of a response record."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def sha1(content: bytes) -> str:
    """A digest as most writers put it."""
    return (
        "sha1:" + base64.b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()
    )


def record(
    block: bytes,
    *headers: str,
    kind: str = "response",
    url: str = URL,
    date: str = DATE,
    length: int | None = None,
) -> bytes:
    """A record with its end."""
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {date}",
        f"Content-Length: {len(block) if length is None else length}",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


def packed(*parts: bytes) -> bytes:
    """A WARC of gzip members, one for each part."""
    return b"".join(gzip.compress(mtime=0, data=part) for part in parts)


def wacz(members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """A zip of members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()
