"""Claims that would disagree, were they on the same basis."""

from typing import Literal

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from claims.actions.catalogue import revise_entity
from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract
from claims.factsheets.assemble import assemble
from claims.models import Entity, Version
from claims.readings.other_bases import held_apart, on_another_basis
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims import worlds as say
from tests.claims.factsheets.rendering import rendered
from tests.claims.pages.world import read
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    say.world()


def beside(version: Version, *, is_public: bool = False) -> set[str]:
    """The values on another basis that are listed beside a claim."""
    reader = AnonymousUser() if is_public else make.somebody(Role.REVIEWER)
    found = on_another_basis([again(version)], reader=reader, at=TODAY, is_public=is_public)
    return {other.value for other in found.get(version.pk, [])}


def undated(version: Version, *, is_public: bool = False) -> set[str]:
    """The values that are not compared with a claim's, since either is without a period."""
    reader = AnonymousUser() if is_public else make.somebody(Role.REVIEWER)
    found = held_apart([again(version)], reader=reader, at=TODAY, is_public=is_public)
    return {other.value for other in found[version.pk].undated} if found else set()


def again(version: Version) -> Version:
    return Version.objects.in_full(AnonymousUser(), TODAY).get(pk=version.pk)


def test_another_value_on_another_basis_is_listed_and_no_conflict() -> None:
    gross = say.says("100", basis="gross")
    net = say.says("75", basis="net")
    unsaid = say.says("50")

    assert beside(gross) == {"75", "50"}
    assert beside(net) == {"100", "50"}
    assert beside(unsaid) == {"100", "75"}
    assert say.live() == []


def test_a_claim_without_a_period_lists_those_that_have_one_and_no_conflict() -> None:
    never = say.publishes("100")
    dated = [say.publishes("75", period="2024"), say.says("50", period="2025")]
    say.says("100", period="2023")
    say.says("75", basis="net", period="2024")
    say.says("25", evidence=[Tie(make.excerpt(), stance="refutes")])

    assert undated(never) == {"75", "50"}
    assert [undated(one) for one in dated] == [{"100"}, {"100"}]
    assert undated(never, is_public=True) == {"75"}
    assert beside(never) == set()
    assert say.live() == []


def test_what_would_not_disagree_on_one_basis_is_not_listed() -> None:
    gross = say.says("100", basis="gross", period="2024")
    say.says("100", basis="net", period="2024")
    say.says("75", basis="net", period="2025")
    say.says("75", basis="net", period="2024", mode="expected", asserted_by=("thing",))
    make.entity("other")
    say.says("75", basis="net", period="2024", subject="other")
    say.says("75", basis="gross", period="2024")

    assert beside(gross) == set()


def test_only_what_is_compared_is_listed() -> None:
    gross = say.publishes("100", basis="gross")
    make.draft(content=say.content("75", basis="net"))
    gone = say.publishes("50", basis="net")
    retract(claim=gone.claim, reason="Wrong.", by=make.somebody(Role.EDITOR), at=TODAY)

    assert beside(gross) == set()


def test_the_public_hears_of_published_claims_only() -> None:
    gross = say.publishes("100", basis="gross")
    say.says("75", basis="net")
    say.publishes("50", basis="net")

    assert beside(gross) == {"75", "50"}
    assert beside(gross, is_public=True) == {"50"}


def test_beside_a_claim_that_the_public_does_not_see_it_hears_of_none() -> None:
    gross = say.says("100", basis="gross")
    say.publishes("50", basis="net")

    assert beside(gross, is_public=True) == set()


def test_a_merged_subject_is_the_same_subject() -> None:
    twin = make.entity("twin")
    gross, net = say.says("100", basis="gross"), say.says("75", basis="net", subject="twin")

    thing, by = Entity.objects.get(key="thing"), make.somebody(Role.EDITOR)
    revise_entity(entity=twin, merged_into=thing, by=by, at=TODAY)

    assert (beside(gross), beside(net)) == ({"75"}, {"100"})


def test_a_place_and_what_it_is_part_of_do_not_differ() -> None:
    make.entity("city", part_of=make.entity("country"))
    make.entity("elsewhere")
    make.value_property("entity", "seat")
    city = say.says("city", property="seat", basis="by law")
    say.says("country", property="seat", basis="in fact")
    say.says("elsewhere", property="seat", basis="in fact")

    assert beside(city) == {"elsewhere"}


def test_what_is_said_of_a_confidential_document_is_not_listed() -> None:
    memo = make.source(access=Access.STAFF, public_descriptor="A memo")
    make.entity("memo", kind="document", source=memo)
    one = say.publishes("100", basis="gross", subject="memo")
    say.publishes("75", basis="net", subject="memo")

    assert beside(one) == {"75"}
    assert beside(one, is_public=True) == set()


def test_many_versions_take_a_constant_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for value in range(4):
        say.says(str(value * 10), basis=f"basis {value % 2}")
    versions, reader = list(Version.objects.in_full(None, TODAY)), make.somebody(Role.REVIEWER)

    with django_assert_num_queries(3):
        found = on_another_basis(versions, reader=reader, at=TODAY, is_public=False)
    assert [len(others) for others in found.values()] == [2, 2, 2, 2]


@pytest.mark.parametrize("value", ["75", ">80", "75..100", "~90", "-5"])
@pytest.mark.parametrize("period", ["2024", "2024-03", "2025", ""])
def test_what_is_listed_would_be_a_conflict_on_one_basis(value: str, period: str) -> None:
    gross = say.says("100", basis="gross", period="2024")
    other = say.says(value, basis="net", period=period)
    is_listed = beside(gross) == {value}
    assert say.live() == []

    say.now_says(other, value, basis="gross", period=period)

    assert bool(say.live()) == is_listed
    assert beside(gross) == set()


@pytest.mark.parametrize("to", ["html", "markdown"])
def test_a_fact_sheet_says_what_others_say_on_another_basis(
    to: Literal["html", "markdown"],
) -> None:
    gross = say.publishes("100", basis="gross")
    net = say.publishes("75", basis="with territories", period="", asserted_by=("thing",))

    made = assemble(claims=[gross.claim.ref], reader=AnonymousUser(), at=TODAY)

    words = " ".join(read(rendered(made, style="apa", to=to)).text.split())
    assert "On another basis, so not in conflict:" in words
    assert f"with territories) ({net.claim.ref})" in words
