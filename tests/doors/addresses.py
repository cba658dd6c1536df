"""Every address that the public may ask: those that pages and answers name, and all parameters."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.exceptions import Resolver404

SITE = "http://testserver"
# A list names filters of each row: so many of the addresses that differ by them alone are followed.
MAX_QUERIES = 4
_LINKS = re.compile(rb"""(?:href|src|action)="([^"]+)"|<loc>([^<]+)</loc>""")
_TOKEN = re.compile(rb"\b[A-Za-z0-9]{64}\b")


@dataclass(frozen=True)
class Answered:
    """An answer: its status, its headers in order of their names, and its bytes."""

    status: int
    headers: dict[str, str]
    body: bytes


def answer_at(client: Client, address: str) -> Answered:
    """Ask as the public does, with no cookie of an answer before."""
    client.cookies.clear()
    response: Any = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = dict(response.headers.items())
    if "csrftoken" in client.cookies:
        # A form has a token of its own each time, which its tag follows.
        body = _TOKEN.sub(b"", body)
        headers.pop("ETag", None)
    return Answered(response.status_code, headers, body)


def crawl(client: Client, starts: Collection[str], found: dict[str, Answered], most: int) -> None:
    """Add the answers of addresses, and of all that pages, answers and redirects lead to.

    It stays on this site and outside of the desk. Raises OverflowError where there are more than
    `most` addresses.
    """
    waiting, queries = list(starts), dict[str, int]()
    while waiting:
        address = waiting.pop(0)
        path, has_query = urlsplit(address).path, "?" in address
        if address in found or (has_query and queries.get(path, 0) >= MAX_QUERIES):
            continue
        if len(found) == most:
            raise OverflowError(address)
        queries[path] = queries.get(path, 0) + has_query
        found[address] = answer = answer_at(client, address)
        links = links_of(answer.body, answer.headers.get("Content-Type", ""))
        links.append(answer.headers.get("Location", address))
        waiting += filter(None, (local(SITE + address, link) for link in links))


def links_of(body: bytes, media_type: str) -> list[str]:
    """The addresses that a page, a sitemap or an answer in JSON names; rows of exports none."""
    if "json" in media_type and "ndjson" not in media_type:
        return list(addresses_in(json.loads(body)))
    if "html" in media_type or "xml" in media_type:
        links = [a or b for a, b in _LINKS.findall(body)]
        return [link.decode().replace("&amp;", "&") for link in links]
    return []


def addresses_in(value: Any) -> Iterator[str]:
    """The texts in JSON that are addresses of this site."""
    if isinstance(value, str) and value.startswith(SITE):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from addresses_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from addresses_in(each)


def local(base: str, link: str) -> str | None:
    """The path and query of a link, where it stays on this site, outside of desk and static."""
    parts = urlsplit(urldefrag(urljoin(base, link)).url)
    if f"{parts.scheme}://{parts.netloc}" != SITE or parts.path.startswith(("/admin/", "/static/")):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """The route of every address of the project but for the desk's."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route.replace("^", "")
        elif not route.startswith("admin/"):
            yield from routes(one, route)


def route_of(address: str) -> str | None:
    """The route that answers an address; None where there is none."""
    try:
        return str(resolve(urlsplit(address).path).route).replace("^", "")
    except Resolver404:
        return None


def filled(schema: dict[str, Any], addresses: Collection[str]) -> dict[str, str]:
    """An address for each path of the API, its variable parts taken from addresses that are there.

    The parts before the last one decide: `/claims/{ref}/reviews/` is filled by `/claims/C1/`.
    Paths that no address fills are left out.
    """
    plain = sorted({urlsplit(address).path for address in addresses})
    found = {path: path for path in schema["paths"] if "{" not in path}
    for path in sorted(schema["paths"], key=len):
        known = (each for each in plain if _is_filled_by(path, each))
        if path not in found and (whole := next(known, None)):
            found[path] = whole
        start = path[: path.rindex("}") + 1] + "/" if "{" in path else ""
        if path not in found and start in found:
            found[path] = found[start] + path[len(start) :]
    return found


def _is_filled_by(path: str, address: str) -> bool:
    """Whether a path with variable parts stands for an address."""
    parts, others = path.split("/"), address.split("/")
    return len(parts) == len(others) and all(
        part == other or (part.startswith("{") and other)
        for part, other in zip(parts, others, strict=True)
    )


def asked(schema: dict[str, Any], paths: dict[str, str], words: Sequence[str]) -> Iterator[str]:
    """Each parameter of each address of the API with each of its codes and each of the words.

    Where several addresses have the same parameter, the first is asked all of them, and the others
    share them: each takes every fourth.
    """
    times = Counter[str]()
    for path, address in paths.items():
        for parameter in schema["paths"][path].get("get", {}).get("parameters", ()):
            if parameter["in"] == "query":
                values = list(dict.fromkeys([*codes_of(parameter["schema"]), *words]))
                written = json.dumps(parameter, sort_keys=True)
                for value in values[times[written] % 4 :: 4] if times[written] else values:
                    yield f"{address}?{urlencode({parameter['name']: value})}"
                times[written] += 1


def codes_of(schema: dict[str, Any]) -> list[str]:
    """The codes that a parameter takes, if it takes codes."""
    items = schema.get("items", {})
    return [str(code) for code in [*schema.get("enum", ()), *items.get("enum", ())]]
