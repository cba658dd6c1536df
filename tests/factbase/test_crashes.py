"""Captures go on through kills of PostgreSQL, of the worker and of the whole demo; nothing is lost.

The demo of a data folder of its own is killed three times while fifty files are uploaded at its
desk. Each is a new text of a source of the dossier that is quoted, so that each queues a job that
grades quotes, and some a search for an absence.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings

from factbase.accounts.demo_accounts import passwords_file
from factbase.postgres.location import home_of
from factbase.postgres.locks import is_held
from tests.factbase.test_lifeline import is_alive
from tests.kept_server import remove_data

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds processes in /proc"),
]

CAPTURES = 50
# What is killed after so many captures.
KILLS = {8: "postgres", 16: "worker", 24: "demo", 32: "postgres", 40: "worker"}
START_TIMEOUT = 300.0
SETTLE_TIMEOUT = 240.0

RUN = "import django; django.setup(); import json\n"
QUOTED_SOURCES = f"""{RUN}
from sources.models import Source
quoted = Source.objects.filter(excerpts__isnull=False).distinct().order_by("pk")
print(json.dumps([
    [source.pk, list(source.excerpts.values_list("exact", flat=True))] for source in quoted
]))
"""
UNFINISHED = f"""{RUN}
from sources.querysets.jobs import job_rows
print(json.dumps([
    [job.task_name, job.status, job.attempts]
    for job in job_rows().unfinished().filter(queueing_lock__isnull=True)
]))
"""
KEPT = f"""{RUN}
from sources.models import Capture
print(Capture.objects.filter(file_name__startswith="crash-", extractions__isnull=False).count())
"""


def eventually(condition: Callable[[], object], within: float) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.2)
    return False


class Demo:
    """The demo of a data folder, which starts again where it was killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder.parent / "demo.log"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.environment = {
            **os.environ,
            "FACTBASE_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "factbase.settings",
        }

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it serves."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "demo", "--port", str(self.port)],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        assert eventually(self.serves, START_TIMEOUT), self.log.read_text()[-2000:]

    def serves(self) -> bool:
        try:
            return httpx.get(f"{self.address}/topics/", timeout=30).status_code == 200
        except httpx.HTTPError:
            return False

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the demo's environment."""
        return subprocess.run(
            [sys.executable, *words],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def answer(self, script: str) -> Any:
        """The value that a script prints as JSON."""
        done = self.run("-c", script)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def processes(self) -> list[int]:
        """The processes that the demo started, and those that these started."""
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
        found = [self.process.pid]
        for process in found:
            found += [one for one, parent in parents.items() if parent == process]
        return found

    def kill(self, what: str) -> None:
        """Kill one of its processes with signal 9, or its process group; it ends or comes back."""
        if what == "demo":
            started = self.processes()
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            assert eventually(lambda: not any(map(is_alive, started)), 60), started
            self.start()
            return
        os.kill(self.postmaster() if what == "postgres" else self.worker(), signal.SIGKILL)

    def worker(self) -> int:
        """The worker's process; waits while it is being started."""
        found: list[int] = []

        def is_there() -> bool:
            for process in self.processes():
                command = Path(f"/proc/{process}/cmdline")
                if command.exists() and b"manage.py\0worker" in command.read_bytes():
                    found.append(process)
            return bool(found)

        assert eventually(is_there, 90)
        return found[0]

    def postmaster(self) -> int:
        """PostgreSQL's first process."""
        home = home_of(self.folder)
        cluster = home / json.loads((home / "record.json").read_text())["cluster"]
        return int((cluster / "postmaster.pid").read_text().split("\n", 1)[0])

    def stop(self) -> None:
        """Stop it as Ctrl-C does, and PostgreSQL with it."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)
        lock = home_of(self.folder) / "keeper.lock"
        assert eventually(lambda: not lock.exists() or not is_held(lock), 60)


class Desk:
    """A contributor at the desk, who tries again whatever did not work."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.client = httpx.Client(base_url=demo.address, timeout=60, trust_env=False)

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    def sign_in(self) -> None:
        password = json.loads(passwords_file(self.demo.folder).read_text())["contributor"]
        self.client.get("/admin/login/")
        given = {"username": "contributor", "password": password, "next": "/admin/"}
        self.post("/admin/login/", data=given)

    def post(self, path: str, *, data: dict[str, str], **more: Any) -> httpx.Response:
        data = {**data, "csrfmiddlewaretoken": self.client.cookies["csrftoken"]}
        return self.client.post(path, data=data, **more)

    def capture(self, source: int, name: str, text: str) -> None:
        """Upload a file until it is kept."""
        path = f"/admin/sources/source/{source}/capture/"

        def is_kept() -> bool:
            try:
                if "sessionid" not in self.client.cookies:
                    self.sign_in()
                kept = self.post(path, data={}, files={"file": (name, text, "text/plain")})
            except (httpx.HTTPError, KeyError):
                return False
            return kept.status_code == 302 and "/login/" not in kept.headers["location"]

        assert eventually(is_kept, START_TIMEOUT), name


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    demo = Demo(tmp_path / "data")
    demo.start()
    try:
        yield demo
    finally:
        demo.stop()
        remove_data(demo.folder)


def test_no_job_is_lost_by_kills_of_postgresql_worker_and_demo(demo: Demo) -> None:
    sources = demo.answer(QUOTED_SOURCES)
    numbers = count(1)
    done: list[str] = []

    def upload_all() -> None:
        with Desk(demo) as desk:
            while (number := next(numbers)) <= CAPTURES:
                source, quotes = sources[number % len(sources)]
                text = "\n\n".join([f"Printing {number}.", *quotes, "The end."])
                desk.capture(source, f"crash-{number}.txt", text)
                done.append(f"crash-{number}.txt")

    with ThreadPoolExecutor(max_workers=2) as pool:
        uploads = [pool.submit(upload_all) for _ in range(2)]
        for after, what in KILLS.items():
            while len(done) < after and not any(one.done() for one in uploads):
                time.sleep(0.05)
            demo.kill(what)
        for upload in uploads:
            upload.result()
    # The last kill is of everything, while jobs wait and one is being done.
    demo.kill("demo")

    assert len(done) == CAPTURES
    left: list[Any] = []

    def is_settled() -> bool:
        left[:] = demo.answer(UNFINISHED)
        return not left

    assert eventually(is_settled, SETTLE_TIMEOUT), left
    assert demo.answer(KEPT) >= CAPTURES
    verified = demo.run("manage.py", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
