"""A job that broke off waits longer before each try, and not for ever."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sources.domain.retries import MAX_TRIES, wait_before_retry


def test_the_waits_grow_and_end_within_twenty_minutes() -> None:
    waits = [wait_before_retry(attempts) for attempts in range(MAX_TRIES)]

    seconds = [None if wait is None else int(wait.total_seconds()) for wait in waits]
    assert seconds == [3, 9, 27, 81, 243, 729, None]


@given(failed=st.integers(0, 20))
def test_a_job_that_a_person_has_tried_again_is_tried_as_often_as_a_new_one(failed: int) -> None:
    # Each failure for good counts one, and so does each time that somebody asks.
    begins = failed * (MAX_TRIES + 1)

    waits = [wait_before_retry(begins + attempts) for attempts in range(MAX_TRIES)]

    assert waits == [wait_before_retry(attempts) for attempts in range(MAX_TRIES)]


@given(attempts=st.integers(0, 1_000))
def test_no_job_is_tried_more_often_in_a_row_than_the_limit(attempts: int) -> None:
    waits = [wait_before_retry(attempts + one) for one in range(MAX_TRIES + 1)]

    assert None in waits
    assert all(wait is None or timedelta() < wait < timedelta(minutes=15) for wait in waits)
