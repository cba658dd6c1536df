"""Claims that would disagree with one, were they not on another basis, or one of the two without a
period: listed, never a conflict."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from claims.domain.conflicts.disagreement import Compared, EntityPath, disagree
from claims.domain.conflicts.period_ends import period_ends
from claims.domain.values.whole_dates import whole_dates
from claims.models import Version
from claims.querysets.other_bases import (
    others_held_apart,
    others_of_stored,
    shown_with_others,
    wholes_by_key,
    wholes_of,
)
from claims.readings.claims import ClaimReading, read_claims
from claims.readings.similar import may_know_entities
from claims.vocabulary import DateExtent, Mode, PropertyTime, ValueKind
from sources.domain.ranges import Range
from sources.readings.reader import Reader

T = TypeVar("T")

# So many are listed beside a claim, of each kind.
MAX_OTHER_BASES = 20


@dataclass(frozen=True)
class HeldApart(Generic[T]):
    """The versions that would disagree with one: `bases` on the same basis, `undated` if both of
    the two were bound to the same time, or neither was."""

    bases: Sequence[T] = ()
    undated: Sequence[T] = ()


def held_apart(
    versions: Sequence[Version], *, reader: Any, at: datetime, is_public: bool
) -> dict[int, HeldApart[Version]]:
    """By version, the versions held apart from it that differ; in at most four queries.

    They are compared like any others: of other claims that stand, the published version and the
    one that waits, for the public the published one. A basis that is not said is one as well. The
    rule is that of disagreements. What stands for a source that the reader may not know tells
    nothing here, as in similar claims.
    """
    to = Reader(None if is_public else reader, at)
    telling = {
        version.pk: version
        for version in versions
        if version.property_id is not None
        and version.counts_by_value
        and may_know_entities(version, to)
        and (not is_public or version.is_published(at))
        and not version.claim.is_retracted
    }
    pairs = others_held_apart(telling.values(), at=at, public=is_public) if telling else {}
    if not pairs:
        return {}
    wanted = {pk for others in pairs.values() for pk in others}
    rows = Version.objects.filter(pk__in=wanted).in_position().in_bulk()
    entities = {row.value_entity_id for row in (*telling.values(), *rows.values())} - {None}
    wholes = wholes_of(entities) if entities else {}
    return {
        mine: _differing(
            compared_version(telling[mine], wholes),
            [
                (rows[pk], compared_version(rows[pk], wholes))
                for pk in others
                if may_know_entities(rows[pk], to)
            ],
        )
        for mine, others in pairs.items()
    }


def on_another_basis(
    versions: Sequence[Version], *, reader: Any, at: datetime, is_public: bool
) -> dict[int, Sequence[Version]]:
    """By version, those that differ from it on another basis."""
    found = held_apart(versions, reader=reader, at=at, is_public=is_public)
    return {pk: apart.bases for pk, apart in found.items()}


def _differing(mine: Compared, others: Iterable[tuple[T, Compared]]) -> HeldApart[T]:
    """Of versions held apart from one, those that would disagree with it, so many of each kind."""
    bases, undated = [], []
    for other, compared in others:
        if (compared.period is None) == (mine.period is None):
            if disagree(mine, compared):
                bases.append(other)
        elif disagree(replace(mine, period=None), replace(compared, period=None)):
            undated.append(other)
    return HeldApart(bases[:MAX_OTHER_BASES], undated[:MAX_OTHER_BASES])


def read_with_others(
    versions: Collection[int], reader: Reader
) -> tuple[list[ClaimReading], dict[int, HeldApart[ClaimReading]]]:
    """The readings of these versions, and of each those held apart from it that differ."""
    public = not reader.is_staff
    return _read(others_of_stored(versions, at=reader.at, public=public), reader)


def read_claim_with_others(
    claim: int, reader: Reader
) -> tuple[ClaimReading, HeldApart[ClaimReading]] | None:
    """The version of a claim that the reader sees, and those held apart from it that differ.

    None where the reader sees none. At most six statements.
    """
    pairs = shown_with_others(claim, at=reader.at, public=not reader.is_staff)
    if not pairs:
        return None
    claims, others = _read(pairs, reader)
    return claims[0], others[claims[0].id]


def _read(
    pairs: Mapping[int, Sequence[int]], reader: Reader
) -> tuple[list[ClaimReading], dict[int, HeldApart[ClaimReading]]]:
    """The readings of the keys, and those of the others that differ from each.

    What stands for a source that the reader may not know tells nothing here, as in similar claims.
    """
    wanted = dict.fromkeys([*pairs, *(other for others in pairs.values() for other in others)])
    read = {claim.id: claim for claim in read_claims(list(wanted), reader)}
    claims = [read[pk] for pk in pairs if pk in read]
    telling = {
        claim.id: [read[pk] for pk in pairs[claim.id] if pk in read and is_told(read[pk])]
        for claim in claims
        if is_told(claim)
        and claim.status != "retracted"
        and (reader.is_staff or claim.is_published)
    }
    keys = {_value_key(one) for claim, others in telling.items() for one in (read[claim], *others)}
    keys.discard("")
    wholes = wholes_by_key(keys) if keys else {}
    return claims, {
        claim.id: _differing(
            compared_claim(claim, wholes),
            [(other, compared_claim(other, wholes)) for other in telling[claim.id]],
        )
        if telling.get(claim.id)
        else HeldApart()
        for claim in claims
    }


def _value_key(claim: ClaimReading) -> str:
    """The key of the entity that is its value; empty where none is, or it is not told."""
    entity = None if claim.value is None else claim.value.entity
    return "" if entity is None else entity.key or ""


def compared_claim(claim: ClaimReading, wholes: Mapping[str, Sequence[str]]) -> Compared:
    """Return a claim as the rule of disagreements sees it, with one key for all questions.

    `wholes` has, for the key of the entity that is its value, those of `wholes_by_key`.
    """
    prop: Any = claim.property
    return Compared(
        claim=claim.claim,
        version=claim.id,
        key="",
        kind=ValueKind(prop.value_kind),
        time=PropertyTime(prop.time),
        value=_compared_value(claim, wholes),
        single_valued=prop.single_valued,
        is_prospective=claim.mode.is_prospective,
        period=None if claim.days is None else days_range(*claim.days),
        ends=period_ends(claim.period.typed if claim.period else ""),
    )


def days_range(start: date | None, before: date | None) -> "Range[date]":
    """The days from one on, until before another, as ranges are compared."""
    return Range(start, before, lower_closed=start is not None, upper_closed=False)


def _compared_value(claim: ClaimReading, wholes: Mapping[str, Sequence[str]]) -> Any:
    """The value as values are compared."""
    value: Any = claim.value
    if value.entity is not None:
        return EntityPath(tuple(reversed(wholes[value.entity.key])))
    if value.text is not None:
        return value.text
    if value.truth is not None:
        return value.truth
    if claim.property is not None and claim.property.date_extent == DateExtent.WHOLE:
        return whole_dates(value.typed)
    read: Any = date.fromisoformat if value.kind == ValueKind.DATE else Decimal
    lower, upper = (None if end is None else read(end) for end in (value.lower, value.upper))
    return Range(lower, upper, value.lower_closed, value.upper_closed)


def is_told(claim: ClaimReading) -> bool:
    """Whether the reader may know of what a claim's property is said, and its value."""
    value = None if claim.value is None else claim.value.entity
    return all(name is None or name.key is not None for name in (claim.subject, value))


