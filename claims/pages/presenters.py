"""Claims and sources as the public pages show them: plain values for templates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.factsheets.rows import is_disputed
from claims.models import Topic, Version
from claims.pages.parameters import Page, page_of
from claims.pages.quote_findings import (
    QuoteFinding,
    quote_finding_of,
    quote_findings_of,
    tombstones_of,
)
from claims.querysets.versions import VersionQuerySet
from claims.readings.absences import absence_text, search_states_of
from claims.readings.support import origins_text, support_of
from claims.readings.wording import asserter_text, date_text, translation_note, value_text
from claims.vocabulary import Mode, Stance
from sources.models import Source
from sources.querysets.readers import Knowing
from sources.readings.standing import StandingReading, standing_of

# Pages are the public view for everybody: nobody's account changes what they say.
PUBLIC = AnonymousUser()
EVERYBODY = Knowing(None)


@dataclass(frozen=True)
class Line:
    """A claim in a list: who says it and how sure they are, then what."""

    ref: str
    url: str
    asserter: str
    mode: str
    statement: str
    language: str
    property: str
    value: str
    period: str
    is_disputed: bool
    is_retracted: bool
    topics: Sequence[Topic]
    support: str = ""
    search: str = ""


@dataclass(frozen=True)
class Citation:
    """A source in one line; a confidential one is its descriptor alone, without an address.

    `standing` is None where the source stands as published.
    """

    title: str
    language: str = ""
    authors: str = ""
    container: str = ""
    publisher: str = ""
    issued: str = ""
    page_url: str = ""
    url: str = ""
    standing: StandingReading | None = None


@dataclass(frozen=True)
class Quote:
    """A quote beside a claim: what it does for it, and how its words stand in the source."""

    words: str
    language: str
    stance: str
    stance_label: str
    finding: QuoteFinding
    locator: str
    source: Citation
    place_url: str = ""
    translation: str = ""
    translation_note: str = ""


def public_versions(at: datetime) -> VersionQuerySet:
    """Return the versions that readers see at that time."""
    return Version.objects.visible_to(PUBLIC, at)


def page_of_claims(versions: VersionQuerySet, request: HttpRequest, at: datetime) -> Page:
    """Return a page of versions, the latest claim first, with all that is shown of them."""
    return page_of(
        versions, request, key="claim_id", read=lambda some: some.read_in_full(PUBLIC, at)
    )


def line_of(version: Version) -> Line:
    """The version in a list; read with `in_full`."""
    return Line(
        ref=version.claim.ref,
        url=reverse("claims:claim", args=[version.claim_id]),
        asserter=asserter_text(version.asserters.all()),
        mode=mode_text(version.mode),
        statement=version.statement,
        language=version.language,
        property=property_text(version),
        value=value_text(version),
        period=date_text(version.period),
        is_disputed=is_disputed(version),
        is_retracted=version.claim.is_retracted,
        topics=sorted(version.claim.topics.all(), key=lambda topic: topic.name),
    )


def lines_of(versions: Sequence[Version]) -> list[Line]:
    """The versions as a list of claims, each with its independent origins and its search."""
    support, search_states = support_of(versions, to=EVERYBODY), search_states_of(versions)
    return [
        replace(
            line_of(version),
            support=origins_text(support[version.pk]),
            search=absence_text(search_states.get(version.pk)),
        )
        for version in versions
    ]


def property_text(version: Version) -> str:
    """Return the label of the property, and of the aspect that it is said of."""
    if version.property is None:
        return ""
    if version.aspect is None:
        return version.property.label
    return f"{version.property.label} ({version.aspect.name})"


def mode_text(code: str) -> str:
    """How sure it is said, where that is not plainly."""
    return "" if code == Mode.STATED else _(Mode(code).label).lower()


def citation_of(source: Source, to: Knowing = EVERYBODY) -> Citation:
    """The source in one line, as far as the reader may know it."""
    if not to.knows(source):
        return Citation(
            title=source.public_descriptor, standing=standing_of(source, is_known=False)
        )
    return Citation(
        title=source.title,
        language=source.language,
        authors=", ".join(source.authors),
        container=source.container,
        publisher=source.publisher.name if source.publisher else "",
        issued=date_text(source.issued),
        page_url=reverse("claims:source", args=[source.key]),
        url=source.url if source.url.startswith(("https://", "http://")) else "",
        standing=standing_of(source),
    )


def public_findings(versions: Iterable[Version], at: datetime) -> dict[int, QuoteFinding]:
    """Return the grades of all quotes of these versions; of public ones in detail."""
    excerpts = {
        piece.excerpt_id: piece.excerpt for version in versions for piece in version.evidence.all()
    }
    named = [excerpt for excerpt in excerpts.values() if not excerpt.source.is_confidential]
    bare = {pk: quote_finding_of(excerpt, None) for pk, excerpt in excerpts.items()}
    return {**bare, **quote_findings_of(named, PUBLIC, at), **tombstones_of(excerpts.values())}


def quotes_of(version: Version, findings: Mapping[int, QuoteFinding]) -> list[Quote]:
    """The quotes of a version; the words of a confidential source are left out."""
    return [quote_of(piece, findings[piece.excerpt_id]) for piece in version.evidence.all()]


def quote_of(piece: Any, finding: QuoteFinding) -> Quote:
    """One quote."""
    excerpt, stance = piece.excerpt, Stance(piece.stance)
    is_named = not excerpt.source.is_confidential
    source = citation_of(excerpt.source)
    if not is_named:
        finding = replace(finding, notes=(), differing=())
    return Quote(
        words=excerpt.exact if is_named else "",
        language=(excerpt.language or excerpt.source.language) if is_named else "",
        stance=stance,
        stance_label=_(stance.label),
        finding=finding,
        locator=excerpt.locator if is_named else "",
        source=source,
        place_url=place_url(source.page_url, excerpt.pk) if excerpt.exact else "",
        translation=excerpt.translation if is_named else "",
        translation_note=translation_note(excerpt.translated_by, excerpt.translation_method)
        if is_named and excerpt.translation
        else "",
    )


def place_url(page_url: str, excerpt: int) -> str:
    """Where a source's page shows the words of a quote; empty where the source has no page."""
    return f"{page_url}?excerpt={excerpt}#x{excerpt}" if page_url else ""
