"""Ends a process with the one that started it, whatever ended that: kill -9 included.

The standard input of the process is a pipe of which its parent alone has the other end, and writes
nothing into. The kernel closes that end with the parent, and the process reads that its input ends.
"""

import os
import signal
import sys
import threading
import time

# Seconds between asking for the end and the kill of the process group.
GRACE = 10.0


def end_with_parent() -> None:
    """Watch the standard input, and end this process and its group when it ends.

    Call it in a process that leads its own group, as `factbase.serving` starts them.
    """
    watch = threading.Thread(target=end_after_input, args=(sys.stdin.fileno(),), daemon=True)
    watch.start()


def end_after_input(pipe: int) -> None:
    """Wait for the end of a pipe, then ask this process to end, and kill its group after GRACE."""
    while os.read(pipe, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
