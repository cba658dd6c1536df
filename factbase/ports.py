"""Check of the demo's port. Standard library only: it runs before anything is installed."""

import socket
import sys


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
                "Stop what uses it, or choose another one, as in: make demo PORT=8001."
            ) from error
    return int(text)


if __name__ == "__main__":
    try:
        check_port(sys.argv[1])
    except PortRefused as refusal:
        sys.exit(str(refusal))
