"""Quotes as readers see them: clean, with what is not printed said beside them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from claims.actions.claims.entry import Tie
from claims.factsheets.assemble import assemble
from sources.models import Excerpt
from sources.vocabulary import Grade, Role
from tests import factories as make
from tests.claims.factsheets.rendering import rendered
from tests.claims.pages import world

pytestmark = pytest.mark.django_db

TEXT = (
    "Compared to the [2022-2024](#) documents¹ the text of 10⁶ letters re-\nsigned in May is short."
    "\n\n¹ All are in Chinese."
)
EXACT = TEXT[: TEXT.index(" is short")]
PRINTED = "Compared to the 2022-2024 documents the text of 10⁶ letters re-signed in May"


@pytest.fixture
def excerpt() -> Excerpt:
    found = make.excerpt(EXACT, of=make.source(TEXT))
    make.published(evidence=[Tie(found)])
    return found


def test_the_words_stay_as_located_and_are_printed_clean(excerpt: Excerpt) -> None:
    assert (excerpt.exact, excerpt.grade) == (EXACT, Grade.EXACT)
    assert excerpt.printed == PRINTED


def test_public_pages_print_clean_words_and_say_what_they_leave_out(
    excerpt: Excerpt, client: Client
) -> None:
    claim = excerpt.evidence.get().version.claim
    source = f"/sources/{excerpt.source.key}/"

    for address in (f"/claims/{claim.ref}/", source):
        page = client.get(address).content.decode()
        said = " ".join(world.read(page).text.split())
        assert PRINTED in said
        assert "Not printed here: link “[”, link “](#)”, note mark “¹”." in said


def test_the_api_has_the_words_as_printed_and_as_located(excerpt: Excerpt, client: Client) -> None:
    told = client.get(f"/api/v1/excerpts/{excerpt.pk}/").json()
    marked = client.get(f"/api/v1/annotations/{excerpt.pk}/").json()

    assert (told["quote"], told["exact"]) == (PRINTED, EXACT)
    assert any("note mark" in note for note in told["finding"]["notes"])
    (words,) = [
        selector
        for selector in marked["target"]["selector"]
        if selector["type"] == "TextQuoteSelector"
    ]
    assert words["exact"] == EXACT


@pytest.mark.parametrize("to", ["html", "markdown"])
def test_fact_sheets_print_clean_words(excerpt: Excerpt, to: str) -> None:
    claim = excerpt.evidence.get().version.claim
    made = assemble(claims=[claim.ref], reader=AnonymousUser(), at=world.LATER)

    sheet = " ".join(rendered(made, style="apa", to=to).split())

    assert PRINTED in sheet
    assert "](#)" not in sheet.replace("link “](#)”", "").replace("link “\\](#)”", "")


def test_the_desk_lists_clean_words(excerpt: Excerpt) -> None:
    client = Client()
    client.force_login(make.person(Role.EDITOR))

    assert PRINTED in client.get("/admin/sources/excerpt/").content.decode()
    page = client.get(f"/admin/sources/excerpt/{excerpt.pk}/change/").content.decode()
    assert PRINTED in page
    assert "[2022-2024](#)" in page


def test_the_text_for_reading_says_which_parts_a_quote_goes_without(excerpt: Excerpt) -> None:
    client = Client()
    client.force_login(make.person())

    page = client.get(f"/sources/{excerpt.source.key}/").content.decode()

    assert page.count('data-left-out="mark"') == 4
    clean = make.excerpt(PRINTED, of=excerpt.source)
    assert (clean.grade, clean.printed) == (Grade.FOLDED, PRINTED)
