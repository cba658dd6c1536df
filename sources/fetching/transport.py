"""Connections to the addresses that the guard allowed, within limits of time and size."""

import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpcore
import httpx

from sources.domain.refusals import quoted
from sources.fetching.guard import Destination
from sources.fetching.refusals import FetchRefused


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Limits of one fetch, its redirects included."""

    size: int = 50 * 1024 * 1024  # bytes of the decoded file, and of what comes over the wire
    seconds: float = 60.0  # from the first resolving to the last byte
    silence: float = 15.0  # seconds without a byte, or for a connection to be made
    redirects: int = 5
    envelope: int = 1024 * 1024  # bytes of headers and chunk marks on the wire, beside `size`


@dataclass
class FetchBudget:
    """The time and bytes that one fetch has used, held against its limits."""

    limits: FetchLimits
    url: str
    began: float = field(default_factory=time.monotonic)
    wire: int = 0

    def seconds_left(self) -> float:
        """Seconds until the fetch is over; raises FetchRefused when it is."""
        left = self.began + self.limits.seconds - time.monotonic()
        if left <= 0:
            raise self.too_slow()
        return left

    def next_timeout(self) -> float:
        """Return the timeout of the next read or write, in seconds."""
        return min(self.seconds_left(), self.limits.silence)

    def receive(self, count: int) -> None:
        """Count bytes from the wire."""
        self.wire += count
        if self.wire > self.limits.size + self.limits.envelope:
            raise self.too_large()

    def too_slow(self) -> FetchRefused:
        """The refusal of a fetch that takes too long."""
        return FetchRefused(
            "too_slow",
            f"{quoted(self.url)} did not answer in time: at most {self.limits.silence:.0f} seconds"
            f" of silence and {self.limits.seconds:.0f} seconds in all. Try again later, or save"
            " the page in your browser and upload the file.",
        )

    def too_large(self) -> FetchRefused:
        """The refusal of a file that is too large."""
        return FetchRefused(
            "too_large",
            f"{quoted(self.url)} sends more than {self.limits.size:,} bytes, the most that is kept."
            " Look for a smaller file, or for the part that you quote.",
        )

    def no_certificate(self, host: str, error: Exception) -> FetchRefused:
        """The refusal of a server without a valid certificate."""
        why = getattr(error, "verify_message", "") or getattr(error, "reason", "") or "no TLS"
        return FetchRefused(
            "tls",
            f"{quoted(self.url)} was not fetched, since its server cannot prove that it is {host}"
            f" ({why}). Open it in your browser, and upload the file if you trust it.",
        )


@contextmanager
def send_request(
    destination: Destination,
    budget: FetchBudget,
    ssl_context: ssl.SSLContext,
    headers: dict[str, str],
) -> Iterator[httpcore.Response]:
    """Send GET to a destination and yield the response, its body still to be read.

    The request goes to the allowed IP addresses, whatever the name resolves to by then; the name
    stays in the Host header and in TLS, whose certificate must be for it. Raises the errors of
    httpcore, and FetchRefused with tls, too_slow and too_large.
    """
    url = httpx.URL(destination.address.url)
    pool = httpcore.ConnectionPool(
        ssl_context=ssl_context,
        max_connections=1,
        max_keepalive_connections=0,
        network_backend=_PinnedBackend(destination, budget),
    )
    target = httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )
    sent = {"Host": url.netloc.decode("ascii")} | headers
    with pool, pool.stream("GET", target, headers=list(sent.items())) as answer:
        yield answer


class _PinnedBackend(httpcore.NetworkBackend):
    """A network backend that connects to the allowed IP addresses and never resolves a name."""

    def __init__(self, destination: Destination, budget: FetchBudget) -> None:
        self._destination = destination
        self._budget = budget

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first allowed IP address that answers."""
        address = self._destination.address
        if (host, port) != (address.host, address.port):
            raise httpcore.ConnectError(f"{host}:{port} was not judged")
        failure: Exception | None = None
        for peer in self._destination.peers:
            try:
                return self._connect(peer, port)
            except OSError as error:
                failure = error
        if isinstance(failure, TimeoutError):
            raise httpcore.ConnectTimeout(str(failure)) from failure
        raise httpcore.ConnectError(str(failure)) from failure

    def _connect(self, peer: str, port: int) -> httpcore.NetworkStream:
        family = socket.AF_INET6 if ":" in peer else socket.AF_INET
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(self._budget.next_timeout())
            connection.connect((peer, port))
        except BaseException:
            connection.close()
            raise
        return _CountingStream(connection, peer, self._budget)


class _CountingStream(httpcore.NetworkStream):
    """A connection, plain or TLS, that counts time and bytes against the limits of the fetch."""

    def __init__(self, connection: socket.socket, peer: str, budget: FetchBudget) -> None:
        self._connection = connection
        self._peer = peer
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read at most `max_bytes`; none at the end."""
        self._connection.settimeout(self._budget.next_timeout())
        try:
            data = self._connection.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error
        self._budget.receive(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send the whole buffer."""
        self._connection.settimeout(self._budget.next_timeout())
        try:
            self._connection.sendall(buffer)
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Switch to TLS, with a certificate for the name."""
        self._connection.settimeout(self._budget.next_timeout())
        try:
            secured = ssl_context.wrap_socket(self._connection, server_hostname=server_hostname)
        except TimeoutError as error:
            self.close()
            raise httpcore.ConnectTimeout(str(error)) from error
        except (ssl.SSLError, ValueError) as error:
            self.close()
            raise self._budget.no_certificate(server_hostname or "", error) from error
        except OSError as error:
            self.close()
            raise httpcore.ConnectError(str(error)) from error
        return _CountingStream(secured, self._peer, self._budget)

    def get_extra_info(self, info: str) -> Any:
        """Return the peer or the TLS object of the connection."""
        if info == "peer":
            return self._peer
        if info == "ssl_object" and isinstance(self._connection, ssl.SSLSocket):
            return self._connection
        return None
