"""Claims that are like another, in words for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.readings.claims import ClaimReading
from claims.readings.lines import line_of
from claims.readings.similar import MIN_SCORE, Similar
from claims.vocabulary import Resemblance


@dataclass(frozen=True)
class VersionSummary:
    """A version in words: who says it before what, its value with period, its basis.

    `notice` is what is to be known first of it.
    """

    claim: int
    ref: str
    words: str
    value: str
    basis: str
    notice: str
    is_retracted: bool


@dataclass(frozen=True)
class SimilarClaim:
    """A claim that is like another, and in what it is."""

    summary: VersionSummary
    repeats: bool
    how: str
    differs: Sequence[str]


def summary_of(claim: ClaimReading) -> VersionSummary:
    """A version as the desk reads it beside another."""
    line = line_of(claim)
    return VersionSummary(
        claim=claim.claim,
        ref=claim.version_ref,
        words=f"{claim.attribution}: {claim.statement}",
        value=f"{line.value} ({line.period})" if line.value and line.period else line.value,
        basis=claim.basis,
        notice=claim.headline.sentence if claim.headline else "",
        is_retracted=claim.status == "retracted",
    )


def describe_similar(
    found: Sequence[Similar], claims: Sequence[ClaimReading]
) -> list[SimilarClaim]:
    """Return similar claims in words; `claims` are their readings."""
    return [
        SimilarClaim(
            summary=summary_of(claim),
            repeats=one.resemblance is Resemblance.REPEATS,
            how=score_text(one.score),
            differs=[_(difference.label) for difference in one.differs],
        )
        for one, claim in zip(found, claims, strict=True)
    ]


def score_text(score: int) -> str:
    """How alike the words are, for people, who are not helped by 83 of 100."""
    if score == 100:
        return _("the same words")
    if score >= 85:
        return _("nearly the same words")
    return _("similar words") if score >= MIN_SCORE else _("other words")
