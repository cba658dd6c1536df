"""The pages in web archives that crawlers make."""

import base64
import gzip
import hashlib
import io
import warnings
import zlib
from datetime import UTC, datetime

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sources.fetching.warc import ArchivedRecord, Records, records
from tests.sources.fetching.archives import DATE, URL, http, packed, record, sha1, wacz

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BODY = "<p>Сила Сибири</p>".encode()


def _read(data: bytes) -> tuple[list[ArchivedRecord], Records]:
    found = records(io.BytesIO(data), now=NOW)
    return list(found), found


def _written(*, is_gzip: bool) -> bytes:
    """An archive by warcio's own writer: information, a request, a page, a picture, a revisit."""
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the writer leaves its own files open
        _write(WARCWriter(file, gzip=is_gzip))
    return file.getvalue()


def _write(writer: WARCWriter) -> None:
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "a crawler"}))
    answer = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html"), ("X-A", "1")], protocol="HTTP/1.1"
    )
    dated = {"WARC-Date": DATE, "WARC-IP-Address": "93.184.215.14"}
    for kind, body in (("response", BODY), ("request", b"")):
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "a")], is_http_request=True)
        writer.write_record(
            writer.create_warc_record(
                URL,
                kind,
                payload=io.BytesIO(body),
                http_headers=answer if kind == "response" else asked,
                warc_headers_dict=dict(dated),
            )
        )
    writer.write_record(
        writer.create_warc_record(
            "https://press.example.org/map.png",
            "resource",
            payload=io.BytesIO(b"PNG"),
            warc_content_type="image/png",
            warc_headers_dict=dict(dated),
        )
    )
    writer.write_record(writer.create_revisit_record(URL, sha1(BODY), URL, DATE))


@pytest.mark.parametrize("form", ["plain", "gzip", "gzip in one piece", "wacz", "wacz deflated"])
def test_pages_are_read_from_every_form_of_archive(form: str) -> None:
    plain, members = _written(is_gzip=False), _written(is_gzip=True)
    data = {
        "plain": plain,
        "gzip": members,
        "gzip in one piece": gzip.compress(mtime=0, data=plain),
        "wacz": wacz({"datapackage.json": b"{}", "archive/data.warc.gz": members}),
        "wacz deflated": wacz({"archive/data.warc": plain}, 8),
    }[form]

    pages, found = _read(data)

    assert [page.url for page in pages] == [URL, "https://press.example.org/map.png"]
    assert pages[0].data == BODY
    assert pages[0].captured_at == datetime(2025, 3, 1, 12, tzinfo=UTC)
    assert (pages[0].media_type, pages[0].file_name) == ("text/html", "gas.html")
    assert pages[0].response == {
        "status": 200,
        "headers": [["Content-Type", "text/html"], ["X-A", "1"]],
        "redirects": [],
        "peer": "93.184.215.14",
    }
    assert (pages[1].data, pages[1].media_type) == (b"PNG", "image/png")
    assert pages[1].response == {"peer": "93.184.215.14"}
    assert found.skipped == {"warcinfo": 1, "request": 1, "revisit": 1}
    assert found.kept == 2


def test_the_archives_of_a_wacz_are_read_in_order_of_their_names() -> None:
    pages, _found = _read(
        wacz(
            {
                "archive/b.warc.gz": packed(record(http(b"b"))),
                "archive/a.warc": record(http(b"a")),
                "pages/pages.jsonl": b"{}",
                "indexes/index.cdx": b"",
            }
        )
    )

    assert [page.data for page in pages] == [b"a", b"b"]


CHUNKS = b"3\r\nGas\r\n4;a=b\r\nprom\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("stored", "headers", "data"),
    [
        (CHUNKS, ("Transfer-Encoding: chunked",), b"Gasprom"),
        (b"Gasprom", ("Transfer-Encoding: chunked",), b"Gasprom"),
        (gzip.compress(mtime=0, data=b"Gas"), ("Content-Encoding: gzip",), b"Gas"),
        (b"Gas", ("Content-Encoding: gzip",), b"Gas"),
        (zlib.compress(b"Gas"), ("Content-Encoding: deflate",), b"Gas"),
        (
            b"%x\r\n%s\r\n0\r\n\r\n"
            % (len(gzip.compress(mtime=0, data=b"Gas")), gzip.compress(mtime=0, data=b"Gas")),
            ("Transfer-Encoding: chunked", "Content-Encoding: gzip"),
            b"Gas",
        ),
    ],
)
def test_a_page_is_kept_without_the_codings_of_its_transport(
    stored: bytes, headers: tuple[str, ...], data: bytes
) -> None:
    pages, _found = _read(record(http(stored, *headers)))

    assert pages[0].data == data


