"""A port that cannot be had is refused with what to do."""

import os
import socket
import sys
from pathlib import Path

import pytest

from factbase.ports import PortRefused, check_port


def test_a_free_port_is_taken() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    assert check_port(str(port)) == port


def test_a_busy_port_is_refused() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(PortRefused, match=f"Port {port} .* choose another one"):
            check_port(str(port))


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="holders are looked up in /proc")
def test_who_holds_a_port_is_named_with_how_to_stop_it() -> None:
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))  # noqa: S104 - listens for a moment
        taken.listen()

        with pytest.raises(PortRefused) as refused:
            check_port(str(taken.getsockname()[1]))

    told = str(refused.value)
    assert f"The process {os.getpid()} holds it: {Path(sys.orig_argv[0]).name}" in told.replace(
        f"{Path(sys.orig_argv[0]).parent}/", ""
    )
    assert f"(kill {os.getpid()})" in told
    assert "choose another one, as in: make demo PORT=8001." in told


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "8000a", "８０００", "8 000"])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(PortRefused, match="a number from 1 to 65535"):
        check_port(text)
