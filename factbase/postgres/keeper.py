"""Keeps one embedded PostgreSQL running while any process uses it, and stops it after the last.

A process of its own, so that the server outlives the command that started it when another
command uses it too, ends when all are gone whatever ended them (kill -9 included), and comes back
after a kill -9 of its own: as its parent, the keeper sees the server die and may wait for it.

    python -m factbase.postgres.keeper DATA_DIR
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event
from typing import BinaryIO

from factbase.postgres import binaries
from factbase.postgres.location import PORT, ServerLocation, prepare_location
from factbase.postgres.locks import open_lock, try_lock
from factbase.postgres.refusals import DatabaseUnavailable

POLL_INTERVAL = 0.1
MAX_LOG_BYTES = 1_000_000
# After a kill -9, PostgreSQL refuses to start until the last process of the old server is gone.
RESTART_TIMEOUT = 20.0
FAST_STOP_TIMEOUT = 60.0


class Keeper:
    """The keeper of the server of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.location: ServerLocation = prepare_location(data_dir)
        self.users = open_lock(self.location.home / "users.lock")
        self.asked_to_stop = Event()

    def run(self) -> None:
        """Run the server until nobody uses it, someone asks for its end, or it cannot run."""
        stop_orphan(self.location)
        server = self.start()
        stood_at = time.monotonic()
        while not self.asked_to_stop.wait(POLL_INTERVAL) and not self.is_unused():
            if server.poll() is None and self.location.socket.exists():
                stood_at = time.monotonic()
            elif server.poll() is not None and time.monotonic() - stood_at > RESTART_TIMEOUT:
                return
            elif server.poll() is not None or time.monotonic() - stood_at > RESTART_TIMEOUT:
                stop_server(server)
                # A cleaned /tmp took the socket along.
                self.location = prepare_location(self.data_dir)
                server = self.start()
        stop_server(server)

    def is_unused(self) -> bool:
        """Whether no process uses the server. Once true, new users wait until it has stopped."""
        return try_lock(self.users)

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server as its user, with a socket and no port."""
        location, user = self.location, self.location.runs_as
        stranger = binaries.foreign_pid_of_stale_lock(location.cluster)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(location.sockets),
            "unix_socket_permissions": "0700",
            "log_checkpoints": "off",
            "log_min_error_statement": "panic",  # what people typed stays out of the log
        }
        with log_file(location.home) as output:
            return subprocess.Popen(
                [
                    str(location.binaries / "postgres"),
                    *("-D", str(location.cluster), "-p", PORT),
                    *(part for name in settings for part in ("-c", f"{name}={settings[name]}")),
                ],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env=binaries.environment_past_stale_lock(stranger),
                umask=0o077,
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                extra_groups=[] if user else None,
            )


def log_file(home: Path) -> BinaryIO:
    """Open the server's log, emptied when it has grown past MAX_LOG_BYTES."""
    path = home / "server.log"
    is_long = path.exists() and path.stat().st_size > MAX_LOG_BYTES
    return path.open("wb" if is_long else "ab")


def stop_server(server: subprocess.Popen[bytes]) -> None:
    """Stop the server in its fast mode, at once when that takes too long, and wait for its end."""
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is None:
            server.send_signal(request)
            try:
                server.wait(FAST_STOP_TIMEOUT)
            except subprocess.TimeoutExpired:
                continue
        return


def stop_orphan(location: ServerLocation) -> None:
    """Stop a server whose keeper was killed."""
    if location.socket.exists() and accepts_connections(location):
        user = location.runs_as
        binaries.run(
            location.binaries / "pg_ctl",
            *("stop", "--mode=fast", "--wait", f"--pgdata={location.cluster}", "--silent"),
            as_user=(user.pw_uid, user.pw_gid) if user else None,
        )


def accepts_connections(location: ServerLocation) -> bool:
    """Whether a server takes connections at the socket."""
    return not subprocess.call(
        [str(location.binaries / "pg_isready"), "-q", "-h", str(location.sockets), "-p", PORT],
        env=binaries.ENVIRONMENT,
    )


def main(data_dir: Path) -> int:
    """Run the keeper of a data folder, unless another one does; return the exit code."""
    lock = open_lock(data_dir / "postgres" / "keeper.lock")
    deadline = time.monotonic() + 5
    while not try_lock(lock):  # someone may just be looking whether there is a keeper
        if time.monotonic() > deadline:
            return 0
        time.sleep(0.02)
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
    keeper = Keeper(data_dir)
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: keeper.asked_to_stop.set())
    keeper.run()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1])))
    except DatabaseUnavailable as refusal:
        sys.exit(str(refusal))
