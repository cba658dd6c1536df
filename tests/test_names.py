"""Names say one thing each, in words that somebody new to the project would search for."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

BASE = Path(__file__).parents[1]
# The folders that each rule holds for.
WITHOUT_WHAT = ("claims", "factbase", "sources", "tests")
WITH_DISTINCT_NAMES = ("claims", "factbase", "sources")
WITHOUT_PRIVATE_WORDS = ("claims", "factbase", "sources")

# Public names that several modules of one app have, each with the reason.
SHARED_NAMES: dict[str, dict[str, str]] = {
    "claims": {
        "Command": "Django finds a command by this name.",
    },
    "factbase": {
        "Command": "Django finds a command by this name.",
    },
    "sources": {
        "Command": "Django finds a command by this name.",
    },
}

# Words of a private dialect, as parts of identifiers, with the standard term.
PRIVATE_WORDS = {
    "foresee": "preview",
    "foreseen": "preview",
    "foresight": "preview",
    "foretell": "preview",
    "foretold": "preview",
    "likened": "similar",
    "surroundings": "context",
    "suspects": "candidates",
    "contested": "compared",
    "restate": "update",
    "patience": "timeout",
    "covering": "redaction",
    "emptying": "clear",
}
# Whole names of limits and locks that do not say what they limit.
PRIVATE_NAMES = {"MANY", "FEW", "MOST", "EVERYTHING", "PATIENCE"}
PRIVATE_PHRASES = {"once_for_all": "a lock named for what it guards"}


@cache
def trees(folder: str) -> tuple[tuple[str, ast.Module], ...]:
    """Path and syntax tree of every module below a folder, without migrations."""
    return tuple(
        (str(path.relative_to(BASE)), ast.parse(path.read_text()))
        for path in sorted((BASE / folder).rglob("*.py"))
        if "migrations" not in path.parts
    )


def public_definitions(tree: ast.Module) -> Iterator[str]:
    """The public classes and functions of a module; of an overloaded function the one with code."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            is_overload = any(
                isinstance(each, ast.Name) and each.id == "overload" for each in node.decorator_list
            )
            if not node.name.startswith("_") and not is_overload:
                yield node.name


def identifiers(tree: ast.Module) -> Iterator[str]:
    """Every identifier that a module defines or uses."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
                | ast.alias(name=name)
            ):
                yield name
            case ast.keyword(arg=str(name)):
                yield name


def words_in(name: str) -> list[str]:
    """The words of an identifier, in lower case: snake_case, CamelCase and dotted."""
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).replace(".", "_").lower().split("_")


@pytest.mark.parametrize("folder", WITHOUT_WHAT)
def test_no_docstring_begins_with_what(folder: str) -> None:
    found = [
        f"{path}: {text.splitlines()[0]}"
        for path, tree in trees(folder)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and (text := ast.get_docstring(node))
        and text.startswith("What")
    ]

    assert found == []


@pytest.mark.parametrize("app", WITH_DISTINCT_NAMES)
def test_no_two_public_definitions_of_an_app_share_a_name(app: str) -> None:
    modules = defaultdict(list)
    for path, tree in trees(app):
        for name in public_definitions(tree):
            modules[name].append(path)

    found = {name: paths for name, paths in modules.items() if len(paths) > 1}

    assert {name: paths for name, paths in found.items() if name not in SHARED_NAMES[app]} == {}
    assert SHARED_NAMES[app].keys() <= found.keys(), "an exception that nothing needs"


@pytest.mark.parametrize("app", WITHOUT_PRIVATE_WORDS)
def test_no_identifier_has_a_private_word(app: str) -> None:
    found = sorted(
        {
            f"{path}: {name}"
            for path, tree in trees(app)
            for name in identifiers(tree)
            if name in PRIVATE_NAMES
            or PRIVATE_WORDS.keys() & set(words_in(name))
            or any(phrase in name.lower() for phrase in PRIVATE_PHRASES)
        }
    )

    assert found == []
