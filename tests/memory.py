"""A place in memory for files that no test needs after its run.

A file system on a disk finds a free place for each file of a new database, and every capture waits
for the disk; in memory neither takes time. Of Python's standard library only.
"""

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - each folder in it is made by mkdtemp
PREFIX = "factbase-tests-"
# A run takes a tenth of it. Where containers have less, the disk serves.
ENOUGH = 2 * 1024**3  # bytes


def folder_in_memory() -> Path | None:
    """The folder of a file system in memory with room for a run; None where there is none."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK | os.X_OK):
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free >= ENOUGH else None
