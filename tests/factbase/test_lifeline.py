"""A process that is tied to its parent ends with it, however that ended."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

# A parent that starts a tied child, which itself starts one of its group, and prints both ids.
CHILD = """
import signal, subprocess, sys, time
from factbase.lifeline import end_with_parent
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
end_with_parent()
own = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
try:
    print(own.pid, flush=True)
    time.sleep(60)
finally:
    own.kill()
"""
STUBBORN = """
import signal, time
from factbase import lifeline
lifeline.GRACE = 0.2
signal.signal(signal.SIGTERM, signal.SIG_IGN)
lifeline.end_with_parent()
print("ready", flush=True)
time.sleep(60)
"""
PARENT = """
import subprocess, sys, time
child = subprocess.Popen(
    [sys.executable, "-c", sys.argv[1]],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
)
print(child.pid, child.stdout.readline(), flush=True)
time.sleep(60)
"""


def is_alive(process: int) -> bool:
    """Whether a process runs: not gone, and not a zombie that nobody has reaped."""
    stat = Path(f"/proc/{process}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def eventually(condition: Callable[[], bool], within: float = 20.0) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks processes up in /proc")
@pytest.mark.parametrize("program", [CHILD, STUBBORN])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_with_its_parent(program: str, how: signal.Signals) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, program],
        stdout=subprocess.PIPE,
        text=True,
        cwd=settings.BASE_DIR,
    )
    assert parent.stdout is not None
    started = [int(word) for word in parent.stdout.readline().split() if word.isdigit()]
    assert started
    assert all(map(is_alive, started))

    os.kill(parent.pid, how)
    parent.communicate()

    assert eventually(lambda: not any(map(is_alive, started)))
