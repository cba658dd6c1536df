"""Extracts at the desk: freezing the claims of a query, and withdrawing an extract."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Extract
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
LIST = reverse("admin:claims_extract_changelist")
ADD = reverse("admin:claims_extract_add")


def desk(role: Role = Role.EDITOR) -> Client:
    client = Client()
    client.force_login(make.person(role))
    return client


def frozen(client: Client, **sent: str) -> Extract:
    answer = client.post(ADD, {"title": "Of trade", "query": "topic=trade", **sent})
    assert answer.status_code == 302, answer.content
    return Extract.objects.get()


def test_an_editor_freezes_a_query_and_finds_it_in_the_list() -> None:
    make.published(statement="It fell.", topics=[make.topic("Trade")])
    client = desk()

    made = frozen(client, query="https://example.org/api/v1/claims/?topic=trade")

    assert (made.title, made.query, made.rows) == ("Of trade", "topic=trade", 1)
    page = client.get(LIST).content.decode()
    assert made.ref in page
    assert "Given" in page


def test_what_is_refused_stands_at_its_field_with_what_was_typed() -> None:
    client = desk()

    unknown = client.post(ADD, {"title": "Of trade", "query": "topik=trade"}).content.decode()
    nothing = client.post(ADD, {"title": "Of trade", "query": ""}).content.decode()

    assert "The nearest one is “topic”" in unknown
    assert "topik=trade" in unknown
    assert "finds no claim" in nothing
    assert not Extract.objects.exists()


def test_an_editor_withdraws_an_extract_once() -> None:
    make.published(statement="It fell.", topics=[make.topic("Trade")])
    client = desk()
    made = frozen(client)
    address = reverse("admin:claims_extract_change", args=[made.pk])
    assert "Withdraw this extract" in client.get(address).content.decode()

    answer = client.post(address, {"reason": "The query was wrong."})
    again = client.post(address, {"reason": "Again."})

    assert answer.status_code == 302
    assert made.withdrawal.reason == "The query was wrong."
    page = client.get(address).content.decode()
    assert "The query was wrong." in page
    assert "Withdraw this extract" not in page
    assert again.status_code == 200
    assert made.withdrawal.reason == "The query was wrong."


def test_others_of_the_desk_read_and_do_not_freeze() -> None:
    make.published(statement="It fell.", topics=[make.topic("Trade")])
    made = frozen(desk())
    client = desk(Role.REVIEWER)

    assert client.get(LIST).status_code == 200
    assert "Freeze an extract" not in client.get(LIST).content.decode()
    assert client.get(ADD).status_code == 403
    address = reverse("admin:claims_extract_change", args=[made.pk])
    assert "Withdraw this extract" not in client.get(address).content.decode()
    assert client.post(address, {"reason": "So."}).status_code == 403
