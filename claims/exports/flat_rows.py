"""A claim as a flat row: the values of `claims/exports/columns.py`, in their order.

Readings are mapped here and nothing is decided: what a reader may not know is not in them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain

from claims.exports.columns import QUOTES
from claims.readings.claims import ClaimReading, EvidenceReading
from claims.readings.values import NameReading, ValueReading
from claims.readings.wording import BETWEEN_ASSERTERS
from claims.vocabulary import ValueKind
from sources.readings.citing import ArchivedCopy
from sources.readings.sources import SourceReading

BETWEEN = "; "

# A text, a whole number, a truth, a day or a time in UTC. A decimal number is its digits as text.
FlatValue = str | int | bool | date | datetime | None
FlatRow = tuple[FlatValue, ...]

_DAY = timedelta(days=1)
_NO_NAME: FlatRow = (None, None)
_NO_QUOTE: FlatRow = (None,) * 17
_NO_VALUE: FlatRow = (None,) * 17


def flat_rows(
    claims: Sequence[ClaimReading], copies: Mapping[str, ArchivedCopy], site: str
) -> list[FlatRow]:
    """The rows of claims in their order; `copies` are those of their sources, by key.

    `site` is what the addresses of pages begin with, without a slash at its end.
    """
    sources = _Sources(copies)
    return [
        (
            *_identity_and_status(claim, site),
            *_said(claim),
            *_content(claim),
            *_weighed(claim),
            *_quotes(claim.evidence, sources),
        )
        for claim in claims
    ]


def _identity_and_status(claim: ClaimReading, site: str) -> FlatRow:
    version = claim.version_ref
    published = claim.published
    retracted_at = claim.retracted_at
    since = published[0] if published else None
    return (
        claim.ref,
        version,
        f"C{claim.claim}v{claim.number}",
        str(claim.uuid),
        f"{site}/claims/{version}/" if claim.is_published else None,
        claim.content_hash,
        claim.status,
        retracted_at or (since if claim.is_published else None),
        claim.review_status,
        claim.recorded_at,
        since,
        published[1] if published else None,
        retracted_at,
        claim.retracted_reason or None,
    )


def _said(claim: ClaimReading) -> FlatRow:
    links = claim.asserters
    return (
        claim.statement,
        claim.language or None,
        claim.attribution,
        BETWEEN_ASSERTERS.join([link.label for link in links]) or None,
        _joined([link.name.key for link in links if link.name is not None and link.name.key])
        if links
        else None,
        claim.asserted_on or None,
        claim.mode,
    )


def _content(claim: ClaimReading) -> FlatRow:
    subject, prop, aspect, period = claim.subject, claim.property, claim.aspect, claim.period
    value, topics, search = claim.value, claim.topics, claim.search
    return (
        *(_NO_NAME if subject is None else _name(subject)),
        None if subject is None else subject.kind,
        *((None,) * 3 if prop is None else (prop.label, prop.key, prop.time)),
        *(_NO_NAME if aspect is None else (aspect.name, aspect.key)),
        claim.basis or None,
        *(_NO_VALUE if value is None else _value(value)),
        *((None,) * 3 if period is None else (period.typed, period.start, _last(period.before))),
        *((_joined([one.name for one in topics]), _joined([one.key for one in topics]))),
        _joined([one.ref for one in claim.premises if one.ref]) if claim.premises else None,
        claim.formula or None,
        None if search is None else search.outcome,
        None if search is None else _joined([term.text for term in search.terms]),
    )


def _value(value: ValueReading) -> FlatRow:
    """The values of the columns from `value_kind` to `value_date_last`."""
    low = high = point = low_included = high_included = first = last = None
    if value.kind == ValueKind.DATE:
        first = None if value.lower is None else date.fromisoformat(value.lower)
        last = None if value.upper is None else _last(date.fromisoformat(value.upper))
    elif value.is_range:
        low, high, point = value.lower, value.upper, value.point
        low_included, high_included = value.lower_closed, value.upper_closed
    return (
        value.kind,
        value.typed or None,
        value.as_written or None,
        point,
        low,
        high,
        low_included,
        high_included,
        value.unit or None,
        value.approximate,
        value.truth,
        value.degree,
        *(_NO_NAME if value.entity is None else _name(value.entity)),
        value.text or None,
        first,
        last,
    )


def _weighed(claim: ClaimReading) -> FlatRow:
    support, notices, conflicts = claim.support, claim.notices, claim.conflicts
    return (
        claim.is_disputed,
        *(
            (
                _joined([one.ref for one in conflicts]),
                _joined([one.kind for one in conflicts]),
                _joined([one.status for one in conflicts]),
            )
            if conflicts
            else (None, None, None)
        ),
        _joined([one.conflict.ref for one in claim.former_conflicts])
        if claim.former_conflicts
        else None,
        support.independent,
        support.documents,
        support.publishers,
        support.authors,
        _joined([one.code for one in notices]) if notices else None,
        notices[0].sentence if notices else None,
        len(claim.evidence),
    )


def _quotes(evidence: Sequence[EvidenceReading], sources: "_Sources") -> Iterable[FlatValue]:
    found = [_quote(piece, sources) for piece in evidence[:QUOTES]]
    return chain(*found, *([_NO_QUOTE] * (QUOTES - len(found))))


def _quote(piece: EvidenceReading, sources: "_Sources") -> FlatRow:
    quote = piece.quote
    return (
        quote.words,
        piece.stance,
        quote.grade,
        quote.is_verified,
        quote.locator or None,
        quote.language or None,
        quote.translation or None,
        quote.withheld_on,
        *sources.values(quote.source),
    )


class _Sources:
    """The values of sources, made once for all quotes from each."""

    def __init__(self, copies: Mapping[str, ArchivedCopy]) -> None:
        self._copies = copies
        self._made: dict[str, FlatRow] = {}

    def values(self, source: SourceReading) -> FlatRow:
        """The values of the columns from `quote_1_source` on; few of one that is not known."""
        key = source.key
        if key and key in self._made:
            return self._made[key]
        copy = self._copies.get(key)
        standing = source.standing
        values: FlatRow = (
            source.title,
            key or None,
            _joined(source.authors),
            source.publisher or None,
            source.issued or None,
            source.url or None,
            (copy.archive_url or None) if copy else None,
            copy.captured_on if copy else None,
            standing.code if standing else None,
        )
        if key:
            self._made[key] = values
        return values


def _name(name: NameReading) -> FlatRow:
    return name.label, name.key


def _joined(values: Iterable[str]) -> str | None:
    return BETWEEN.join(values) or None


def _last(before: date | None) -> date | None:
    """The last day of days that end before this one."""
    return None if before is None else before - _DAY
