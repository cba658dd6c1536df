"""Value and period as understood, shown in the form of a claim before anything is saved."""

from typing import Any

import pytest
from django.test import Client

from claims.models import Claim, Version
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.admin.entry.test_pages import ADD, staff_client, typed

pytestmark = pytest.mark.django_db

UNDERSTOOD = "/admin/claims/claim/understood/"


def asked(**fields: str) -> Any:
    answer = staff_client(make.person()).post(UNDERSTOOD, fields)
    assert answer.status_code == 200
    return answer.json()


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        (
            {"value": "nearly 9%", "basis": "year-on-year", "period": "January–June 2025"},
            "[8, 10) percent (8 to under 10 percent), year-on-year, 1 January 2025 to 30 June 2025",
        ),
        ({"value": "9%", "approximate": "on"}, "[8, 10) percent (8 to under 10 percent)"),
        ({"value": "1.234,5", "decimal_mark": "comma"}, "[1234.45, 1234.55) percent"),
        ({"value": "up to 20"}, "(−∞, 20] percent (at most 20 percent)"),
        ({"value": "9,1"}, "[9.05, 9.15) percent (9.05 to under 9.15 percent)"),
        ({"value": "5.3 ± 0.2"}, "[5.1, 5.5] percent (5.1 to 5.5 percent)"),
        (
            {"value": "120%"},
            "[119.5, 120.5) percent (119.5 to under 120.5 percent) – Is it more than 100 percent?",
        ),
        ({"value": "a third"}, "[32.5, 33.5) percent (32.5 to under 33.5 percent)"),
        ({"value": "at least one"}, "[1, ∞) percent (at least 1 percent)"),
        ({"period": "until March 2025"}, "until 31 March 2025"),
        ({"period": "since 2013"}, "from 1 January 2013 on"),
        ({"period": "2025-05-07"}, "7 May 2025"),
        ({"period": "mid-2025"}, "1 May 2025 to 31 August 2025"),
        ({"period": "12 months to March 2025"}, "1 April 2024 to 31 March 2025"),
        ({"asserted_on": "7. Mai 2025"}, "said 7 May 2025"),
        ({}, ""),
    ],
)
def test_a_line_says_what_is_understood(fields: dict[str, str], line: str) -> None:
    prop = make.number_property()

    said = asked(property=prop.key, **fields)

    assert said["line"].startswith(line)
    assert bool(said["line"]) is bool(line)
    assert said["refused"] == []


def test_what_is_refused_is_said_beside_what_is_understood() -> None:
    prop = make.number_property()

    said = asked(property=prop.key, value="9,123%", period="2025")

    assert said["line"] == "1 January 2025 to 31 December 2025"
    assert "can be read as 9123 and as 9.123" in said["refused"][0]
    assert "or say how numbers are written" in said["refused"][0]


def test_a_date_with_two_readings_is_refused_with_both() -> None:
    said = asked(period="05/07/2025", asserted_on="last week")

    assert "Write `2025-07-05` or `2025-05-07`" in said["refused"][0]
    assert "depends on the day on which it is read" in said["refused"][1]


@pytest.mark.parametrize(
    "fields",
    [{"property": "nothing", "value": "9%"}, {"value": "9%"}, {"value": "x" * 100_000}],
)
def test_without_a_property_a_value_is_not_judged(fields: dict[str, str]) -> None:
    assert asked(**fields) == {"line": "", "refused": [], "needs": []}


def test_an_unknown_way_of_writing_numbers_is_refused() -> None:
    said = asked(property=make.number_property().key, value="9", decimal_mark="semicolon")

    assert "is no decimal mark" in said["refused"][0]


def test_it_is_for_those_who_enter_claims_alone() -> None:
    assert Client().post(UNDERSTOOD, {}).status_code == 302


