"""Tags, 304, codings and `Vary` of answers of the API and of pages."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from backports import zstd
from django.core.cache import cache
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from claims.actions.claims.entry import Tie
from factbase.representations import RepresentationMiddleware
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
DECODERS: dict[str, Any] = {"gzip": gzip.decompress, "zstd": zstd.decompress}
ADDRESSES = ["/", "/about/", "/api/v1/schema/", "/api/v1/claims/", "/api/v1/excerpts/"]


@pytest.fixture(autouse=True)
def _a_claim() -> None:
    cache.clear()
    source = make.source("In May trade fell by 9%.", key="report")
    make.published(
        statement="Trade fell.", evidence=[Tie(make.excerpt("trade fell by 9%", of=source))]
    )


def read(address: str, client: Client | None = None, **headers: str) -> Any:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return (client or Client()).get(address, headers=sent)


def varies_by(response: Any) -> set[str]:
    return {name.strip() for name in response.headers.get("Vary", "").split(",")} - {""}


@pytest.mark.parametrize("coding", DECODERS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_in_a_coding_is_the_plain_one(address: str, coding: str) -> None:
    plain, coded = read(address), read(address, accept_encoding=coding)

    assert "Content-Encoding" not in plain.headers
    assert coded.headers["Content-Encoding"] == coding
    assert DECODERS[coding](coded.content) == plain.content
    assert len(coded.content) < len(plain.content)
    assert coded.headers["Content-Length"] == str(len(coded.content))
    assert varies_by(plain) == varies_by(coded) >= {"Accept-Encoding"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_an_answer_in_any_coding_is_told_so(address: str) -> None:
    plain, coded = read(address), read(address, accept_encoding="gzip")

    assert plain.headers["ETag"].startswith('"')
    assert coded.headers["ETag"] == f"W/{plain.headers['ETag']}"
    for tag in (plain.headers["ETag"], coded.headers["ETag"]):
        for accepted, expected in (("", plain), ("gzip", coded)):
            again = read(address, accept_encoding=accepted, if_none_match=tag)
            assert (again.status_code, again.content) == (304, b"")
            assert "Content-Encoding" not in again.headers
            for name in ("ETag", "Cache-Control", "Vary"):
                assert again.headers[name] == expected.headers[name], name


def test_all_readers_of_the_public_have_one_tag_and_another_after_a_publication() -> None:
    first, second = (read("/api/v1/claims/").headers["ETag"] for _ in range(2))
    make.draft(statement="A draft of the desk.")
    after_a_draft = read("/api/v1/claims/").headers["ETag"]
    make.published(statement="Trade rose.")

    assert first == second == after_a_draft
    assert read("/api/v1/claims/", if_none_match=first).status_code == 200


def test_a_head_has_the_headers_of_the_answer() -> None:
    answer = read("/api/v1/claims/", accept_encoding="gzip")
    head = Client().head("/api/v1/claims/", headers={"accept-encoding": "gzip"})

    assert head.content == b""
    for name in ("ETag", "Vary", "Content-Encoding", "Content-Length"):
        assert head.headers[name] == answer.headers[name], name


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_an_account_reads_is_neither_compressed_nor_tagged(address: str) -> None:
    client = Client()
    client.force_login(make.person(Role.EDITOR))
    response = read(address, client, accept_encoding="gzip, zstd")

    assert "Content-Encoding" not in response.headers
    if "no-store" in response.headers["Cache-Control"]:
        assert "ETag" not in response.headers


def test_a_page_with_a_token_in_it_is_not_compressed() -> None:
    response = read("/admin/login/?next=/admin/" + "a" * 2_000, accept_encoding="gzip")

    assert "csrfmiddlewaretoken" in response.content.decode()
    assert "Content-Encoding" not in response.headers


def test_the_api_varies_by_what_it_looks_at() -> None:
    for path in ("claims/", "claims/C999/", "claims/?nosuch=1", "nowhere/"):
        assert varies_by(read(f"/api/v1/{path}")) >= {"Accept", "Authorization", "Cookie"}, path


def test_a_problem_and_a_missing_page_have_no_tag() -> None:
    for path in ("/api/v1/claims/C999/", "/api/v1/claims/?nosuch=1", "/nowhere/at/all/"):
        assert "ETag" not in read(path).headers


def test_a_request_for_another_version_of_a_page_is_refused() -> None:
    response = read("/api/v1/claims/", if_match='"another"')

    assert (response.status_code, response.json()["code"]) == (412, "precondition_failed")
    assert read("/api/v1/claims/", if_match="*").status_code == 200


@pytest.mark.parametrize("coding", DECODERS)
def test_a_stream_stays_a_stream_and_is_closed(coding: str) -> None:
    is_closed = False

    def rows() -> Iterator[bytes]:
        nonlocal is_closed
        try:
            for number in range(100_000):
                yield f"{number},trade fell\n".encode()
        finally:
            is_closed = True

    def view(_request: Any) -> Any:
        return StreamingHttpResponse(rows(), content_type="text/csv; charset=utf-8")

    request = RequestFactory().get("/", headers={"accept-encoding": coding})
    response: Any = RepresentationMiddleware(view)(request)
    parts = list(response)
    response.close()

    assert response.streaming
    assert "ETag" not in response.headers
    assert "Content-Length" not in response.headers
    assert len(parts) > 1
    assert DECODERS[coding](b"".join(parts)).count(b"\n") == 100_000
    assert is_closed


def test_what_is_coded_already_or_short_stays_as_it_is() -> None:
    def view(_request: Any) -> Any:
        return HttpResponse(b"a" * 2_000, headers={"Content-Encoding": "br"})

    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})

    assert RepresentationMiddleware(view)(request).content == b"a" * 2_000
    assert "Content-Encoding" not in read("/api/v1/editions/", accept_encoding="gzip").headers
