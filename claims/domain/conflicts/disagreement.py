"""The rule whether two versions disagree, and how hard.

SQL finds candidates only, and must miss none (`claims/querysets/disagreements.py`); each pair of
them is decided here.

Two compared versions of different claims disagree when they answer one question, the property has
one value at a time, their modes are of one class, their periods fit and their values exclude each
other. It is a contradiction where both speak plainly of one period, else a tension; between texts
it is no more than that. `pairs.py` asks it of few pairs among many versions, and not of all.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from claims.domain.conflicts.period_ends import DAYS_KNOWN, PeriodEnds, overlap_for_certain
from claims.domain.values.value import exclude_each_other, side_of_zero, text_key
from claims.domain.values.whole_dates import WholeDates
from claims.vocabulary import ConflictKind, PropertyTime, Strength, ValueKind
from sources.domain.ranges import Range


@dataclass(frozen=True)
class EntityPath:
    """An entity as a value: the keys of all that it is part of, from the whole down to itself."""

    path: tuple[str, ...]

    def holds(self, other: "EntityPath") -> bool:
        """Whether the other is this one, or part of it."""
        return other.path[: len(self.path)] == self.path


@dataclass(frozen=True)
class Compared:
    """A version as detection sees it.

    `key` is its detection key; `linked` are the keys under which a presence is looked for besides:
    of the series that a document is in, and of the documents that a series has. `period` is null
    where the claim is not bound to a time, and `ends` say where it may end besides.
    `is_prospective` is the class of its mode. `is_soft` is by the rule in `softness`. `shown_at` is
    when readers first saw it; null for what they do not see.
    """

    claim: int
    version: int
    key: str
    kind: ValueKind
    time: PropertyTime
    value: Range[Decimal] | Range[date] | WholeDates | bool | str | EntityPath
    single_valued: bool = True
    is_prospective: bool = False
    is_soft: bool = False
    period: Range[date] | None = None
    ends: PeriodEnds = DAYS_KNOWN
    linked: frozenset[str] = frozenset()
    shown_at: datetime | None = None


@dataclass(frozen=True)
class Disagreement:
    """That two versions disagree: about what, and how hard."""

    kind: ConflictKind
    strength: Strength


def disagree(one: Compared, other: Compared) -> Disagreement | None:
    """The disagreement between two versions, None where there is none. Symmetric."""
    if not _are_comparable(one, other):
        return None
    is_opposite = _are_opposite(one, other)
    if _periods_fit(one, other):
        if not _exclude_each_other(one, other):
            return None
    elif not (is_opposite and _only_overlap(one, other)):
        return None
    kind = ConflictKind.VALUE
    if one.kind == ValueKind.PRESENCE:
        kind = ConflictKind.PRESENCE
    elif is_opposite:
        kind = ConflictKind.DIRECTION
    is_hard = (
        one.period == other.period
        and one.kind != ValueKind.TEXT  # other words may say the same
        and not (one.is_soft or other.is_soft)
    )
    return Disagreement(kind, Strength.CONTRADICTION if is_hard else Strength.TENSION)


def _are_comparable(one: Compared, other: Compared) -> bool:
    """Versions of one claim never disagree; an expectation never does with a fact."""
    return (
        one.claim != other.claim
        and (one.key == other.key or other.key in one.linked or one.key in other.linked)
        and one.time == other.time  # as values of one property are
        and one.single_valued
        and other.single_valued
        and one.is_prospective == other.is_prospective
    )


def _periods_fit(one: Compared, other: Compared) -> bool:
    """A null period fits only a null one; a total or a change is compared over equal periods."""
    if one.period is None or other.period is None or one.time == PropertyTime.OVER:
        return one.period == other.period
    return overlap(one, other)


def _only_overlap(one: Compared, other: Compared) -> bool:
    """Growth over one period against a fall over another that overlaps it is worth a look."""
    return one.time == PropertyTime.OVER and overlap(one, other)


def overlap(one: Compared, other: Compared) -> bool:
    """Whether both are bound to a time and their periods share a day for certain."""
    return (
        one.period is not None
        and other.period is not None
        and overlap_for_certain(one.period, other.period, one.ends, other.ends)
    )


def _are_opposite(one: Compared, other: Compared) -> bool:
    """Whether two amounts lie strictly on opposite sides of zero."""
    return side_of(one) * side_of(other) < 0


def side_of(version: Compared) -> int:
    """The side of zero on which an amount lies: −1, 1, or 0 for neither and for other values."""
    if version.kind not in (ValueKind.QUANTITY, ValueKind.COUNT):
        return 0
    return side_of_zero(version.value)  # type: ignore[arg-type]  # the kind says: an amount


def _exclude_each_other(one: Compared, other: Compared) -> bool:
    """Ranges lie apart, truths or the keys of texts differ, neither entity is part of the other."""
    match one.value, other.value:
        case Range() as first, Range() as second:
            return exclude_each_other(first, second)
        case WholeDates() as first, WholeDates() as second:
            return first.excludes(second)
        case EntityPath() as first, EntityPath() as second:
            return not (first.holds(second) or second.holds(first))
        case str() as first, str() as second:
            return text_key(first) != text_key(second)
        case first, second:
            return first != second
