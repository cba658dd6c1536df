"""The fields of a new claim that an address fills in, at its form."""

from typing import Any
from urllib.parse import urlencode

import pytest

from claims.models import Claim
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.admin.entry.test_pages import ADD, staff_client
from tests.claims.counted import a_series, has_dictionary

pytestmark = pytest.mark.django_db

SAID = {
    "subject": "js-2023-document",
    "property": "papers-mentions",
    "aspect": "arctic",
    "value": "absent",
}


def form_at(**named: str) -> Any:
    """The form as the address fills it in, for somebody of the desk."""
    return staff_client(make.person()).get(f"{ADD}?{urlencode(named)}").context["form"]


def test_an_address_fills_in_subject_property_aspect_and_value() -> None:
    has_dictionary(a_series(), arctic=["Arctic"])

    form = form_at(**SAID)

    assert {name: form[name].value() for name in SAID} == SAID
    assert form["topics"].value() == ["arctic"]
    assert form.has_assertion()
    assert Claim.objects.count() == 0


def test_an_address_fills_in_an_absence_with_the_terms_of_a_dictionary() -> None:
    series = a_series()
    has_dictionary(series, arctic=["Arctic", "ru:Арктик*"], energy=["energy"])
    has_dictionary(series, arctic=["polar"])

    form = form_at(**SAID, dictionary="papers/1", absent_from="js-2023")

    assert form["absence_terms"].value() == "Arctic\nАрктик* | ru"
    assert form["absence_sources"].value() == "js-2023"


@pytest.mark.parametrize(
    "named",
    [
        {"dictionary": "papers/1"},
        {"dictionary": "papers/9", "aspect": "arctic"},
        {"dictionary": "papers/x", "aspect": "arctic"},
        {"dictionary": "nothing/1", "aspect": "arctic"},
        {"dictionary": "papers/1", "aspect": "trade"},
    ],
)
def test_what_is_not_there_fills_in_no_terms(named: dict[str, str]) -> None:
    has_dictionary(a_series(), arctic=["Arctic"])

    assert not form_at(**named)["absence_terms"].value()


def test_the_terms_of_a_series_that_the_account_may_not_know_are_not_filled_in() -> None:
    series = a_series(access="named", public_descriptor="a paper")
    has_dictionary(series, arctic=["Arctic"])

    form = form_at(dictionary="papers/1", aspect="arctic")

    assert not form["absence_terms"].value()


def test_what_an_address_fills_in_is_read_like_what_is_typed() -> None:
    client = staff_client(make.person(Role.CONTRIBUTOR))
    page = client.get(f"{ADD}?{urlencode({'subject': 'nobody', 'value': 'x' * 500})}")
    form = page.context["form"]
    assert form["subject"].value() == "nobody"
    assert len(form["value"].value()) == 100
