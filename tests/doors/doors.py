"""The doors through which people read, and the words that a person sees at each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.test import Client
from django.urls import reverse

from claims.factsheets.formats import FORMATS, LAYOUTS
from claims.models import Claim, PublicConflict
from tests.doors.file_words import words_of
from tests.doors.states import Case

API = "/api/v1/"


@dataclass(frozen=True)
class Door:
    """An address, and what it is about: a claim, a source, a quote, a conflict or an edition.

    `address` gives None for a case that has nothing at this door. A `list` says of each claim the
    gravest notice in full, and with `has_badges` the name of each kind of them.
    """

    about: str
    address: Callable[[Case], str | None]
    is_list: bool = False
    has_badges: bool = False


@dataclass
class Reader:
    """Somebody at the doors, who reads each address once; `status` None is any."""

    client: Client
    read: dict[str, str] = field(default_factory=dict)

    def text_at(self, address: str, *, status: int | None = 200) -> str:
        """All words at an address, on one line, without mark-up."""
        if address not in self.read:
            response = self.client.get(address)
            assert status in (None, response.status_code), f"{address}: {response.status_code}"
            if response.status_code >= 300:
                return ""
            self.read[address] = words_of(response.content, response.headers["Content-Type"])
        return self.read[address]


def public_conflict(case: Case) -> PublicConflict | None:
    """The record that the public has of the conflict."""
    return PublicConflict.objects.filter(conflict=case.conflict).first() if case.conflict else None


def api_claims(case: Case) -> str:
    """The API's list of claims, which has retracted ones where they are asked for."""
    asked = "&status=retracted" if Claim.objects.get(pk=claim_pk(case)).retracted_at else ""
    return f"{API}claims/?topic={case.topic}{asked}"


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
    """The source in a format of the API."""
    return Door("source", lambda case: f"{API}bibliography/?as={form}&q={case.word}")


def sheet(claims: Sequence[str], form: str, layout: str) -> str:
    """The address of a fact sheet of these claims."""
    return f"{API}factsheets/?style=apa&as={form}&layout={layout}&claims={','.join(claims)}"


def sheets_of(claims: Sequence[str]) -> dict[str, Door]:
    """One fact sheet of these claims in all layouts and formats."""
    found = {}
    for form in FORMATS.values():
        about = "source" if form.is_bibliography else "claim"
        for layout in LAYOUTS if form.has_layouts else ("dossier",):
            address = sheet(claims, form.name, layout)
            name = f"{layout}: {form.label}" if form.has_layouts else f"sheet: {form.label}"
            found[name] = Door(about, lambda _case, address=address: address)  # type: ignore[misc]
    return found


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


def after(number: int) -> str:
    """The place in a list by falling numbers at which this one comes first."""
    return f"?after={number + 1}"


def subject_page(case: Case) -> str | None:
    """The page of what the claim is about."""
    subject = case.version.subject
    return f"/entities/{subject.key}/" if subject else None


def cited(case: Case) -> str:
    """The page that says how to cite the claim, and its sources."""
    return f"/claims/{case.version.ref}/cite/?style=bibtex"


def of_edition(path: str) -> Callable[[Case], str | None]:
    """An address of the edition that was issued before."""
    return lambda case: path.format(key=case.edition)


PAGES = {
    "page: list": Door("claim", lambda case: f"/{after(claim_pk(case))}", True, True),
    "page: search": Door("claim", lambda case: f"/?q={case.word}", True, True),
    "page: topic": Door("claim", lambda case: f"/topics/{case.topic}/", True, True),
    "page: entity": Door("claim", subject_page, True, True),
    "page: claim": Door("claim", lambda case: f"/claims/{case.ref}/"),
    "page: version": Door("claim", lambda case: f"/claims/{case.version.ref}/"),
    "page: how to cite": Door("claim", cited, True),
    "page: how to cite the source": Door("cited source", cited),
    "page: source": Door("source", lambda case: f"/sources/{case.source.key}/"),
    "page: claims of a source": Door("quoting claim", where_quote("/sources/{key}/"), True, True),
    "page: sources of a publisher": Door(
        "source", lambda case: "/sources/?publisher=Ministry" if case.excerpt else None
    ),
    "page: corrections": Door("correction", lambda _case: "/corrections/"),
    "page: conflict": Door("conflict", of_conflict("/conflicts/{ref}/")),
    "page: conflicts": Door(
        "conflict",
        lambda case: (
            f"/conflicts/{after(found.number)}" if (found := public_conflict(case)) else None
        ),
        True,
    ),
}
EDITIONS = {
    "edition: brief": Door("edition", of_edition("/factsheets/{key}/1/")),
    "edition: dossier": Door("edition", of_edition("/factsheets/{key}/1/dossier/")),
    "edition: API": Door("edition", of_edition(f"{API}editions/{{key}}/1/")),
    "edition: API, list": Door("edition", of_edition(f"{API}editions/?fact_sheet={{key}}")),
    "edition: API, sheet": Door("edition", of_edition(f"{API}factsheets/{{key}}/")),
}
DESK = {
    "desk: claims": Door("claim", lambda case: f"/admin/claims/claim/?q={case.word}", True),
    "desk: claim": at_desk("claim", "claims_claim_change", claim_pk),
    "desk: conflicts": Door(
        "conflict",
        lambda case: f"/admin/claims/conflict/?q={case.word}" if case.conflict else None,
        True,
    ),
    "desk: conflict": at_desk("conflict", "claims_conflict_change", conflict_pk),
    "desk: new claim": Door("quote", of_quote("/admin/claims/claim/add/?excerpt={quote}")),
    "desk: next version": at_desk("quote", "claims_claim_revise", claim_pk),
    "desk: source": at_desk("source", "sources_source_change", lambda case: case.source.pk),
}
ANSWERS = {
    "API: claims": Door("claim", api_claims),
    "API: claim": Door("claim", lambda case: f"{API}claims/{case.ref}/"),
    "API: versions": Door("version", lambda case: f"{API}claims/{case.ref}/versions/"),
    "API: conflicts of a claim": Door(
        "conflict", where_conflict(f"{API}claims/{{ref}}/conflicts/")
    ),
    "API: conflicts": Door("conflict", where_conflict(f"{API}conflicts/?claim={{ref}}")),
    "API: conflict": Door("conflict", of_conflict(f"{API}conflicts/{{ref}}/")),
    "API: excerpts": Door("quote", where_quote(f"{API}excerpts/?source={{key}}")),
    "API: excerpt": Door("quote", of_quote(f"{API}excerpts/{{quote}}/")),
    "API: annotations": Door("quote", where_quote(f"{API}annotations/?source={{key}}")),
    "API: annotation": Door("quote", of_quote(f"{API}annotations/{{quote}}/")),
    "API: sources": Door("source", lambda case: f"{API}sources/?q={case.word}"),
    "API: source": Door("source", lambda case: f"{API}sources/{case.source.key}/"),
}
BIBLIOGRAPHIES = {
    "CSL-JSON": bibliography("csl-json"),
    "BibTeX": bibliography("bibtex"),
    "BibLaTeX": bibliography("biblatex"),
    "RIS": bibliography("ris"),
}
DOORS = PAGES | EDITIONS | DESK | ANSWERS | BIBLIOGRAPHIES
