"""One strict parser for web addresses, as people paste them and as servers redirect to them.

Two parsers that differ on the host of an address let a check pass for one host and a request go
to another. So there is one parser; an ambiguous address is refused, and everything after it works
with the parsed parts. Nothing here uses the network.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urljoin

import httpx
import idna

from sources.domain.refusals import is_invisible, quoted
from sources.fetching.refusals import FetchRefused

MAX_LENGTH = 2_000

PORTS = {"http": 80, "https": 443}

_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^#]*)", re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
# Numbers that the C library reads as an IPv4 address: 127.1, 0x7f.1, 0177.0.0.1, 2130706433.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True, slots=True)
class Address:
    """An http(s) address: `url` as it is sent and kept, ASCII, without a fragment.

    `host` is a name (ASCII, lower case, no dot at the end) or an IP address without brackets;
    `literal` is set where it is an IP address.
    """

    url: str
    scheme: str
    host: str
    port: int
    literal: IPv4Address | IPv6Address | None


def read_address(text: str) -> Address:
    """Parse an address; raises FetchRefused with not_an_address, scheme or port.

    White space around it is passed over; a host in another script is put in IDNA (UTS 46), other
    letters in path and query are percent-encoded. User names and passwords, zone ids, numbers
    that only the C library reads as an IP address, and backslashes are refused.
    """
    text = text.strip()
    if len(text) > MAX_LENGTH:
        raise _no_address(text, f"it has {len(text):,} characters, at most {MAX_LENGTH:,} are read")
    for character in text:
        if character.isspace() or character == "\\" or is_invisible(character):
            raise _no_address(text, f"it holds the character U+{ord(character):04X}")
    parts = _PARTS.fullmatch(text.partition("#")[0])
    if parts is None:
        if _SCHEME.match(text) and not text.lower().startswith(("http:", "https:")):
            raise _wrong_scheme(text)
        raise _no_address(text, "it does not begin with http:// or https:// and a host")
    scheme, authority, rest = parts[1].lower(), parts[2], parts[3]
    if scheme not in PORTS:
        raise _wrong_scheme(text)
    host, port, literal = _read_authority(text, authority, PORTS[scheme])
    netloc = f"[{host}]" if isinstance(literal, IPv6Address) else host
    if port != PORTS[scheme]:
        netloc += f":{port}"
    url = f"{scheme}://{netloc}"
    url += _request_target(text, url + (rest if rest[:1] == "/" else "/" + rest), host, port)
    if len(url) > MAX_LENGTH:
        raise _no_address(text, f"percent-encoded it has more than {MAX_LENGTH:,} characters")
    return Address(url, scheme, host, port, literal)


def redirect_target(here: Address, location: str) -> Address:
    """Return the target of a redirect from `here`; a step down from https to http is refused.

    What came over http could have been changed on its way, and the capture would be said to come
    from an https address.
    """
    if any(is_invisible(character) for character in location):
        raise _no_address(location, f"{quoted(here.url)} redirects to it with a control character")
    try:
        target = urljoin(here.url, location.strip().replace(" ", "%20"))
    except ValueError as error:
        raise _no_address(location, f"{quoted(here.url)} redirects to it") from error
    address = read_address(target)
    if here.scheme == "https" and address.scheme == "http":
        raise FetchRefused(
            "scheme",
            f"{quoted(here.url)} redirects from https down to {quoted(address.url)}, which anybody"
            " on the way could alter, so it was not followed. If you want that page, fetch its"
            " http address itself.",
        )
    return address


def _read_authority(
    text: str, authority: str, default: int
) -> tuple[str, int, IPv4Address | IPv6Address | None]:
    """Parse host, port and IP address from the part between // and the path."""
    if "@" in authority:
        raise FetchRefused(
            "not_an_address",
            "The address holds a user name or password before “@”. Nothing was fetched; leave"
            " them out, since the address is kept and shown.",
        )
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        raise _no_address(text, "its host or port cannot be read")
    port = int(match[2]) if match[2] else default
    if not 0 < port < 65_536:
        raise FetchRefused("port", f"{quoted(text)} names no port: there is none numbered {port}.")
    if match[1].startswith("["):
        try:
            six = IPv6Address("" if "%" in match[1] else match[1][1:-1])
        except ValueError as error:
            raise _no_address(text, "what stands in brackets is no IPv6 address") from error
        return str(six), port, six
    host = _read_name(text, match[1])
    if not _NUMBER.fullmatch(host.rpartition(".")[2]):
        return host, port, None
    try:
        four = IPv4Address(host)
    except ValueError as error:
        raise _no_address(text, "its host is a number, but not four decimal numbers") from error
    return host, port, four


def _read_name(text: str, name: str) -> str:
    """Return a host name in ASCII and lower case; full stops of other scripts are full stops."""
    try:
        host = name.lower() if name.isascii() else idna.encode(name, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise _no_address(text, f"the host {quoted(name)} is no domain name") from error
    host = host.removesuffix(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        raise _no_address(text, f"the host {quoted(name)} is no domain name")
    return host


def _request_target(text: str, url: str, host: str, port: int) -> str:
    """Return path and query as the HTTP library sends them; it must find the same host and port."""
    try:
        parsed = httpx.URL(url)
        found = parsed.raw_host.decode("ascii"), parsed.port or PORTS[parsed.scheme]
    except (httpx.InvalidURL, UnicodeError, KeyError) as error:
        raise _no_address(text, "it cannot be read without doubt") from error
    if found != (host, port):
        raise _no_address(text, "it cannot be read without doubt")
    return parsed.raw_path.decode("ascii")


def _no_address(text: str, why: str) -> FetchRefused:
    return FetchRefused(
        "not_an_address",
        f"{quoted(text)} is not an address that can be fetched: {why}. Copy the address anew from"
        " the browser's address bar.",
    )


def _wrong_scheme(text: str) -> FetchRefused:
    return FetchRefused(
        "scheme",
        f"{quoted(text)} begins with neither http:// nor https://; nothing else is fetched."
        " Upload the file instead.",
    )
