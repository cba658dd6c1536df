"""Fetching a page from the public internet, to keep its bytes as the evidence they are.

The bytes are those that a reader without an account is sent: no cookies, no passwords, no scripts
run. See docs/decisions/0010-fetching-from-outside-only.md.
"""

import ssl
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
import httpx

from sources.domain.refusals import quoted
from sources.fetching.addresses import Address, read_address, redirect_target
from sources.fetching.codings import DecodingFailed, Decompressor, known_coding
from sources.fetching.guard import AddressGuard, Destination
from sources.fetching.headers import (
    charset_in,
    decode_header,
    file_name_in,
    kept_headers,
    media_type_in,
)
from sources.fetching.refusals import FetchRefused as FetchRefused
from sources.fetching.transport import FetchBudget, FetchLimits, send_request

USER_AGENT = "factbase/0.1 (+archive copy for citation)"

LIMITS = FetchLimits()

_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as its server sent it, uncompressed.

    `url` is where it was found after all redirects. `response` is what the server answered:
    status, headers in order, the addresses that redirected (the first is the one that was asked
    for), and the IP address that answered. `charset` is the one that the server named.
    """

    data: bytes
    media_type: str
    charset: str
    file_name: str
    url: str
    response: dict[str, Any]


class Fetcher:
    """Fetches under a guard and within limits. Tests pass a guard that allows their server."""

    def __init__(
        self,
        *,
        guard: AddressGuard | None = None,
        limits: FetchLimits = LIMITS,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._guard = guard or AddressGuard()
        self._limits = limits
        self._ssl_context = ssl_context or _public_trust()

    def fetch(self, url: str) -> Fetched:
        """Fetch a file, following redirects, each checked like the first address."""
        address = read_address(url)
        budget = FetchBudget(self._limits, address.url)
        passed: list[str] = []
        while True:
            found = self._ask(address, passed, budget)
            if isinstance(found, Fetched):
                return found
            passed.append(address.url)
            if len(passed) > self._limits.redirects:
                raise FetchRefused(
                    "too_many_redirects",
                    f"{quoted(passed[0])} redirects more than {self._limits.redirects} times, at"
                    f" last to {quoted(found.url)}. Open it in your browser and copy the address"
                    " where it ends.",
                )
            address = found

    def _ask(self, address: Address, passed: list[str], budget: FetchBudget) -> Fetched | Address:
        """Request one address; return the file, or the target of a redirect."""
        destination = self._guard.judge(address, seconds=budget.seconds_left())
        try:
            with send_request(destination, budget, self._ssl_context, _HEADERS) as answer:
                return self._read(answer, destination, passed, budget)
        except httpcore.TimeoutException as error:
            raise budget.too_slow() from error
        except httpcore.NetworkError as error:
            raise _not_reached(address, error) from error
        except httpcore.ProtocolError as error:
            raise _garbled(address, str(error)) from error
        except DecodingFailed as error:
            raise _garbled(address, f"its compressed content {error}") from error

    def _read(
        self,
        answer: httpcore.Response,
        destination: Destination,
        passed: list[str],
        budget: FetchBudget,
    ) -> Fetched | Address:
        """Return the file of a response, or the target of a redirect."""
        address = destination.address
        headers = [(decode_header(name), decode_header(value)) for name, value in answer.headers]
        first = {name.lower(): value for name, value in reversed(headers)}
        if answer.status in _REDIRECTS and first.get("location"):
            return redirect_target(address, first["location"])
        if answer.status != 200:
            raise _wrong_status(address, answer.status)
        peer = answer.extensions["network_stream"].get_extra_info("peer")
        content_type = first.get("content-type", "")
        return Fetched(
            data=self._body(answer, address, first, budget),
            media_type=media_type_in(content_type),
            charset=charset_in(content_type),
            file_name=file_name_in(first.get("content-disposition", ""), address.url),
            url=address.url,
            response={
                "status": answer.status,
                "headers": kept_headers(headers),
                "redirects": passed,
                "peer": peer,
            },
        )

    def _body(
        self,
        answer: httpcore.Response,
        address: Address,
        headers: dict[str, str],
        budget: FetchBudget,
    ) -> bytes:
        """Read the body, decompressed as it comes; bytes are counted before and after."""
        size = self._limits.size
        coding = known_coding(headers.get("content-encoding", ""))
        if coding is None:
            raise _garbled(address, "it is compressed in a way that was not asked for")
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length[:20]) > size:
            raise budget.too_large()
        inflation = Decompressor(coding) if coding else None
        body = bytearray()
        for data in answer.iter_stream():
            for piece in inflation.unpack(data) if inflation else (data,):
                body += piece
                if len(body) > size:
                    raise budget.too_large()
                budget.seconds_left()
        if inflation and body:
            inflation.end()
        return bytes(body)


@cache
def _public_trust() -> ssl.SSLContext:
    """Return the certificate authorities that browsers trust, whatever the environment says."""
    return httpx.create_ssl_context(trust_env=False)


def _not_reached(address: Address, error: Exception) -> FetchRefused:
    return FetchRefused(
        "unreachable",
        f"{quoted(address.url)} could not be reached: {error or 'the connection was broken off'}."
        " Try again later, or save the page in your browser and upload the file.",
    )


def _wrong_status(address: Address, status: int) -> FetchRefused:
    return FetchRefused(
        "status",
        f"{quoted(address.url)} answered with status {status} instead of the page (200). If it"
        " opens in your browser, save it there and upload the file.",
    )


def _garbled(address: Address, why: str) -> FetchRefused:
    return FetchRefused(
        "garbled",
        f"{quoted(address.url)} sent an answer that cannot be read: {why[:200]}. Try again later,"
        " or save the page in your browser and upload the file.",
    )
