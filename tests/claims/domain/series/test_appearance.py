"""Where a topic is new in a series, and where it disappears."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.series.appearance import TopicPresence, first_appearance, last_appearance

OF = {
    "x": TopicPresence.PRESENT,
    "-": TopicPresence.ABSENT,
    " ": TopicPresence.UNSEARCHED,
    "?": TopicPresence.UNKNOWN,
}


@pytest.mark.parametrize(
    ("documents", "first", "last"),
    [
        # x has it, - has it not, blank was not searched, ? is not counted yet
        ("--xxx", 2, None),
        ("xx---", None, 1),
        ("-x-x-", 1, 3),
        ("xxxxx", None, None),
        ("-----", None, None),
        (" x-", None, 1),
        ("- x -", 2, 2),
        ("-?x-", None, 2),
        ("-x?-", 1, None),
        ("", None, None),
    ],
)
def test_a_topic_is_new_after_documents_without_it_and_disappears_before_others(
    documents: str, first: int | None, last: int | None
) -> None:
    presences = [OF[one] for one in documents]

    assert (first_appearance(presences), last_appearance(presences)) == (first, last)


@given(st.lists(st.sampled_from(list(OF.values()))))
def test_what_is_named_has_the_topic_and_none_beyond_it_has(presences: list[TopicPresence]) -> None:
    first, last = first_appearance(presences), last_appearance(presences)

    if first is not None:
        assert presences[first] == TopicPresence.PRESENT
        assert TopicPresence.PRESENT not in presences[:first]
    if last is not None:
        assert presences[last] == TopicPresence.PRESENT
        assert TopicPresence.PRESENT not in presences[last + 1 :]