def read_bases_apart(parties: Sequence[ClaimReading], reader: Reader) -> list[ClaimReading]:
    """The claims on another basis than any party to a conflict, once each, in their order."""
    if not parties:
        return []
    claims = {party.claim for party in parties}
    others = read_with_others([party.id for party in parties], reader)[1].values()
    found = {
        other.id: other for apart in others for other in apart.bases if other.claim not in claims
    }
    return sorted(found.values(), key=lambda other: (other.claim, other.number))[:MAX_OTHER_BASES]


def compared_version(version: Version, wholes: Mapping[int, Sequence[str]]) -> Compared:
    """Return a version as the rule of disagreements sees it, with one key for all questions.

    `wholes` has, for the entity that is its value, the keys of `wholes_of`. Softness, links and
    times of publication are left out.
    """
    prop: Any = version.property
    return Compared(
        claim=version.claim_id,
        version=version.pk,
        key="",
        kind=ValueKind(prop.value_kind),
        time=PropertyTime(prop.time),
        value=_value(version, wholes),
        single_valued=prop.single_valued,
        is_prospective=Mode(version.mode).is_prospective,
        period=_range(version.period_days),
        ends=period_ends(version.period),
    )


def _value(version: Version, wholes: Mapping[int, Sequence[str]]) -> Any:
    """The value as values are compared."""
    if version.value_entity_id is not None:
        return EntityPath(tuple(reversed(wholes[version.value_entity_id])))
    if version.value_text is not None:
        return version.value_text
    if version.truth is not None:
        return version.truth
    if version.property is not None and version.property.date_extent == DateExtent.WHOLE:
        return whole_dates(version.value)
    return _range(version.amount if version.amount is not None else version.dates)


def _range(given: Any) -> Any:
    """A range of the database as the rules know it."""
    if given is None:
        return None
    return Range(given.lower, given.upper, given.lower_inc, given.upper_inc)
