from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from claims.domain.conflicts.disagreement import Disagreement
from claims.domain.conflicts.grouping import (
    Edge,
    EdgeEnd,
    FoundSet,
    Member,
    Placed,
    Plan,
    Record,
    join,
    match,
    status_after,
)
from claims.vocabulary import ConflictKind, ConflictStatus, Strength

START = datetime(2025, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def member(claim: int, key: str = "k") -> Member:
    return claim, key


def edge(
    one: int,
    other: int,
    kind: ConflictKind = ConflictKind.VALUE,
    strength: Strength = Strength.TENSION,
    keys: str = "kk",
) -> Edge:
    return Edge(
        EdgeEnd(member(one, keys[0]), one * 10),
        EdgeEnd(member(other, keys[1]), other * 10),
        Disagreement(kind, strength),
    )


def sets(found: Iterable[FoundSet]) -> list[set[int]]:
    return [{claim for claim, _key in one.members} for one in found]


def found(*claims: int) -> FoundSet:
    return FoundSet(
        {member(claim): frozenset({claim * 10}) for claim in claims},
        ConflictKind.VALUE,
        Strength.TENSION,
    )


def record(number: int, **joined: int) -> Record:
    """A live record; `c3=5` is claim 3, which joined on day 5."""
    return Record(
        number=number,
        opened_at=day(number),
        members={member(int(name[1:])): day(when) for name, when in joined.items()},
    )


def lapsed(number: int, *claims: int) -> Record:
    return Record(
        number=number,
        opened_at=day(number),
        is_lapsed=True,
        former=frozenset(member(claim) for claim in claims),
    )


def test_ten_against_ten_are_one_question() -> None:
    edges = [edge(one, other) for one in range(1, 11) for other in range(11, 21)]

    assert sets(join(edges)) == [set(range(1, 21))]


def test_questions_that_do_not_meet_stay_apart() -> None:
    assert sets(join([edge(1, 2), edge(3, 4), edge(5, 4)])) == [{1, 2}, {3, 4, 5}]


def test_a_claim_with_two_keys_does_not_join_two_sets() -> None:
    edges = [edge(1, 2, keys="aa"), edge(1, 3, keys="bb")]

    assert sets(join(edges)) == [{1, 2}, {1, 3}]


def test_versions_of_a_claim_with_one_key_are_one_member() -> None:
    second = Edge(
        EdgeEnd(member(1), 11),
        EdgeEnd(member(3), 30),
        Disagreement(ConflictKind.VALUE, Strength.TENSION),
    )

    (one,) = join([edge(1, 2), second])

    assert one.members[member(1)] == {10, 11}


def test_one_pair_makes_a_set_a_direction_and_a_contradiction() -> None:
    edges = [
        edge(1, 2),
        edge(2, 3, ConflictKind.DIRECTION),
        edge(3, 4, strength=Strength.CONTRADICTION),
    ]

    (one,) = join(edges)

    assert (one.kind, one.strength) == (ConflictKind.DIRECTION, Strength.CONTRADICTION)


pairs = st.tuples(st.integers(1, 8), st.integers(1, 8)).filter(lambda pair: pair[0] != pair[1])


@given(st.lists(pairs), st.randoms())
def test_the_order_of_disagreements_does_not_matter(
    ends: list[tuple[int, int]], chance: st.DataObject
) -> None:
    edges = [edge(*pair) for pair in ends]
    shuffled = [edge(*pair[::-1]) for pair in ends]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert join(edges) == join(shuffled)


def test_a_question_that_nobody_knows_opens_a_record() -> None:
    assert match([found(1, 2)], []) == Plan((Placed(found(1, 2)),), ())


def test_a_record_keeps_its_question_as_members_come_and_go() -> None:
    plan = match([found(2, 3)], [record(5, c1=1, c2=2)])

    assert plan == Plan((Placed(found(2, 3), record=5),), ())


def test_a_record_lapses_when_nothing_disagrees_any_more() -> None:
    assert match([], [record(5, c1=1, c2=1)]) == Plan((), (5,))


def test_when_one_splits_the_record_stays_with_the_oldest_membership() -> None:
    #  day 3    day 1
    #  1 — 2    3 — 4     were one question through somebody who left
    plan = match([found(1, 2), found(3, 4)], [record(5, c1=3, c2=3, c3=1, c4=4)])

    assert plan.placed == (Placed(found(1, 2), split_from=5), Placed(found(3, 4), record=5))


def test_when_sets_meet_the_younger_record_goes_into_the_older() -> None:
    plan = match([found(1, 2, 3, 4)], [record(7, c1=8, c2=8), record(5, c3=9, c4=9)])

    assert plan == Plan((Placed(found(1, 2, 3, 4), record=5, absorbed=(7,)),), ())


def test_a_record_that_splits_and_meets_another_stays_with_its_oldest_membership() -> None:
    plan = match([found(1, 2), found(3, 4, 5)], [record(1, c1=1, c3=2), record(2, c4=3, c5=3)])

    assert plan.placed == (
        Placed(found(1, 2), record=1),
        Placed(found(3, 4, 5), record=2),
    )


def test_a_lapsed_record_comes_back_when_two_of_its_members_disagree_again() -> None:
    plan = match([found(1, 2, 9)], [lapsed(5, 1, 2, 3)])

    assert plan.placed == (Placed(found(1, 2, 9), record=5, reopened=True),)


def test_one_former_member_alone_opens_a_new_record() -> None:
    assert match([found(1, 9)], [lapsed(5, 1, 2)]).placed == (Placed(found(1, 9)),)


def test_a_claim_at_odds_with_itself_comes_back_alone() -> None:
    assert match([found(1)], [lapsed(5, 1)]).placed == (Placed(found(1), 5, reopened=True),)


def test_a_lapsed_record_comes_back_once() -> None:
    plan = match([found(1, 2), found(3, 4)], [lapsed(5, 1, 2, 3, 4)])

    assert [placed.record for placed in plan.placed] == [5, None]


def test_a_live_record_goes_before_a_lapsed_one() -> None:
    plan = match([found(1, 2)], [lapsed(3, 1, 2), record(5, c1=1)])

    assert [placed.record for placed in plan.placed] == [5]


def test_a_new_position_opens_a_decided_conflict_again() -> None:
    decided = {"100 in 2024", "75 in 2024"}

    for status in (ConflictStatus.RESOLVED, ConflictStatus.RECONCILED, ConflictStatus.CONFIRMED):
        new = status_after(status, decided=decided, taken={"80 in 2024", "75 in 2024"})
        repeated = status_after(status, decided=decided, taken={"75 in 2024"})
        assert (new, repeated) == (ConflictStatus.OPEN, status)


memberships = st.dictionaries(st.integers(1, 8), st.integers(0, 9), max_size=4)


@given(st.lists(st.sets(st.integers(1, 8), min_size=2), max_size=3), st.lists(memberships))
def test_every_question_has_one_record_and_every_live_record_one_fate(
    groups: list[set[int]], recorded: list[dict[int, int]]
) -> None:
    taken: set[int] = set()
    questions = []
    for group in groups:
        if len(group - taken) > 1:
            questions.append(found(*sorted(group - taken)))
            taken |= group
    records = [
        record(number, **{f"c{claim}": when for claim, when in joined.items()})
        for number, joined in enumerate(recorded)
    ]

    plan = match(questions, records)

    kept = [placed.record for placed in plan.placed if placed.record is not None]
    absorbed = [number for placed in plan.placed for number in placed.absorbed]
    assert [placed.found for placed in plan.placed] == questions
    assert sorted([*kept, *absorbed, *plan.lapsed]) == list(range(len(records)))
