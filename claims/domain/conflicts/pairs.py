"""Which pairs disagree: enough of them, among many versions, to know every connected set.

To ask the rule about all pairs would cost the square of the versions on a key. Versions are drawn
instead as bars on a plane of time and value, and time is swept once: a bar that begins overlaps
just those that have begun and not ended. These stand in blocks that hang together by pairs found
before, so that the lowest bar of a block speaks for all of it: where it lies below the new bar,
the block joins with it. Each pair found makes one block of two, so there are few: n bars cost
n log² n. Whoever disagrees with anybody is in a pair, and whoever hang together by disagreements
do so by the pairs found.

A bar is as long as its period is for certain. What lies within a period whose ends are known by
month or year overlaps it too, though perhaps not its bar: what begins where that period may begin,
or has begun for certain where it may end. Such versions, which are few, are held against the
extremes of that period's.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from heapq import heappop, heappush
from itertools import chain, combinations
from typing import Any, NamedTuple, TypeVar

from claims.domain.conflicts.disagreement import Compared, EntityPath, disagree, overlap, side_of
from claims.domain.conflicts.grouping import Edge, EdgeEnd
from claims.domain.conflicts.period_ends import certain_days
from claims.domain.values.value import text_key
from claims.domain.values.whole_dates import WholeDates
from claims.vocabulary import PropertyTime
from sources.domain.ranges import Range

S = TypeVar("S")
Pair = tuple[Compared, Compared]
# The ends of a value, in any order that lets "ends below" be "excludes and comes before".
Ends = tuple[Any, Any]
# A version with the ends of its value, or with the side of zero as both.
Drawn = tuple[Compared, Ends]

MAX_COMPARED_PAIRWISE = 5  # so many have no more pairs than they would be drawn as bars
LAST = "\U0010ffff"  # after every key of an entity


class Bar(NamedTuple):
    """A version in a span of days, half-open, from one value to another, both ranks."""

    high: int
    turn: int
    low: int
    begins: date
    ends: date
    version: Compared


# Bars that hang together, as a heap: the one that ends lowest comes first. Some may have ended.
Block = list[Bar]


def find_edges(versions: Iterable[Compared], *, public: bool = False) -> list[Edge]:
    """Enough disagreements between these to know every set, its kind, strength and versions.

    Each is what the rule says of two versions: none can be wrong, and none that matters is missing.
    `public` looks among those that readers see, and says since when they see both.
    """
    if public:
        versions = [one for one in versions if one.shown_at is not None]
    return [
        Edge(_edge_end(one), _edge_end(other), what, _both_shown(one, other) if public else None)
        for group in _questions(versions)
        for one, other in _pairs(group)
        if (what := disagree(one, other))
    ]


def _edge_end(version: Compared) -> EdgeEnd:
    return EdgeEnd((version.claim, version.key), version.version)


def _both_shown(one: Compared, other: Compared) -> datetime | None:
    """When readers saw the second of two."""
    return max((when for when in (one.shown_at, other.shown_at) if when), default=None)


def _questions(versions: Iterable[Compared]) -> Iterator[list[Compared]]:
    """The versions of each key and class of modes; besides, those of each two keys that meet."""
    groups = _grouped(versions, lambda one: (one.key, one.is_prospective))
    for (key, is_prospective), group in groups.items():
        yield group
        for other in sorted(group[0].linked):
            if key < other and (other, is_prospective) in groups:
                yield group + groups[other, is_prospective]


def _pairs(group: Sequence[Compared]) -> Iterator[Pair]:
    """The pairs of one question: those apart, those that are hard, those on two sides of zero.

    Among few, all pairs.
    """
    if len(group) <= MAX_COMPARED_PAIRWISE:
        yield from combinations(group, 2)
        return
    alike = _grouped(group, lambda one: one.period).values()
    bound = _grouped(group, lambda one: one.period is not None).values()
    is_over = group[0].time == PropertyTime.OVER
    for versions in alike if is_over else bound:
        for drawn in _drawn(versions):
            yield from _apart(drawn, _all_days) if is_over else _apart_in_time(drawn)
    for versions in alike:
        hard = [one for one in versions if not one.is_soft]
        if len(hard) < len(group):  # else they are all, and were compared just now
            for drawn in _drawn(hard):
                yield from _apart(drawn, _all_days)
    for versions in bound:
        sides = ((one, side_of(one)) for one in versions)
        yield from _apart_in_time([(one, (side, side)) for one, side in sides if side])


def _drawn(versions: Sequence[Compared]) -> Iterator[list[Drawn]]:
    """The versions with the ends of their values; of dates that are all of their days once by when
    they began and once by when they ended: whoever disagrees does so by one of these."""
    if versions and isinstance(versions[0].value, WholeDates):
        for name in ("began", "ended"):
            yield [(one, _ends(getattr(one.value, name))) for one in versions]
        return
    yield [(one, _ends(one.value)) for one in versions]


def _apart_in_time(drawn: Sequence[Drawn]) -> Iterator[Pair]:
    """Pairs that overlap for certain and lie apart in value, enough to join all that do."""
    if not _are_apart(drawn):
        return
    yield from _apart(drawn, _certain_days)
    beginning = _in_order(drawn, lambda one: one.period.lower if one.period else None)
    begun = _in_order(drawn, lambda one: _certain_days(one)[0] if one.period else None)
    vague = [(one, ends) for one, ends in drawn if one.ends.are_vague]
    for versions in _grouped(vague, lambda row: (row[0].period, row[0].ends)).values():
        first, _ends_of_first = versions[0]
        assert first.period is not None  # noqa: S101 - it has ends
        turns = [
            *_turns_between(beginning, first.period.lower, first.ends.latest_begin),
            *_turns_between(begun, first.ends.earliest_end, first.period.upper),
        ]
        within = [
            drawn[turn]
            for turn in turns
            if overlap(first, drawn[turn][0]) and not _meet_for_certain(first, drawn[turn][0])
        ]
        if within:
            yield from _apart_from_extremes(versions, within)


def _meet_for_certain(one: Compared, other: Compared) -> bool:
    """Whether the bars of two versions overlap in time."""
    (begins, ends), (other_begins, other_ends) = _certain_days(one), _certain_days(other)
    return begins < other_ends and other_begins < ends


def _in_order(
    drawn: Sequence[Drawn], day_of: Callable[[Compared], date | None]
) -> list[tuple[date, int]]:
    """The days that versions have, each with the place of its version."""
    days = ((day_of(one), turn) for turn, (one, _ends_of_one) in enumerate(drawn))
    return sorted((day, turn) for day, turn in days if day is not None)


def _turns_between(
    days: Sequence[tuple[date, int]], first: date | None, last: date | None
) -> Iterator[int]:
    """The places of the versions whose day lies from the first day to before the last one; none
    where one of the two is not known."""
    if first is not None and last is not None:
        for _day, turn in days[bisect_left(days, (first, 0)) : bisect_left(days, (last, 0))]:
            yield turn


def _apart_from_extremes(some: Sequence[Drawn], others: Sequence[Drawn]) -> Iterator[Pair]:
    """Pairs of each with the lowest and the highest three claims of the other side.

    Of three claims one is neither that of a version nor that of an extreme of its own side: by it
    those two hang together.
    """
    if not _are_apart([*some, *others]):
        return
    for versions, against in ((some, others), (others, some)):
        for extreme in _extremes(against):
            yield from ((one, extreme) for one, _ends_of_one in versions)


def _extremes(drawn: Sequence[Drawn]) -> Iterator[Compared]:
    """The versions that end lowest of three claims, and those that begin highest."""
    by_end = sorted(drawn, key=lambda row: row[1][1])
    by_begin = sorted(drawn, key=lambda row: row[1][0], reverse=True)
    for ordered in (by_end, by_begin):
        first: dict[int, Compared] = {}
        for one, _ends_of_one in ordered:
            first.setdefault(one.claim, one)
            if len(first) == 3:
                break
        yield from first.values()


def _are_apart(drawn: Sequence[Drawn]) -> bool:
    """Whether any two lie apart in value: on a line, what meets two by two meets in one place."""
    if not drawn:
        return False
    lowest_end = min(high for _one, (_low, high) in drawn)
    return bool(max(low for _one, (low, _high) in drawn) > lowest_end)


def _apart(
    drawn: Sequence[Drawn], days_of: Callable[[Compared], tuple[date, date]]
) -> Iterator[Pair]:
    """Pairs whose bars overlap in time and lie apart in value, enough to join all that do."""
    if not _are_apart(drawn):
        return
    rank = {end: n for n, end in enumerate(sorted({*chain.from_iterable(e for _one, e in drawn)}))}
    bars = []
    for one, (low, high) in drawn:
        begins, ends = days_of(one)
        bars.append((begins, ends, rank[low], rank[high], one))
    bars.sort(key=lambda bar: bar[0])
    for upright in (True, False):
        yield from _sweep(
            Bar(high, turn, low, begins, ends, one)
            if upright
            else Bar(-low, turn, -high, begins, ends, one)
            for turn, (begins, ends, low, high, one) in enumerate(bars)
        )


def _sweep(bars: Iterable[Bar]) -> Iterator[Pair]:
    """Pairs of a bar and a later one above it, the bars coming in order of their beginnings."""
    blocks: list[tuple[int, int, Block]] = []  # a heap, by what was the lowest bar of each
    for bar in bars:
        joined, apart = [bar], []
        while blocks and blocks[0][0] < bar.low:
            block = heappop(blocks)[-1]
            rival = _lowest_below(bar, block)
            if rival:
                yield rival.version, bar.version
                joined = _join(joined, block)
            elif block:
                apart.append(block)
        for block in (joined, *apart):
            heappush(blocks, (block[0].high, block[0].turn, block))


def _lowest_below(bar: Bar, block: Block) -> Bar | None:
    """The bar of another claim that lies lowest, if below this one; drops those that have ended."""
    while block and block[0].ends <= bar.begins:
        heappop(block)
    if not block or block[0].high >= bar.low:
        return None
    if block[0].version.claim != bar.version.claim:
        return block[0]
    own = heappop(block)
    rival = _lowest_below(bar, block)
    heappush(block, own)
    return rival


def _join(one: Block, other: Block) -> Block:
    """One block of two: the smaller goes into the larger."""
    larger, smaller = (one, other) if len(one) > len(other) else (other, one)
    for bar in smaller:
        heappush(larger, bar)
    return larger


def _ends(value: Any) -> Ends:
    """The ends of a value: of two that exclude each other, one ends before the other begins.

    An open end lies just inside of the closed one. An entity reaches over all that is part of it.
    """
    match value:
        case Range():
            low, high = value.lower, value.upper
            return (
                (-1,) if low is None else (0, low, 0 if value.lower_closed else 1),
                (1,) if high is None else (0, high, 0 if value.upper_closed else -1),
            )
        case EntityPath():
            return value.path, (*value.path, LAST)
        case str():
            key = text_key(value)
            return key, key
        case _:
            return value, value


def _certain_days(version: Compared) -> tuple[date, date]:
    """The days on which its period holds for certain; all there are where it has no end, or where
    there is none."""
    if version.period is None:
        return _all_days(version)
    days = certain_days(version.period, version.ends)
    return days.lower or date.min, days.upper or date.max


def _all_days(_version: Compared) -> tuple[date, date]:
    return date.min, date.max


def _grouped(versions: Iterable[S], what: Callable[[S], Any]) -> dict[Any, list[S]]:
    found = defaultdict(list)
    for one in versions:
        found[what(one)].append(one)
    return found
