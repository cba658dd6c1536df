"""Run pandoc while somebody waits: in its sandbox, in turn, and within bounds.

It gets a bound on time, memory and output, and no shell, environment or home. What reads anybody's
files runs it in the worker instead, whose limits hold for it too (`sources.extraction.pandoc`).
"""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile

import pypandoc

# By the clock. A thousand citations in a style that tells names apart take half of it.
SECONDS = 90
MAX_OUTPUT = 64 * 1024 * 1024
# The heap that pandoc may take; a fact sheet of a thousand claims needs half of it.
HEAP = "512M"
# Pandoc takes a whole processor: so many a process runs at once, others wait this long.
PROCESS_SLOTS = threading.BoundedSemaphore(2)
WAIT_SECONDS = 10
# Nothing that pandoc does here needs the network. Should a style make it ask all the same, the
# request ends at once at a closed port of this machine.
ENVIRONMENT = {
    "HOME": "/nonexistent",
    "LANG": "C.UTF-8",
    "http_proxy": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
}

_PIECE = 1 << 16
_MAX_ERROR_OUTPUT = 2_000  # bytes


class PandocFailed(Exception):
    """Pandoc made nothing. `message` is the error it printed, on one line; often empty.

    `code`: missing (it is not installed), busy (too many others wait), too_much (time, memory or
    output), refused (it could not).
    """

    def __init__(self, code: str, message: str = "") -> None:
        self.code = code
        self.message = message
        super().__init__(f"{code}: {message}")


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn, for one run or several. Raises PandocFailed where too many others wait."""
    if not PROCESS_SLOTS.acquire(timeout=WAIT_SECONDS):
        raise PandocFailed("busy")
    try:
        yield
    finally:
        PROCESS_SLOTS.release()


def run_pandoc(data: bytes, *options: str) -> str:
    """Convert data with pandoc into text; call it within a turn. Raises PandocFailed."""
    return run_pandoc_for_bytes(data, *options).decode("utf-8")


def run_pandoc_for_bytes(data: bytes, *options: str, made_at: datetime | None = None) -> bytes:
    """Convert data with pandoc; call it within a turn. Raises PandocFailed.

    `made_at` is the time that the file says it was made at, in place of now.
    """
    try:
        program = Path(pypandoc.get_pandoc_path()).resolve()
    except OSError as error:
        raise PandocFailed("missing") from error
    command = [str(program), "+RTS", f"-M{HEAP}", "-RTS", "--sandbox", *options]
    environment = ENVIRONMENT
    if made_at is not None:
        environment = {**ENVIRONMENT, "SOURCE_DATE_EPOCH": str(int(made_at.timestamp()))}
    with TemporaryFile() as given, TemporaryFile() as errors:
        given.write(data)
        given.seek(0)
        with subprocess.Popen(
            command, stdin=given, stdout=subprocess.PIPE, stderr=errors, env=environment
        ) as child:
            written, is_whole = _read(child)
        errors.seek(0)
        error_output = errors.read(_MAX_ERROR_OUTPUT).decode("utf-8", "replace")
    if is_whole and child.returncode == 0:
        return written
    if is_whole and child.returncode > 0 and "heap" not in error_output.lower():
        lines = [line.strip() for line in error_output.splitlines() if line.strip()]
        raise PandocFailed("refused", " ".join(lines[:4])[:200] or "nothing")
    raise PandocFailed("too_much")


def _read(child: subprocess.Popen[bytes]) -> tuple[bytes, bool]:
    """Output of the child, and whether it is complete: a child that takes too much is ended."""
    assert child.stdout is not None  # noqa: S101 - it was asked for
    is_over = threading.Event()

    def end() -> None:
        is_over.set()
        child.kill()

    timer = threading.Timer(SECONDS, end)
    timer.start()
    written = bytearray()
    try:
        while piece := child.stdout.read(_PIECE):
            written += piece
            if len(written) > MAX_OUTPUT:
                end()
                break
        child.wait()
    finally:
        timer.cancel()
    return bytes(written), not is_over.is_set()
