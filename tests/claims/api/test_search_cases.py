"""Searches of researchers in several languages, and the claims that each must find.

`searches.json` has the claims and the searches; what a search may find besides is named there.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.test import Client

from claims.models import Version
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.api.conftest import API

CASES = json.loads(Path(__file__).with_name("searches.json").read_text(encoding="utf-8"))
SEARCHES = CASES["searches"]


def enter(*, are_published: bool) -> Mapping[str, str]:
    """The claims of the cases: their names by reference."""
    write = make.published if are_published else make.draft
    versions: dict[str, Version] = {
        name: write(statement=statement, language=language)
        for name, (language, statement) in CASES["claims"].items()
    }
    return {version.claim.ref: name for name, version in versions.items()}


@pytest.mark.parametrize("are_published", [True, False])
def test_each_search_finds_its_claims_and_no_other(public: Client, are_published: bool) -> None:
    names = enter(are_published=are_published)
    reader = public
    if not are_published:
        reader = Client()
        reader.force_login(make.person(Role.EDITOR))
    wrong = {}
    for case in SEARCHES:
        response = reader.get(f"{API}claims/", {"q": case["q"]})
        found = {names[row["ref"]] for row in response.json()["results"]}
        if not set(case["finds"]) <= found <= {*case["finds"], *case.get("also", [])}:
            wrong[case["q"]] = found
    assert wrong == {}
