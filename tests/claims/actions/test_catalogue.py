"""Entering and revising what claims are about: entities, properties and topics."""

from typing import Any

import pytest
from django.apps import apps

from claims.actions.catalogue import (
    CatalogueRefused,
    add_entity,
    add_property,
    add_topic,
    revise_entity,
    revise_property,
    revise_topic,
)
from claims.actions.claims.entry import revise
from claims.actions.claims.publication import retract
from claims.domain.content import Content
from claims.models import Conflict, Entity, Property, Topic
from factbase.models import User
from sources.actions.conversion import RefusedByDatabase
from sources.actions.permission import NotPermitted
from sources.actions.sources import add_series
from sources.domain.refusals import Refusal
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return make.person(Role.EDITOR)


def entered(by: User, **fields: Any) -> Entity:
    values = {"key": "china", "label": "China", "kind": "country"}
    return add_entity(by=by, at=make.TODAY, **{**values, **fields})


def test_an_entity_is_found_by_its_names(by: User) -> None:
    entity = entered(by, label=" Łódź ", aliases=["Lodsch ", "Lodsch"], wikidata="Q580")

    assert (entity.label, entity.aliases) == ("Łódź", ["Lodsch"])
    assert list(Entity.objects.matching("lodz")) == [entity]
    assert list(Entity.objects.matching("LODSCH")) == [entity]


# What neither a new entity nor a revised one takes.
NEVER: list[dict[str, Any]] = [
    {"label": " "},
    {"label": "a" * 301},
    {"label": "a\0b"},
    {"kind": "continent"},
    {"aliases": [""]},
    {"wikidata": "148"},
    {"wikidata": "Q0"},
]


@pytest.mark.parametrize(
    "fields", [*NEVER, {"key": "-"}, {"key": "a b"}, {"key": ""}, {"key": "a\n"}, {"key": "taken"}]
)
def test_an_entity_that_cannot_be_kept_is_refused(by: User, fields: dict[str, Any]) -> None:
    entered(by, key="taken")

    with pytest.raises(Refusal) as refused:
        entered(by, **fields)
    assert refused.value.message.endswith(".")
    assert Entity.objects.count() == 1


@pytest.mark.parametrize("fields", [*NEVER, {"key": "prc"}, {"search_text": "x"}, {"nonsense": 1}])
def test_an_entity_changes_to_nothing_that_it_could_not_have_been(
    by: User, fields: dict[str, Any]
) -> None:
    entity = entered(by)

    with pytest.raises(Refusal):
        revise_entity(entity=entity, by=by, at=make.TODAY, **fields)

    entity.refresh_from_db()
    assert (entity.key, entity.label, entity.kind) == ("china", "China", "country")


def test_a_revised_entity_is_found_by_its_new_names(by: User) -> None:
    entity = entered(by)

    revise_entity(entity=entity, by=by, at=make.TODAY, label="PRC", aliases=["Chine"])

    assert list(Entity.objects.matching("chine")) == [entity]
    assert not Entity.objects.matching("china").exists()


@pytest.mark.parametrize("link", ["part_of", "merged_into"])
def test_entities_never_run_in_a_circle(by: User, link: str) -> None:
    one, two, three = (make.entity() for _ in range(3))
    revise_entity(entity=one, by=by, at=make.TODAY, **{link: two})
    revise_entity(entity=two, by=by, at=make.TODAY, **{link: three})

    for above in (one, two, three):
        with pytest.raises(CatalogueRefused, match=f"{link.replace('_', ' ')} itself"):
            revise_entity(entity=three, by=by, at=make.TODAY, **{link: above})


def test_a_whole_is_not_merged_into_its_part(by: User) -> None:
    whole, part = make.entity(), make.entity()
    revise_entity(entity=part, by=by, at=make.TODAY, part_of=whole)

    with pytest.raises(CatalogueRefused, match="merged into a part of itself"):
        revise_entity(entity=whole, by=by, at=make.TODAY, merged_into=part)


def test_an_entity_stands_for_a_document_or_a_series_of_its_kind(by: User) -> None:
    source = make.source()
    series = add_series(key="series", title="Series", sources=[source], by=by, at=make.TODAY)

    for fields in ({"source": source}, {"series": series}):
        with pytest.raises(CatalogueRefused, match="its kind is"):
            entered(by, **fields)
    assert entered(by, key="a", kind="document", source=source).source == source
    assert entered(by, key="b", kind="series", series=series).series == series


