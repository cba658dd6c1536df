"""Runs the demo's web server and worker side by side, and stops both."""

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
SHUTDOWN_TIMEOUT = 15.0
# A worker that loses the database ends, and is started again; one that ends sooner is an error.
MIN_WORKER_UPTIME = 5.0


def serve(port: int, *, say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C, SIGTERM or the end of the terminal; then stop everything.

    A worker that lost the database starts again. Raises CommandError when the web server ends by
    itself, or the worker as soon as it started.
    """
    connections.close_all()
    asked = Event()
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, lambda *_: asked.set())
    running = {name: start_process(command) for name, command in commands(port).items()}
    began = time.monotonic()
    is_announced = False
    try:
        while not asked.wait(0.1):
            if running[WEB].poll() is not None:
                raise ended_error(WEB, running[WEB])
            if running[WORKER].poll() is not None:
                if time.monotonic() - began < MIN_WORKER_UPTIME:
                    raise ended_error(WORKER, running[WORKER])
                began = time.monotonic()
                say("The worker lost the database and starts again.")
                running[WORKER] = start_process(commands(port)[WORKER])
            if not is_announced and is_listening(port):
                is_announced = True
                say(f"factbase is at http://127.0.0.1:{port}/ — Ctrl-C stops it.")
    finally:
        stop_all(running)
    say("Stopped.")


def ended_error(name: str, process: subprocess.Popen[bytes]) -> CommandError:
    """The error for a web server or worker that ended by itself."""
    return CommandError(
        f"The {name} ended by itself (exit code {process.returncode}); its last lines above say "
        "why. Everything was stopped."
    )


def commands(port: int) -> dict[str, list[str]]:
    """Return the command lines of web server and worker, by name."""
    gunicorn = f"-m gunicorn factbase.wsgi --bind 127.0.0.1:{port} --workers 2 --threads 4"
    quiet = "--log-level warning --graceful-timeout 5 --no-control-socket"
    worker = "manage.py procrastinate worker --shutdown-graceful-timeout 5"
    return {
        WEB: [sys.executable, *gunicorn.split(), *quiet.split()],
        WORKER: [sys.executable, *worker.split()],
    }


def start_process(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches only this process."""
    return subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        start_new_session=True,
    )


def is_listening(port: int) -> bool:
    """Whether something listens on the port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def stop_all(running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask all to end, and kill the process groups of those that do not in time."""
    for process in running.values():
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + SHUTDOWN_TIMEOUT
    for process in running.values():
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
