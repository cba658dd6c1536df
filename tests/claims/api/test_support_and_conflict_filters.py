"""Filters by independent support and by conflicts, at their edges, for the public and the desk.

Claims by name, all but `waiting` and `second` published:

    one, two, three    quotes of so many sources that have nothing to do with each other
    copies             three quotes of two origins: two papers copied one wire
    doubted            three quotes, one of a retracted source
    nine – twenty      exclude each other: a contradiction, open
    nine – bare        put side by side: a tension, confirmed
    five – waiting     exclude each other, but one was never published: only the desk sees that
    twenty – second    put side by side: a tension, irreducible; only the desk sees that
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from claims.actions.conflicts.decisions import decide_conflict, open_editorial
from claims.models import Conflict, Property, Version
from claims.vocabulary import ConflictStatus
from sources.vocabulary import Role, Standing
from tests import factories as make
from tests.claims import worlds as say

CLAIMS = "/api/v1/claims/"
SUPPORTED = {"one", "two", "three", "copies", "doubted"}

Ask = Callable[..., set[str]]


@pytest.fixture(scope="module")
def built(module_transaction: None) -> SimpleNamespace:
    measured, other = make.number_property(), make.number_property()
    subject = make.entity()

    def about(prop: Property, value: str) -> dict[str, Any]:
        return {"subject": subject.key, "property": prop.key, "value": value, "period": "2025"}

    made = {
        **supported(),
        "nine": make.published(**about(measured, "9%")),
        "twenty": make.published(**about(measured, "20%")),
        "bare": make.published(),
        "five": make.published(**about(other, "5%")),
        "waiting": make.submitted(**about(other, "50%")),
        "second": make.submitted(),
    }
    put_side_by_side(made["nine"], made["bare"], ConflictStatus.CONFIRMED)
    put_side_by_side(made["twenty"], made["second"], ConflictStatus.IRREDUCIBLE)
    return SimpleNamespace(names={version.claim.ref: name for name, version in made.items()})


def supported() -> dict[str, Version]:
    """The claims of which the number of independent origins is known."""
    wire = make.source("It fell.", title="The wire")
    doubted = make.source("It fell.", title="The doubted")
    papers = [make.copied(from_=wire, text="It fell.") for _number in range(2)]
    made = {
        "one": quoting(1),
        "two": quoting(2),
        "three": quoting(3),
        "copies": make.published(
            evidence=[
                *(Tie(make.excerpt("It fell", of=paper)) for paper in papers),
                Tie(make.excerpt()),
            ]
        ),
        "doubted": make.published(
            evidence=[
                Tie(make.excerpt("It fell", of=doubted)),
                Tie(make.excerpt()),
                Tie(make.excerpt()),
            ]
        ),
    }
    make.stands(doubted, Standing.RETRACTED)
    return made


def quoting(sources: int) -> Version:
    return make.published(evidence=[Tie(make.excerpt()) for _number in range(sources)])


def put_side_by_side(one: Version, other: Version, status: ConflictStatus) -> None:
    """Open a conflict between two claims, and decide on it."""
    by = make.somebody(Role.EDITOR)
    claims = [one.claim, other.claim]
    conflict: Conflict = open_editorial(
        claims=claims, question="Do both hold?", by=by, at=make.TODAY
    )
    decide_conflict(
        conflict=conflict,
        status=status,
        note="Both were read.",
        by=by,
        at=make.TODAY,
        seen_versions=[pk for member in conflict.members.open() for pk in member.versions],
        seen_decision=say.last_decision(conflict),
    )


@pytest.fixture
def public(built: SimpleNamespace, db: None) -> Client:
    return Client()


@pytest.fixture
def desk(built: SimpleNamespace, db: None) -> Client:
    client = Client()
    client.force_login(make.person(Role.CONTRIBUTOR))
    return client


@pytest.fixture
def ask(built: SimpleNamespace) -> Ask:
    """The names of the claims that a query finds for a reader."""

    def names(client: Client, query: str) -> set[str]:
        response = client.get(f"{CLAIMS}?{query}")
        assert response.status_code == 200, response.content
        return {built.names[row["ref"]] for row in response.json()["results"]}

    return names


def test_a_claim_with_exactly_so_many_independent_origins_is_in_and_one_fewer_is_not(
    ask: Ask, public: Client, desk: Client
) -> None:
    for client in (public, desk):
        found = {least: ask(client, f"support_at_least={least}") for least in range(1, 5)}
        among = {least: names & SUPPORTED for least, names in found.items()}
        assert among == {
            1: SUPPORTED,
            2: {"two", "three", "copies", "doubted"},
            3: {"three"},
            4: set(),
        }
        assert ask(client, "support_at_least=!2") & SUPPORTED == {"one"}


def test_the_filter_counts_support_as_the_claim_says_it(
    built: SimpleNamespace, ask: Ask, public: Client
) -> None:
    for row in public.get(CLAIMS).json()["results"]:
        origins = row["independent_support"]["independent"]
        name = built.names[row["ref"]]
        assert origins >= 1
        assert name in ask(public, f"support_at_least={origins}"), name
        assert name not in ask(public, f"support_at_least={origins + 1}"), name


@pytest.mark.parametrize(
    ("query", "seen", "seen_by_the_desk_alone"),
    [
        ("conflict_kind=value", {"nine", "twenty"}, {"five", "waiting"}),
        ("conflict_kind=editorial", {"nine", "bare"}, {"twenty", "second"}),
        ("conflict_kind=direction", set(), set()),
        ("conflict_kind=value&conflict_kind=editorial", {"nine"}, {"twenty"}),
        ("conflict_strength=contradiction", {"nine", "twenty"}, {"five", "waiting"}),
        ("conflict_strength=tension", {"nine", "bare"}, {"twenty", "second"}),
        ("conflict_status=open", {"nine", "twenty"}, {"five", "waiting"}),
        ("conflict_status=confirmed", {"nine", "bare"}, set()),
        ("conflict_status=irreducible", set(), {"twenty", "second"}),
        ("conflict_status=open,irreducible", {"nine", "twenty"}, {"five", "waiting", "second"}),
        ("disputed=true", {"nine", "twenty", "bare"}, {"five", "waiting", "second"}),
        # of one and the same conflict
        ("conflict_kind=value&conflict_status=confirmed", set(), set()),
        ("conflict_kind=editorial&conflict_status=confirmed", {"nine", "bare"}, set()),
        ("conflict_strength=tension&conflict_status=irreducible", set(), {"twenty", "second"}),
    ],
)
def test_a_conflict_is_found_by_who_may_see_it(
    ask: Ask,
    public: Client,
    desk: Client,
    query: str,
    seen: set[str],
    seen_by_the_desk_alone: set[str],
) -> None:
    assert ask(public, query) == seen
    assert ask(desk, query) == seen | seen_by_the_desk_alone


@pytest.mark.parametrize("name", ["conflict_kind", "conflict_strength", "conflict_status"])
def test_not_is_the_rest_of_what_the_reader_sees(
    ask: Ask, public: Client, desk: Client, name: str
) -> None:
    word = {"conflict_kind": "value", "conflict_strength": "tension", "conflict_status": "open"}
    for client in (public, desk):
        everything = ask(client, "")
        found = ask(client, f"{name}={word[name]}")
        assert found
        assert ask(client, f"{name}=!{word[name]}") == everything - found
