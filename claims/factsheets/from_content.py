"""The sheet of what an editor wrote: sections of prose and claims, picked by hand or by a query."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.domain.factsheets.references import prose_references
from claims.factsheets.assemble import (
    Found,
    read_found,
    records_of,
    shown_versions,
    without_locator,
)
from claims.factsheets.sheet import EditionFacts, Section, Sheet, SheetClaim
from claims.querysets.versions import VersionQuerySet
from claims.readings.saved_queries import claims_of_query
from sources.readings.page_labels import printed_pages
from sources.readings.reader import Reader


def assemble_content(
    content: SheetContent,
    *,
    reader: Any,
    at: datetime,
    base_url: str = "",
    include_submitted: bool = False,
    edition: EditionFacts | None = None,
) -> Sheet:
    """The sheet of a content: published versions, and for the desk, if asked, submitted ones.

    A reference to a claim that is not to show is left out; the check before issue names it. A
    claim that two sections have stands in the first. Raises SheetRefused for too many claims.
    """
    is_public = not include_submitted
    to = Reader(None if is_public else reader, at)
    versions = shown_versions(at, is_public=is_public)
    listed = _listed(content.sections, versions, to)
    cited = _cited(content)
    found = read_found(versions.filter(claim__in={*cited, *listed}), reader, to)
    on_sheet = _on_sheet(found, base_url)
    sections = tuple(
        Section(
            section.heading,
            tuple(
                one
                for claim, place in listed.items()
                if place == index
                for one in on_sheet.get(claim, ())
            ),
            section.prose,
        )
        for index, section in enumerate(content.sections)
    )
    return Sheet(
        title=content.title,
        language=content.language,
        generated_at=at,
        sections=sections,
        records=records_of(found.printed),
        pages=printed_pages(without_locator(found.printed)),
        cited=tuple(
            one for claim in cited if claim not in listed for one in on_sheet.get(claim, ())
        ),
        summary=content.summary,
        unknown=content.unknown,
        shows=content.shows,
        edition=edition,
    )


def _listed(
    sections: Iterable[SectionContent], versions: VersionQuerySet, to: Reader
) -> dict[int, int]:
    """The numbers of the claims that sections list, in order, each with its section's index."""
    listed: dict[int, int] = {}
    for index, section in enumerate(sections):
        for claim in (*map(_number, section.claims), *claims_of_query(section.query, versions, to)):
            listed.setdefault(claim, index)
    return listed


def _cited(content: SheetContent) -> list[int]:
    """The numbers of the claims that prose refers to, each once, in the order of reading."""
    proses = (content.summary, *(section.prose for section in content.sections), *content.unknown)
    refs = (reference.ref for prose in proses for reference in prose_references(prose))
    return list(dict.fromkeys(map(_number, refs)))


def _on_sheet(found: Found, base_url: str) -> Mapping[int, list[SheetClaim]]:
    """The claims as a sheet has them, by number."""
    claims: dict[int, list[SheetClaim]] = {}
    for claim in found.claims:
        claims.setdefault(claim.claim, []).append(found.on_sheet(claim, base_url))
    return claims


def _number(ref: str) -> int:
    """The number of a reference such as C17."""
    return int(ref.removeprefix("C"))
