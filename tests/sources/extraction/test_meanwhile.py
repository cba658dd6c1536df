"""The server answers while files that take all the time they get are being read."""

import os
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from factbase import serving
from sources.extraction import extract as extracting

ROOT = Path(__file__).parents[3]
# A page that takes minutes to read: the limit on time ends its reader.
BOMB = b"<!doctype html><body>" + b"<p>word " * 300_000
SECONDS, BOMBS = 8, 8
PROCESSES = 2  # of the server
# What anybody may wait: until those that wait for their turn are told that it does not come.
LONGEST = extracting.WAIT_SECONDS + 4
APP = f"""
import os
import sys
sys.path[:0] = [{str(ROOT)!r}]
from sources.extraction.extract import ExtractionLimits, ExtractionRefused, extract

def app(environ, start_response):
    said = str(os.getpid()) if environ["PATH_INFO"] == "/process" else "here"
    if environ["PATH_INFO"] == "/draw":
        data = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        try:
            limits = ExtractionLimits(seconds={SECONDS})
            extract(data, media_type="", file_name="a.html", limits=limits)
        except ExtractionRefused as refused:
            said = refused.code
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [said.encode()]
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server with as many processes and threads as factbase starts, which extracts what it gets.

    All its processes have started, so that nobody waits for that.
    """
    port = _free_port()
    (tmp_path / "answering.py").write_text(APP)
    command = serving.commands(port)[serving.WEB]
    command = ["answering:app" if word == "factbase.wsgi" else word for word in command]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, cwd=tmp_path, env=env, stdin=subprocess.PIPE)
    try:
        until = time.monotonic() + 60
        while not serving.is_listening(port) and time.monotonic() < until:
            time.sleep(0.05)
        started: set[bytes] = set()
        while len(started) < PROCESSES and time.monotonic() < until:
            started.add(_answer(f"http://127.0.0.1:{port}/process"))
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        assert server.stdin is not None
        server.stdin.close()
        server.wait(20)


def test_the_server_answers_meanwhile(address: str) -> None:
    answers: list[bytes] = []

    def upload() -> None:
        answers.append(_answer(f"{address}/draw", BOMB))

    uploads = [threading.Thread(target=upload) for _ in range(BOMBS)]
    for each in uploads:
        each.start()
    waited = []
    while any(each.is_alive() for each in uploads):
        began = time.monotonic()
        assert _answer(f"{address}/") == b"here"
        waited.append(time.monotonic() - began)
        time.sleep(0.1)

    assert max(waited) < LONGEST
    assert answers == [b"too_slow"] * BOMBS


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def _answer(address: str, data: bytes | None = None) -> bytes:
    with urllib.request.urlopen(address, data, timeout=60) as answer:  # noqa: S310 - ours
        said: bytes = answer.read()
    return said
