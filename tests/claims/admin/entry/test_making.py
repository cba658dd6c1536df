"""Entities, properties, topics and sources made in the form of a claim."""

from typing import Any

import pytest

from claims.actions.catalogue import revise_entity
from claims.models import Claim, Entity, Property, Topic, Version
from sources.models import Source
from tests import factories as make
from tests.claims.admin.entry.test_pages import ADD, staff_client, typed

pytestmark = pytest.mark.django_db


def made(name: str, /, **fields: Any) -> dict[str, Any]:
    """The posted fields that make a row for the field of that name."""
    return {"make": name, **{f"make-{name}-{field}": value for field, value in fields.items()}}


def test_an_unknown_name_is_refused_with_the_fields_that_make_it() -> None:
    page = staff_client(make.person()).post(ADD, typed(asserter_0="PISM", draft="1"))

    text = page.content.decode()
    assert "Make the entity “PISM” now" in text
    assert 'name="make-asserter_0-label" value="PISM"' in text
    assert "Make the property" not in text


def test_an_entity_is_made_in_place_and_the_claim_goes_on() -> None:
    client = staff_client(make.person())
    fields = {"asserter_0": "PISM", "subject": "Atlantis"}
    new = made("asserter_0", label="PISM", kind="organisation", aliases="Polish Institute")

    page = client.post(ADD, typed(**fields, **new))

    entity = Entity.objects.get()
    assert (entity.key, entity.aliases) == ("pism", ["Polish Institute"])
    form = page.context["form"]
    assert form["asserter_0"].value() == "pism"
    assert form["subject"].value() == "Atlantis"
    assert form["statement"].value() == "Trade fell by 9%."
    assert "errorlist" not in page.content.decode()
    assert not Claim.objects.exists()
    client.post(ADD, typed(asserter_0="polish institute", draft="1"))
    assert str(Version.objects.get().asserters.get()) == "PISM"


def test_what_is_refused_of_a_new_row_stands_at_its_own_field() -> None:
    make.entity("pism")

    page = staff_client(make.person()).post(
        ADD, typed(asserter_0="PISM 2", **made("asserter_0", label="PISM 2", kind="", key="pism"))
    )

    making = page.context["form"]["asserter_0"].making
    assert set(making.errors) == {"kind"}
    assert Entity.objects.count() == 1


def test_a_property_with_its_unit_a_topic_and_a_source_are_made() -> None:
    client = staff_client(make.person())
    row = {"source": "Eastern Flank", "words": "It was full."}
    fields = {"property": "Gas flow", "other_topic": "Pipelines"}

    client.post(
        ADD,
        typed(
            row,
            **fields,
            **made("property", label="Gas flow", value_kind="quantity", unit="bcm", time="over"),
        ),
    )
    client.post(ADD, typed(row, **fields, **made("other_topic", name="Pipelines")))
    page = client.post(
        ADD,
        typed(
            row,
            **made(
                "quotes-0-source",
                title="Eastern Flank",
                type="report",
                access="public",
                issued="May 2025",
            ),
        ),
    )

    assert (Property.objects.get().unit, Topic.objects.get().name) == ("bcm", "Pipelines")
    assert Source.objects.get().issued == "2025-05"
    assert page.context["rows"].forms[0]["source"].value() == "eastern-flank"
    assert page.context["rows"].forms[0]["words"].value() == "It was full."


def test_a_topic_of_another_name_files_the_claim() -> None:
    trade, gas = make.topic("Trade"), make.topic("Gas")

    staff_client(make.person()).post(ADD, typed(topics=trade.key, other_topic="GAS", draft="1"))

    assert set(Claim.objects.get().topics.all()) == {trade, gas}


def test_the_value_may_name_an_entity_that_is_made() -> None:
    subject, prop = make.entity(), make.value_property("entity", "capital")
    fields = {"subject": subject.key, "property": prop.key, "value": "Warsaw"}
    client = staff_client(make.person())

    refused = client.post(ADD, typed(**fields, draft="1"))
    client.post(ADD, typed(**fields, **made("value", label="Warsaw", kind="place")))
    client.post(ADD, typed(**{**fields, "value": "WARSAW"}, draft="1"))

    assert "Make the entity “Warsaw” now" in refused.content.decode()
    assert Version.objects.get().value_entity == Entity.objects.get(key="warsaw")


def test_a_name_is_found_by_label_key_or_other_name_in_any_case() -> None:
    pism = make.entity("pism", label="Polish Institute", aliases=["PISM Warsaw", 'So "called"'])
    client = staff_client(make.person())

    for name in ("PISM", "polish institute", "pism WARSAW", 'so "CALLED"'):
        client.post(ADD, typed(subject=name, draft="1"))
        assert Version.objects.latest("pk").subject == pism, name
    for name in ("PISM War", "institute"):
        refused = client.post(ADD, typed(subject=name, draft="1"))
        assert "There is no entity" in str(refused.context["form"].errors["subject"]), name


def test_a_name_of_several_is_refused_with_their_keys() -> None:
    for key in ("georgia", "georgia-us"):
        make.entity(key, label="Georgia State", aliases=["Sakartvelo"])

    page = staff_client(make.person()).post(
        ADD, typed(subject="Georgia state", asserter_0="sakartvelo", draft="1")
    )

    errors = page.context["form"].errors
    assert "Give the key instead: georgia, georgia-us." in str(errors["subject"])
    assert "Give the key instead: georgia, georgia-us." in str(errors["asserter_0"])
    assert "now</legend>" not in page.content.decode()


def test_the_name_of_a_merged_entity_is_that_of_the_one_it_was_merged_into() -> None:
    stays = make.entity("pism", label="PISM")
    twin = make.entity("pism-2", label="PISM")
    revise_entity(entity=twin, merged_into=stays, by=make.person(), at=make.TODAY)

    staff_client(make.person()).post(ADD, typed(subject="PISM", draft="1"))

    assert Version.objects.get().subject == stays


def test_the_errors_are_listed_first_each_with_a_link_to_its_field() -> None:
    page = staff_client(make.person()).post(
        ADD, typed({"words": "Some words."}, period="some day", draft="1")
    )

    text = page.content.decode()
    assert '<a href="#id_period">Period</a>' in text
    assert '<a href="#id_quotes-0-source">Quote 1: Source</a>' in text
    assert 'tabindex="-1" autofocus' in text