def test_one_entity_stands_for_a_source(by: User) -> None:
    source = make.source()
    entered(by, kind="document", source=source)

    with pytest.raises(RefusedByDatabase, match="already"):
        entered(by, key="another", kind="document", source=source)


def disagreeing(*entities: Entity) -> None:
    """A number for each, no two of them alike."""
    prop = make.number_property("change")
    for number, entity in enumerate(entities):
        make.published(subject=entity.key, property=prop.key, value=f"{number}%", period="2025")


@pytest.mark.parametrize("stands_for", ["source", "series"])
def test_what_stands_for_a_document_or_series_is_not_merged_into_what_does_not(
    by: User, stands_for: str
) -> None:
    paper = make.source()
    series = add_series(key="papers", title="Papers", sources=[paper], by=by, at=make.TODAY)
    given: dict[str, dict[str, Any]] = {
        "source": {"kind": "document", "source": paper},
        "series": {"kind": "series", "series": series},
    }
    one = make.entity(**given[stands_for])
    other = make.entity()

    with pytest.raises(CatalogueRefused, match="the other way round"):
        revise_entity(entity=one, by=by, at=make.TODAY, merged_into=other)

    revise_entity(entity=other, by=by, at=make.TODAY, merged_into=one)


def test_what_was_said_of_entities_disagrees_once_they_are_merged(by: User) -> None:
    one, other = make.entity(), make.entity()
    disagreeing(one, other)
    assert not Conflict.objects.exists()

    revise_entity(entity=one, by=by, at=make.TODAY, merged_into=other)

    assert Conflict.objects.get().members.count() == 2


def test_what_was_said_of_an_entity_goes_along_when_its_survivor_is_merged(by: User) -> None:
    first, second, third = (make.entity() for _ in range(3))
    revise_entity(entity=first, by=by, at=make.TODAY, merged_into=second)
    disagreeing(first, third)

    revise_entity(entity=second, by=by, at=make.TODAY, merged_into=third)

    assert Conflict.objects.get().members.count() == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"value_kind": "number"}, "unknown_code"),
        ({"time": "never"}, "unknown_code"),
        ({"unit": "cubits"}, "unknown_unit"),
        ({"value_kind": "count", "unit": "percent"}, "unit_without_quantity"),
        ({"key": "a b"}, "not_a_key"),
        ({"label": ""}, "missing"),
        ({"date_extent": "whole"}, "extent_without_date"),
        ({"value_kind": "date", "date_extent": "some"}, "unknown_code"),
    ],
)
def test_a_property_that_cannot_be_kept_is_refused(
    by: User, fields: dict[str, str], code: str
) -> None:
    values: dict[str, Any] = {"key": "change", "label": "Change", "value_kind": "quantity"}

    with pytest.raises(Refusal) as refused:
        add_property(by=by, at=make.TODAY, **{**values, **fields})
    assert refused.value.code == code
    assert not Property.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"value_kind": "count", "unit": ""}, {"unit": "USD"}, {"time": "over"}]
)
def test_a_property_in_use_keeps_kind_unit_and_time(by: User, fields: dict[str, str]) -> None:
    used, unused = make.number_property(), make.number_property()
    make.draft(subject=make.entity().key, property=used.key, value="9%")

    with pytest.raises(CatalogueRefused, match="is used by claims"):
        revise_property(property=used, by=by, at=make.TODAY, **fields)
    revise_property(property=unused, by=by, at=make.TODAY, **fields)

    unused.refresh_from_db()
    assert {name: getattr(unused, name) for name in fields} == fields


def test_a_property_of_dates_in_use_keeps_whether_a_date_is_all_of_its_days(by: User) -> None:
    used = make.value_property("date", "visit", date_extent="whole")
    make.draft(subject=make.entity().key, property=used.key, value="7–10 May 2025")

    with pytest.raises(CatalogueRefused, match="so its date_extent stays"):
        revise_property(property=used, by=by, at=make.TODAY, date_extent="within")
    used.refresh_from_db()
    assert used.date_extent == "whole"


