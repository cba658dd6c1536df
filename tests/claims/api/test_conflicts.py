"""Conflicts in the API, for staff and for the public."""

from datetime import timedelta
from types import SimpleNamespace

from django.test import Client
from django.utils import timezone

from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import follow_publications, retract, take_off
from claims.domain.content import Content
from claims.models import Conflict, PublicConflict
from sources.vocabulary import Role
from tests import factories as make

CONFLICTS = "/api/v1/conflicts/"


FOUND = {
    "": 1,
    "kind=direction": 1,
    "kind=presence": 0,
    "status=open": 1,
    "status=resolved": 0,
    "strength=tension": 1,
    "strength=contradiction": 0,
    "claim={rise}": 1,
    "claim={plain}": 0,
}


def test_every_filter_lists_what_it_asks_for(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    refs = {name: getattr(world, name).claim.ref for name in ("rise", "plain")}

    for client in (public, staff_client):
        found = {
            asked: len(client.get(f"{CONFLICTS}?{asked.format(**refs)}").json()["results"])
            for asked in FOUND
        }
        assert found == FOUND


def test_each_side_says_who_says_it_and_what(world: SimpleNamespace, public: Client) -> None:
    conflict = public.get(CONFLICTS).json()["results"][0]

    sides = {
        member["claim"]: (position["asserter"], position["mode"], position["value"]["typed"])
        for member in conflict["members"]
        for position in member["versions"]
    }
    assert sides == {
        world.fall.claim.ref: ("Ministry", "estimated", "-9%"),
        world.rise.claim.ref: ("", "stated", "3%"),
    }


def test_the_conflicts_of_a_claim_are_those_on_the_claim(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    ref = world.fall.claim.ref

    for client in (public, staff_client):
        claim = client.get(f"/api/v1/claims/{ref}/").json()
        listed = client.get(f"/api/v1/claims/{ref}/conflicts/").json()["results"]
        assert [one["ref"] for one in claim["conflicts"]] == [one["ref"] for one in listed]
        assert claim["disputed"] is True
        assert client.get(claim["conflicts"][0]["url"]).json() == listed[0]


def test_a_side_that_waits_is_a_member_for_the_desk_only(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    waiting = make.submitted(
        subject="china",
        property="trade-change",
        value="20%",
        period="2025-01/2025-06",
        evidence=[Tie(world.kazan)],
    )
    members = {
        client: [one["claim"] for one in client.get(CONFLICTS).json()["results"][0]["members"]]
        for client in (public, staff_client)
    }

    assert waiting.claim.ref not in members[public]
    assert waiting.claim.ref in members[staff_client]


def test_a_conflict_that_only_the_desk_knows_is_not_found(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    for value in ("1%", "7%"):
        make.submitted(
            subject="ministry",
            property="trade-change",
            value=value,
            period="2025",
            evidence=[Tie(world.kazan)],
        )
    ref = Conflict.objects.latest("pk").ref

    assert staff_client.get(f"{CONFLICTS}{ref}/").status_code == 200
    assert public.get(f"{CONFLICTS}{ref}/").status_code == 404


def test_a_side_that_was_taken_off_is_no_member(world: SimpleNamespace, public: Client) -> None:
    by = make.somebody(Role.EDITOR)
    take_off(claim=world.rise.claim, reason="A slip.", by=by, at=timezone.now())

    (conflict,) = public.get(CONFLICTS).json()["results"]

    assert [member["claim"] for member in conflict["members"]] == []
    gone = {"claim": world.rise.claim.ref, "is_retracted": False, "is_taken_off": True}
    assert {**gone, "versions": []} in conflict["former"]
    assert world.rise.statement not in str(conflict)
    assert public.get(f"/api/v1/claims/{world.fall.claim.ref}/").json()["disputed"] is False


def test_a_side_whose_time_has_ended_leaves_no_dispute_before_the_background_follows(
    world: SimpleNamespace, public: Client
) -> None:
    replaced = revise(
        claim=world.rise.claim,
        content=Content("No number was given."),
        evidence=[Tie(world.kazan)],
        by=make.somebody(Role.CONTRIBUTOR),
        at=make.TODAY,
        seen=1,
        submit_it=True,
    )
    make.approved(replaced, publish_at=make.TODAY + timedelta(hours=1))
    claim = f"/api/v1/claims/{world.fall.claim.ref}/"

    told = public.get(claim).json()

    assert PublicConflict.objects.get().status == "open"
    assert (told["disputed"], told["conflicts"]) == (False, [])
    for path in (CONFLICTS, f"{claim}conflicts/", "/api/v1/claims/?disputed=true"):
        assert public.get(path).json()["results"] == [], path
    assert public.get(f"{CONFLICTS}{PublicConflict.objects.get().ref}/").status_code == 404

    follow_publications(at=timezone.now())

    assert [one["status"] for one in public.get(CONFLICTS).json()["results"]] == ["lapsed"]


def test_readers_of_each_claim_find_the_conflict_that_a_retraction_ended(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    by = make.somebody(Role.EDITOR)
    retract(claim=world.rise.claim, reason="A slip.", by=by, at=timezone.now())

    for client in (public, staff_client):
        for version in (world.fall, world.rise):
            ref = version.claim.ref
            for path in (f"claims/{ref}/conflicts/", f"conflicts/?claim={ref}"):
                (ended,) = client.get(f"/api/v1/{path}").json()["results"]
                assert ended["status"] == "lapsed"
                assert {one["claim"] for one in ended["former"]} == {
                    world.fall.claim.ref,
                    world.rise.claim.ref,
                }


def test_the_conflicts_of_a_claim_that_was_taken_off_are_gone_with_it(
    world: SimpleNamespace, public: Client
) -> None:
    by = make.somebody(Role.EDITOR)
    take_off(claim=world.rise.claim, reason="A slip.", by=by, at=timezone.now())
    taken, other = world.rise.claim.ref, world.fall.claim.ref

    assert public.get(f"/api/v1/claims/{taken}/conflicts/").status_code == 410
    assert public.get(f"/api/v1/conflicts/?claim={taken}").json()["results"] == []
    (ended,) = public.get(f"/api/v1/claims/{other}/conflicts/").json()["results"]
    assert [one["versions"] for one in ended["former"] if one["claim"] == taken] == [[]]
