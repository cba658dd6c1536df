"""Turns at making files: so many at once on this machine, however many processes ask.

Pandoc and Typst take a whole processor and much memory each. A slot is a file in the data folder
that is locked while a file is made: the kernel takes the lock back from a process that is gone.
"""

import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from django.conf import settings

SLOTS = 2
# Seconds that a job waits for a turn. Who looks on waits for `settings.RENDER_WAIT_SECONDS`.
BACKGROUND_WAIT = 1800.0
# Seconds after which a door says that it is worth asking again.
RETRY_AFTER = 30

_POLL = 0.05


class RenderBusy(Exception):
    """All slots were taken for as long as one waited."""


@contextmanager
def render_slot(wait: float | None = None, *, whole: bool = False) -> Iterator[None]:
    """Wait for a slot and hold it; for what takes much memory, hold `whole` the machine.

    Raises RenderBusy after so many seconds; None is as long as somebody waits who looks on.
    """
    until = time.monotonic() + (settings.RENDER_WAIT_SECONDS if wait is None else wait)
    # All take the slots in one order, so that no two wait for each other.
    wanted = [[number] for number in range(SLOTS)] if whole else [list(range(SLOTS))]
    with ExitStack() as held:
        for numbers in wanted:
            held.callback(os.close, _acquire(numbers, until))
        yield


def _acquire(numbers: Sequence[int], until: float) -> int:
    """The handle of the first of these slots that is free, locked."""
    folder = settings.DATA_DIR
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    while True:
        for number in numbers:
            path = folder / f"render-slot-{number + 1}"
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
            except BaseException:
                os.close(handle)
                raise
            else:
                return handle
        if time.monotonic() >= until:
            raise RenderBusy
        time.sleep(_POLL)
