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
from factbase.postgres.locks import open_lock, try_lock
from factbase.postgres.place import PORT, Place, settle
from factbase.postgres.refusals import DatabaseUnavailable

LOOK_AGAIN = 0.1
LONGEST_LOG = 1_000_000
# After a kill -9, PostgreSQL refuses to start until the last process of the old server is gone.
GIVE_UP_AFTER = 20.0
FAST_STOP_WITHIN = 60.0


class Keeper:
    """The keeper of the server of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.place: Place = settle(data_dir)
        self.users = open_lock(self.place.home / "users.lock")
        self.asked_to_stop = Event()

    def keep(self) -> None:
        """Run the server until nobody uses it, someone asks for its end, or it cannot run."""
        stop_left_over(self.place)
        server = self.start()
        stood_at = time.monotonic()
        while not self.asked_to_stop.wait(LOOK_AGAIN) and not self.is_unused():
            if server.poll() is None and self.place.socket.exists():
                stood_at = time.monotonic()
            elif server.poll() is not None and time.monotonic() - stood_at > GIVE_UP_AFTER:
                return
            elif server.poll() is not None or time.monotonic() - stood_at > GIVE_UP_AFTER:
                stop(server)
                self.place = settle(self.data_dir)  # a cleaned /tmp took the socket along
                server = self.start()
        stop(server)

    def is_unused(self) -> bool:
        """Whether no process uses the server. From then on, new ones wait for our end."""
        return try_lock(self.users)

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server as its user, with a socket and no port."""
        place, user = self.place, self.place.runs_as
        stranger = binaries.other_program_of_stale_lock(place.cluster)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(place.sockets),
            "unix_socket_permissions": "0700",
            "log_checkpoints": "off",
            "log_min_error_statement": "panic",  # what people typed stays out of the log
        }
        with log_file(place.home) as output:
            return subprocess.Popen(
                [
                    str(place.binaries / "postgres"),
                    *("-D", str(place.cluster), "-p", PORT),
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
    """The server's log, begun anew when it has grown long."""
    path = home / "server.log"
    is_long = path.exists() and path.stat().st_size > LONGEST_LOG
    return path.open("wb" if is_long else "ab")


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop the server in its fast mode, at once when that takes too long, and wait for its end."""
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is None:
            server.send_signal(request)
            try:
                server.wait(FAST_STOP_WITHIN)
            except subprocess.TimeoutExpired:
                continue
        return


def stop_left_over(place: Place) -> None:
    """Stop the server that a keeper left behind which was killed: it is nobody's child now."""
    if place.socket.exists() and answers(place):
        user = place.runs_as
        binaries.run(
            place.binaries / "pg_ctl",
            *("stop", "--mode=fast", "--wait", f"--pgdata={place.cluster}", "--silent"),
            as_user=(user.pw_uid, user.pw_gid) if user else None,
        )


def answers(place: Place) -> bool:
    """Whether a server takes connections at the place's socket."""
    return not subprocess.call(
        [str(place.binaries / "pg_isready"), "-q", "-h", str(place.sockets), "-p", PORT],
        env=binaries.ENVIRONMENT,
    )


def main(data_dir: Path) -> int:
    """Keep the server of a data folder, unless another keeper does."""
    lock = open_lock(data_dir / "postgres" / "keeper.lock")
    patience = time.monotonic() + 5
    while not try_lock(lock):  # someone may just be looking whether there is a keeper
        if time.monotonic() > patience:
            return 0
        time.sleep(0.02)
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
    keeper = Keeper(data_dir)
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: keeper.asked_to_stop.set())
    keeper.keep()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1])))
    except DatabaseUnavailable as refusal:
        sys.exit(str(refusal))
