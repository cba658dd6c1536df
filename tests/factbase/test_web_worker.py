"""The web server answers what never reaches Django."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

# None of these requests comes as far as any application.
APPLICATION = """
from django.conf import settings

settings.configure(USE_I18N=False)

def application(environ, start):
    start("204 No Content", [])
    return []
"""


@pytest.fixture
def server() -> Iterator[Path]:
    """The path of a socket on which the web server listens, in a folder with a short name."""
    with TemporaryDirectory() as folder:
        yield from serving(Path(folder))


def serving(folder: Path) -> Iterator[Path]:
    """Serve until the test ends."""
    (folder / "answering.py").write_text(APPLICATION)
    path = folder / "web.sock"
    command = [
        *(sys.executable, "-m", "gunicorn", "answering:application", "--threads", "1"),
        *("--bind", f"unix:{path}", "--worker-class", "factbase.web_worker.WebWorker"),
        *("--pythonpath", str(folder), "--log-level", "critical", "--no-control-socket"),
    ]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        for _ in range(600):
            if path.exists() and answer(path, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"):
                break
            time.sleep(0.05)
        yield path
    finally:
        process.terminate()
        process.wait(20)


def answer(path: Path, request: bytes) -> bytes:
    """All that the server sends before it hangs up; nothing where it does not listen yet."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(20)
        try:
            client.connect(str(path))
            client.sendall(request)
            client.shutdown(socket.SHUT_WR)
            received = b""
            while part := client.recv(65_536):
                received += part
        except (ConnectionError, FileNotFoundError):
            return b""
        return received


def test_what_the_web_server_cannot_read_is_a_problem_with_all_headers(server: Path) -> None:
    for request, status, code in (
        (b"GET /api/v1/claims/?q=" + b"a" * 66_000 + b" HTTP/1.1\r\n\r\n", 414, "uri_too_long"),
        (
            b"GET / HTTP/1.1\r\nHost: a\r\nLong: " + b"a" * 9_000 + b"\r\n\r\n",
            431,
            "headers_too_long",
        ),
        (b"GET / HTTP/1.1\r\nHost: a\r\nNo header\r\n\r\n", 400, "bad_request"),
        (b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", 400, "bad_request"),
    ):
        head, _, body = answer(server, request).partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:])
        problem = json.loads(body)

        assert lines[0].split()[1] == str(status)
        assert (problem["status"], problem["code"]) == (status, code)
        assert problem["detail"].endswith(".")
        assert headers["content-type"] == "application/problem+json"
        assert headers["content-length"] == str(len(body))
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"].startswith("default-src 'none'")


def test_a_quote_of_the_longest_size_is_an_address_that_is_read(server: Path) -> None:
    quote = b"%E4%B8%AD" * 5_000

    got = answer(server, b"GET /?text=" + quote + b" HTTP/1.1\r\nHost: a\r\n\r\n")

    assert got.startswith(b"HTTP/1.1 204")
