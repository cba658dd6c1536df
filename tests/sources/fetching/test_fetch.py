"""Fetching from servers that mean well, and how far it lets itself be led."""

import gzip
import ssl
import zlib

import pytest

from sources.fetching.fetch import USER_AGENT, Fetcher, FetchRefused
from sources.fetching.guard import AddressGuard
from tests.sources.fetching.conftest import Names
from tests.sources.fetching.servers import CALM, PEM, QUICK, on_to, page, serving


def test_a_page_is_kept_with_what_its_server_said() -> None:
    body = "<p>Сила Сибири</p>".encode("windows-1251")
    answer = page(body, "Content-Type: text/html; charset=windows-1251", "X-A: 1", "X-a: 2")
    with serving({"/news/gas.html?p=1": answer}) as server:
        fetched = server.fetcher().fetch(f"{server.url}/news/gas.html?p=1#top")

        assert fetched.data == body
        assert fetched.media_type == "text/html"
        assert fetched.charset == "windows-1251"
        assert fetched.file_name == "gas.html"
        assert fetched.url == f"{server.url}/news/gas.html?p=1"
        assert fetched.response == {
            "status": 200,
            "headers": [
                ["Content-Length", str(len(body))],
                ["Content-Type", "text/html; charset=windows-1251"],
                ["X-A", "1"],
                ["X-a", "2"],
            ],
            "redirects": [],
            "peer": "127.0.0.1",
        }


def test_a_request_says_who_asks_and_brings_nothing_else() -> None:
    with serving({"/": page()}) as server:
        server.fetcher().fetch(server.url)

        lines = server.asked[0].split("\r\n")
        names = [line.partition(":")[0].lower() for line in lines[1:] if line]
        assert lines[0] == "GET / HTTP/1.1"
        assert f"User-Agent: {USER_AGENT}" in lines
        assert set(names) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"/": page()}) as server, serving({"/": page(b"proxied")}) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)

        assert server.fetcher().fetch(server.url).data == b"<p>Gas</p>"
        assert proxy.asked == []


def test_a_cookie_is_never_sent_back() -> None:
    answers = {"/": page(b"", "Location: /b", "Set-Cookie: a=b", status="302 Found"), "/b": page()}
    with serving(dict(answers)) as server:
        server.fetcher().fetch(server.url)

        assert "cookie" not in server.asked[1].lower()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(mtime=0, data=b"gas" * 9_000)),
        (
            "x-gzip",
            gzip.compress(mtime=0, data=b"gas" * 4_500)
            + gzip.compress(mtime=0, data=b"gas" * 4_500),
        ),
        ("deflate", zlib.compress(b"gas" * 9_000)),
        ("deflate", zlib.compress(b"gas" * 9_000)[2:-4]),
        ("identity", b"gas" * 9_000),
    ],
)
def test_a_compressed_page_is_kept_unpacked(coding: str, packed: bytes) -> None:
    with serving({"/": page(packed, f"Content-Encoding: {coding}")}) as server:
        assert server.fetcher().fetch(server.url).data == b"gas" * 9_000


def test_a_page_in_chunks_is_kept_whole() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = head + b"3\r\nGas\r\n4;a=b\r\nprom\r\n0\r\n\r\n"
    with serving({"/": chunks}) as server:
        assert server.fetcher().fetch(server.url).data == b"Gasprom"


def test_five_redirects_are_followed_and_remembered_in_order() -> None:
    answers = {f"/{number}": on_to(f"/{number + 1}") for number in range(5)}
    with serving({**answers, "/5": page()}) as server:
        fetched = server.fetcher().fetch(f"{server.url}/0")

        assert fetched.url == f"{server.url}/5"
        assert fetched.response["redirects"] == [f"{server.url}/{number}" for number in range(5)]


