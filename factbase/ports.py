"""Check of the demo's port. Standard library only: it runs before anything is installed."""

import pwd
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
LISTENING = "0A"  # the state in /proc/net/tcp
MAX_COMMAND = 160
DEMO = "manage.py demo"


class PortRefused(Exception):
    """The port cannot be served on. The message says why and what to do."""


def check_port(text: str) -> int:
    """Return the number of a port that is free on this machine. Raises PortRefused."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise PortRefused(f"PORT is {text!r}, and must be a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as error:
            raise PortRefused(
                f"Port {text} on 127.0.0.1 cannot be used ({error.strerror}). "
                f"{holder_sentence(int(text))}choose another one, as in: make demo PORT=8001."
            ) from error
    return int(text)


def holder_sentence(port: int) -> str:
    """Who holds a port and how to stop it, as the beginning of "… choose another one"."""
    sockets = dict(listening_sockets(port))
    holders = processes_with(set(sockets))
    if not holders:
        users = {user_name(user) for user in sockets.values()}
        of_whom = f", a process of the user {users.pop()}" if len(users) == 1 else ""
        return f"Stop what uses it{of_whom}, or "
    # A server and its workers have the same socket; the one to stop is the parent of the others.
    first = min(holders, key=lambda process: (parent_of(process) in holders, process))
    if DEMO in command_of(parent_of(first)):  # which would start its web server again
        first = parent_of(first)
    return f"The process {first} holds it: {command_of(first)}. Stop it (kill {first}), or "


def listening_sockets(port: int) -> Iterator[tuple[str, int]]:
    """The inode and the user's id of each socket that listens on the port; none without /proc."""
    for table in ("tcp", "tcp6"):
        with suppress(OSError):
            for line in (PROC / "net" / table).read_text().splitlines()[1:]:
                fields = line.split()
                local, state, user, inode = fields[1], fields[3], fields[7], fields[9]
                if state == LISTENING and int(local.rpartition(":")[2], 16) == port:
                    yield inode, int(user)


def processes_with(inodes: set[str]) -> set[int]:
    """The processes that have one of these sockets open, among those that we may look into."""
    wanted = {f"socket:[{inode}]" for inode in inodes}
    found = set()
    for folder in PROC.glob("[0-9]*/fd") if wanted else ():
        with suppress(OSError):
            for descriptor in folder.iterdir():
                with suppress(OSError):
                    if str(descriptor.readlink()) in wanted:
                        found.add(int(folder.parent.name))
                        break
    return found


def parent_of(process: int) -> int:
    """The id of a process's parent; 0 where it has ended."""
    with suppress(OSError, ValueError):
        return int((PROC / str(process) / "stat").read_text().rpartition(")")[2].split()[1])
    return 0


def command_of(process: int) -> str:
    """The command line of a process, cut where it is long."""
    with suppress(OSError):
        words = (PROC / str(process) / "cmdline").read_bytes().decode(errors="replace")
        line = " ".join(words.replace("\0", " ").split())
        if line:
            return line if len(line) <= MAX_COMMAND else f"{line[:MAX_COMMAND]}…"
    return "its command line cannot be read"


def user_name(user: int) -> str:
    """The name of a user of this machine, or else the number."""
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


if __name__ == "__main__":
    try:
        check_port(sys.argv[1])
    except PortRefused as refusal:
        sys.exit(str(refusal))
