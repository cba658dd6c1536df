"""That every door that prints a translation says who made it, and whether a machine did."""

from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from claims.models import Version
from claims.readings.wording import translation_note
from sources.actions.quotes.translations import translate
from sources.models import Excerpt
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.pages import world

pytestmark = pytest.mark.django_db

WORDS = "Words in another tongue."
DOORS = ["/claims/{ref}/", "/sources/{source}/"]
SHEETS = ["html", "markdown"]


def published(method: str) -> tuple[Excerpt, Version]:
    excerpt = make.excerpt()
    translate(
        excerpt=excerpt,
        translation=WORDS,
        translated_by="Apertium 3.8",
        method=method,
        by=make.person(),
        at=make.TODAY,
    )
    return excerpt, make.published(evidence=[Tie(excerpt)])


def text_of(response: Any) -> str:
    return " ".join(world.read(response.content.decode()).text.split())


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("machine", "translated by Apertium 3.8, by machine]"),
        ("revised", "translated by Apertium 3.8, by machine, revised by a person]"),
        ("human", "translated by Apertium 3.8, by a person]"),
    ],
)
@pytest.mark.parametrize("door", DOORS)
def test_a_page_says_who_translated_and_how(
    client: Client, door: str, method: str, said: str
) -> None:
    excerpt, version = published(method)

    page = client.get(door.format(ref=version.claim.ref, source=excerpt.source.key))

    assert f"{WORDS} [{said}" in text_of(page)


def test_the_page_that_shows_the_whole_text_says_so_too() -> None:
    excerpt, _version = published("machine")
    desk = Client()
    desk.force_login(make.person(Role.REVIEWER))

    page = desk.get(f"/sources/{excerpt.source.key}/")

    assert f"{WORDS} [translated by Apertium 3.8, by machine]" in text_of(page)


@pytest.mark.parametrize("form", SHEETS)
def test_a_sheet_says_who_translated_and_how(client: Client, form: str) -> None:
    _excerpt, version = published("machine")

    sheet = client.get(f"/api/v1/factsheets/?claims={version.claim.ref}&as={form}")

    assert "translated by Apertium 3.8, by machine" in " ".join(sheet.content.decode().split())


def test_the_api_says_it_with_the_claim_and_with_the_excerpt(client: Client) -> None:
    excerpt, version = published("machine")

    claim = client.get(f"/api/v1/claims/{version.claim.ref}/").json()
    alone = client.get(f"/api/v1/excerpts/{excerpt.pk}/").json()

    for told in (claim["evidence"][0], alone):
        assert (told["translation"], told["translated_by"]) == (WORDS, "Apertium 3.8")
        assert told["translation_method"] == "machine"


def test_the_reviewer_reads_how_it_was_translated() -> None:
    _excerpt, version = published("machine")
    desk = Client()
    desk.force_login(make.person(Role.REVIEWER))

    page = desk.get(f"/admin/claims/claim/{version.claim_id}/change/")

    assert f"{WORDS} (Apertium 3.8, By machine)" in text_of(page)


@pytest.mark.parametrize(
    ("who", "how", "said"),
    [
        ("", "", "translation"),
        ("A. B.", "", "translated by A. B."),
        ("", "machine", "translated by machine"),
    ],
)
def test_a_translation_from_before_says_what_is_known(who: str, how: str, said: str) -> None:
    assert translation_note(who, how) == said
