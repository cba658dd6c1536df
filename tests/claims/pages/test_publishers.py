"""The sources of a publisher, under the names that it had."""

import pytest
from django.test import Client

from sources.actions.publishers import merge_publishers
from sources.models import Publisher
from sources.vocabulary import Access, Role
from tests import factories as make

pytestmark = pytest.mark.django_db


def merge(one: str, into: str) -> None:
    merge_publishers(
        publisher=Publisher.objects.get(name=one),
        into=Publisher.objects.get(name=into),
        reason="One house.",
        by=make.person(Role.EDITOR),
        at=make.TODAY,
    )


def test_the_name_of_a_merged_publisher_leads_on_and_lists_its_sources() -> None:
    make.source(publisher="OSW", title="A report", is_opened=True)
    make.publisher("Eastern Studies")
    merge("OSW", "Eastern Studies")

    answer = Client().get("/sources/", {"publisher": "OSW"})

    assert answer["Location"] == "/sources/?publisher=Eastern+Studies"
    assert "A report" in Client().get(answer["Location"]).content.decode()
    assert "OSW" not in Client().get("/sources/").content.decode()
    listed = Client().get("/api/v1/sources/", {"publisher": "OSW"}).json()["results"]
    assert [one["publisher"] for one in listed] == ["Eastern Studies"]


def test_nobody_learns_the_name_of_a_publisher_from_a_source_that_is_kept_from_them() -> None:
    make.source(publisher="Secret Press", access=Access.STAFF, public_descriptor="a memo")
    make.source(publisher="Eastern Studies", is_opened=True)
    merge("Secret Press", "Eastern Studies")

    assert Client().get("/sources/", {"publisher": "Secret Press"}).status_code == 404
    of_none, of_it = (
        Client().get("/api/v1/sources/", {"publisher": name}).json()
        for name in ("Secret Pretz", "Secret Press")
    )
    assert of_it["code"] == "unknown_key"
    assert of_it["detail"].replace("Press", "Pretz") == of_none["detail"]
