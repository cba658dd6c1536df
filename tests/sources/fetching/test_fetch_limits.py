"""Servers that send too much, too slowly or nonsense: each is refused within the limits."""

import contextlib
import gzip
import socket
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from itertools import repeat

import pytest

from sources.fetching.fetch import FetchRefused
from tests.sources.fetching.servers import CALM, QUICK, Answer, page, serving

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


# In seconds: what a busy machine takes besides. Whoever drips does so for ever.
SLACK = 15


def _drip(
    first: bytes, piece: bytes, seconds: float
) -> Callable[[], Iterable[tuple[float, bytes]]]:
    """An answer that begins and then goes on for ever, a piece at a time."""

    def pieces() -> Iterator[tuple[float, bytes]]:
        yield 0.0, first
        yield from repeat((seconds, piece))

    return pieces


def _silent() -> Iterable[tuple[float, bytes]]:
    return [(2.0, b"")]


def _chunked(*chunks: bytes) -> bytes:
    return HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"".join(chunks)


INFORMING = b"HTTP/1.1 100 Continue\r\nX-A: " + b"a" * 9_000 + b"\r\n\r\n"
CHUNK = b"2000\r\n" + b"a" * 8_192 + b"\r\n"
MARKS = b"1;" + b"x" * 900 + b"\r\na\r\n"
BOMB = gzip.compress(mtime=0, data=bytes(20_000_000))
PACKED = gzip.compress(mtime=0, data=b"gas")
NESTED = gzip.compress(mtime=0, data=PACKED)

