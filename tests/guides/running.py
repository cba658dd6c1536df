"""Programs of the guides, run against a served demo."""

import json
import os
import subprocess
import sys
from pathlib import Path

# Where the guides' readers have the demo.
PRINTED_ADDRESS = "http://127.0.0.1:8000"
SECONDS = 300

# What a program prints last: how many rows each of its tables has.
ROWS_IN_PYTHON = """
import json
print(json.dumps({name: len(one) for name, one in list(globals().items())
                  if type(one).__name__ == "DataFrame"}))
"""
ROWS_IN_R = """
tables <- Filter(function(name) is.data.frame(get(name)), ls())
rows <- vapply(tables, function(name) nrow(get(name)), integer(1))
cat("\\n{", paste0("\\"", tables, "\\": ", rows, collapse = ", "), "}", sep = "")
"""


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder of its own, without what this process adds to Python's path."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def rows_in_python(code: str, address: str, folder: Path) -> dict[str, int]:
    """Run Python; how many rows each of its tables has in the end."""
    code = (code + ROWS_IN_PYTHON).replace(PRINTED_ADDRESS, address)
    return _rows(run([sys.executable, "-c", code], folder))


def rows_in_r(code: str, address: str, folder: Path) -> dict[str, int]:
    """Run R; how many rows each of its tables has in the end."""
    script = folder / "guide.R"
    script.write_text((code + ROWS_IN_R).replace(PRINTED_ADDRESS, address))
    return _rows(run(["Rscript", str(script)], folder))


def _rows(ended: subprocess.CompletedProcess[str]) -> dict[str, int]:
    assert ended.returncode == 0, ended.stderr
    rows: dict[str, int] = json.loads(ended.stdout.strip().splitlines()[-1])
    return rows
