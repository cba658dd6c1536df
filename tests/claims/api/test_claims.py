"""Claims in the API, and the filters of their list."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import retract, take_off
from claims.domain.content import Content
from claims.models import Version
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say

CLAIMS = "/api/v1/claims/"
Refs = Callable[..., list[str]]


def ref(version: Version) -> str:
    return str(version.claim.ref)


def next_version(of: Version, **fields: Any) -> Version:
    """The next version of a claim with other content, submitted."""
    evidence = [Tie(piece.excerpt, piece.stance) for piece in of.evidence.all()]
    return revise(
        claim=of.claim,
        content=Content(**({"statement": of.statement} | fields)),
        evidence=evidence,
        by=make.somebody(Role.CONTRIBUTOR),
        at=make.TODAY,
        seen=of.number,
        submit_it=True,
    )


EVERYTHING = {"plain", "rise", "fall"}
FOUND = {
    "": EVERYTHING,
    "status=published": EVERYTHING,
    "status=approved": EVERYTHING,
    "status=retracted": set(),
    "status=submitted": set(),
    "topic=trade": {"rise", "fall"},
    "entity=china": {"rise", "fall"},
    "entity=ministry": {"fall"},
    "property=trade-change": {"rise", "fall"},
    "source=report": {"fall"},
    "source=survey": {"rise", "plain"},
    "period=2025-06": {"rise", "fall"},
    "period=2025-07/..": set(),
    "period=../2025-01": {"rise", "fall"},
    "period=H1 2025": {"rise", "fall"},
    "period=May 7–10, 2025": {"rise", "fall"},
    "period=after June 2025": set(),
    "period=2025年6月": {"rise", "fall"},
    "disputed=true": {"rise", "fall"},
    "disputed=false": {"plain"},
    "q=SUMMIT+kazan": {"plain"},
    'q="held+in"': {"plain"},
    "q=trade+-survey": {"fall"},
    "topic=trade&source=survey": {"rise"},
}


def test_every_filter_lists_what_it_asks_for(world: SimpleNamespace, public: Client) -> None:
    names = {ref(getattr(world, name)): name for name in ("fall", "rise", "plain")}

    found = {
        asked: {names[row["ref"]] for row in public.get(f"{CLAIMS}?{asked}").json()["results"]}
        for asked in FOUND
    }

    assert found == FOUND


def test_the_desk_finds_what_waits_for_review(
    world: SimpleNamespace, staff_client: Client, refs: Refs
) -> None:
    assert refs("claims/", by=staff_client, status="submitted") == [ref(world.waiting)]
    assert refs("claims/", by=staff_client, status="draft") == [ref(world.draft)]


def test_claims_come_with_the_highest_reference_first(world: SimpleNamespace, refs: Refs) -> None:
    assert refs("claims/") == [ref(world.plain), ref(world.rise), ref(world.fall)]
    assert refs("claims/", q="trade") == [ref(world.rise), ref(world.fall)]


def test_a_value_comes_as_written_as_range_and_as_point(
    world: SimpleNamespace, public: Client
) -> None:
    value = public.get(f"{CLAIMS}{ref(world.fall)}/").json()["value"]

    assert value["typed"] == "-9%"
    assert value["as_written"] == "about 9%"
    assert value["range"] == {
        "lower": "-10",
        "upper": "-8",
        "lower_closed": True,
        "upper_closed": False,
    }
    assert value["value_point"] == "-9"
    assert value["approximate"] is True


def test_a_bound_has_an_open_end_and_no_point(world: SimpleNamespace, public: Client) -> None:
    bound = make.published(subject="china", property="trade-change", value=">20")

    value = public.get(f"{CLAIMS}{ref(bound)}/").json()["value"]

    assert value["range"]["lower"] == "20"
    assert value["range"]["lower_closed"] is False
    assert value["range"]["upper"] is None
    assert value["value_point"] is None


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        ("truth", "true", {"truth": True, "range": None}),
        ("text", "in force", {"text": "in force"}),
        ("entity", "ministry", {"truth": None}),
        (
            "date",
            "2025-05",
            {
                "range": {
                    "lower": "2025-05-01",
                    "upper": "2025-06-01",
                    "lower_closed": True,
                    "upper_closed": False,
                }
            },
        ),
    ],
)
def test_every_kind_of_value_has_its_place(
    world: SimpleNamespace, public: Client, kind: str, typed: str, expected: dict[str, Any]
) -> None:
    said = make.value_property(kind)
    claim = make.published(subject="china", property=said.key, value=typed)

    value = public.get(f"{CLAIMS}{ref(claim)}/").json()["value"]

    assert {name: value[name] for name in expected} == expected
    assert value["typed"] == typed
    assert (value["entity"] or {}).get("key") == ("ministry" if kind == "entity" else None)


def test_a_retracted_claim_stays_readable_with_the_reason(
    world: SimpleNamespace, public: Client, refs: Refs
) -> None:
    by = make.somebody(Role.EDITOR)
    retract(claim=world.plain.claim, reason="The summit was moved.", by=by, at=timezone.now())

    body = public.get(f"{CLAIMS}{ref(world.plain)}/").json()

    assert body["status"] == "retracted"
    assert body["retracted"]["reason"] == "The summit was moved."
    assert refs("claims/", status="retracted") == [ref(world.plain)]


def test_of_a_claim_taken_off_every_address_says_so_and_no_more(
    world: SimpleNamespace, public: Client, refs: Refs
) -> None:
    by = make.somebody(Role.EDITOR)
    take_off(claim=world.plain.claim, reason="A court order.", by=by, at=timezone.now())

    response = public.get(f"{CLAIMS}{ref(world.plain)}/")
    versions = public.get(f"{CLAIMS}{ref(world.plain)}/versions/")

    assert ref(world.plain) not in refs("claims/")
    for answer in (response, versions):
        assert answer.status_code == 410
        assert answer.json()["detail"] == f"{ref(world.plain)} was taken off the public pages."
        assert "Kazan" not in answer.content.decode()
        assert "court" not in answer.content.decode()


def test_what_was_never_public_is_not_found(world: SimpleNamespace, public: Client) -> None:
    for hidden in (world.draft, world.waiting):
        for what in ("", "versions/", "conflicts/"):
            assert public.get(f"{CLAIMS}{ref(hidden)}/{what}").status_code == 404


@pytest.mark.parametrize("address", ["", "versions/", "conflicts/"])
def test_while_a_claim_is_taken_off_its_earlier_versions_are_not_told_either(
    world: SimpleNamespace, public: Client, staff_client: Client, address: str
) -> None:
    tomorrow = make.TODAY + timedelta(days=1)
    make.approved(next_version(world.plain, statement="It was slander."), at=tomorrow)
    by = make.person(Role.EDITOR)
    take_off(claim=world.plain.claim, reason="A court order.", by=by, at=timezone.now())
    path = f"{CLAIMS}{ref(world.plain)}/{address}"

    assert public.get(path).status_code == 410
    assert "summit" not in public.get(path).content.decode()
    assert staff_client.get(path).status_code == 200


def test_when_it_comes_back_what_was_taken_off_is_a_line_each(
    world: SimpleNamespace, public: Client
) -> None:
    by, now = make.person(Role.EDITOR), timezone.now()
    second = next_version(world.plain, statement="It was slander.")
    make.approved(second, at=make.TODAY + timedelta(days=1))
    take_off(claim=world.plain.claim, reason="A court order.", by=by, at=now)
    make.approved(next_version(second, statement="It was moved."), at=now)

    lines = public.get(f"{CLAIMS}{ref(world.plain)}/versions/").json()["results"]

    assert [line["status"] for line in lines] == ["published", "taken-off", "taken-off"]
    assert [line["statement"] is None for line in lines] == [False, True, True]


def test_taking_off_what_was_to_come_tells_the_public_nothing(
    world: SimpleNamespace, public: Client
) -> None:
    later = timezone.now() + timedelta(days=3)
    make.approved(world.waiting, at=timezone.now(), publish_at=later)
    by = make.somebody(Role.EDITOR)
    take_off(claim=world.waiting.claim, reason="Not yet.", by=by, at=timezone.now())

    assert public.get(f"{CLAIMS}{ref(world.waiting)}/").status_code == 404


def test_versions_are_listed_for_whom_they_are(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    tomorrow = make.TODAY + timedelta(days=1)
    second = make.approved(
        next_version(world.plain, statement="The summit was held in May."), at=tomorrow
    )
    third = next_version(second, statement="The summit was held in June.")
    path = f"{CLAIMS}{ref(world.plain)}/versions/"

    seen = {
        name: [(row["number"], row["status"], row["author"]) for row in rows]
        for name, client in (("public", public), ("desk", staff_client))
        for rows in [client.get(path).json()["results"]]
    }

    author = str(third.author)
    assert seen["public"] == [(2, "published", None), (1, "approved", None)]
    assert seen["desk"] == [
        (3, "submitted", author),
        (2, "published", author),
        (1, "approved", author),
    ]


def test_reviews_are_for_the_desk(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    path = f"{CLAIMS}{ref(world.fall)}/reviews/"

    refused, shown = public.get(path), staff_client.get(path)

    assert refused.status_code == 403
    assert refused.content == public.get(f"{CLAIMS}C999999/reviews/").content
    assert shown.json()["results"][0]["decision"] == "approve"
    assert [one["quote"] for one in shown.json()["results"][0]["judgements"]] == [
        "trade fell by about 9%",
        "it fell by nine percent",
    ]
    assert staff_client.get(f"{CLAIMS}C999999/reviews/").status_code == 404


def test_sources_of_one_origin_count_once(public: Client, staff_client: Client) -> None:
    address = f"{CLAIMS}{ref(make.on_two_copies())}/"

    told = [client.get(address).json()["independent_support"] for client in (public, staff_client)]

    numbers = {"independent": 2, "documents": 3, "publishers": 2, "authors": 0}
    assert told == [numbers, {**numbers, "publishers": 3}]
    assert told[0] == public.get(CLAIMS).json()["results"][0]["independent_support"]


def test_a_claim_alone_tells_of_values_on_another_basis(public: Client) -> None:
    say.world()
    gross, net = say.publishes("100", basis="gross"), say.publishes("75", basis="net")
    say.says("50", basis="net")

    told = public.get(f"{CLAIMS}{ref(gross)}/").json()

    (other,) = told["on_another_basis"]
    assert (other["claim"], other["basis"], other["value"]["typed"]) == (ref(net), "net", "75")
    assert not told["disputed"]
    assert {row["on_another_basis"] for row in public.get(CLAIMS).json()["results"]} == {None}


def test_a_claim_alone_tells_of_values_that_either_without_a_period_keeps_apart(
    public: Client,
) -> None:
    say.world()
    never, dated = say.publishes("100"), say.publishes("75", period="2024")
    say.says("50", period="2024")

    for one, other in ((never, dated), (dated, never)):
        told = public.get(f"{CLAIMS}{ref(one)}/").json()
        assert [row["claim"] for row in told["without_a_period"]] == [ref(other)]
        assert told["on_another_basis"] == []
        assert not told["disputed"]
    assert {row["without_a_period"] for row in public.get(CLAIMS).json()["results"]} == {None}
