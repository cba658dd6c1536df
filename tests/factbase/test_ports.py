"""A port that cannot be had is refused with what to do."""

import socket

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


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "8000a", "８０００", "8 000"])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(PortRefused, match="a number from 1 to 65535"):
        check_port(text)
