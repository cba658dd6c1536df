"""Answers of the API for a time of the past: what its readers saw then.

June 2025   1        2         3         4         5         6
trade       v1 ────────────────v2 ───────────────────────────▶
label       China ───┤ PRC ──────────────────────────────────▶
report      current ──────────────────────┤ retracted ───────▶
rise                           v1 ─────────────────┤ retracted
"""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from claims.actions.catalogue import revise_entity
from claims.actions.claims.entry import Tie, file_under, revise
from claims.actions.claims.publication import retract, take_off
from claims.domain.content import Content
from claims.models import Version
from claims.vocabulary import NoticeCode
from sources.actions.sources import revise_source
from sources.actions.standing import set_standing
from sources.vocabulary import Access, Role, Standing
from tests import factories as make

API = "/api/v1/"


def noon(day: int) -> datetime:
    return datetime(2025, 6, day, 12, tzinfo=UTC)


def next_version(of: Version, *, day: int, **fields: Any) -> Version:
    """The next version of a claim, published on a day of June."""
    content = {"subject": "china", "property": "change", "period": "2025-05"}
    waiting = revise(
        claim=of.claim,
        content=Content(**(content | fields)),
        evidence=[Tie(piece.excerpt, piece.stance) for piece in of.evidence.all()],
        by=make.somebody(Role.CONTRIBUTOR),
        at=noon(day),
        seen=of.number,
        submit_it=True,
    )
    return make.approved(waiting, at=noon(day), note="Read.")


@pytest.fixture
def june(db: None) -> SimpleNamespace:
    """The claims, the entity and the source above."""
    editor = make.somebody(Role.EDITOR)
    report = make.source("Trade fell by 9%. Trade fell by 8%.", key="report", title="The report")
    survey = make.source("Trade rose by 3%.", key="survey", title="The survey")
    china = make.entity("china", kind="country", label="China")
    make.number_property("change", time="over")
    about: dict[str, Any] = {"subject": "china", "property": "change", "period": "2025-05"}
    first = make.published(
        statement="Trade fell by 9%.",
        value="-9%",
        evidence=[Tie(make.excerpt("Trade fell by 9%.", of=report))],
        at=noon(1),
        **about,
    )
    revise_entity(entity=china, by=editor, at=noon(2), label="PRC")
    second = next_version(first, day=3, statement="Trade fell by 8%.", value="-8%")
    rise = make.published(
        statement="Trade rose by 3%.",
        value="3%",
        evidence=[Tie(make.excerpt("Trade rose by 3%.", of=survey))],
        at=noon(3),
        **about,
    )
    set_standing(
        source=report,
        standing=Standing.RETRACTED,
        on=date(2025, 6, 4),
        reason="The data were made up.",
        by=editor,
        at=noon(4),
    )
    retract(claim=rise.claim, reason="It was another month.", by=editor, at=noon(5))
    return SimpleNamespace(
        first=first, second=second, rise=rise, report=report, china=china, editor=editor
    )


def get(client: Client, path: str, **asked: Any) -> Any:
    response = client.get(f"{API}{path}", asked)
    assert response.status_code == 200, response.content
    return response.json()


def day(number: int) -> str:
    return f"2025-06-{number:02d}"


def test_a_claim_is_told_in_the_version_that_was_published(
    june: SimpleNamespace, public: Client
) -> None:
    path = f"claims/{june.first.claim.ref}/"

    told = [get(public, path, known_at=day(number)) for number in (1, 2, 3)]

    assert [one["version"][-2:] for one in told] == ["v1", "v1", "v2"]
    assert [one["statement"] for one in told] == [
        "Trade fell by 9%.",
        "Trade fell by 9%.",
        "Trade fell by 8%.",
    ]
    assert [one["subject"]["label"] for one in told] == ["China", "PRC", "PRC"]


def test_a_retraction_is_told_since_it_was_made(june: SimpleNamespace, public: Client) -> None:
    path = f"claims/{june.rise.claim.ref}/"

    told = [get(public, path, known_at=day(number)) for number in (3, 4, 5)]

    assert [one["status"] for one in told] == ["published", "published", "retracted"]


def test_the_standing_of_a_source_is_that_of_the_time(
    june: SimpleNamespace, public: Client
) -> None:
    told = [get(public, "sources/report/", known_at=day(number)) for number in (3, 4)]
    notices = [
        [
            notice["code"]
            for notice in get(public, "claims/", known_at=day(number))["results"][-1]["notices"]
        ]
        for number in (3, 4)
    ]

    assert [one["standing"] is None for one in told] == [True, False]
    assert [NoticeCode.SOURCE_RETRACTED in codes for codes in notices] == [False, True]


def test_a_conflict_is_there_while_it_was(june: SimpleNamespace, public: Client) -> None:
    assert [
        [
            conflict["status"]
            for conflict in get(public, "conflicts/", known_at=day(number))["results"]
        ]
        for number in (2, 3, 4, 5)
    ] == [[], ["open"], ["open"], ["lapsed"]]


def test_before_the_first_record_lists_are_empty(june: SimpleNamespace, public: Client) -> None:
    for path in ("claims", "conflicts", "sources", "entities", "topics", "editions"):
        assert get(public, f"{path}/", known_at="2019")["results"] == []


def test_what_was_taken_off_is_not_shown_in_the_past(june: SimpleNamespace, public: Client) -> None:
    take_off(claim=june.first.claim, reason="Names a person.", by=june.editor, at=noon(6))

    listed = get(public, "claims/", known_at=day(5), status="published,retracted")["results"]
    gone = public.get(f"{API}claims/{june.first.claim.ref}/", {"known_at": day(1)})

    assert [one["ref"] for one in listed] == [june.rise.claim.ref]
    assert gone.status_code == 410


