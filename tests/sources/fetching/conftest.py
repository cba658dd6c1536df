"""No test of fetching reaches another machine, even where the guard that it tests is wrong."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def connected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, int]]]:
    """Every connection that was tried; one that leaves loopback is refused and fails the test."""
    tried: list[tuple[str, int]] = []
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            tried.append((address[0], address[1]))
            if address[0] not in ("127.0.0.1", "::1"):
                raise ConnectionRefusedError(f"tests stay on this machine, not {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)
    monkeypatch.setattr(socket.socket, "connect_ex", only_here)
    yield tried
    assert [address for address in tried if address[0] not in ("127.0.0.1", "::1")] == []


class Names:
    """A resolver whose answers a test lists, one list for each time that it is asked."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = {name.replace("_", "."): rows for name, rows in answers.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        rows = self.answers.get(host)
        if not rows:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return rows.pop(0) if len(rows) > 1 else rows[0]
