"""Capturing what stands at an address: from a server on this machine, or not at all."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from sources.actions.captures.fetches import capture_from
from sources.actions.permission import NotPermitted
from sources.domain.refusals import Refusal
from sources.fetching.fetch import FetchRefused
from sources.fetching.transport import FetchLimits
from sources.models import Blob, Capture
from sources.vocabulary import ExtractionOutcome
from tests import factories as make
from tests.sources.archived import page, record
from tests.sources.fetching.servers import Answer, Server, on_to, serving
from tests.sources.fetching.servers import page as answer

pytestmark = pytest.mark.django_db

ANSWERS: dict[str, Answer] = {
    "/page": answer(page("Trade fell by nine per cent."), "Content-Type: text/html; charset=utf-8"),
    "/old.txt": answer(
        "Товарооборот снизился на 9%.".encode("cp1251"),
        "Content-Type: text/plain; charset=windows-1251",
    ),
    "/archive": answer(record(b"Page."), "Content-Type: application/warc"),
    "/empty": answer(b"", "Content-Type: text/plain"),
    "/none": answer(status="404 Not Found"),
    "/moved": on_to("/page"),
}


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(ANSWERS) as served:
        yield served


def fetched(server: Server, path: str, **fields: Any) -> Capture:
    values = {"source": make.source(), "by": make.person(), "at": make.TODAY, **fields}
    fetcher = server.fetcher(FetchLimits())
    return capture_from(url=server.url + path, fetcher=fetcher, **values)


def test_a_page_is_kept_with_where_it_came_from_and_what_its_server_answered(
    server: Server,
) -> None:
    capture = fetched(server, "/page")

    assert capture.fetched_from == f"{server.url}/page"
    assert capture.media_type == "text/html; charset=utf-8"
    assert capture.response["status"] == 200
    assert capture.response["peer"] == "127.0.0.1"
    assert ["Content-Type", "text/html; charset=utf-8"] in capture.response["headers"]
    assert "fell by nine per cent" in capture.blob.layers.get().text


def test_the_address_that_was_asked_is_kept_beside_where_it_led(server: Server) -> None:
    capture = fetched(server, "/moved")

    assert capture.fetched_from == f"{server.url}/moved"
    assert capture.response["redirects"] == [f"{server.url}/moved"]
    assert capture.response["url"] == f"{server.url}/page"


def test_the_character_set_that_a_server_names_is_heeded(server: Server) -> None:
    capture = fetched(server, "/old.txt")

    assert capture.file_name == "old.txt"
    assert capture.blob.layers.get().text == "Товарооборот снизился на 9%."


def test_each_fetch_makes_a_capture_of_the_same_bytes(server: Server) -> None:
    source = make.source()

    first = fetched(server, "/page", source=source)
    second = fetched(server, "/page", source=source, at=make.TODAY + timedelta(hours=1))

    assert first != second
    assert first.blob == second.blob
    assert second.extractions.get().outcome == ExtractionOutcome.TEXT


@pytest.mark.parametrize("path", ["/none", "/archive", "/empty"])
def test_what_is_no_page_is_refused_and_nothing_is_kept(server: Server, path: str) -> None:
    with pytest.raises(Refusal):
        fetched(server, path)
    assert not Blob.objects.exists()


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "ftp://example.org/a", "nonsense"])
def test_what_is_not_of_the_public_internet_is_not_asked(url: str) -> None:
    with pytest.raises(FetchRefused):
        capture_from(source=make.source(), url=url, by=make.person(), at=make.TODAY)
    assert not Capture.objects.exists()


def test_who_may_keep_nothing_makes_the_server_ask_nobody() -> None:
    gone = make.person()
    gone.is_active = False

    with pytest.raises(NotPermitted):
        capture_from(source=make.source(), url="nonsense", by=gone, at=make.TODAY)
