import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.review_queue import (
    BY_AGE,
    QueueName,
    QueueOrder,
    QueueRefused,
    ReviewQueue,
    parse_queue_name,
)

KEYS = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9_-]{0,20}\Z")
NAMES = st.sampled_from([QueueName(QueueOrder.AGE), QueueName(QueueOrder.NEEDED)]) | st.builds(
    QueueName, st.sampled_from([QueueOrder.TOPIC, QueueOrder.SOURCE]), KEYS
)


@given(NAMES)
def test_a_name_is_read_as_it_was_written(name: QueueName) -> None:
    assert parse_queue_name(str(name)) == name


@pytest.mark.parametrize(
    "typed", ["", "newest", "age:trade", "age:", "topic", "topic:", "topic:a b", "source:../x"]
)
def test_what_names_no_queue_is_refused_with_the_names_there_are(typed: str) -> None:
    with pytest.raises(QueueRefused, match="ask for age, needed, topic:KEY or source:KEY"):
        parse_queue_name(typed)


@given(st.lists(st.integers(1, 50), unique=True, min_size=1))
def test_who_goes_on_from_claim_to_claim_meets_each_once_and_is_back(claims: list[int]) -> None:
    queue = ReviewQueue(BY_AGE, claims)
    met, claim = [claims[0]], queue.after(claims[0])
    while claim is not None and claim != claims[0]:
        met.append(claim)
        claim = queue.after(claim)
    assert met == claims
    assert claim == (claims[0] if len(claims) > 1 else None)


@given(st.lists(st.integers(1, 50), unique=True), st.integers(51, 60))
def test_after_a_claim_that_does_not_wait_comes_the_first(claims: list[int], other: int) -> None:
    queue = ReviewQueue(BY_AGE, claims)
    assert queue.position(other) is None
    assert queue.after(other) == queue.after(None) == (claims[0] if claims else None)
