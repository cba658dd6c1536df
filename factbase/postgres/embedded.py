"""The embedded PostgreSQL's life: it starts with the first connection and ends with its last user.

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
from factbase.postgres.location import PORT, home_of, make_home, prepare_location, read_record
from factbase.postgres.locks import hold_lock, is_held, open_lock, take_lock, try_lock
from factbase.postgres.refusals import DatabaseUnavailable

STARTUP_TIMEOUT = 90.0  # seconds without any server; one that is recovering is waited for longer
RECOVERY_TIMEOUT = 3600.0
SHUTDOWN_TIMEOUT = 60.0

_user_locks: dict[Path, int] = {}  # home → our shared lock on it
_keepers: dict[Path, subprocess.Popen[bytes]] = {}  # home → the keeper that we started
_mutex = threading.Lock()


def address(data_dir: Path) -> dict[str, str]:
    """Start the server of a data folder where it is needed, and return host and port.

    Raises DatabaseUnavailable when it cannot.
    """
    home = home_of(data_dir)
    is_new = False
    while not is_new:  # an older keeper may just be ending
        with _mutex:
            if home not in _user_locks or not is_held(home / "keeper.lock"):
                is_new = acquire_server(data_dir)
        params = wait_until_ready(home)
        if params:
            return params
    raise not_started(home)


def acquire_server(data_dir: Path) -> bool:
    """Count this process among the server's users; return whether a keeper had to be started."""
    home = make_home(data_dir)
    with hold_lock(home / "start.lock"):
        if home not in _user_locks:
            lock = open_lock(home / "users.lock")
            take_lock(lock, shared=True)  # a server that is just ending
            _user_locks[home] = lock
        if is_held(home / "keeper.lock"):
            return False
        cluster.create_cluster(prepare_location(data_dir))
        start_keeper(data_dir, home)
        return True


def start_keeper(data_dir: Path, home: Path) -> None:
    """Start a keeper in a session of its own, and wait until it holds its lock."""
    with (home / "server.log").open("ab") as output:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "factbase.postgres.keeper", str(data_dir)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=Path(__file__).parents[2],
            start_new_session=True,
        )
    deadline = time.monotonic() + STARTUP_TIMEOUT
    while not is_held(home / "keeper.lock"):
        if keeper.poll() is not None or time.monotonic() > deadline:
            raise not_started(home)
        time.sleep(0.02)
    forget_keeper(home)
    _keepers[home] = keeper


def forget_keeper(home: Path) -> None:
    """Reap a keeper of ours that has ended; stop tracking one that still runs."""
    keeper = _keepers.pop(home, None)
    if keeper and keeper.poll() is None:
        keeper.returncode = 0


def wait_until_ready(home: Path) -> dict[str, str]:
    """Wait for start or recovery, and return host and port; empty when the keeper ended."""
    began = time.monotonic()
    while True:
        params = {"host": read_record(home)["sockets"], "port": PORT}
        answer = ping(params)
        if answer == Ping.OK:
            return params
        limit = RECOVERY_TIMEOUT if answer == Ping.REJECT else STARTUP_TIMEOUT
        if not is_held(home / "keeper.lock"):
            return {}
        if time.monotonic() - began > limit:
            raise not_started(home)
        time.sleep(0.02)


def ping(params: dict[str, str]) -> Ping:
    """Ask whether the server takes connections: OK, REJECT while it starts, NO_RESPONSE."""
    conninfo = make_conninfo(**params, dbname="postgres", user=cluster.RUNTIME, connect_timeout=5)
    return Ping(PGconn.ping(conninfo.encode()))


def not_started(home: Path) -> DatabaseUnavailable:
    """The refusal of a server that does not start, with the end of its log."""
    log = home / "server.log"
    lines = log.read_text(errors="replace").splitlines()[-6:] if log.exists() else []
    return DatabaseUnavailable(
        "not_started",
        f"The embedded PostgreSQL did not start; its log {log} ends with: {' / '.join(lines)} "
        "Mend that, or set DATABASE_URL to a PostgreSQL of version 15 or later.",
    )


def release_server(home: Path) -> None:
    """Stop using the server; as its last user, end it and wait until it has ended."""
    lock = _user_locks.pop(home)
    try:
        if home.exists() and try_lock(lock) and is_held(home / "keeper.lock"):
            stop_keeper(home)
    finally:
        os.close(lock)
        forget_keeper(home)


def stop_keeper(home: Path) -> None:
    """Ask the keeper to end, and wait. Its process id is valid while it holds its lock."""
    deadline = time.monotonic() + SHUTDOWN_TIMEOUT
    try:
        os.kill(int((home / "keeper.lock").read_text()), signal.SIGTERM)
    except (ValueError, ProcessLookupError):
        return  # it is ending already
    while is_held(home / "keeper.lock") and time.monotonic() < deadline:
        time.sleep(0.02)
    if home in _keepers:
        with suppress(subprocess.TimeoutExpired):
            _keepers[home].wait(1)


def release_all() -> None:
    """Release every server, at the end of the process."""
    for home in tuple(_user_locks):
        release_server(home)


def forget_after_fork() -> None:
    """Drop the parent's locks in a forked process, which takes its own once it connects."""
    global _mutex
    _mutex = threading.Lock()
    for lock in _user_locks.values():
        os.close(lock)
    _user_locks.clear()
    for keeper in _keepers.values():
        keeper.returncode = 0
    _keepers.clear()


atexit.register(release_all)
os.register_at_fork(after_in_child=forget_after_fork)