@pytest.mark.parametrize(
    "fields", [{"label": " "}, {"unit": "cubits"}, {"value_kind": "count"}, {"key": "other"}]
)
def test_a_property_changes_to_nothing_that_it_could_not_have_been(
    by: User, fields: dict[str, str]
) -> None:
    with pytest.raises(Refusal):
        revise_property(property=make.number_property(), by=by, at=make.TODAY, **fields)


def test_several_values_at_a_time_are_no_conflict_any_more(by: User) -> None:
    entity = make.entity()
    disagreeing(entity, entity)
    assert Conflict.objects.get().status == "open"

    prop = revise_property(
        property=Property.objects.get(), by=by, at=make.TODAY, single_valued=False
    )

    assert prop.single_valued is False
    assert Conflict.objects.get().status == "lapsed"


def with_bases(*bases: str, by: User) -> Property:
    return revise_property(property=Property.objects.get(), by=by, at=make.TODAY, bases=list(bases))


def test_a_property_lists_what_its_values_are_comparable_on(by: User) -> None:
    made = make.number_property(bases=["gross", "Gross ", "net"])
    assert made.bases == ["gross", "net"]

    assert with_bases("gross", "net", "net of tax", by=by).bases[-1] == "net of tax"

    events = apps.get_model("claims", "PropertyEvent").objects.order_by("pk")
    assert [len(event.bases) for event in events] == [2, 3]


def test_a_basis_that_claims_go_by_stays_on_the_list(by: User) -> None:
    subject, prop = make.entity(), make.number_property(bases=["gross", "net"])
    version = make.submitted(subject=subject.key, property=prop.key, value="9%", basis="net")

    with pytest.raises(CatalogueRefused, match=f"{version.claim.ref} goes by the basis “net”"):
        with_bases("gross", by=by)
    with pytest.raises(CatalogueRefused, match="spelled like this"):
        with_bases("gross", "Net", by=by)
    assert with_bases("net", by=by).bases == ["net"]
    assert with_bases(by=by).bases == []


def test_a_basis_that_claims_went_by_once_can_go(by: User) -> None:
    subject, prop = make.entity(), make.number_property()
    about: dict[str, Any] = {"subject": subject.key, "property": prop.key, "value": "9%"}
    retracted = make.published(**about, basis="by guess")
    retract(claim=retracted.claim, reason="Wrong.", by=by, at=make.TODAY)
    version = make.submitted(**about, basis="grss")
    content = Content("It is 9%.", **about, basis="gross")
    revise(claim=version.claim, content=content, evidence=[], by=by, at=make.TODAY, seen=1)

    assert with_bases("gross", by=by).bases == ["gross"]


def test_only_an_editor_changes_what_is_said_of_entities() -> None:
    with pytest.raises(NotPermitted):
        revise_property(
            property=make.number_property(),
            by=make.person(Role.REVIEWER),
            at=make.TODAY,
            label="Another",
        )


def test_a_topic_has_the_slug_of_its_name_as_key(by: User) -> None:
    topic = add_topic(name="Oil & Gas", by=by, at=make.TODAY)

    assert (topic.key, topic.name) == ("oil-gas", "Oil & Gas")


@pytest.mark.parametrize("name", ["", "Арктика", "a" * 201])
def test_a_topic_without_a_name_or_key_is_refused(by: User, name: str) -> None:
    with pytest.raises(Refusal):
        add_topic(name=name, by=by, at=make.TODAY)
    assert not Topic.objects.exists()


def test_topics_never_run_in_a_circle(by: User) -> None:
    above = add_topic(name="Energy", by=by, at=make.TODAY)
    below = add_topic(name="Gas", parent=above, by=by, at=make.TODAY)

    for parent in (above, below):
        with pytest.raises(CatalogueRefused, match="below itself"):
            revise_topic(topic=above, by=by, at=make.TODAY, parent=parent)
        above.refresh_from_db()


def test_a_topic_keeps_its_key_under_another_name(by: User) -> None:
    topic = add_topic(name="Gas", by=by, at=make.TODAY)

    revise_topic(topic=topic, by=by, at=make.TODAY, name="Natural gas")

    topic.refresh_from_db()
    assert (topic.key, topic.name) == ("gas", "Natural gas")
