"""Who says it: told before every statement, also where nobody is named."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.readings.wording import BETWEEN_ASSERTERS
from claims.vocabulary import Stance
from sources.readings.phrases import phrase as _

if TYPE_CHECKING:
    from claims.readings.claims import AsserterReading, ClaimReading, EvidenceReading
    from sources.readings.sources import SourceReading

# How many publishers are named; the others are counted.
MAX_PUBLISHERS = 3


def attribution_of(
    asserters: Sequence["AsserterReading"], evidence: Sequence["EvidenceReading"]
) -> str:
    """The chain of those who say so, outermost first: "Al Jazeera › Shapovalova".

    Where none is named the desk itself states it, after those who published its supporting
    sources: "The desk states, after Reuters alone".
    """
    if asserters:
        return BETWEEN_ASSERTERS.join([link.label for link in asserters])
    return _("The desk states, %(after)s") % {"after": after_text(evidence)}


def short_attribution(claim: "ClaimReading") -> str:
    """The same inside of a sentence: "the desk, after Reuters alone"."""
    if claim.asserters:
        return claim.attribution
    return _("the desk, %(after)s") % {"after": after_text(claim.evidence)}


def after_text(evidence: Sequence["EvidenceReading"]) -> str:
    """After whom the desk states something: those who published its supporting sources.

    A source that the reader may not know is named by its descriptor, one without a publisher by
    what it appeared in, or by its title; one source alone is said to be alone.
    """
    sources = {
        source.key or source.title: source
        for piece in evidence
        if piece.stance == Stance.SUPPORTS
        for source in [piece.quote.source]
    }
    if not sources:
        return _("without a supporting source")
    names = list(dict.fromkeys(_publisher(source) for source in sources.values()))
    if len(sources) == 1:
        return _("after %(name)s alone") % {"name": names[0]}
    if len(names) == 1:
        return _("after %(name)s") % {"name": names[0]}
    listed, more = names[:MAX_PUBLISHERS], len(names) - MAX_PUBLISHERS
    if more > 0:
        words = {"names": ", ".join(listed), "n": more}
        return _("after %(names)s and %(n)d more") % words
    words = {"names": ", ".join(listed[:-1]), "last": listed[-1]}
    return _("after %(names)s and %(last)s") % words


def _publisher(source: "SourceReading") -> str:
    return source.publisher or source.container or source.title
