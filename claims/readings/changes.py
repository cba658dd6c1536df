"""The differences between two versions of a claim, in sentences for its history."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.readings.claims import ClaimReading, EvidenceReading
from claims.readings.lines import LineReading, line_of


def change_texts(before: ClaimReading, after: ClaimReading) -> list[str]:
    """Say what a version changed against an earlier one of the same claim, a sentence each.

    Both are told as their reader may know them: of words that are withheld or confidential nothing
    is said but that the quotes are others. Empty where nothing of what readers see differs.
    """
    return list(_changes(line_of(before), line_of(after)))


def _changes(before: LineReading, after: LineReading) -> Iterator[str]:
    if before.claim.statement != after.claim.statement:
        yield _("The statement was: “%(words)s”") % {"words": before.claim.statement}
    told = (
        (_("Who says it"), before.attribution, after.attribution),
        (_("How sure"), _(before.claim.mode.label), _(after.claim.mode.label)),
        (_("About"), before.subject, after.subject),
        (_("What is said of it"), before.property, after.property),
        (_("Measured as"), before.claim.basis, after.claim.basis),
        (_("Value"), before.value, after.value),
        (_("The value’s words"), before.as_written, after.as_written),
        (_("Period"), before.period, after.period),
        (_("Said"), before.claim.asserted_on, after.claim.asserted_on),
        (_("Rests on"), before.rests_on, after.rests_on),
    )
    for label, old, new in told:
        if old != new:
            words = {"what": label, "old": old or _("not said"), "new": new or _("not said")}
            yield _("%(what)s: %(old)s → %(new)s") % words
    yield from _of_quotes(before.claim, after.claim)


def _of_quotes(before: ClaimReading, after: ClaimReading) -> Iterator[str]:
    """How many quotes came and went, and which ones bear otherwise on the claim."""
    old, new = _by_words(before), _by_words(after)
    added, gone = len(new.keys() - old.keys()), len(old.keys() - new.keys())
    turned = sum(old[key] != new[key] for key in old.keys() & new.keys())
    if added:
        yield ngettext("%(n)d quote added", "%(n)d quotes added", added) % {"n": added}
    if gone:
        yield ngettext("%(n)d quote left out", "%(n)d quotes left out", gone) % {"n": gone}
    if turned:
        words = ngettext(
            "%(n)d quote is for or against it otherwise than before",
            "%(n)d quotes are for or against it otherwise than before",
            turned,
        )
        yield words % {"n": turned}


def _by_words(claim: ClaimReading) -> dict[tuple[object, ...], str]:
    """The stance of each quote, by what tells quotes apart for this reader."""
    return {_identity(piece, place): piece.stance for place, piece in enumerate(claim.evidence)}


def _identity(piece: EvidenceReading, place: int) -> tuple[object, ...]:
    quote = piece.quote
    if quote.number is not None:
        return (quote.number,)
    return (quote.source.title, place)