def test_what_became_confidential_is_not_shown_in_the_past(
    june: SimpleNamespace, public: Client
) -> None:
    revise_source(
        source=june.report,
        record=june.report.csl,
        by=june.editor,
        at=noon(6),
        access=Access.STAFF,
        public_descriptor="A report seen by the desk",
    )

    told = public.get(f"{API}claims/{june.first.claim.ref}/", {"known_at": day(1)})

    assert public.get(f"{API}sources/report/", {"known_at": day(1)}).status_code == 404
    assert "The report" not in told.content.decode()


def test_the_desk_is_told_of_the_latest_version_of_the_time(
    june: SimpleNamespace, staff_client: Client
) -> None:
    make.draft(statement="A draft.", at=noon(4), by=june.editor)

    told = [
        [
            (one["version"][-2:], one["status"])
            for one in get(
                staff_client, "claims/", known_at=at, status="published,retracted,draft"
            )["results"]
        ]
        for at in ("2025-06-01T12:00Z", day(3), day(4), day(5))
    ]

    assert told == [
        [("v1", "published")],
        [("v1", "published"), ("v2", "published")],
        [("v1", "draft"), ("v1", "published"), ("v2", "published")],
        [("v1", "draft"), ("v1", "retracted"), ("v2", "published")],
    ]


def test_topics_are_those_of_the_time(june: SimpleNamespace, public: Client) -> None:
    trade = make.topic("Trade")
    file_under(claim=june.first.claim, topics=[trade], by=june.editor, at=noon(4))

    before = public.get(f"{API}claims/", {"topic": "trade", "known_at": day(3)})
    assert before.json()["code"] == "unknown_key"
    assert len(get(public, "claims/", topic="trade", known_at=day(4))["results"]) == 1


def test_an_answer_of_the_past_says_so(june: SimpleNamespace, public: Client) -> None:
    response = public.get(
        f"{API}claims/", {"known_at": "12 June 2025", "limit": "1", "status": "published,retracted"}
    )

    assert response["Memento-Datetime"] == "Thu, 12 Jun 2025 23:59:59 GMT"
    assert (
        response["Link"]
        == '<http://testserver/api/v1/claims/?limit=1&status=published%2Cretracted>; rel="original"'
    )
    assert "known_at=12" in response.json()["next"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2999-01-01", "future"),
        ("2025-06-01T12:00", "no_zone"),
        ("2025-06-01T12:00 02:00", "moment"),
        ("yesterday", "moment"),
        ("2025/..", "moment"),
    ],
)
def test_a_time_that_cannot_be_known_is_refused(
    db: None, public: Client, typed: str, code: str
) -> None:
    response = public.get(f"{API}claims/", {"known_at": typed})

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "known_at"
    assert response.json()["code"] == code


def test_the_present_is_read_again_after_the_past(june: SimpleNamespace, public: Client) -> None:
    path = f"claims/{june.rise.claim.ref}/"

    told = [get(public, path, **asked)["status"] for asked in ({}, {"known_at": day(3)}, {})]

    assert told == ["retracted", "published", "retracted"]


def test_a_version_has_its_whole_content_with_evidence(
    june: SimpleNamespace, public: Client, staff_client: Client
) -> None:
    path = f"claims/{june.first.claim.ref}/versions"
    draft = make.draft(statement="A draft.", at=noon(4), by=june.editor)

    first, second = (get(public, f"{path}/{number}/") for number in (1, 2))
    hidden = f"claims/{draft.claim.ref}/versions/1/"

    assert [one["statement"] for one in (first, second)] == [
        "Trade fell by 9%.",
        "Trade fell by 8%.",
    ]
    assert first["evidence"][0]["quote"] == "Trade fell by 9%."
    assert first["content_hash"] == june.first.content_hash
    assert first["published"]["before"] == "2025-06-03T12:00:00Z"
    assert public.get(f"{API}{path}/3/").status_code == 404
    assert public.get(f"{API}{path}/2/", {"known_at": day(2)}).status_code == 404
    assert public.get(f"{API}{hidden}").status_code == 404
    assert get(staff_client, hidden)["statement"] == "A draft."


def test_a_version_that_was_taken_off_is_gone(june: SimpleNamespace, public: Client) -> None:
    path = f"claims/{june.first.claim.ref}/versions"
    take_off(claim=june.first.claim, reason="Names a person.", by=june.editor, at=noon(6))
    gone = public.get(f"{API}{path}/1/")
    june.second.refresh_from_db()
    next_version(june.second, day=7, statement="Trade fell by 7%.", value="-7%")

    line = get(public, f"{path}/")["results"][-1]

    assert gone.status_code == 410
    assert public.get(f"{API}{path}/1/").status_code == 410
    assert public.get(f"{API}{path}/1/", {"known_at": day(2)}).status_code in (404, 410)
    assert line["status"] == "taken-off"
    assert line["statement"] is None
    assert get(public, f"{path}/3/")["statement"] == "Trade fell by 7%."


def test_an_export_is_of_the_time(june: SimpleNamespace, public: Client) -> None:
    path = f"{API}export/claims.ndjson"

    answers: list[Any] = [
        public.get(path, asked) for asked in ({"known_at": day(1)}, {"known_at": day(3)}, {})
    ]
    sent = [b"".join(answer.streaming_content).decode() for answer in answers]

    assert ["Trade fell by 8%." in one for one in sent] == [False, True, True]
    assert ["Trade rose by 3%." in one for one in sent] == [False, True, False]


def test_a_count_is_of_the_time(june: SimpleNamespace, public: Client) -> None:
    counted = [get(public, "claims/count/", known_at=day(number))["count"] for number in (1, 3, 5)]

    assert counted == [1, 2, 1]
