"""docs/map.md and the tree agree: every path in the map exists, and every package is on it."""

import re
from pathlib import Path

import pytest

BASE = Path(__file__).parents[1]
MAP = (BASE / "docs" / "map.md").read_text()
PATHS = sorted(set(re.findall(r"`((?:factbase|claims|sources|tests|fixtures|docs)/[\w./]*)`", MAP)))
# Packages that Django names, and the layers that the first table describes for both apps.
NOT_ON_THE_MAP = {"commands", "migrations"}
LAYERS = {"actions", "domain"}


@pytest.mark.parametrize("path", PATHS)
def test_every_path_of_the_map_exists(path: str) -> None:
    assert (BASE / path).exists()


def packages() -> list[str]:
    """Every package below the three apps, as a path that ends in a slash."""
    folders = sorted(
        file.parent.relative_to(BASE)
        for app in ("factbase", "claims", "sources")
        for file in (BASE / app).rglob("__init__.py")
    )
    return [
        f"{folder}/"
        for folder in folders
        if len(folder.parts) > 1
        and folder.name not in NOT_ON_THE_MAP
        and not (len(folder.parts) == 2 and folder.name in LAYERS)
    ]


@pytest.mark.parametrize("package", packages())
def test_every_package_is_on_the_map(package: str) -> None:
    assert f"`{package}`" in MAP


def test_every_decision_has_a_number_of_its_own_and_says_it() -> None:
    records = sorted((BASE / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [int(record.name[:4]) for record in records]

    assert len(set(numbers)) == len(numbers)
    for record, number in zip(records, numbers, strict=True):
        assert record.read_text(encoding="utf-8").startswith(f"# {number}. "), record.name
