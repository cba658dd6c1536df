"""Runs the demo's web server and worker side by side, starts again what ended, and stops both."""

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
POLL_INTERVAL = 0.1
# A program that ran for less has failed to start.
MIN_UPTIME = 10.0
# The web server is given up after so many failed starts in a row; the worker never is, since
# readers are served without it.
MAX_FAILED_STARTS = 4
# Seconds before the next start, doubled with each failed one.
FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0

Say = Callable[[str], None]


class Program:
    """One of the programs of the demo: running, or waiting for its next start."""

    def __init__(
        self,
        name: str,
        command: list[str],
        *,
        say: Say,
        max_failed_starts: int | None = None,
        min_uptime: float = MIN_UPTIME,
        first_wait: float = FIRST_WAIT,
    ) -> None:
        self.name = name
        self.command = command
        self.say = say
        self.max_failed_starts = max_failed_starts
        self.min_uptime = min_uptime
        self.first_wait = first_wait
        self.failed_starts = 0
        self.process = start_process(command)
        self.began_at = time.monotonic()
        self.starts_at: float | None = None

    def keep_running(self) -> None:
        """Start the program again where it ended, at once or after a wait.

        Raises CommandError where it failed to start too often in a row.
        """
        if self.starts_at is not None:
            if time.monotonic() >= self.starts_at:
                self.start()
        elif self.process.poll() is not None:
            self.plan_start()

    def plan_start(self) -> None:
        """Say that the program ended and when it starts again."""
        is_failed = time.monotonic() - self.began_at < self.min_uptime
        self.failed_starts = self.failed_starts + 1 if is_failed else 0
        wait = min(self.first_wait * 2 ** (self.failed_starts - 1), LONGEST_WAIT)
        wait = wait if is_failed else 0.0
        ended = f"The {self.name} ended by itself ({ending(self.process.returncode)})"
        if is_failed:
            times = "" if self.failed_starts == 1 else f", {self.failed_starts} times in a row"
            ended = f"{ended} as soon as it had started{times}"
        if self.failed_starts == self.max_failed_starts:
            raise CommandError(f"{ended}; its last lines above say why. Everything was stopped.")
        self.say(f"{ended}. It starts again{f' in {wait:.0f} s' if wait >= 1 else ''}.")
        self.starts_at = time.monotonic() + wait

    def start(self) -> None:
        """Start the program."""
        close_input(self.process)
        self.process = start_process(self.command)
        self.began_at = time.monotonic()
        self.starts_at = None


def serve(port: int, *, say: Say, parent: int | None = None) -> None:
    """Serve until Ctrl-C, SIGTERM, the end of the terminal or of `parent`; then stop everything.

    What ends by itself starts again. Raises CommandError when the web server does not start.
    `parent` is the id of the process that started this one, where it is to be served for as long
    as that runs.
    """
    connections.close_all()
    asked = Event()
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, lambda *_: asked.set())
    running = programs(port, say=say)
    is_announced = False
    try:
        while not asked.wait(POLL_INTERVAL) and parent in (None, os.getppid()):
            for program in running:
                program.keep_running()
            if not is_announced and is_listening(port):
                is_announced = True
                say(f"factbase is at http://127.0.0.1:{port}/ — Ctrl-C stops it.")
    finally:
        stop_all([program.process for program in running])
    say("Stopped.")


def programs(port: int, *, say: Say) -> list[Program]:
    """Start the web server and the worker."""
    started = []
    limits = {WEB: MAX_FAILED_STARTS, WORKER: None}
    for name, command in commands(port).items():
        started.append(Program(name, command, say=say, max_failed_starts=limits[name]))
    return started


def commands(port: int) -> dict[str, list[str]]:
    """Return the command lines of web server and worker, by name."""
    gunicorn = f"-m gunicorn factbase.wsgi --bind 127.0.0.1:{port} --workers 2 --threads 4"
    quiet = "--log-level warning --graceful-timeout 5 --no-control-socket"
    hooks = "--config python:factbase.web_server"
    worker = "manage.py worker --end-with-parent"
    return {
        WEB: [sys.executable, *gunicorn.split(), *quiet.split(), *hooks.split()],
        WORKER: [sys.executable, *worker.split()],
    }


def start_process(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches only this process.

    Its input is a pipe that ends with this process (`factbase.lifeline`).
    """
    return subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        start_new_session=True,
    )


def ending(code: int) -> str:
    """How a process ended: by a signal, or with an exit code."""
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"


def is_listening(port: int) -> bool:
    """Whether something listens on the port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def stop_all(running: list[subprocess.Popen[bytes]]) -> None:
    """Ask all to end, and kill the process groups of those that do not in time."""
    for process in running:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + SHUTDOWN_TIMEOUT
    for process in running:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        close_input(process)


def close_input(process: subprocess.Popen[bytes]) -> None:
    """Close our end of the pipe that is the input of a process."""
    if process.stdin is not None:
        process.stdin.close()
