"""The differences between two versions of a claim: part by part, quote by quote, and in sentences.

Both versions are told as their reader may know them: of words that are withheld or confidential
nothing is said but that the quotes are others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Claim, Topic
from claims.readings.claims import ClaimReading, EvidenceReading
from claims.readings.lines import line_of
from sources.domain.text.word_changes import shared_part
from sources.readings.record_histories import PartChange, recorded_at

# So much of two quotes of one source is the same where one took the place of the other.
MIN_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """A quote in two versions; None on the side of a version that it is not tied to.

    Both sides are there where the quote is tied otherwise, for or against the claim, and where one
    quote took the place of another.
    """

    before: EvidenceReading | None
    after: EvidenceReading | None


def change_texts(before: ClaimReading, after: ClaimReading) -> list[str]:
    """Say what a version changed against an earlier one of the same claim, a sentence each.

    The statement is left out: its change is shown word by word. Empty where nothing else of what
    readers see differs.
    """
    return list(_changes(before, after))


def compare_parts(before: ClaimReading, after: ClaimReading) -> list[PartChange]:
    """All parts of two versions but statement and quotes, whether they differ or not."""
    old, new = line_of(before), line_of(after)
    return [
        PartChange(_("Who says it"), old.attribution, new.attribution),
        PartChange(_("How sure"), _(before.mode.label), _(after.mode.label)),
        PartChange(_("About"), old.subject, new.subject),
        PartChange(_("What is said of it"), old.property, new.property),
        PartChange(_("Measured as"), before.basis, after.basis),
        PartChange(_("Value"), old.value, new.value),
        PartChange(_("The value’s words"), old.as_written, new.as_written),
        PartChange(_("Approximate"), _approximate_text(before), _approximate_text(after)),
        PartChange(_("Period"), old.period, new.period),
        PartChange(_("Said"), before.asserted_on, after.asserted_on),
        PartChange(_("Rests on"), old.rests_on, new.rests_on),
        PartChange(_("Looked for"), _terms_text(before), _terms_text(after)),
        PartChange(_("Looked for in"), _searched_text(before), _searched_text(after)),
        PartChange(_("Language"), before.language, after.language),
    ]


def compare_quotes(
    before: ClaimReading, after: ClaimReading, origins: Mapping[tuple[int, int], str] | None = None
) -> list[QuoteChange]:
    """The quotes of two versions that differ: those left out, tied otherwise, and added.

    `origins` are the sources on whose authority quotes rest that is another's than their source's,
    by the id of the version and the number of the quote; without them they are not compared.
    """
    old, new, known = _by_identity(before), _by_identity(after), origins or {}

    def tie(claim: ClaimReading, piece: EvidenceReading) -> tuple[object, ...]:
        return piece.stance, known.get((claim.id, piece.quote.number or 0))

    left_out = [QuoteChange(piece, None) for key, piece in old.items() if key not in new]
    turned = [
        QuoteChange(old[key], piece)
        for key, piece in new.items()
        if key in old and tie(before, old[key]) != tie(after, piece)
    ]
    added = [QuoteChange(None, piece) for key, piece in new.items() if key not in old]
    return [*left_out, *turned, *added]


def with_replacements(changes: Sequence[QuoteChange]) -> list[QuoteChange]:
    """The changes, but each quote that was cut, extended or mended is one change and not two.

    So is a quote that was left out, where one of the same source was added that shares at least
    half of its words; each of them is taken once, in order.
    """
    added = [change.after for change in changes if change.before is None and change.after]
    told: list[QuoteChange] = []
    for change in changes:
        if change.before is not None and change.after is None:
            successor = _successor(change.before, added)
            if successor is not None:
                added.remove(successor)
            told.append(QuoteChange(change.before, successor))
        elif change.before is not None:
            told.append(change)
    return [*told, *(QuoteChange(None, piece) for piece in added)]


def topics_until(claim: Claim, moments: Sequence[datetime]) -> list[str]:
    """The topics that a claim was filed under just before each of these moments, in a line.

    They are no content of a version, and are named as they are named today.
    """
    events = apps.get_model("claims", "ClaimTopicEvent")._default_manager
    ties = list(events.filter(claim=claim.pk).order_by("pk"))
    topics = Topic.objects.filter(pk__in={tie.topic_id for tie in ties})
    names = dict(topics.values_list("pk", "name"))
    lines = []
    for moment in moments:
        filed: dict[int, str] = {}
        for tie in ties:
            if recorded_at(tie) < moment and tie.pgh_label == "delete":
                filed.pop(tie.topic_id, None)
            elif recorded_at(tie) < moment:
                filed[tie.topic_id] = names[tie.topic_id]
        lines.append(", ".join(sorted(filed.values())))
    return lines


def _successor(piece: EvidenceReading, added: Sequence[EvidenceReading]) -> EvidenceReading | None:
    """The first of the added quotes that took the place of one that was left out."""
    words, key = piece.quote.words, piece.quote.source.key
    if not words or not key:
        return None
    return next(
        (
            one
            for one in added
            if one.quote.source.key == key
            and one.quote.words
            and shared_part(words, one.quote.words) >= MIN_SHARED
        ),
        None,
    )


def _changes(before: ClaimReading, after: ClaimReading) -> Iterator[str]:
    for part in compare_parts(before, after):
        if part.differs:
            words = {
                "what": part.label,
                "old": part.before or _("not said"),
                "new": part.after or _("not said"),
            }
            yield _("%(what)s: %(old)s → %(new)s") % words
    yield from _quote_sentences(compare_quotes(before, after))


def _quote_sentences(changes: Sequence[QuoteChange]) -> Iterator[str]:
    """How many quotes came and went, and how many bear otherwise on the claim."""
    added = sum(change.before is None for change in changes)
    gone = sum(change.after is None for change in changes)
    turned = len(changes) - added - gone
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


def _approximate_text(claim: ClaimReading) -> str:
    """That the value is approximate; empty of one that is not."""
    return _("yes") if claim.value is not None and claim.value.approximate else ""


def _terms_text(claim: ClaimReading) -> str:
    """The terms that are said to be absent, and how their words are looked for."""
    if claim.search is None:
        return ""
    terms = ", ".join(term.text for term in claim.search.terms)
    return f"{terms} ({_(claim.search.matching.label)})"


def _searched_text(claim: ClaimReading) -> str:
    """The keys of the series or the documents that terms are said to be absent from."""
    if claim.search is None:
        return ""
    return claim.search.series or ", ".join(claim.search.sources)


def _by_identity(claim: ClaimReading) -> dict[tuple[object, ...], EvidenceReading]:
    """The pieces of evidence, by what tells quotes apart for this reader."""
    return {_identity(piece, place): piece for place, piece in enumerate(claim.evidence)}


def _identity(piece: EvidenceReading, place: int) -> tuple[object, ...]:
    quote = piece.quote
    if quote.number is not None:
        return (quote.number,)
    return (quote.source.title, place)
