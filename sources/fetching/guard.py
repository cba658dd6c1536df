"""The guard against server-side request forgery: only the public internet is fetched from.

A person types an address, the server fetches it. Unguarded, that person reads all that the server
can reach: its own services, its neighbours, the cloud's keys at 169.254.169.254. So every address
is resolved once, all its IP addresses are checked, and the fetch connects to one of these, never
to the name again.
"""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from queue import Empty, Queue

from sources.domain.refusals import quoted
from sources.fetching.addresses import Address
from sources.fetching.refusals import FetchRefused

# From a host name and a port to all its current IP addresses.
Resolve = Callable[[str, int], list[str]]

MAX_ANSWERS = 64

# Names for machines of one's own network (RFC 6761, 6762, 8375, 9476, and customs).
_INSIDE_NAMES = frozenset(
    {"localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp"}
    | {"private", "arpa", "onion", "alt"}
)

# IANA's registry of special-purpose IPv4 addresses; `is_global` of older Pythons knows not all.
_INSIDE_FOUR = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network; Linux takes 0.0.0.0 for itself
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local; 169.254.169.254 gives out a cloud's keys
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)

# Only global unicast is outside. This leaves out whole: IPv4 in IPv6 (mapped ::ffff:0:0/96,
# compatible ::/96, translated ::ffff:0:0:0/96), NAT64 (64:ff9b::/96, 64:ff9b:1::/48), unique local,
# link-local, site-local, multicast, discard-only, segment routing.
_OUTSIDE_SIX = IPv6Network("2000::/3")
_INSIDE_SIX = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo (2001::/32), benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in an IPv6 one
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
# ISATAP, with either universal bit: the last 32 bits are an IPv4 address.
_ISATAP = frozenset({0x0000_5EFE, 0x0200_5EFE})


@dataclass(frozen=True, slots=True)
class Destination:
    """An address that may be fetched, and its IP addresses, all of which were checked."""

    address: Address
    peers: tuple[str, ...]


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Whether an IP address is a public unicast one.

    An IPv6 address that embeds an IPv4 address is not, whichever it embeds.
    """
    if isinstance(ip, IPv4Address):
        return ip.is_global and not any(ip in network for network in _INSIDE_FOUR)
    return (
        ip.scope_id is None
        and ip.is_global
        and ip in _OUTSIDE_SIX
        and not any(ip in network for network in _INSIDE_SIX)
        and int(ip) >> 32 & 0xFFFF_FFFF not in _ISATAP
    )


def resolve_host(host: str, port: int) -> list[str]:
    """Return every IP address that the system's resolver gives for a name."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


class AddressGuard:
    """Checks addresses and resolves them to public IP addresses.

    `inside` names pairs of IP address and port that are allowed though they are not public: for
    tests that serve on this machine, never from settings.
    """

    def __init__(
        self,
        *,
        resolve: Resolve = resolve_host,
        inside: frozenset[tuple[str, int]] = frozenset(),
    ) -> None:
        self._resolve = resolve
        self._inside = inside

    def judge(self, address: Address, *, seconds: float) -> Destination:
        """Return the IP addresses to connect to, all checked; a private one refuses all.

        Resolves exactly once. Raises FetchRefused with port, inside, unknown_host or too_slow.
        """
        inside_ports = {port for _ip, port in self._inside}
        if address.port not in (80, 443) and address.port not in inside_ports:
            raise FetchRefused(
                "port",
                f"{quoted(address.url)} names port {address.port}; only 80 and 443 are fetched."
                " Save the page in your browser and upload the file.",
            )
        if address.literal is not None:
            answers = [str(address.literal)]
        else:
            labels = address.host.split(".")
            if len(labels) == 1 or labels[-1] in _INSIDE_NAMES:
                raise _inside(address, f"the name {quoted(address.host)}")
            answers = self._answers(address, seconds)
        for answer in answers:
            if not self._is_allowed(answer, address.port):
                raise _inside(address, answer)
        return Destination(address, tuple(answers))

    def _is_allowed(self, answer: str, port: int) -> bool:
        if (answer, port) in self._inside:
            return True
        try:
            return port in (80, 443) and is_public(ip_address(answer))
        except ValueError:
            return False

    def _answers(self, address: Address, seconds: float) -> list[str]:
        """Resolve the host in a thread of its own, since the resolver knows no time limit."""
        resolved: Queue[list[str] | OSError | UnicodeError] = Queue()

        def ask() -> None:
            try:
                resolved.put(self._resolve(address.host, address.port))
            except (OSError, UnicodeError) as error:
                resolved.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            answers = resolved.get(timeout=max(seconds, 0.001))
        except Empty as error:
            raise FetchRefused(
                "too_slow",
                f"The name {quoted(address.host)} was not found within {seconds:.0f} seconds. Try"
                " again later.",
            ) from error
        if not isinstance(answers, list) or not 0 < len(answers) <= MAX_ANSWERS:
            raise FetchRefused(
                "unknown_host",
                f"No machine is found under the name {quoted(address.host)}. Check its spelling; if"
                " it opens in your browser, try again later.",
            )
        return answers


def _inside(address: Address, what: str) -> FetchRefused:
    return FetchRefused(
        "inside",
        f"{quoted(address.url)} leads to {what}, which is not on the public internet; factbase"
        " fetches from there only. If you may read the page, save it in your browser and upload"
        " the file.",
    )
