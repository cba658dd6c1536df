"""Runs the demo's web server and worker beside each other, and leaves none behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from threading import Event

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections

WEB = "web server"
WORKER = "worker"
ENDS_WITHIN = 15.0
# A worker ends when it loses the database, and may begin anew; not when it never got that far.
TOO_SOON = 5.0


def serve(port: int, *, say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C, SIGTERM or the end of the terminal; then stop everything.

    A worker that lost the database starts again. Raises CommandError when the web server ends by
    itself, or the worker as soon as it started.
    """
    connections.close_all()
    asked = Event()
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, lambda *_: asked.set())
    running = {name: start(command) for name, command in commands(port).items()}
    began = time.monotonic()
    said = False
    try:
        while not asked.wait(0.1):
            if running[WEB].poll() is not None:
                raise ended(WEB, running[WEB])
            if running[WORKER].poll() is not None:
                if time.monotonic() - began < TOO_SOON:
                    raise ended(WORKER, running[WORKER])
                began = time.monotonic()
                say("The worker lost the database and starts again.")
                running[WORKER] = start(commands(port)[WORKER])
            if not said and answers(port):
                said = True
                say(f"factbase is at http://127.0.0.1:{port}/ — Ctrl-C stops it.")
    finally:
        stop(running)
    say("Stopped.")


def ended(name: str, process: subprocess.Popen[bytes]) -> CommandError:
    """The refusal to go on without one of the two."""
    return CommandError(
        f"The {name} ended by itself (exit code {process.returncode}); its last lines above say "
        "why. Everything was stopped."
    )


def commands(port: int) -> dict[str, list[str]]:
    """The two programs, by the name that a message gives them."""
    gunicorn = f"-m gunicorn factbase.wsgi --bind 127.0.0.1:{port} --workers 2 --threads 4"
    quiet = "--log-level warning --graceful-timeout 5 --no-control-socket"
    worker = "manage.py procrastinate worker --shutdown-graceful-timeout 5"
    return {
        WEB: [sys.executable, *gunicorn.split(), *quiet.split()],
        WORKER: [sys.executable, *worker.split()],
    }


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start one in a group of its own: a Ctrl-C reaches us alone, and we stop it in order."""
    return subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        start_new_session=True,
    )


def answers(port: int) -> bool:
    """Whether something listens on the port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def stop(running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask all to end, and after a while end their whole groups."""
    for process in running.values():
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + ENDS_WITHIN
    for process in running.values():
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
