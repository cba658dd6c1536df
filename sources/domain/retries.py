"""When a background job that broke off is tried again: later each time, and not for ever."""

from datetime import timedelta

# How often a job is tried by itself, some 18 minutes in all: 3, 9, 27, 81, 243 and 729 seconds
# lie between the tries.
MAX_TRIES = 7
FACTOR = 3


def wait_before_retry(attempts: int) -> timedelta | None:
    """The time a job waits after a try that broke off; None where it has failed for good.

    `attempts` is procrastinate's count of tries before this one. Whoever has a failed job tried
    again adds one to it, and so begins the tries anew.
    """
    made = attempts % (MAX_TRIES + 1)
    if made >= MAX_TRIES - 1:
        return None
    return timedelta(seconds=FACTOR ** (made + 1))