def test_checking_says_it_without_a_script_and_keeps_nothing() -> None:
    subject, prop = make.entity(), make.number_property()
    fields = {"subject": subject.key, "property": prop.key, "value": "nearly 9%"}

    page = staff_client(make.person()).post(ADD, typed(**fields, period="H1 2025", check="1"))

    assert "[8, 10) percent (8 to under 10 percent), 1 January 2025 to 30 June 2025" in (
        page.content.decode()
    )
    assert not Claim.objects.exists()


def test_how_a_number_is_written_is_kept_with_the_version_and_shown_again() -> None:
    subject, prop = make.entity(), make.number_property()
    fields = {"subject": subject.key, "property": prop.key, "value": "1,234"}
    author = make.person(Role.CONTRIBUTOR)

    refused = staff_client(author).post(ADD, typed(**fields, draft="1"))
    staff_client(author).post(ADD, typed(**fields, decimal_mark="point", draft="1"))

    assert "or say how numbers are written" in str(refused.context["form"].errors["value"])
    version = Version.objects.get()
    assert (version.value, version.decimal_mark) == ("1,234", "point")
    assert str(version.amount.lower) == "1233.5"
    page = staff_client(author).get(f"/admin/claims/claim/{version.claim_id}/revise/")
    assert '<option value="point" selected>' in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "fields", "needs"),
    [
        (
            "quantity",
            {"unit": "bcm", "time": "over"},
            [
                "a number in bcm: 9.1 bcm,",
                "Read and converted besides: litre, cubic metre, trillion cubic metres",
                "say of which one the value is",
            ],
        ),
        ("quantity", {"unit": "USD"}, ["a number in USD", "Say in the period when it held"]),
        ("date", {}, ["7 May 2025, May 2025, 7–10 May 2025", "It needs no period"]),
        ("presence", {}, ["present or absent", "It needs no period"]),
        ("entity", {"bases": ["de jure", "de facto"]}, ["by key or name", "", "de jure, de facto"]),
    ],
)
def test_a_property_says_what_its_claims_need(
    kind: str, fields: dict[str, Any], needs: list[str]
) -> None:
    prop = make.value_property(kind, label="Flow", **fields)

    said = asked(property="FLOW")["needs"]

    assert len(said) == len(needs)
    assert all(part in sentence for part, sentence in zip(needs, said, strict=True))
    assert f"“{prop.label}”" in said[0]


def test_an_entity_is_understood_by_any_of_its_names_and_by_who_may_know_it() -> None:
    prop = make.value_property("entity", "capital")
    make.entity("warsaw", label="Warsaw", aliases=["Warszawa"])
    hidden = make.source(key="memo", access="named", public_descriptor="an official")
    make.entity("document", kind="document", label="Notes of a talk", source=hidden)

    assert asked(property=prop.key, value="WARSZAWA")["line"] == "Warsaw"
    for name in ("Notes of a talk", "document"):
        said = asked(property=prop.key, value=name)
        assert (said["line"], said["needs"] == []) == ("", False)
        assert "There is no entity" in said["refused"][0]


@pytest.mark.parametrize(
    ("kind", "value", "truth"), [("truth", "Yes", True), ("presence", "Present", True)]
)
def test_words_for_yes_and_no_are_read_as_people_write_them(
    kind: str, value: str, truth: bool
) -> None:
    prop, subject = make.value_property(kind), make.entity()
    fields = {"subject": subject.key, "property": prop.key, "value": value}

    staff_client(make.person()).post(ADD, typed(**fields, draft="1"))

    assert Version.objects.get().truth is truth


@pytest.mark.parametrize(
    ("kind", "value", "is_warned"),
    [("quantity", "9%", True), ("date", "7 May 2025", False), ("presence", "present", False)],
)
def test_a_missing_period_is_warned_of_where_the_property_has_a_time(
    kind: str, value: str, is_warned: bool
) -> None:
    prop = make.value_property(kind, unit="percent" if kind == "quantity" else "")
    fields = {"subject": make.entity().key, "property": prop.key, "value": value}

    page = staff_client(make.person()).post(ADD, typed(**fields, draft="1"), follow=True)

    assert ("No period is given" in page.content.decode()) is is_warned
