"""The manifest of an edition: what it rests on, with hashes, and how that stood at the issue."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from claims.factsheets.sheet import Sheet, SheetClaim
from claims.readings.claims import ClaimReading
from claims.readings.values import NameReading
from sources.readings.quotes import QuoteReading
from sources.readings.sources import SourceReading
from sources.readings.standing import StandingReading
from sources.vocabulary import Standing

SCHEMA = "factbase.edition/1"


def manifest_of(sheet: Sheet, *, key: str) -> dict[str, Any]:
    """The manifest of a sheet that is an edition, without its files.

    Versions with the hash of their content and the codes of their notices, conflicts with their
    status, all quotes that can be printed with their grade, sources with their standing. The hash
    of a version binds its quotes; a hash of the words alone would give short ones away once they
    are withheld. Of a source that readers may not know it has the public descriptor. `others` are
    the versions that the sheet prints besides, as other sides, `names` the keys of the sources and
    entities that it names. Raises ValueError for a sheet that is no edition.
    """
    if sheet.edition is None:
        raise ValueError("Only an edition has a manifest.")
    return {
        "schema": SCHEMA,
        "key": key,
        "number": sheet.edition.number,
        "replaces": sheet.edition.replaces,
        "issued_at": sheet.edition.issued_at.isoformat(),
        "installation": sheet.edition.installation,
        "claims": [
            {
                "claim": claim.ref,
                "version": claim.number,
                "sha256": claim.content_hash,
                "notices": sorted({str(notice.code) for notice in claim.notices}),
            }
            for claim in (one.line.claim for one in sheet.claims)
        ],
        "others": _others(sheet.claims),
        "conflicts": list(_conflicts(sheet.claims).values()),
        "quotes": [_quote(quote) for quote in _quotes(sheet.claims)],
        "sources": list(_sources(sheet.claims).values()),
        "names": {
            "sources": sorted(_named_sources(sheet.claims)),
            "entities": sorted(_named_entities(sheet.claims)),
        },
    }


def _others(claims: Sequence[SheetClaim]) -> list[dict[str, Any]]:
    """The versions that are printed and are no claims of the sheet, each once."""
    own = {one.line.claim.id for one in claims}
    found = {claim.id: claim for one in claims for claim in _printed(one) if claim.id not in own}
    return [
        {"claim": claim.ref, "version": claim.number}
        for claim in sorted(found.values(), key=lambda one: (one.claim, one.number))
    ]


def _named_sources(claims: Iterable[SheetClaim]) -> set[str]:
    """The keys of sources that are quoted, or searched for what is absent, and may be known."""
    keys: set[str] = set()
    for one in claims:
        for claim in _printed(one):
            keys.update(piece.quote.source.key for piece in claim.evidence)
            if claim.search is not None:
                keys.update(claim.search.sources)
                keys.update(finding.source.key for finding in claim.search.findings)
    return keys - {""}


def _named_entities(claims: Iterable[SheetClaim]) -> set[str]:
    """The keys of entities that claims are about or that say so; some stand for a source."""
    names: list[NameReading | None] = []
    for one in claims:
        for claim in _printed(one):
            names += [claim.subject, claim.value.entity if claim.value else None]
            names += [asserter.name for asserter in claim.asserters]
    return {name.key for name in names if name is not None and name.key is not None}


def _conflicts(claims: Iterable[SheetClaim]) -> dict[str, dict[str, Any]]:
    return {
        question.conflict.ref: {
            "ref": question.conflict.ref,
            "status": question.conflict.status.value,
        }
        for one in claims
        for question, _address in one.questions
    }


def _quotes(claims: Iterable[SheetClaim]) -> list[QuoteReading]:
    """The quotes that readers may know, each once, by number."""
    found = {
        piece.quote.number: piece.quote
        for one in claims
        for claim in _printed(one)
        for piece in claim.evidence
        if piece.quote.number is not None
    }
    return [found[number] for number in sorted(found)]


def _printed(one: SheetClaim) -> Iterator[ClaimReading]:
    """The claim, the other sides of its conflicts, and the claims on other bases."""
    yield one.line.claim
    for question, _address in one.questions:
        yield from question.parties
        for member in question.members:
            yield from member.versions
        for former in question.former:
            yield from former.versions
    for other in one.others:
        yield other.claim


def _quote(quote: QuoteReading) -> dict[str, Any]:
    return {
        "number": quote.number,
        "source": quote.source.key,
        "grade": quote.grade.value,
        "is_verified": quote.is_verified,
        "is_withheld": quote.withheld_on is not None,
    }


def _standing(standing: StandingReading | None) -> dict[str, Any]:
    """How a source stood, since when and why, as far as readers may know."""
    if standing is None:
        return {"standing": Standing.CURRENT.value}
    since = standing.since.isoformat() if standing.since else None
    return {"standing": standing.code.value, "since": since, "reason": standing.reason}


def _sources(claims: Iterable[SheetClaim]) -> dict[str, dict[str, Any]]:
    found: dict[str, SourceReading] = {}
    printed = (claim for one in claims for claim in _printed(one))
    for source in (piece.quote.source for claim in printed for piece in claim.evidence):
        found.setdefault(source.key or f"confidential: {source.title}", source)
    return {
        name: {
            "key": source.key or None,
            "title": source.title,
            **_standing(source.standing),
        }
        for name, source in sorted(found.items())
    }
