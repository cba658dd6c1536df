"""Locks on files, by which processes agree on one server. The kernel drops them when one dies."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factbase.postgres.refusals import DatabaseUnavailable

try:
    import fcntl
except ImportError as error:  # Windows
    raise DatabaseUnavailable(
        "platform",
        "The embedded PostgreSQL runs on Linux and macOS only. Set DATABASE_URL to a PostgreSQL "
        "of version 15 or later.",
    ) from error


def open_lock(path: Path) -> int:
    """Open the file of a lock, which programs that we start do not inherit."""
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def try_lock(lock: int, *, shared: bool = False) -> bool:
    """Take a lock if nobody stands in the way."""
    try:
        fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for(lock: int, *, shared: bool = False) -> None:
    """Take a lock as soon as nobody stands in the way."""
    fcntl.flock(lock, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file, alone, for a while."""
    lock = open_lock(path)
    try:
        wait_for(lock)
        yield
    finally:
        os.close(lock)


def is_held(path: Path) -> bool:
    """Whether another process holds the lock of a file alone."""
    lock = open_lock(path)
    try:
        return not try_lock(lock, shared=True)
    finally:
        os.close(lock)