@pytest.mark.parametrize("content", [CHUNKS, b"Gasprom"])
def test_a_payload_digest_may_be_with_the_chunks_or_without(content: bytes) -> None:
    block = http(CHUNKS, "Transfer-Encoding: chunked")

    pages, _found = _read(record(block, f"WARC-Payload-Digest: {sha1(content)}"))

    assert pages[0].data == b"Gasprom"


def _digests(content: bytes) -> list[str]:
    sha256 = hashlib.sha256(content)
    return [
        sha1(content),
        sha1(content).lower(),
        f"sha256:{sha256.hexdigest()}",
        f"SHA-256:{sha256.hexdigest().upper()}",
        f"sha256:{base64.b32encode(sha256.digest()).decode()}",
        f"sha-256:{base64.b64encode(sha256.digest()).decode()}",
        f"md5:{hashlib.md5(content, usedforsecurity=False).hexdigest()}",
        "blake3:abc",
        "no digest",
    ]


@pytest.mark.parametrize("digest", _digests(BODY))
def test_a_digest_is_known_in_all_ways_of_writing_it(digest: str) -> None:
    pages, _found = _read(record(http(BODY), f"WARC-Payload-Digest: {digest}"))

    assert pages[0].data == BODY


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (record(http(status="404 Not Found")), "status"),
        (record(http(status="206 Partial Content")), "status"),
        (record(http(), kind="revisit"), "revisit"),
        (record(b"a", kind="metadata"), "metadata"),
        (record(b"a", kind="conversion"), "conversion"),
        (record(b"a", kind="invented"), "other"),
        (record(b"a", url="dns:press.example.org"), "not_http"),
        (record(b"a", url="javascript:alert(1)", kind="resource"), "not_http"),
        (record(http(), url="https://editor:secret@press.example.org/"), "address"),
        (record(http(), url="https://press.example.org/" + "a" * 2_000), "address"),
        (record(http(), url="https://press.example.org/\u202e"), "address"),
        (record(http(), "WARC-Truncated: length"), "truncated"),
        (record(http(), "WARC-Segment-Number: 1"), "segmented"),
        (record(http(b"")), "empty"),
        (record(b"<p>no HTTP</p>"), "unreadable"),
        (record(b""), "unreadable"),
        (record(http(b"a" * 9, "Content-Encoding: br")), "unreadable"),
        (
            record(http(gzip.compress(mtime=0, data=b"gas")[:-3], "Content-Encoding: gzip")),
            "unreadable",
        ),
        (record(http(b"5\r\nab", "Transfer-Encoding: chunked")), "unreadable"),
    ],
)
def test_a_record_that_is_no_page_is_passed_over_and_counted(part: bytes, reason: str) -> None:
    pages, found = _read(packed(part, record(http(b"after"))))

    assert [page.data for page in pages] == [b"after"]
    assert found.skipped == {reason: 1}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2025-03-01T12:00:00Z", datetime(2025, 3, 1, 12, tzinfo=UTC)),
        ("2025-03-01T12:00:00.123456789Z", datetime(2025, 3, 1, 12, tzinfo=UTC)),
        ("2026-01-01T00:00:00Z", NOW),
    ],
)
def test_a_page_is_of_the_date_that_its_archive_gives(said: str, meant: datetime) -> None:
    pages, _found = _read(record(http(), date=said))

    assert pages[0].captured_at == meant


def test_what_the_database_refuses_does_not_come_out_of_headers() -> None:
    block = b"HTTP/1.1 200 OK\r\nX-A: a\0b\xff\r\n\r\nGas"

    pages, _found = _read(record(block, "WARC-IP-Address: nowhere"))

    assert pages[0].response["headers"] == [["X-A", "a\ufffdbÿ"]]
    assert "peer" not in pages[0].response
