"""Supports of claims in editions besides quotes: other claims, and searches for what is absent."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from claims.querysets.editions import RestingVersion, resting_versions
from claims.readings.claims import ClaimReading, read_claims
from claims.readings.edition_contents import notices_in
from claims.vocabulary import NoticeCode
from sources.readings.reader import Reader

# Notices of a claim that its own version, sources and conflicts do not bring.
_OF_SUPPORTS = (
    *(NoticeCode.PREMISE_GONE, NoticeCode.UNSEARCHED),
    *(NoticeCode.UNANSWERED, NoticeCode.SEARCHED_IN_PART),
)


class LostSupport(NamedTuple):
    """A support of a claim in an edition that no longer stands, in the words of its notice."""

    edition: int
    ref: str
    sentence: str


def lost_supports(editions: Sequence[Any], reader: Reader) -> Iterator[LostSupport]:
    """Yield what no longer stands by now and did when the editions were issued.

    The readings are those of the public, whoever asks. One statement where no claim rests on
    others or on a search.
    """
    resting = resting_versions([row.pk for row in editions])
    if not resting:
        return
    told = {row.pk: notices_in(row.manifest) for row in editions}
    versions = {one.version for one in resting}
    claims = {one.id: one for one in read_claims(list(versions), Reader(None, reader.at))}
    for one in resting:
        if one.version in claims:
            yield from _lost(one, claims[one.version], told[one.edition].get(one.ref, ()))


def _lost(
    resting: RestingVersion, claim: ClaimReading, told: Collection[str]
) -> Iterator[LostSupport]:
    for notice in claim.notices:
        if notice.code in _OF_SUPPORTS and notice.code not in told:
            yield LostSupport(resting.edition, claim.ref, notice.sentence)
