"""Advisory locks: numbers that nothing but these lines tells apart."""

import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def test_every_advisory_lock_has_a_number_of_its_own() -> None:
    named = [
        (path.name, name, int(number))
        for package in ("sources", "claims", "factbase")
        for path in sorted((PROJECT / package).rglob("*.py"))
        for name, number in re.findall(r"^([A-Z_]+) = (7_301_[\d_]+)$", path.read_text(), re.M)
    ]

    assert len(named) >= 4
    assert len({number for _path, _name, number in named}) == len(named), named
