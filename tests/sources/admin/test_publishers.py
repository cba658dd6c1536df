"""Publishers through the pages of the desk."""

from typing import Any

import pytest
from django.test import Client

from sources.models import Publisher, Source, SourceReader
from sources.vocabulary import Access, Reliability, Role
from tests import factories as make

pytestmark = pytest.mark.django_db

LIST = "/admin/sources/publisher/"


def staff_client(role: Role = Role.EDITOR) -> Client:
    client = Client()
    client.force_login(make.person(role))
    return client


def page_of(publisher: Publisher, page: str = "change") -> str:
    return f"{LIST}{publisher.pk}/{page}/"


def record(**fields: Any) -> dict[str, Any]:
    return {"name": "OSW", "aliases": "", "kind": "research", "country": "", "site": "", **fields}


def guarded(publisher: str) -> Source:
    """A source that none of the desk but named persons may know."""
    return make.source(publisher=publisher, access=Access.NAMED, public_descriptor="a memo")


def test_an_editor_judges_and_everybody_at_the_desk_reads_it() -> None:
    osw = make.publisher("OSW")

    answer = staff_client().post(
        page_of(osw, "judge"), {"reliability": "B", "reason": "It corrects itself."}
    )

    assert answer.status_code == 302
    page = staff_client(Role.CONTRIBUTOR).get(page_of(osw))
    told = page.context["told"]
    assert (told.reliability, told.reason) == ("B – usually reliable", "It corrects itself.")
    assert told.judged_at is not None
    assert told.judged_by
    assert "It corrects itself." in page.content.decode()
    assert page.context["form"] is None


def test_a_judgement_without_a_reason_is_refused_at_the_field() -> None:
    osw = make.publisher("OSW")

    page = staff_client().post(page_of(osw, "judge"), {"reliability": "B", "reason": " "})

    assert "reason" in page.context["form"].errors
    osw.refresh_from_db()
    assert osw.reliability == Reliability.F


def test_a_record_is_revised_and_a_taken_name_is_refused() -> None:
    osw, client = make.publisher("Osrodek"), staff_client()
    make.publisher("Eastern Studies")

    refused = client.post(page_of(osw, "record"), record(name="Eastern Studies"))
    client.post(page_of(osw, "record"), record(aliases="Ośrodek\n", country="pl"))

    (error,) = refused.context["form"].errors["name"]
    assert error.startswith("“Eastern Studies” stands for the publisher Eastern Studies already.")
    osw.refresh_from_db()
    assert (osw.name, osw.aliases, osw.country) == ("OSW", ["Ośrodek", "Osrodek"], "PL")


def test_nothing_is_merged_before_the_preview_was_read() -> None:
    make.source(publisher="OSW", title="A report")
    osw, other, client = Publisher.objects.get(), make.publisher("Eastern Studies"), staff_client()

    preview = client.get(page_of(osw, "merge") + "?into=eastern studies")

    assert "1 source goes over to Eastern Studies:" in preview.content.decode()
    assert [source.title for source in preview.context["preview"].sources] == ["A report"]
    osw.refresh_from_db()
    assert osw.merged_into is None
    answer = client.post(
        page_of(osw, "merge"), {"into": "eastern studies", "reason": "One house.", "seen": ""}
    )
    assert answer["Location"] == page_of(other)
    osw.refresh_from_db()
    assert osw.merged_into == other


@pytest.mark.parametrize(
    ("into", "error"),
    [
        ("OSW", "OSW cannot be merged into itself."),
        ("Nobody", "There is no publisher “Nobody”."),
    ],
)
def test_what_cannot_be_merged_is_said_at_the_field(into: str, error: str) -> None:
    osw = make.publisher("OSW")

    page = staff_client().get(page_of(osw, "merge"), {"into": into})

    (told,) = page.context["survivor"].errors["into"]
    assert told.startswith(error)
    assert page.context["preview"] is None


def test_the_publisher_of_a_source_for_named_persons_is_not_known_to_others() -> None:
    source = guarded("Secret Press")
    secret, osw, client = Publisher.objects.get(), make.publisher("OSW"), staff_client()

    assert "Secret Press" not in client.get(LIST).content.decode()
    assert "Secret Press" not in client.get("/admin/sources/source/add/").content.decode()
    assert client.get(page_of(secret)).status_code == 404
    unknown = client.get(page_of(osw, "merge"), {"into": "Secret Press"})
    assert "There is no publisher" in unknown.context["survivor"].errors["into"][0]

    named = make.person(Role.EDITOR)
    SourceReader.objects.create(source=source, reader=named)
    client.force_login(named)
    assert client.get(page_of(secret)).context["source_count"] == 1


def test_a_preview_counts_only_sources_that_its_reader_may_read() -> None:
    make.source(publisher="OSW")
    guarded("OSW")
    osw = Publisher.objects.get()
    make.publisher("Eastern Studies")

    page = staff_client().get(page_of(osw, "merge"), {"into": "Eastern Studies"})

    assert page.context["preview"].count == 1
    assert staff_client().get(page_of(osw)).context["source_count"] == 1