HOSTILE: dict[str, tuple[Answer, str]] = {
    "says nothing": (_silent, "too_slow"),
    "stops in the headers": (lambda: [(0.0, HEAD), (2.0, b"\r\n")], "too_slow"),
    "stops in the body": (lambda: [(0.0, page(b"a" * 9)[:-3]), (2.0, b"aaa")], "too_slow"),
    "drips the status line": (_drip(b"H", b"T", 0.05), "too_slow"),
    "drips headers": (_drip(HEAD, b"X-A: b\r\n", 0.05), "too_slow"),
    "drips the body": (_drip(HEAD + b"\r\n", b"a", 0.05), "too_slow"),
    "drips chunks": (_drip(_chunked(), b"1\r\na\r\n", 0.05), "too_slow"),
    "never ends the body": (_drip(HEAD + b"\r\n", b"a" * 9_000, 0), "too_large"),
    "never ends the chunks": (_drip(_chunked(), CHUNK, 0), "too_large"),
    "sends only marks of chunks": (_drip(_chunked(), MARKS, 0), "too_large"),
    "never ends informing": (_drip(b"", INFORMING, 0), "too_large"),
    "never ends the headers": (_drip(HEAD, b"X-A: " + b"b" * 900 + b"\r\n", 0), "garbled"),
    "never ends a header": (_drip(HEAD + b"X-A: ", b"b" * 900, 0), "garbled"),
    "says that it is large": (HEAD + b"Content-Length: 99999999999\r\n\r\n", "too_large"),
    "is one byte too large": (page(b"a" * (CALM.size + 1)), "too_large"),
    "is a bomb": (page(BOMB, "Content-Encoding: gzip"), "too_large"),
    "is a bomb in chunks": (
        HEAD + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"%x\r\n%s\r\n0\r\n\r\n" % (len(BOMB), BOMB),
        "too_large",
    ),
    "is empty gzip members without end": (
        _drip(HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(mtime=0, data=b"") * 99, 0),
        "too_large",
    ),
    "says too great a length": (HEAD + b"Content-Length: 500\r\n\r\nabc", "garbled"),
    "says two lengths": (HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", "garbled"),
    "says a length of letters": (HEAD + b"Content-Length: abc\r\n\r\nabc", "garbled"),
    "says a length below nothing": (HEAD + b"Content-Length: -3\r\n\r\nabc", "garbled"),
    "sends chunks of garbage": (_chunked(b"zz\r\nabc\r\n"), "garbled"),
    "ends within a chunk": (_chunked(b"5\r\nab"), "garbled"),
    "ends without a last chunk": (_chunked(b"2\r\nab\r\n"), "garbled"),
    "ends a chunk wrongly": (_chunked(b"2\r\nabXX0\r\n\r\n"), "garbled"),
    "sends no HTTP": (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", "garbled"),
    "sends zeros": (bytes(9_000), "garbled"),
    "hangs up": (b"", "garbled"),
    "hangs up in the headers": (HEAD, "garbled"),
    "sends a NUL in a header": (HEAD + b"X-A: a\0b\r\nContent-Length: 0\r\n\r\n", "garbled"),
    "sends what is not gzip as gzip": (page(b"<p>Gas</p>", "Content-Encoding: gzip"), "garbled"),
    "sends half a gzip": (page(BOMB[:50], "Content-Encoding: gzip"), "garbled"),
    "sends more after gzip": (page(PACKED + b"junk", "Content-Encoding: gzip"), "garbled"),
    "sends brotli unasked": (page(b"\x0b\x02\x80gas\x03", "Content-Encoding: br"), "garbled"),
    "packs twice": (page(NESTED, "Content-Encoding: gzip, gzip"), "garbled"),
    "redirects to nowhere": (page(b"", status="302 Found"), "status"),
    "switches protocols": (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", "garbled"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_answer_is_refused_within_the_limits(case: str) -> None:
    answer, code = HOSTILE[case]
    limits = QUICK if code == "too_slow" else CALM
    with serving({"/": answer}) as server:
        began = time.monotonic()
        with pytest.raises(FetchRefused) as refused:
            server.fetcher(limits).fetch(server.url)
        took = time.monotonic() - began

    assert refused.value.code == code, refused.value.message
    assert refused.value.message.endswith(".")
    assert took < limits.seconds + SLACK


@pytest.mark.parametrize(
    "status",
    [
        "201 Created",
        "204 No Content",
        "206 Partial Content",
        "300 Choices",
        "304 Not Modified",
        "403 Forbidden",
        "404 Not Found",
        "500 Error",
        "503 Later",
    ],
)
def test_any_status_but_200_is_refused_by_its_number(status: str) -> None:
    with serving({"/": page(b"", status=status)}) as server:
        with pytest.raises(FetchRefused, match=f"status {status[:3]} ") as refused:
            server.fetcher().fetch(server.url)

        assert refused.value.code == "status"


def test_a_file_of_just_the_limit_is_kept() -> None:
    with serving({"/": page(b"a" * CALM.size)}) as server:
        assert len(server.fetcher().fetch(server.url).data) == CALM.size


def test_a_bomb_is_given_up_before_it_fills_the_memory() -> None:
    with serving({"/": page(BOMB, "Content-Encoding: gzip")}) as server:
        fetcher = server.fetcher()
        tracemalloc.start()
        try:
            with pytest.raises(FetchRefused):
                fetcher.fetch(server.url)
            _now, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert peak < 4_000_000


def test_all_redirects_share_one_time_limit() -> None:
    def slowly() -> Iterable[tuple[float, bytes]]:
        return [(0.3, page(b"", "Location: /", status="302 Found"))]

    with serving({"/": slowly}) as server, pytest.raises(FetchRefused) as refused:
        server.fetcher(QUICK).fetch(server.url)

    assert refused.value.code == "too_slow"


def test_a_machine_that_takes_no_connection_is_unreachable() -> None:
    with serving({}) as server:
        pass
    with pytest.raises(FetchRefused) as refused:
        server.fetcher().fetch(server.url)

    assert refused.value.code == "unreachable"


def test_a_machine_that_never_takes_the_connection_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                one.connect(("127.0.0.1", port))
        with serving({}) as server:
            server.port = port
            with pytest.raises(FetchRefused) as refused:
                server.fetcher(QUICK).fetch(f"http://127.0.0.1:{port}/")
        for one in waiting:
            one.close()

    assert refused.value.code == "too_slow"
