"""How many claims there are: of a list, by one value (facets), and by two (groups)."""

import csv
import io
from collections import Counter
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions.catalogue import revise_entity
from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract, take_off
from claims.models import Version
from claims.querysets.facets import DIMENSIONS
from claims.readings.counts import NAMES, read_counts
from sources.models import Source
from sources.readings.reader import Reader
from sources.vocabulary import Access, Role, Standing
from tests import factories as make
from tests.claims.api.conftest import API


def told(client: Client, path: str, **asked: str) -> Any:
    response = client.get(f"{API}claims/{path}/", asked)
    assert response.status_code == 200, response.content
    return response.json()


def facet(client: Client, name: str, **asked: str) -> dict[str | None, int]:
    """The numbers of claims by the keys of a facet."""
    (found,) = told(client, "facets", facet=name, **asked)["facets"]
    return {value["key"]: value["count"] for value in found["values"]}


def groups(client: Client, names: str, **asked: str) -> dict[tuple[str | None, ...], int]:
    """The numbers of claims by the keys of their groups."""
    found = told(client, "groups", group_by=names, **asked)["groups"]
    return {tuple(value["key"] for value in one["values"]): one["count"] for one in found}


def test_the_count_is_of_what_the_list_has_for_the_same_reader_and_filters(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    for asked in ({}, {"topic": "trade"}, {"disputed": "false"}, {"status": "submitted"}):
        for client in (public, staff_client):
            listed = client.get(f"{API}claims/", {**asked, "limit": "100"}).json()["results"]
            assert told(client, "count", **asked)["count"] == len(listed), asked
    assert told(public, "count")["count"] == 3
    assert told(staff_client, "count")["count"] == 5


def test_a_facet_counts_claims_by_value_and_those_without_one_apart(
    world: SimpleNamespace, public: Client
) -> None:
    found = told(public, "facets", facet="topic,property,subject,mode")

    assert found["count"] == 3
    assert [one["facet"] for one in found["facets"]] == ["topic", "property", "subject", "mode"]
    topic = found["facets"][0]
    assert topic["values"] == [
        {"key": "trade", "label": "Trade", "count": 2},
        {"key": None, "label": "not known", "count": 1},
    ]
    assert topic["others"] == {"values": 0, "count": 0}
    assert found["facets"][3]["values"] == [
        {"key": "stated", "label": "Stated", "count": 2},
        {"key": "estimated", "label": "Estimated", "count": 1},
    ]


def test_a_claim_with_two_topics_counts_in_both_and_the_answer_says_so(
    world: SimpleNamespace, public: Client
) -> None:
    energy = make.topic("Energy")
    make.published(statement="Of both.", topics=[world.topic, energy])

    topic, mode = told(public, "facets", facet="topic,mode")["facets"]

    assert {one["key"]: one["count"] for one in topic["values"]} == {
        "trade": 3,
        "energy": 1,
        None: 1,
    }
    assert topic["count"] == 4
    assert (topic["overlapping"], mode["overlapping"]) == (True, False)


def test_the_own_filter_of_a_facet_is_left_out_and_the_others_hold(
    world: SimpleNamespace, public: Client
) -> None:
    make.published(statement="Of energy.", topics=[make.topic("Energy")])

    found = told(public, "facets", facet="topic,mode", topic="trade")

    topic, mode = found["facets"]
    assert found["count"] == 2
    assert {one["key"]: one["count"] for one in topic["values"]} == {
        "trade": 2,
        "energy": 1,
        None: 1,
    }
    assert topic["count"] == 4
    assert mode["count"] == 2
    assert facet(public, "topic", property="trade-change") == {"trade": 2}


def test_every_facet_agrees_with_the_groups_of_the_same_name(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    for client in (public, staff_client):
        claims = told(client, "count")["count"]
        for name in NAMES:
            by_facet = facet(client, name)
            by_group = {key: count for (key,), count in groups(client, name).items()}
            assert by_facet == by_group, name
            total = sum(by_facet.values())
            assert total >= claims if DIMENSIONS[name].has_several else total == claims, name


def test_values_are_counted_as_the_claims_say_them(world: SimpleNamespace, public: Client) -> None:
    assert facet(public, "property") == {"trade-change": 2, None: 1}
    assert facet(public, "subject") == {"china": 2, None: 1}
    assert facet(public, "asserter") == {"ministry": 1, None: 2}
    assert facet(public, "language") == {"en": 3}
    assert facet(public, "status") == {"published": 3}
    assert facet(public, "period_year") == {"2025": 2, None: 1}
    assert facet(public, "recorded_year") == {"2025": 3}
    assert facet(public, "published_year") == {"2025": 3}
    assert facet(public, "source") == {"survey": 2, "report": 1}
    assert facet(public, "source_type") == {"report": 3}
    assert facet(public, "standing") == {"current": 3}
    assert facet(public, "grade") == {"exact": 3}
    assert facet(public, "disputed") == {"true": 2, "false": 1}
    assert facet(public, "conflict_kind") == {"direction": 2, None: 1}
    assert facet(public, "conflict_status") == {"open": 2, None: 1}
    assert facet(public, "publisher") == {None: 3}


def test_the_filter_of_a_counted_value_finds_as_many_claims(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    make.published(
        statement="A paper says so.",
        subject="memo",
        topics=[world.topic],
        evidence=[Tie(world.hidden)],
    )
    make.stands(world.survey, Standing.RETRACTED)
    make.stands(world.secret, Standing.CORRECTED)
    by_year = {"period_year", "recorded_year", "published_year"}
    for client in (public, staff_client):
        for name in NAMES:
            if name in by_year:
                continue
            for key, claims in facet(client, name).items():
                if key is not None:
                    counted = told(client, "count", **{name: key})["count"]
                    assert counted == claims, (name, key)
    assert facet(public, "period_year")["2025"] == told(public, "count", period="2025")["count"]


def test_a_cross_table_counts_claims_by_two_values_with_unknown_ones(
    world: SimpleNamespace, public: Client
) -> None:
    found = groups(public, "topic,asserter")

    assert found == {("trade", "ministry"): 1, ("trade", None): 1, (None, None): 1}
    assert groups(public, "asserter,topic") == {(b, a): n for (a, b), n in found.items()}
    assert groups(public, "topic,asserter", disputed="true") == {
        ("trade", "ministry"): 1,
        ("trade", None): 1,
    }


def test_groups_come_as_csv_with_keys_labels_and_an_empty_cell_for_unknown(
    world: SimpleNamespace, public: Client
) -> None:
    response = public.get(f"{API}claims/groups.csv", {"group_by": "topic,asserter"})

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(response.content.decode())))
    assert rows[0] == ["topic", "topic_label", "asserter", "asserter_label", "claims"]
    assert Counter(map(tuple, rows[1:])) == Counter(
        [
            ("trade", "Trade", "ministry", "Ministry", "1"),
            ("trade", "Trade", "", "not known", "1"),
            ("", "not known", "", "not known", "1"),
        ]
    )


def test_the_most_frequent_values_come_first_and_the_rest_as_others(
    world: SimpleNamespace,
) -> None:
    """
    trade  fall, rise, more     aa  more      bb  more, last      none  plain
    """
    rare = [make.topic("aa"), make.topic("bb")]
    make.published(statement="More of it.", topics=[world.topic, *rare])
    make.published(statement="The last.", topics=[rare[1]])
    now = timezone.now()
    versions = Version.objects.visible_to(None, now)

    first, second = (
        read_counts(versions, ["topic"], Reader(None, now), most=most) for most in (2, 1)
    )

    assert [(one.values[0].key, one.claims) for one in first.buckets] == [
        ("trade", 3),
        ("bb", 2),
        (None, 1),
    ]
    assert (first.claims, first.other_buckets, first.other_claims) == (5, 1, 1)
    # The claim that is of both counts once.
    assert (second.other_buckets, second.other_claims) == (2, 2)


def test_an_entity_that_was_merged_counts_as_the_one_that_survives(
    world: SimpleNamespace, public: Client
) -> None:
    old, middle = make.entity("prc"), make.entity("cathay")
    make.published(statement="Of the old name.", subject="prc")
    by = make.somebody(Role.EDITOR)
    china = world.fall.subject
    revise_entity(entity=middle, by=by, at=make.TODAY, merged_into=china)
    revise_entity(entity=old, by=by, at=make.TODAY, merged_into=middle)

    assert facet(public, "subject") == {"china": 3, None: 1}


def test_a_confidential_source_counts_with_what_is_not_known(
    world: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    make.published(
        statement="A paper says so.",
        subject="memo",
        asserted_by=("memo",),
        evidence=[Tie(world.hidden)],
    )

    assert facet(public, "source") == {"survey": 2, "report": 1, None: 1}
    assert facet(public, "subject") == {"china": 2, None: 2}
    assert facet(public, "asserter") == {"ministry": 1, None: 3}
    assert facet(public, "standing") == {"current": 4}  # told of confidential sources too
    assert facet(staff_client, "subject", status="published") == {"china": 2, "memo": 1, None: 1}
    assert facet(staff_client, "source", status="published") == {
        "survey": 2,
        "secret": 2,
        "report": 1,
    }


def test_a_source_for_named_persons_is_not_known_to_others_of_the_desk(
    world: SimpleNamespace, staff_client: Client
) -> None:
    secret = Source.objects.get(key="secret")
    memo = make.entity(
        "note",
        kind="document",
        source=make.source(
            "It is so.", key="named", access=Access.NAMED, public_descriptor="A note"
        ),
    )
    make.published(statement="The note has it.", subject=memo.key)

    assert facet(staff_client, "subject", status="published") == {"china": 2, None: 2}
    assert secret.access == Access.STAFF


def every_answer(client: Client) -> list[bytes]:
    """All counts, facet by facet and crossed with topic and source, byte by byte."""
    cache.clear()
    paths = ["count/", *(f"facets/?facet={name}" for name in NAMES)]
    paths += [f"groups/?group_by={name},topic" for name in NAMES if name != "topic"]
    paths += [f"groups.csv?group_by={name},source" for name in NAMES if name != "source"]
    return [client.get(f"{API}claims/{path}").content for path in paths]


def test_drafts_and_waiting_claims_change_no_public_count(
    world: SimpleNamespace, public: Client
) -> None:
    before = every_answer(public)

    make.submitted(
        statement="Trade was moved by 40%.",
        subject="china",
        property="trade-change",
        value="40%",
        period="2025-01/2025-06",
        evidence=[Tie(make.excerpt("By our count", of=world.survey))],
        topics=[world.topic, make.topic("Unheard of")],
    )
    make.draft(statement="Another.", subject=make.entity("nobody").key, asserted_by=("nobody",))

    assert every_answer(public) == before


def test_what_was_taken_off_counts_no_more(world: SimpleNamespace, public: Client) -> None:
    take_off(claim=world.rise.claim, reason="Wrong.", by=make.somebody(Role.EDITOR), at=make.TODAY)

    assert told(public, "count")["count"] == 2
    assert facet(public, "disputed") == {"false": 2}
    assert facet(public, "conflict_kind") == {None: 2}


def test_a_retracted_claim_has_that_status(world: SimpleNamespace, public: Client) -> None:
    retract(claim=world.plain.claim, reason="Wrong.", by=make.somebody(Role.EDITOR), at=make.TODAY)

    assert facet(public, "status") == {"published": 2, "retracted": 1}
    assert told(public, "count", status="retracted")["count"] == 1


def test_retracted_claims_are_left_out_unless_asked_for_and_their_number_is_told(
    world: SimpleNamespace, public: Client
) -> None:
    by = make.somebody(Role.EDITOR)
    retract(claim=world.rise.claim, reason="Wrong.", by=by, at=make.TODAY)

    assert told(public, "count") == {"count": 2, "retracted_left_out": 1}
    assert told(public, "count", topic="trade") == {"count": 1, "retracted_left_out": 1}
    assert told(public, "count", source="report") == {"count": 1, "retracted_left_out": 0}
    both = told(public, "count", status="published,retracted")
    assert both == {"count": 3, "retracted_left_out": 0}
    assert facet(public, "topic") == {"trade": 1, None: 1}
    assert facet(public, "topic", status="retracted") == {"trade": 1}


def test_a_standing_is_counted_as_it_is_now(world: SimpleNamespace, public: Client) -> None:
    make.stands(world.survey, Standing.RETRACTED)

    assert facet(public, "standing") == {"retracted": 2, "current": 1}


def test_counts_of_the_past_are_of_what_readers_saw_then(
    world: SimpleNamespace, public: Client
) -> None:
    day = timedelta(days=1)
    make.published(statement="Of the day after.", topics=[world.topic], at=make.TODAY + day)
    then = (make.TODAY + day / 2).isoformat()

    assert told(public, "count")["count"] == 4
    assert told(public, "count", known_at=then)["count"] == 3
    assert facet(public, "topic", known_at=then) == {"trade": 2, None: 1}
    assert groups(public, "topic", known_at=then) == {("trade",): 2, (None,): 1}


@pytest.mark.parametrize(
    ("path", "code", "says"),
    [
        ("count/?facet=topic", "unknown_parameter", "facet"),
        ("count/?topik=trade", "unknown_parameter", "“topic”"),
        ("facets/", "wrong_number", "from one to 5"),
        ("facets/?facet=topic,mode,status,grade,source,subject", "wrong_number", "from one to 5"),
        ("facets/?facet=topics", "invalid_choice", "The nearest one is “topic”"),
        ("facets/?facet=topic,topic", "repeated", "“topic” comes twice"),
        ("groups/?group_by=topic,mode,status", "wrong_number", "from one to 2"),
        ("groups/?group_by=assertor", "invalid_choice", "“asserter”"),
        ("groups/?group_by=", "empty_parameter", "empty"),
        ("groups.csv", "wrong_number", "from one to 2"),
    ],
)
def test_what_is_not_understood_is_refused_with_the_nearest_word(
    public: Client, path: str, code: str, says: str
) -> None:
    response = public.get(f"{API}claims/{path}")

    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["code"] == code
    assert says in error["detail"]


def test_counts_of_nothing_are_nothing(public: Client) -> None:
    nothing = {"status": "draft"}
    assert told(public, "count", **nothing) == {"count": 0, "retracted_left_out": 0}
    assert facet(public, "topic", **nothing) == {}
    assert groups(public, "topic,mode", status="draft") == {}


def test_the_number_of_statements_is_that_of_the_facets(
    world: SimpleNamespace, public: Client
) -> None:
    def statements(path: str) -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert public.get(f"{API}claims/{path}").status_code == 200
        return len(queries)

    before = [statements("count/"), statements("facets/?facet=topic,mode,source")]
    for number in range(3):
        make.published(statement=f"Of {number}.", topics=[make.topic(), world.topic])

    assert before == [2, 5]
    assert [statements("count/"), statements("facets/?facet=topic,mode,source")] == before
    assert statements("groups/?group_by=topic,source") == 3
