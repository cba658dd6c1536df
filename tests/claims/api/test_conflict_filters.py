"""Each filter of conflicts and of editions at its edges, on one world of claims.

Conflicts by their parties, all opened on 1 June 2025 but for the last:

    nine – twenty      exclude each other: a contradiction, open
    nine – bare        put side by side: a tension, confirmed
    early – late       exclude each other, both quoted from one source
    left – gone        excluded each other till gone was retracted: lapsed
    five – waiting     exclude each other, but one was never published: the desk's
    twenty – second    put side by side: irreducible, the desk's
    bare – twenty      put side by side a day later: confirmed

Editions: trade/1 of sole, trade/2 two days later of its next version and of bare, debts/1 of
twenty; notes is a fact sheet without an edition.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import retract
from claims.actions.conflicts.decisions import decide_conflict, open_editorial
from claims.domain.content import Content
from claims.models import Conflict, FactSheet, Property, Version
from claims.readings.list_filters import CONFLICT_FILTERS, EDITION_FILTERS
from claims.vocabulary import ConflictStatus
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say
from tests.claims.issued import issue
from tests.filter_edges import API, Edges, FilteredList, check_laws

NEXT_DAY = make.TODAY + timedelta(days=1)

OPEN = {"nine-twenty", "early-late"}
CONFIRMED = {"bare-nine", "bare-twenty"}
PUBLIC = {*OPEN, *CONFIRMED, "gone-left"}
DESK = {*PUBLIC, "five-waiting", "second-twenty"}

CONFLICTS: Edges = {
    "": (PUBLIC, DESK),
    "kind=value": ({*OPEN, "gone-left"}, {*OPEN, "gone-left", "five-waiting"}),
    "kind=editorial": (CONFIRMED, {*CONFIRMED, "second-twenty"}),
    "kind=direction": set(),
    "kind=valu": "invalid_choice",
    "kind=none": "none",
    "kind=value&status=open": (OPEN, {*OPEN, "five-waiting"}),
    "strength=contradiction": ({*OPEN, "gone-left"}, {*OPEN, "gone-left", "five-waiting"}),
    "strength=tension": (CONFIRMED, {*CONFIRMED, "second-twenty"}),
    "strength=hard": "invalid_choice",
    "status=open": (OPEN, {*OPEN, "five-waiting"}),
    "status=confirmed": CONFIRMED,
    "status=irreducible": (set(), {"second-twenty"}),
    "status=lapsed": {"gone-left"},
    "status=closed": "invalid_choice",
    "same_source=true": {"early-late"},
    "same_source=false": (PUBLIC - {"early-late"}, DESK - {"early-late"}),
    "same_source=no": "invalid",
    "opened_since=2025-06-01T12:00:00Z": (PUBLIC, DESK),
    "opened_since=2025-06-01T12:00:00.000001Z": {"bare-twenty"},
    "opened_since=June 2, 2025": {"bare-twenty"},
    "opened_since=2025-06-02T12:00:00Z": {"bare-twenty"},
    "opened_since=2025-06-03": set(),
    "opened_since=yesterday": "relative",
    # a party that left as it, or another one, was retracted is found too
    "claim={nine}": {"nine-twenty", "bare-nine"},
    "claim={gone}": {"gone-left"},
    "claim={left}": {"gone-left"},
    "claim={five}": (set(), {"five-waiting"}),
    "claim={waiting}": (set(), {"five-waiting"}),
    "claim={second}": (set(), {"second-twenty"}),
    "claim=C999999999": set(),
    "claim={nine}/v1": "invalid",
    "claim=nine": "invalid",
    "claim=none": "none",
}

EDITIONS: Edges = {
    "": {"trade/1", "trade/2", "debts/1"},
    "fact_sheet=trade": {"trade/1", "trade/2"},
    "fact_sheet=trade,debts": {"trade/1", "trade/2", "debts/1"},
    "fact_sheet=debts": {"debts/1"},
    "fact_sheet=notes": "unknown_key",
    "fact_sheet=none": "none",
    "number=1": {"trade/1", "debts/1"},
    "number=2": {"trade/2"},
    "number=3": set(),
    "number=0": set(),
    "number=-1": "invalid",
    "number=1&fact_sheet=trade": {"trade/1"},
    "claim={sole}": {"trade/1", "trade/2"},
    "claim={sole}/v1": {"trade/1"},
    "claim={sole}/v2": {"trade/2"},
    "claim={bare}": {"trade/2"},
    "claim={twenty}": {"debts/1"},
    "claim={waiting}": set(),
    "claim=trade": "invalid",
    "issued_since=2025-06-03T12:00:00Z": {"trade/2"},
    "issued_since=2025-06-03T12:00:00.000001Z": set(),
    "issued_since=2025-06-01T13:00:00Z": {"trade/1", "trade/2", "debts/1"},
    "issued_since=2025-06-01T13:00:00.000001Z": {"trade/2"},
    "issued_since=June 3, 2025": {"trade/2"},
    "issued_since=soon": "unreadable",
}


def parties(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The names of the parties to a conflict; the number is another one at the desk."""
    claims = {member["claim"] for member in [*row["members"], *row["former"]]}
    return "-".join(sorted(names[claim] for claim in claims))


