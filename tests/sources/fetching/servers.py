"""Servers on this machine that answer byte for byte what a test says, however wrong."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from sources.fetching.fetch import Fetcher
from sources.fetching.guard import AddressGuard
from sources.fetching.transport import FetchLimits

PEM = Path(__file__).with_name("press.example.org.pem")

# What a path answers: bytes, or pieces of bytes with the seconds to wait before each.
Answer = bytes | Callable[[], Iterable[tuple[float, bytes]]]

CALM = FetchLimits(size=100_000, seconds=20, silence=10, envelope=200_000)
QUICK = replace(CALM, seconds=1.2, silence=0.4)  # for what is to run into the limits


def page(body: bytes = b"<p>Gas</p>", *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer with its length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def on_to(location: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return page(b"", f"Location: {location}", status=status)


class Server:
    """A server on 127.0.0.1 and what it was asked, request by request."""

    def __init__(self, answers: dict[str, Answer], context: ssl.SSLContext | None) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self._context = context
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.02)
        self.port: int = self._listening.getsockname()[1]
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._serve, daemon=True)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def inside(self) -> frozenset[tuple[str, int]]:
        return frozenset({("127.0.0.1", self.port)})

    def fetcher(self, limits: FetchLimits = CALM) -> Fetcher:
        """A fetcher that may ask this server, and nothing else on this machine."""
        return Fetcher(guard=AddressGuard(inside=self.inside), limits=limits)

    def close(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(6)
        self._listening.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _peer = self._listening.accept()
                thread = threading.Thread(target=self._take, args=(connection,), daemon=True)
                thread.start()
                self._threads.append(thread)

    def _take(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(5)
            if self._context is None:
                self._answer(connection)
            else:
                with self._context.wrap_socket(connection, server_side=True) as secured:
                    self._answer(secured)

    def _answer(self, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(65_536)
            if not piece:
                return
            head += piece
        self.asked.append(head.decode("latin-1"))
        said = self.answers[head.split(b" ", 2)[1].decode("latin-1")]
        for seconds, data in [(0.0, said)] if isinstance(said, bytes) else said():
            if self._over.wait(seconds):
                return
            connection.sendall(data)


@contextlib.contextmanager
def serving(answers: dict[str, Answer], *, tls: bool = False) -> Iterator[Server]:
    """A server that answers by path until the test is over."""
    context = None
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(PEM)
    server = Server(answers, context)
    try:
        yield server
    finally:
        server.close()
