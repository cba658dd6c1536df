"""Claims that are computed from others, and what becomes of them when these change."""

from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.premises import PremiseRefused
from claims.actions.claims.publication import retract, take_off
from claims.actions.claims.review import ReviewRefused
from claims.domain.content import Content, PremiseGiven
from claims.domain.values.formulas import FormulaRefused
from claims.models import Conflict, Flag, Version
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Version, Version]:
    """Trade in two years, as published."""
    make.entity("trade")
    make.number_property("volume", unit="USD")
    make.number_property("change")
    before, now = (
        make.published(
            statement=f"Trade was {value} in {year}.",
            subject="trade",
            property="volume",
            value=value,
            period=year,
        )
        for year, value in (("2024", "240..245"), ("2025", "216..220"))
    )
    return before, now


def computed(two: tuple[Version, Version], **fields: Any) -> Version:
    before, now = two
    fields.setdefault("formula", f"change({now.claim.ref}, {before.claim.ref})")
    formula = fields.pop("formula")
    premises = (
        PremiseGiven(before.ref, before.content_hash),
        PremiseGiven(now.ref, now.content_hash, formula),
    )
    content = Content(
        **{
            "statement": "Trade fell in 2025.",
            "subject": "trade",
            "property": "change",
            "period": "2025",
            "premises": premises,
            **fields,
        }
    )
    return make.submitted(content, evidence=[])


def test_the_value_is_computed_where_none_is_typed(two: tuple[Version, Version]) -> None:
    version = computed(two)

    assert version.value == "-11.8367346939..-8.33333333333"
    assert version.amount.lower < -10 < version.amount.upper


def test_a_typed_value_must_fit_what_is_computed(two: tuple[Version, Version]) -> None:
    assert computed(two, value="-10%").value == "-10%"
    with pytest.raises(FormulaRefused, match="not what the formula gives"):
        computed(two, value="-20%")


def test_a_value_beside_a_formula_is_read_as_it_is_written(two: tuple[Version, Version]) -> None:
    assert computed(two, value="-10,5%", decimal_mark="comma").decimal_mark == "comma"
    assert computed(two, decimal_mark="comma").decimal_mark == ""


def test_a_formula_of_other_units_is_refused(two: tuple[Version, Version]) -> None:
    before, now = two

    with pytest.raises(FormulaRefused, match="gives USD"):
        computed(two, formula=f"{now.ref} - {before.ref}")


def test_a_computed_figure_disagrees_with_a_quoted_one(two: tuple[Version, Version]) -> None:
    version = computed(two)
    quoted = make.submitted(
        statement="Trade grew.", subject="trade", property="change", value="3%", period="2025"
    )
    make.submitted(
        statement="Trade fell.", subject="trade", property="change", value="~-9%", period="2025"
    )

    conflict = Conflict.objects.get()

    assert conflict.kind == "direction"
    assert {version.claim_id, quoted.claim_id} <= say.parties(conflict)


def test_a_claim_does_not_rest_on_itself_through_others(two: tuple[Version, Version]) -> None:
    before, _now = two
    version = computed(two)

    with pytest.raises(PremiseRefused, match="rest on itself"):
        say_again(before, PremiseGiven(version.ref, version.content_hash))


def say_again(version: Version, *premises: PremiseGiven, value: str = "240..245") -> Version:
    return say.now_says(
        version, value, subject="trade", property="volume", period="2024", premises=premises
    )


def test_it_is_approved_only_after_its_premises(two: tuple[Version, Version]) -> None:
    before, now = two
    later = say_again(before, value="250")

    with pytest.raises(ReviewRefused, match="decide on that one first"):
        make.approved(computed((later, now)))

    assert make.approved(computed(two)).status == "approved"


def test_a_premise_that_is_replaced_flags_it_with_what_the_formula_gives(
    two: tuple[Version, Version],
) -> None:
    before, _now = two
    version = make.approved(computed(two))

    later = make.approved(say_again(before, value="200..201"))

    flag = Flag.objects.get(claim=version.claim)
    assert flag.kind == "premise-changed"
    assert f"replaced by {later.ref}: 200..201 instead of 240..245" in flag.cause
    assert "the formula gives 7.46268656716..10 now" in flag.cause


@pytest.mark.parametrize("way", ["retract", "take off"])
def test_a_premise_that_goes_flags_it(two: tuple[Version, Version], way: str) -> None:
    before, _now = two
    version = make.approved(computed(two))
    act = retract if way == "retract" else take_off

    act(claim=before.claim, reason="Wrong.", by=make.somebody(Role.EDITOR), at=TODAY)

    assert before.ref in Flag.objects.get(claim=version.claim, kind="premise-changed").cause


def test_readers_learn_of_no_premise_that_was_taken_off_from_the_formula(
    two: tuple[Version, Version], client: Client
) -> None:
    before, now = two
    version = make.approved(computed(two))
    shown = f"/claims/{version.claim.ref}/"
    assert before.claim.ref in client.get(shown).content.decode()

    take_off(claim=before.claim, reason="Wrong.", by=make.somebody(Role.EDITOR), at=TODAY)

    page = client.get(shown).content.decode()
    answer = client.get(f"/api/v1{shown}").json()
    assert [premise["formula"] for premise in answer["premises"]] == ["", ""]
    assert [premise["version"] for premise in answer["premises"]] == [None, now.ref]
    assert before.ref not in page
    assert "change(" not in page
