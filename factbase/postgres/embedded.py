"""Using the embedded PostgreSQL: it starts with the first connection and ends with its last user.

Every process that uses it holds users.lock, shared. The keeper (keeper.py) runs the server while
anybody does; a process that leaves and finds itself the last asks it to end and waits for it.
"""

import atexit
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from factbase.postgres import cluster
from factbase.postgres.locks import is_held, locked, open_lock, try_lock, wait_for
from factbase.postgres.place import PORT, home_of, make_home, read_record, settle
from factbase.postgres.refusals import DatabaseUnavailable

ANSWERS_WITHIN = 90.0  # seconds without any server; one that is recovering is waited for longer
RECOVERS_WITHIN = 3600.0
ENDS_WITHIN = 60.0

_used: dict[Path, int] = {}  # home → our shared lock on it
_called: dict[Path, subprocess.Popen[bytes]] = {}  # home → the keeper that we started
_mutex = threading.Lock()


def address(data_dir: Path) -> dict[str, str]:
    """Where to connect to the server of a data folder, which runs and answers by then.

    Raises DatabaseUnavailable when it cannot.
    """
    home = home_of(data_dir)
    is_new = False
    while not is_new:  # an older keeper may just be ending
        with _mutex:
            if home not in _used or not is_held(home / "keeper.lock"):
                is_new = start(data_dir)
        place = wait_until_it_answers(home)
        if place:
            return place
    raise not_started(home)


def start(data_dir: Path) -> bool:
    """Have a keeper run the server, and be counted among its users; whether the keeper is new."""
    home = make_home(data_dir)
    with locked(home / "start.lock"):
        if home not in _used:
            lock = open_lock(home / "users.lock")
            wait_for(lock, shared=True)  # a server that is just ending
            _used[home] = lock
        if is_held(home / "keeper.lock"):
            return False
        cluster.make(settle(data_dir))
        call_keeper(data_dir, home)
        return True


def call_keeper(data_dir: Path, home: Path) -> None:
    """Start a keeper that no terminal and no parent takes along, and see that it is at work."""
    with (home / "server.log").open("ab") as output:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "factbase.postgres.keeper", str(data_dir)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=Path(__file__).parents[2],
            start_new_session=True,
        )
    until = time.monotonic() + ANSWERS_WITHIN
    while not is_held(home / "keeper.lock"):
        if keeper.poll() is not None or time.monotonic() > until:
            raise not_started(home)
        time.sleep(0.02)
    forget_keeper(home)
    _called[home] = keeper


def forget_keeper(home: Path) -> None:
    """Collect a keeper of ours that has ended; one that goes on is no longer our child to mind."""
    keeper = _called.pop(home, None)
    if keeper and keeper.poll() is None:
        keeper.returncode = 0


def wait_until_it_answers(home: Path) -> dict[str, str]:
    """Where the server listens, after its start or recovery; nothing when its keeper ended."""
    began = time.monotonic()
    while True:
        place = {"host": read_record(home)["sockets"], "port": PORT}
        answer = ping(place)
        if answer == Ping.OK:
            return place
        limit = RECOVERS_WITHIN if answer == Ping.REJECT else ANSWERS_WITHIN
        if not is_held(home / "keeper.lock"):
            return {}
        if time.monotonic() - began > limit:
            raise not_started(home)
        time.sleep(0.02)


def ping(place: dict[str, str]) -> Ping:
    """What the server says to a connection: OK, REJECT while it starts, NO_RESPONSE."""
    conninfo = make_conninfo(**place, dbname="postgres", user=cluster.RUNTIME, connect_timeout=5)
    return Ping(PGconn.ping(conninfo.encode()))


def not_started(home: Path) -> DatabaseUnavailable:
    """The refusal for a server that does not come up, with the end of its log."""
    log = home / "server.log"
    lines = log.read_text(errors="replace").splitlines()[-6:] if log.exists() else []
    return DatabaseUnavailable(
        "not_started",
        f"The embedded PostgreSQL did not start; its log {log} ends with: {' / '.join(lines)} "
        "Mend that, or set DATABASE_URL to a PostgreSQL of version 15 or later.",
    )


def leave(home: Path) -> None:
    """Use the server no more; as its last user, end it and wait until it has ended."""
    lock = _used.pop(home)
    try:
        if home.exists() and try_lock(lock) and is_held(home / "keeper.lock"):
            end(home)
    finally:
        os.close(lock)
        forget_keeper(home)


def end(home: Path) -> None:
    """Ask the keeper to end, and wait. Its process id holds while it holds its lock."""
    until = time.monotonic() + ENDS_WITHIN
    try:
        os.kill(int((home / "keeper.lock").read_text()), signal.SIGTERM)
    except (ValueError, ProcessLookupError):
        return  # it is ending already
    while is_held(home / "keeper.lock") and time.monotonic() < until:
        time.sleep(0.02)
    if home in _called:
        with suppress(subprocess.TimeoutExpired):
            _called[home].wait(1)


def leave_all() -> None:
    """Leave every server, at the end of the process."""
    for home in tuple(_used):
        leave(home)


def forget_after_fork() -> None:
    """A forked process is a user of its own once it connects; its parent's locks are not its."""
    global _mutex
    _mutex = threading.Lock()
    for lock in _used.values():
        os.close(lock)
    _used.clear()
    for keeper in _called.values():
        keeper.returncode = 0
    _called.clear()


atexit.register(leave_all)
os.register_at_fork(after_in_child=forget_after_fork)
