"""Publishers: what is judged of them, which names stand for them, and merging two that are one."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from factbase.models import User
from sources.actions.permission import NotPermitted
from sources.actions.publishers import (
    PublisherRefused,
    judge_publisher,
    merge_publishers,
    revise_publisher,
)
from sources.actions.sources import revise_source
from sources.domain.text_fields import WordsRefused
from sources.models import Publisher, Source
from sources.vocabulary import PublisherKind, Reliability, Role
from tests import factories as make

pytestmark = pytest.mark.django_db

LATER = make.TODAY + timedelta(days=1)


@pytest.fixture
def by() -> User:
    return make.person(Role.EDITOR)


def press(name: str) -> Publisher:
    return make.publisher(name)


def judge(publisher: Publisher, letter: str, by: User, reason: str = "It corrects itself.") -> Any:
    return judge_publisher(
        publisher=publisher, reliability=Reliability(letter), reason=reason, by=by, at=make.TODAY
    )


def revise(publisher: Publisher, by: User, **fields: Any) -> Publisher:
    known = {
        name: getattr(publisher, name) for name in ("name", "aliases", "kind", "country", "site")
    }
    return revise_publisher(publisher=publisher, **{**known, **fields}, by=by, at=make.TODAY)


def merge(one: Publisher, into: Publisher, by: User, reason: str = "One house.") -> Publisher:
    return merge_publishers(publisher=one, into=into, reason=reason, by=by, at=LATER)


def test_the_latest_judgement_counts_and_all_stay(by: User) -> None:
    osw = press("OSW")

    judge(osw, "A", by)
    judge(osw, "F", by, "Its owners changed.")

    osw.refresh_from_db()
    assert (osw.reliability, osw.reliability_reason) == ("F", "Its owners changed.")
    kept = osw.judgements.order_by("pk").values_list("reliability", "reason", "judged_by")
    assert list(kept) == [
        ("A", "It corrects itself.", by.pk),
        ("F", "Its owners changed.", by.pk),
    ]


def test_the_same_judgement_again_is_refused(by: User) -> None:
    osw = press("OSW")
    judge(osw, "B", by)

    with pytest.raises(PublisherRefused) as refused:
        judge(osw, "B", by, " It corrects itself. ")

    assert refused.value.code == "judged_so"
    assert osw.judgements.count() == 1


def test_a_judgement_has_a_reason(by: User) -> None:
    with pytest.raises(WordsRefused):
        judge(press("OSW"), "B", by, " ")


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER])
def test_only_editors_judge_revise_and_merge(role: Role) -> None:
    osw, other, person = press("OSW"), press("Eastern Studies"), make.person(role)

    for act in (
        lambda: judge(osw, "A", person),
        lambda: revise(osw, person, name="Other"),
        lambda: merge(osw, other, person),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_publisher_is_found_by_the_name_it_had_and_by_the_one_it_has(by: User) -> None:
    source = make.source(publisher="OSW", title="A report")
    osw = Publisher.objects.get()

    revise(osw, by, name="Centre for Eastern Studies", country="pl", site="https://www.osw.waw.pl/")

    osw.refresh_from_db()
    assert (osw.name, osw.aliases, osw.country) == ("Centre for Eastern Studies", ["OSW"], "PL")
    assert make.source(publisher="OSW", title="A letter").publisher == osw
    for words in ("osw report", "eastern report"):
        assert list(Source.objects.matching(words)) == [source]
    assert list(Publisher.objects.matching("osw")) == [osw]
    source.refresh_from_db()
    assert source.csl["publisher"] == "OSW"


def test_saving_the_same_record_again_changes_nothing_after_a_new_name(by: User) -> None:
    source = make.source(publisher="OSW")
    revise(Publisher.objects.get(), by, name="Centre for Eastern Studies")
    source.refresh_from_db()
    before = apps.get_model("sources", "SourceEvent").objects.count()

    revise_source(source=source, record=source.csl, by=by, at=LATER)

    assert apps.get_model("sources", "SourceEvent").objects.count() == before


@pytest.mark.parametrize("field", ["name", "aliases"])
def test_a_name_stands_for_one_publisher(field: str, by: User) -> None:
    osw, other = press("OSW"), press("Eastern Studies")
    revise(other, by, aliases=["Ośrodek"])

    with pytest.raises(PublisherRefused) as refused:
        revise(osw, by, **{field: "Ośrodek" if field == "name" else ["Ośrodek"]})

    assert refused.value.code == "name_taken"
    assert "Eastern Studies" in refused.value.message


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"country": "POL"}, "not_a_country"),
        ({"country": "1x"}, "not_a_country"),
        ({"site": "javascript:alert(1)"}, "not_an_address"),
        ({"site": "osw"}, "not_an_address"),
        ({"aliases": [f"Name {n}" for n in range(101)]}, "too_many_names"),
    ],
)
def test_what_is_no_country_address_or_short_list_is_refused(
    fields: dict[str, Any], code: str, by: User
) -> None:
    with pytest.raises(PublisherRefused) as refused:
        revise(press("OSW"), by, **fields)

    assert refused.value.code == code


def test_the_survivor_takes_over_sources_and_names_and_keeps_its_own_judgement(by: User) -> None:
    source = make.source(publisher="OSW", title="A report")
    osw, other = Publisher.objects.get(), press("Eastern Studies")
    revise(osw, by, aliases=["Ośrodek"], kind=PublisherKind.RESEARCH)
    judge(osw, "A", by)
    judge(other, "C", by)

    merge(osw, other, by)

    for one in (source, osw, other):
        one.refresh_from_db()
    assert (source.publisher, source.csl["publisher"]) == (other, "OSW")
    assert (osw.merged_into, osw.reliability, osw.judgements.count()) == (other, "A", 1)
    assert (other.aliases, other.reliability) == (["OSW", "Ośrodek"], "C")
    assert list(Source.objects.matching("eastern report")) == [source]
    for name in ("OSW", "Ośrodek", "Eastern Studies"):
        assert make.source(publisher=name).publisher == other
    event = apps.get_model("sources", "PublisherEvent").objects.filter(id=osw.pk).latest("pk")
    assert (event.pgh_context["reason"], event.pgh_context["user"]) == ("One house.", by.pk)


def test_no_publisher_goes_into_itself_or_into_one_that_is_merged(by: User) -> None:
    one, two, three = press("One"), press("Two"), press("Three")
    merge(one, two, by)

    refused = {}
    for name, pair in {"self": (two, two), "into": (three, one), "again": (one, three)}.items():
        with pytest.raises(PublisherRefused) as error:
            merge(*pair, by)
        refused[name] = error.value

    assert refused["self"].code == "merged_into_itself"
    assert refused["into"].code == refused["again"].code == "merged_already"
    assert refused["into"].message == "One was merged into Two already. Go on with Two."


def test_what_was_merged_before_goes_along(by: User) -> None:
    one, two, three = press("One"), press("Two"), press("Three")
    merge(one, two, by)

    merge(two, three, by)

    survivors = Publisher.objects.named(["One", "Two", "Three"])
    assert survivors == {"One": three, "Two": three, "Three": three}
    assert {row.merged_into_id for row in Publisher.objects.exclude(pk=three.pk)} == {three.pk}


def test_a_merged_publisher_is_neither_judged_nor_revised(by: User) -> None:
    one, two = press("One"), press("Two")
    merge(one, two, by)

    for act in (lambda: judge(one, "A", by), lambda: revise(one, by, name="Other")):
        with pytest.raises(PublisherRefused) as refused:
            act()
        assert refused.value.code == "merged_already"
