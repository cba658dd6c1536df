"""How claims, quotes and sources look on the public pages: addresses and labels beside readings.

What is told of them is decided in `claims/readings/` and `sources/readings/`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Version
from claims.querysets.versions import VersionQuerySet
from claims.readings.claims import ClaimReading, EvidenceReading, read_claims
from claims.readings.found import Fragment
from claims.readings.lines import LineReading, line_of
from claims.readings.notices import Notice
from claims.readings.wording import date_text, translation_note
from claims.vocabulary import NoticeCode, Stance
from sources.readings.quote_findings import QuoteFinding, QuoteFindings, quote_findings
from sources.readings.quotes import QuoteReading
from sources.readings.reader import Reader
from sources.readings.sources import SourceReading

# Pages are the public view for everybody: nobody's account changes what they say.
PUBLIC = AnonymousUser()

_OF_CONFLICTS = (
    NoticeCode.DISPUTED,
    NoticeCode.UPHELD,
    NoticeCode.DOES_NOT_STAND,
    NoticeCode.CONFLICT_ENDED,
)


@dataclass(frozen=True)
class NoticeView:
    """A notice with the address of what it is about and a word for that; empty where that has no
    page."""

    notice: Notice
    url: str = ""
    about: str = ""


@dataclass(frozen=True)
class Line:
    """A claim in a list: who says it and how sure they are, then what. `badges` are notices, each
    kind once; the gravest is told in full. `fragments` are where a search found its words."""

    words: LineReading
    badges: Sequence[NoticeCode]
    fragments: Sequence[Fragment] = ()

    @property
    def claim(self) -> ClaimReading:
        """The claim."""
        return self.words.claim

    @property
    def is_retracted(self) -> bool:
        """Whether the desk took the claim back."""
        return self.claim.status == "retracted"

    @property
    def search(self) -> str:
        """The state of the search for what is absent, unless the headline says it."""
        headline = self.claim.headline
        said = "" if headline is None else headline.sentence
        return "" if self.words.search == said else self.words.search


@dataclass(frozen=True)
class Citation:
    """A source in one line, with its addresses; one that is not known has none."""

    source: SourceReading
    authors: str
    issued: str
    page_url: str
    url: str


@dataclass(frozen=True)
class Quote:
    """A quote beside a claim: what it does for it, and how its words stand in the source."""

    stance: Stance
    quote: QuoteReading
    finding: QuoteFinding
    citation: Citation
    language: str
    translation_note: str
    place_url: str


def reader_at(at: datetime) -> Reader:
    """The public, which reads these pages whoever is signed in."""
    return Reader(None, at)


def public_versions(at: datetime) -> VersionQuerySet:
    """Return the versions that readers see at that time, their ids alone."""
    return Version.objects.visible_to(None, at).only("pk", "claim_id")


def lines_of(versions: Iterable[Version], reader: Reader) -> list[Line]:
    """The versions as a list of claims, read at once."""
    return [line_view(claim) for claim in read_claims([row.pk for row in versions], reader)]


def line_view(claim: ClaimReading) -> Line:
    """A claim in a list."""
    codes = dict.fromkeys(notice.code for notice in claim.notices)
    return Line(line_of(claim), list(codes))


def notice_view(notice: Notice) -> NoticeView:
    """A notice with what it is about, where that is not the claim itself."""
    reference = notice.reference
    if not reference:
        return NoticeView(notice)
    if notice.code in _OF_CONFLICTS:
        url = reverse("claims:conflict", args=[int(reference[1:])])
        return NoticeView(notice, url, _("The conflict"))
    if notice.code == NoticeCode.PREMISE_GONE:
        claim, _slash, number = reference[1:].partition("/v")
        url = reverse("claims:version", args=[int(claim), int(number)])
        return NoticeView(notice, url, _("The claim"))
    return NoticeView(notice, reverse("claims:source", args=[reference]), _("The source"))


def citation_of(source: SourceReading) -> Citation:
    """The source in one line, as far as its reader may know it."""
    return Citation(
        source=source,
        authors=", ".join(source.authors),
        issued=date_text(source.issued),
        page_url=reverse("claims:source", args=[source.key]) if source.is_known else "",
        url=source.url if source.url.startswith(("https://", "http://")) else "",
    )


def findings_of(claims: Iterable[ClaimReading], reader: Reader) -> QuoteFindings:
    """The findings of all quotes of these claims, read at once."""
    quotes = [piece.quote for claim in claims for piece in claim.evidence]
    return quote_findings(quotes, reader)


def quotes_of(claim: ClaimReading, findings: QuoteFindings) -> list[Quote]:
    """The quotes of a claim."""
    return [_quote(piece, findings) for piece in claim.evidence]


def _quote(piece: EvidenceReading, findings: QuoteFindings) -> Quote:
    quote, citation = piece.quote, citation_of(piece.quote.source)
    return Quote(
        stance=piece.stance,
        quote=quote,
        finding=findings.of(quote),
        citation=citation,
        language=quote.language or quote.source.language,
        translation_note=translation_note(
            quote.translated_by,
            quote.translation_method or "",
        )
        if quote.translation
        else "",
        place_url=place_url(citation.page_url, quote.number) if quote.words else "",
    )


def place_url(page_url: str, excerpt: int | None) -> str:
    """Where a source's page shows the words of a quote; empty where the source has no page."""
    return f"{page_url}?excerpt={excerpt}#x{excerpt}" if page_url else ""