@pytest.mark.parametrize("first", ["/0", "/loop"])
def test_a_sixth_redirect_is_not_followed(first: str) -> None:
    answers = {f"/{number}": on_to(f"/{number + 1}") for number in range(6)}
    with serving({**answers, "/6": page(), "/loop": on_to("/loop")}) as server:
        with pytest.raises(FetchRefused) as refused:
            server.fetcher().fetch(server.url + first)

        assert refused.value.code == "too_many_redirects"
        assert len(server.asked) == 6


INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "[::1]",
    "10.0.0.1",
    "10.255.1.2",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 nobody binds to it
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2002:7f00:0001::1]",
    "[::ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[2001:0:7f00:1::80ff:fffe]",
    "[fe80::1]",
    "[fc00::1]",
    "localhost",
    "metadata.google.internal",
]
NUMBERS = ["0x7f.1", "0x7f000001", "2130706433", "0177.0.0.1", "127.1", "0"]


@pytest.mark.parametrize(
    ("host", "code"),
    [*((host, "inside") for host in INSIDE), *((host, "not_an_address") for host in NUMBERS)],
)
@pytest.mark.parametrize("status", ["301 Moved", "307 Temporary Redirect"])
def test_a_redirect_to_the_inside_is_refused(
    host: str, code: str, status: str, connected: list[tuple[str, int]]
) -> None:
    with serving({"/": on_to(f"http://{host}/secret", status)}) as server:
        with pytest.raises(FetchRefused) as refused:
            server.fetcher().fetch(server.url)

        assert refused.value.code == code
        assert connected == [("127.0.0.1", server.port)]


@pytest.mark.parametrize("answer", [host.strip("[]") for host in INSIDE if host[-2:] != "al"])
def test_a_redirect_to_a_name_of_the_inside_is_refused(
    answer: str, connected: list[tuple[str, int]]
) -> None:
    names = Names(rebound_example_org=[[answer]])
    with serving({"/": on_to("http://rebound.example.org/secret")}) as server:
        guard = AddressGuard(resolve=names, inside=server.inside)
        with pytest.raises(FetchRefused) as refused:
            Fetcher(guard=guard, limits=CALM).fetch(server.url)

        assert refused.value.code == "inside"
        assert connected == [("127.0.0.1", server.port)]


def test_another_server_on_this_machine_is_refused() -> None:
    with serving({"/": page(b"secret")}) as other, serving({"/": on_to(other.url)}) as server:
        with pytest.raises(FetchRefused) as refused:
            server.fetcher().fetch(server.url)

        assert refused.value.code == "port"
        assert other.asked == []


def test_a_server_on_this_machine_is_refused_by_what_the_product_uses() -> None:
    with serving({"/": page(b"secret")}) as server:
        for url in (server.url, "http://127.0.0.1/", "http://[::1]/", "http://localhost/"):
            with pytest.raises(FetchRefused) as refused:
                Fetcher().fetch(url)
            assert refused.value.code in ("port", "inside")
        assert server.asked == []


# judged            connects
#   │ answer 1         │ (never asks again: answer 2 has no effect)
#   ▼                  ▼
def test_an_answer_that_changes_after_the_check_has_no_effect(
    connected: list[tuple[str, int]],
) -> None:
    with serving({"/": page()}) as server:
        names = Names(rebound_example_org=[["127.0.0.1"], ["169.254.169.254"]])
        guard = AddressGuard(resolve=names, inside=server.inside)

        fetched = Fetcher(guard=guard, limits=CALM).fetch(
            f"http://rebound.example.org:{server.port}/"
        )

        assert names.asked == ["rebound.example.org"]
        assert connected == [("127.0.0.1", server.port)]
        assert fetched.response["peer"] == "127.0.0.1"
        assert f"Host: rebound.example.org:{server.port}\r\n" in server.asked[0]


