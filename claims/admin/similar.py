"""Claims that are like another, in words for the desk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.models import Version
from claims.readings.positions import version_text
from claims.readings.similar import MIN_SCORE, Similar
from claims.readings.wording import date_text, value_text
from claims.vocabulary import Resemblance
from sources.querysets.readers import Knowing


@dataclass(frozen=True)
class VersionSummary:
    """A version in words: who says it before what, its value with period, its basis."""

    claim: int
    ref: str
    words: str
    value: str
    basis: str
    is_retracted: bool


@dataclass(frozen=True)
class SimilarClaim:
    """A claim that is like another, and in what it is."""

    summary: VersionSummary
    repeats: bool
    how: str
    differs: Sequence[str]


def summary_of(version: Version, to: Knowing) -> VersionSummary:
    """A version as the desk reads it beside another."""
    value, period = value_text(version, to=to), date_text(version.period)
    return VersionSummary(
        claim=version.claim_id,
        ref=version.ref,
        words=version_text(version, to=to),
        value=f"{value} ({period})" if value and period else value,
        basis=version.basis,
        is_retracted=version.claim.is_retracted,
    )


def describe_similar(found: Iterable[Similar], to: Knowing) -> list[SimilarClaim]:
    """Return similar claims in words."""
    return [
        SimilarClaim(
            summary=summary_of(one.version, to),
            repeats=one.resemblance is Resemblance.REPEATS,
            how=score_text(one.score),
            differs=[_(difference.label) for difference in one.differs],
        )
        for one in found
    ]


def score_text(score: int) -> str:
    """How alike the words are, for people, who are not helped by 83 of 100."""
    if score == 100:
        return _("the same words")
    if score >= 85:
        return _("nearly the same words")
    return _("similar words") if score >= MIN_SCORE else _("other words")
