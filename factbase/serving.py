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

ENDS_WITHIN = 15.0


def serve(port: int, *, say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C, SIGTERM or the end of the terminal; then stop everything.

    Raises CommandError when one of the two ends by itself.
    """
    connections.close_all()
    asked = Event()
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, lambda *_: asked.set())
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands(port).items():
            running[name] = start(command)
        said = False
        while not asked.wait(0.1):
            for name, process in running.items():
                if process.poll() is not None:
                    raise CommandError(
                        f"The {name} ended by itself (exit code {process.returncode}); its last "
                        "lines above say why. Everything was stopped."
                    )
            if not said and answers(port):
                said = True
                say(f"factbase is at http://127.0.0.1:{port}/ — Ctrl-C stops it.")
    finally:
        stop(running)
    say("Stopped.")


def commands(port: int) -> dict[str, list[str]]:
    """The two programs, by the name that a message gives them."""
    gunicorn = f"-m gunicorn factbase.wsgi --bind 127.0.0.1:{port} --workers 2 --threads 4"
    quiet = "--log-level warning --graceful-timeout 5 --no-control-socket"
    worker = "manage.py procrastinate worker --shutdown-graceful-timeout 5"
    return {
        "web server": [sys.executable, *gunicorn.split(), *quiet.split()],
        "worker": [sys.executable, *worker.split()],
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
