"""File locks by which processes agree on one server; the kernel drops those of a dead process."""

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
    """Take a lock without waiting; return whether it was free."""
    try:
        fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def take_lock(lock: int, *, shared: bool = False) -> None:
    """Wait for a lock and take it."""
    fcntl.flock(lock, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold the exclusive lock of a file during the block."""
    lock = open_lock(path)
    try:
        take_lock(lock)
        yield
    finally:
        os.close(lock)


def is_held(path: Path) -> bool:
    """Whether another process holds the exclusive lock of a file."""
    lock = open_lock(path)
    try:
        return not try_lock(lock, shared=True)
    finally:
        os.close(lock)
