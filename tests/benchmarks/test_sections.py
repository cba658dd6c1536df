"""Every section of `make bench` runs to its end."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import SECTIONS

BASE = Path(__file__).parents[2]


@pytest.mark.long
@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_measures_something(section: str) -> None:
    without = {name: value for name, value in os.environ.items() if "FACTBASE" not in name}
    command = [sys.executable, "-m", "tests.benchmarks", "--short", section]

    ended = subprocess.run(command, cwd=BASE, env=without, capture_output=True, text=True)

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.count("×") >= 4