LISTS = {
    "conflicts": (FilteredList("conflicts", CONFLICTS, parties), CONFLICT_FILTERS),
    "editions": (
        FilteredList(
            "editions", EDITIONS, lambda row, _names: f"{row['fact_sheet']}/{row['number']}"
        ),
        EDITION_FILTERS,
    ),
}


@pytest.fixture(scope="module")
def built(module_transaction: None) -> SimpleNamespace:
    subject = make.entity()
    shares = [make.number_property() for _number in range(4)]

    def about(prop: Property, value: str) -> dict[str, Any]:
        return {"subject": subject.key, "property": prop.key, "value": value, "period": "2025"}

    one = make.source("It was 1%. It was 2%.")
    made = {
        "nine": make.published(**about(shares[0], "9%")),
        "twenty": make.published(**about(shares[0], "20%")),
        "bare": make.published(),
        "early": make.published(
            evidence=[Tie(make.excerpt("It was 1%", of=one))], **about(shares[1], "1%")
        ),
        "late": make.published(
            evidence=[Tie(make.excerpt("It was 2%", of=one))], **about(shares[1], "2%")
        ),
        "left": make.published(**about(shares[2], "3%")),
        "gone": make.published(**about(shares[2], "4%")),
        "five": make.published(**about(shares[3], "5%")),
        "waiting": make.submitted(**about(shares[3], "50%")),
        "second": make.submitted(),
    }
    editor = make.somebody(Role.EDITOR)
    retract(claim=made["gone"].claim, reason="Wrong.", by=editor, at=NEXT_DAY)
    decided = ConflictStatus.CONFIRMED
    put_side_by_side(made["nine"], made["bare"], decided)
    put_side_by_side(made["twenty"], made["second"], ConflictStatus.IRREDUCIBLE)
    put_side_by_side(made["bare"], made["twenty"], decided, days=1)
    made["sole"] = make.published()
    issue(made["sole"], key="trade")
    issue(made["twenty"], key="debts")
    issue(revised(made["sole"]), made["bare"], key="trade", at=say.later(2))
    FactSheet.objects.create(
        key="notes", title="Notes", style="apa", created_at=make.TODAY, created_by=editor
    )
    return SimpleNamespace(refs={name: version.claim.ref for name, version in made.items()})


def put_side_by_side(one: Version, other: Version, status: ConflictStatus, days: int = 0) -> None:
    """Open a conflict between two claims, and decide on it."""
    by, at = make.somebody(Role.EDITOR), say.later(days)
    conflict: Conflict = open_editorial(
        claims=[one.claim, other.claim], question="Do both hold?", by=by, at=at
    )
    decide_conflict(
        conflict=conflict,
        status=status,
        note="Both were read.",
        by=by,
        at=at,
        seen_versions=[pk for member in conflict.members.open() for pk in member.versions],
        seen_decision=say.last_decision(conflict),
    )


def revised(version: Version) -> Version:
    """The next version of a claim, published a day later."""
    following = revise(
        claim=version.claim,
        content=Content(statement="It is put better."),
        evidence=[Tie(piece.excerpt) for piece in version.evidence.select_related("excerpt")],
        by=make.somebody(Role.CONTRIBUTOR),
        at=NEXT_DAY,
        seen=version.number,
        submit_it=True,
    )
    return make.approved(following, at=NEXT_DAY)


@pytest.fixture
def public(built: SimpleNamespace, db: None) -> Client:
    return Client()


@pytest.fixture
def desk(built: SimpleNamespace, db: None) -> Client:
    client = Client()
    client.force_login(make.person(Role.CONTRIBUTOR))
    return client


@pytest.mark.parametrize("name", LISTS)
def test_each_filter_finds_what_is_written_here(
    name: str, built: SimpleNamespace, public: Client, desk: Client
) -> None:
    listed = LISTS[name][0].filled(built.refs)

    assert listed.found_by_each(public) == listed.expected(desk=False)
    assert listed.found_by_each(desk) == listed.expected(desk=True)


@pytest.mark.parametrize("name", LISTS)
def test_not_is_the_rest_a_comma_is_either_and_again_is_and(
    name: str, built: SimpleNamespace, public: Client, desk: Client
) -> None:
    listed, filters = LISTS[name]
    for client in (public, desk):
        check_laws(listed.filled(built.refs), filters, client)


def test_the_nearest_fact_sheet_is_one_with_an_edition(public: Client, desk: Client) -> None:
    for client in (public, desk):
        refused = client.get(f"{API}editions/?fact_sheet=note").json()["detail"]
        assert "The nearest one is “trade”." in refused
