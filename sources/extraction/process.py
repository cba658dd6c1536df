"""Run the worker: a process of its own, without secrets, that ends when its time is up.

The reasons are in docs/decisions/0009-text-in-a-process-of-its-own.md.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from sources.extraction.extracted import ExtractionLimits

WORKER = Path(__file__).with_name("worker.py")
PROJECT = Path(__file__).parents[2]
# All that the worker sees of ours: no address of a database, no key, no proxy.
ENVIRONMENT = {"HOME": "/nonexistent", "LANG": "C.UTF-8"}
_PIECE = 1 << 20
_HAS_ENDED = os.WEXITED | os.WNOHANG | os.WNOWAIT


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of the worker: what it wrote, its exit code (negative: the signal that ended it).

    `peak` is the most memory that it held, in bytes.
    """

    written: bytes = b""
    code: int = 0
    peak: int = 0
    is_late: bool = False
    is_too_long: bool = False


def run(asked: dict[str, Any], data: bytes, limits: ExtractionLimits) -> Ended:
    """Let the worker extract a text from bytes, within limits. Raises OSError where none starts."""
    asked = asked | {
        "path": [str(PROJECT), *(path for path in sys.path if path)],
        "cpu_seconds": limits.cpu_seconds,
        "memory": limits.memory,
        "output": limits.output,
        "characters": limits.characters,
    }
    deadline = time.monotonic() + limits.seconds
    with TemporaryDirectory(prefix="factbase-text-") as folder, TemporaryFile() as file:
        file.write(json.dumps(asked).encode() + b"\n")
        file.write(data)
        file.seek(0)
        worker = subprocess.Popen(
            [sys.executable, "-I", str(WORKER)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=ENVIRONMENT,
            start_new_session=True,
        )
        try:
            ended = _followed(worker, deadline, limits.output)
        finally:
            code, peak = _end(worker)
        return replace(ended, code=code, peak=peak)


def _followed(worker: subprocess.Popen[bytes], deadline: float, output: int) -> Ended:
    """Read from the worker until it ends, or has written or taken too much."""
    assert worker.stdout is not None  # noqa: S101 it was asked for above
    written = bytearray()
    for piece in _pieces(worker.stdout, deadline):
        if piece is None:
            return Ended(is_late=True)
        written += piece
        if len(written) > output:
            return Ended(is_too_long=True)
    while os.waitid(os.P_PID, worker.pid, _HAS_ENDED) is None:
        if time.monotonic() > deadline:
            return Ended(is_late=True)
        time.sleep(0.001)
    return Ended(bytes(written))


def _pieces(stream: IO[bytes], deadline: float) -> Iterator[bytes | None]:
    """Read piece by piece until the end; yield None where the time is up before."""
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0, deadline - time.monotonic())):
                yield None
                return
            piece = os.read(stream.fileno(), _PIECE)
            if not piece:
                return
            yield piece


def _end(worker: subprocess.Popen[bytes]) -> tuple[int, int]:
    """End the worker and every program that it started, which are one group; its code and peak.

    The worker is waited for only then, so that its number cannot be another's in between.
    """
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(worker.pid, signal.SIGKILL)
    _, status, usage = os.wait4(worker.pid, 0)
    worker.returncode = os.waitstatus_to_exitcode(status)
    if worker.stdout is not None:
        worker.stdout.close()
    return worker.returncode, usage.ru_maxrss * 1024
