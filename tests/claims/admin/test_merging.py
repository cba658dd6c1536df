"""Merging entities through the pages of the desk."""

import pytest

from claims.models import Conflict, Entity
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims import worlds as say
from tests.claims.admin.entry.test_pages import staff_client

pytestmark = pytest.mark.django_db


def merge_page(entity: Entity) -> str:
    return f"/admin/claims/entity/{entity.pk}/merge/"


def test_an_editor_reads_what_follows_and_then_merges() -> None:
    say.world()
    twin = make.entity("twin", label="The twin")
    say.says("100", statement="It is all of it.")
    say.says("75", subject="twin", statement="It is most of it.")
    client = staff_client(make.person(Role.EDITOR))
    link = f'href="{merge_page(twin)}"'

    assert link in client.get(f"/admin/claims/entity/{twin.pk}/change/").content.decode()
    page = client.get(merge_page(twin), {"into": "thing"})
    told = page.content.decode()
    assert "Conflicts that would open (1)" in told.replace("</h3>", "").replace("\n", " ")
    assert "It is all of it." in told
    assert "It is most of it." in told
    assert "Claims about The twin: 1;" in told
    assert not Conflict.objects.exists()

    sent = {"into": "thing", "seen": page.context["preview"].mark, "reason": ""}
    unsaid = client.post(merge_page(twin), sent)
    assert "reason" in unsaid.context["form"].errors
    answer = client.post(merge_page(twin), {**sent, "reason": "One thing."})

    assert (
        answer["Location"] == f"/admin/claims/entity/{Entity.objects.get(key='thing').pk}/change/"
    )
    assert Conflict.objects.live().count() == 1
    after = client.get(f"/admin/claims/entity/{twin.pk}/change/").content.decode()
    assert "It was merged into Thing (thing)." in after
    assert link not in after


def test_whoever_read_an_older_preview_reads_the_new_one_first() -> None:
    say.world()
    twin = make.entity("twin")
    say.says("100")
    client = staff_client(make.person(Role.EDITOR))
    seen = client.get(merge_page(twin), {"into": "thing"}).context["preview"].mark
    say.says("75", subject="twin")

    page = client.post(merge_page(twin), {"into": "thing", "seen": seen, "reason": "One."})

    assert "claims changed meanwhile" in page.context["form"].non_field_errors()[0]
    assert len(page.context["preview"].conflicts.opened) == 1
    assert page.context["preview"].mark != seen
    twin.refresh_from_db()
    assert twin.merged_into is None


def test_contributors_neither_see_the_page_nor_a_link_to_it() -> None:
    twin = make.entity("twin")
    client = staff_client(make.person(Role.REVIEWER))

    assert (
        merge_page(twin)
        not in client.get(f"/admin/claims/entity/{twin.pk}/change/").content.decode()
    )
    assert client.get(merge_page(twin)).status_code == 403
    assert client.post(merge_page(twin), {"into": "x", "reason": "x"}).status_code == 403


def test_what_stands_for_a_source_for_named_persons_is_no_survivor_for_others() -> None:
    secret = make.source("Text.", access=Access.NAMED, public_descriptor="a memo")
    make.entity("secret-memo", kind="document", label="The secret memo", source=secret)
    twin = make.entity("twin")
    client = staff_client(make.person(Role.EDITOR))

    page = client.get(merge_page(twin), {"into": "secret-memo"})

    (error,) = page.context["survivor"].errors["into"]
    assert error.startswith("There is no entity with the key or name “secret-memo”.")
    assert "The secret memo" not in page.content.decode()
