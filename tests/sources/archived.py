"""Web archives for tests, written as the standard has them (WARC 1.1, ISO 28500:2017)."""

from uuid import uuid4

PAGE = "https://example.org/page"


def record(
    body: bytes,
    *,
    url: str = PAGE,
    date: str = "2025-05-01T10:00:00Z",
    media_type: str = "text/html; charset=utf-8",
) -> bytes:
    """One answer of a server, with its status 200."""
    answer = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    ).encode()
    return head + answer + b"\r\n\r\n"


def page(words: str) -> bytes:
    """A web page of a sentence or two."""
    return (
        f"<!doctype html><html><head><title>A page</title></head><body><article><p>{words}</p>"
        "</article></body></html>"
    ).encode()
