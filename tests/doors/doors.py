"""The doors through which people read, and the words that a person sees at each."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from claims.models import PublicConflict
from tests.claims.pages.world import read
from tests.doors.states import Case

API = "/api/v1/"


@dataclass(frozen=True)
class Door:
    """An address, and what it is about: a claim, a source, a quote or a conflict.

    `address` gives None for a case that has nothing at this door. A `list` says of each claim the
    gravest notice alone.
    """

    about: str
    address: Callable[[Case], str | None]
    is_list: bool = False


def text_at(client: Client, address: str, *, status: int | None = 200) -> str:
    """All words that a reader finds at an address, on one line, without mark-up."""
    response = client.get(address)
    assert status in (None, response.status_code), f"{address}: {response.status_code}"
    return plain_text(response.content.decode(), response.headers["Content-Type"])


def plain_text(body: str, media_type: str) -> str:
    """The words of a page, an answer of the API or a file."""
    if "json" in media_type:
        body = " ".join(words_in(json.loads(body)))
    elif "html" in media_type:
        body = read(body).text
    elif "markdown" in media_type:
        body = re.sub(r"\[\]\{[^}]*\}|\{[^}]*\}|[*_\\]", "", body)
    return normalized(body)


def normalized(words: str) -> str:
    """The words on one line; marks that formats write in ways of their own are all one."""
    return " ".join(re.sub("[“”‘’\"'`{}\u2066-\u2069]", "", words).split())


def words_in(value: Any) -> Iterator[str]:
    """Yield all texts in a JSON value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from words_in(one)
    elif isinstance(value, str):
        yield value


def public_conflict(case: Case) -> PublicConflict | None:
    """The record that the public has of the conflict."""
    return PublicConflict.objects.filter(conflict=case.conflict).first() if case.conflict else None


def of_conflict(path: str) -> Callable[[Case], str | None]:
    """The address of the public conflict."""

    def address(case: Case) -> str | None:
        found = public_conflict(case)
        return path.format(ref=found.ref) if found else None

    return address


def of_quote(path: str) -> Callable[[Case], str | None]:
    """An address of the quote."""
    return lambda case: path.format(quote=case.excerpt.pk) if case.excerpt else None


def claim_pk(case: Case) -> int:
    """The number of the claim."""
    return int(case.version.claim_id)


def conflict_pk(case: Case) -> int | None:
    """The number of the desk's conflict."""
    return case.conflict.pk if case.conflict else None


def bibliography(form: str) -> Door:
    """The sources in a format."""
    return Door("source", lambda _case: f"{API}bibliography/?as={form}")


def sheet(form: str, layout: str) -> Door:
    """A fact sheet of the topic in a layout."""
    asked = f"topic=matter&style=apa&as={form}&layout={layout}"
    return Door("claim", lambda _case: f"{API}factsheets/?{asked}")


def where_conflict(address: str) -> Callable[[Case], str | None]:
    """An address that a case with a conflict has."""
    return lambda case: address.format(ref=case.ref) if case.conflict else None


def where_quote(address: str) -> Callable[[Case], str | None]:
    """An address that a case with a quote has."""
    return lambda case: address.format(key=case.source.key) if case.excerpt else None


def at_desk(about: str, name: str, pk: Callable[[Case], int | None]) -> Door:
    """A page of the desk about one row."""

    def address(case: Case) -> str | None:
        number = pk(case)
        return reverse(f"admin:{name}", args=[number]) if number else None

    return Door(about, address)


PAGES = {
    "page: list": Door("claim", lambda _case: "/", is_list=True),
    "page: search": Door("claim", lambda case: f"/?q={word_of(case)}", is_list=True),
    "page: topic": Door("claim", lambda _case: "/topics/matter/", is_list=True),
    "page: claim": Door("claim", lambda case: f"/claims/{case.ref}/"),
    "page: version": Door("claim", lambda case: f"/claims/{case.version.ref}/"),
    "page: source": Door("source", lambda case: f"/sources/{case.source.key}/"),
    "page: claims of a source": Door("quoting claim", where_quote("/sources/{key}/"), is_list=True),
    "page: conflict": Door("conflict", of_conflict("/conflicts/{ref}/")),
    "page: conflicts": Door("conflict", where_conflict("/conflicts/"), is_list=True),
}
DESK = {
    "desk: claims": Door("claim", lambda _case: "/admin/claims/claim/", is_list=True),
    "desk: claim": at_desk("claim", "claims_claim_change", claim_pk),
    "desk: conflicts": Door("conflict", where_conflict("/admin/claims/conflict/"), is_list=True),
    "desk: conflict": at_desk("conflict", "claims_conflict_change", conflict_pk),
    "desk: new claim": Door("quote", of_quote("/admin/claims/claim/add/?excerpt={quote}")),
    "desk: next version": at_desk("quote", "claims_claim_revise", claim_pk),
    "desk: source": at_desk("source", "sources_source_change", lambda case: case.source.pk),
}
SHEETS = {
    f"{layout}: {label}": sheet(form, layout)
    for layout in ("brief", "dossier")
    for form, label in (("html", "HTML"), ("markdown", "Markdown"))
}
ANSWERS = {
    "API: claims": Door("claim", lambda _case: f"{API}claims/?topic=matter"),
    "API: claim": Door("claim", lambda case: f"{API}claims/{case.ref}/"),
    "API: versions": Door("version", lambda case: f"{API}claims/{case.ref}/versions/"),
    "API: conflicts of a claim": Door(
        "conflict", where_conflict(f"{API}claims/{{ref}}/conflicts/")
    ),
    "API: conflicts": Door("conflict", where_conflict(f"{API}conflicts/")),
    "API: conflict": Door("conflict", of_conflict(f"{API}conflicts/{{ref}}/")),
    "API: excerpts": Door("quote", where_quote(f"{API}excerpts/?source={{key}}")),
    "API: excerpt": Door("quote", of_quote(f"{API}excerpts/{{quote}}/")),
    "API: annotations": Door("quote", where_quote(f"{API}annotations/?source={{key}}")),
    "API: annotation": Door("quote", of_quote(f"{API}annotations/{{quote}}/")),
    "API: sources": Door("source", lambda _case: f"{API}sources/"),
    "API: source": Door("source", lambda case: f"{API}sources/{case.source.key}/"),
}
BIBLIOGRAPHIES = {
    "CSL-JSON": bibliography("csl-json"),
    "BibTeX": bibliography("bibtex"),
    "BibLaTeX": bibliography("biblatex"),
    "RIS": bibliography("ris"),
}
DOORS = PAGES | DESK | SHEETS | ANSWERS | BIBLIOGRAPHIES


def word_of(case: Case) -> str:
    """A word by which a search finds the claim."""
    return "measured" if "measured" in case.version.statement else "whales"
