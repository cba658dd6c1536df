"""The application as the web server loads it."""

import subprocess
import sys

ANSWERING = """
import gc
import factbase.wsgi

collections = []
gc.callbacks.append(lambda phase, _told: collections.append(phase))
answer = [[] for _ in range(5_000)]
print(len(collections), gc.get_freeze_count() > 100_000)
"""


def test_no_answer_of_some_thousand_objects_waits_for_a_collection() -> None:
    told = subprocess.run(
        [sys.executable, "-c", ANSWERING], capture_output=True, text=True, check=True
    )

    assert told.stdout.split() == ["0", "True"]