def test_an_answer_that_changes_to_loopback_reaches_nobody_there(
    connected: list[tuple[str, int]],
) -> None:
    with serving({"/": page(b"secret")}) as server:
        names = Names(rebound_example_org=[["93.184.215.14"], ["127.0.0.1"]])
        judged_public = frozenset({("93.184.215.14", server.port)})
        guard = AddressGuard(resolve=names, inside=judged_public)
        with pytest.raises(FetchRefused) as refused:
            Fetcher(guard=guard, limits=CALM).fetch(f"http://rebound.example.org:{server.port}/")

        assert refused.value.code == "unreachable"
        assert server.asked == []
        assert connected == [("93.184.215.14", server.port)]
        connected.clear()  # the fixture refused it, as it should


def test_an_answer_that_changes_between_redirects_is_judged_again(
    connected: list[tuple[str, int]],
) -> None:
    names = Names(rebound_example_org=[["127.0.0.1"], ["10.0.0.1"]])
    with serving({"/": on_to("/b"), "/b": page(b"secret")}) as server:
        guard = AddressGuard(resolve=names, inside=server.inside)
        with pytest.raises(FetchRefused) as refused:
            Fetcher(guard=guard, limits=CALM).fetch(f"http://rebound.example.org:{server.port}/")

        assert refused.value.code == "inside"
        assert names.asked == ["rebound.example.org"] * 2
        assert connected == [("127.0.0.1", server.port)]


def test_the_next_of_the_judged_addresses_is_tried_where_one_takes_no_connection(
    connected: list[tuple[str, int]],
) -> None:
    with serving({"/": page()}) as server:
        names = Names(press_example_org=[["::1", "127.0.0.1"]])
        guard = AddressGuard(resolve=names, inside=server.inside | {("::1", server.port)})

        fetched = Fetcher(guard=guard, limits=CALM).fetch(
            f"http://press.example.org:{server.port}/"
        )

        assert fetched.response["peer"] == "127.0.0.1"
        assert connected == [("::1", server.port), ("127.0.0.1", server.port)]


def _trusting(port: int) -> Fetcher:
    """A fetcher that trusts the tests' certificate, which is for press.example.org alone."""
    names = Names(press_example_org=[["127.0.0.1"]], other_example_org=[["127.0.0.1"]])
    return Fetcher(
        guard=AddressGuard(resolve=names, inside=frozenset({("127.0.0.1", port)})),
        limits=CALM,
        ssl_context=ssl.create_default_context(cafile=PEM),
    )


def test_a_certificate_is_checked_for_the_name_while_the_address_is_pinned() -> None:
    with serving({"/": page()}, tls=True) as server:
        fetched = _trusting(server.port).fetch(f"https://press.example.org:{server.port}/")

        assert fetched.data == b"<p>Gas</p>"


def test_a_certificate_for_another_name_is_refused() -> None:
    with serving({"/": page()}, tls=True) as server:
        with pytest.raises(FetchRefused) as refused:
            _trusting(server.port).fetch(f"https://other.example.org:{server.port}/")

        assert refused.value.code == "tls"
        assert "other.example.org" in refused.value.message
        assert server.asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    with serving({"/": page()}, tls=True) as server:
        with pytest.raises(FetchRefused) as refused:
            server.fetcher().fetch(f"https://127.0.0.1:{server.port}/")

        assert refused.value.code == "tls"


def test_a_server_without_tls_is_refused_under_https() -> None:
    garbage = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
    with serving({}, tls=False) as server:
        server.answers["/"] = garbage
        with pytest.raises(FetchRefused) as refused:
            server.fetcher(QUICK).fetch(f"https://127.0.0.1:{server.port}/")

        assert refused.value.code in ("tls", "too_slow")


def test_a_redirect_from_https_down_to_http_is_not_followed() -> None:
    with serving({"/": on_to("http://press.example.org/")}, tls=True) as server:
        with pytest.raises(FetchRefused, match="from https down to") as refused:
            _trusting(server.port).fetch(f"https://press.example.org:{server.port}/")

        assert refused.value.code == "scheme"
