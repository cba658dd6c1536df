"""The page where the readers of a source are named."""

import pytest
from django.test import Client

from sources.models import Source, SourceReader
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_who_enters_a_source_for_named_persons_lands_on_its_page_and_names_others() -> None:
    author, other, outside = make.person(), make.person(), make.person(Role.ADMINISTRATOR)
    client = Client()
    client.force_login(author)
    record = {"title": "A letter", "type": "report", "rights": "excerpts", "access": "named"}

    entered = client.post(
        "/admin/sources/source/add/", {**record, "public_descriptor": "a letter"}, follow=True
    )
    source = Source.objects.get(title="A letter")
    readers = f"/admin/sources/source/{source.pk}/readers/"

    assert entered.status_code == 200
    assert readers in entered.content.decode()

    named = client.post(readers, {"reader": other.pk}, follow=True)
    assert f"{other} reads the source now." in named.content.decode()
    assert SourceReader.objects.filter(source=source, reader=other).exists()

    client.force_login(outside)
    assert client.get(readers).status_code == 404
    assert client.post(readers, {"reader": outside.pk}).status_code == 404

    client.force_login(other)
    taken = client.post(f"{readers}{author.pk}/", follow=True)
    assert f"{author} reads the source no more." in taken.content.decode()
    last = client.post(f"{readers}{other.pk}/", follow=True)
    assert "is the last who reads" in last.content.decode()
    assert [tie.reader for tie in source.reader_ties.all()] == [other]


def test_the_readers_of_other_sources_are_all_of_the_staff() -> None:
    client = Client()
    client.force_login(make.person())

    answer = client.get(f"/admin/sources/source/{make.source().pk}/readers/")

    assert "All of the staff may read this source" in answer.content.decode()
