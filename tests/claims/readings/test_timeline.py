"""The periods of a conflict as bars of one scale.

first …                          … last
|#########|                               2023/2024
|         |####################>          2025/..
"""

import pytest

from claims.actions.conflicts.decisions import open_editorial
from claims.readings.questions import read_questions
from claims.readings.timeline import WIDTH, Timeline, timeline_of
from sources.readings.reader import Reader
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


def drawn() -> Timeline | None:
    """The time line of the only conflict, for the desk."""
    (question,) = read_questions([say.only().pk], Reader(make.person(), TODAY))
    return timeline_of(question.sides)


def test_periods_stand_on_one_scale_with_who_says_what() -> None:
    say.world(time="state")
    one, other = say.says("1", period="2023/2026"), say.says("2", period="2025/2026")

    line = drawn()

    assert line is not None
    assert (line.first, line.last) == ("1 January 2023", "31 December 2026")
    assert [(bar.x, bar.width, bar.refs) for bar in line.bars] == [
        (0, WIDTH, [one.claim.ref]),
        (WIDTH * 731 // 1461, WIDTH - WIDTH * 731 // 1461, [other.claim.ref]),
    ]


def test_an_end_beyond_which_a_side_goes_on_is_marked() -> None:
    say.world(time="state")
    say.says("1", period="../2024")
    say.says("2", period="2023/..")

    line = drawn()

    assert line is not None
    assert (line.first, line.last) == ("… 1 January 2023", "31 December 2024 …")
    assert [(bar.is_open_before, bar.is_open_after) for bar in line.bars] == [
        (True, False),
        (False, True),
    ]


def test_sides_without_a_value_are_told_by_their_claims() -> None:
    low, deepened = make.submitted(), make.submitted(period="2022/..")
    open_editorial(
        claims=[low.claim, deepened.claim],
        question="Low or deepened?",
        by=make.somebody(Role.EDITOR),
        at=TODAY,
    )

    line = drawn()

    assert line is not None
    assert list(line.timeless) == [low.claim.ref]
    assert [(bar.label, bar.refs) for bar in line.bars] == [("", [deepened.claim.ref])]
    assert "2022" in line.bars[0].period


def test_where_nothing_is_bound_to_a_time_there_is_no_line() -> None:
    say.world()
    say.says("1")
    say.says("2")

    assert drawn() is None
