"""The page of a cell: places in context, what claims say, and the way to a new claim."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from claims.models import Claim, Version
from sources.models import Excerpt, Source
from sources.vocabulary import Grade, Role
from tests import factories as make
from tests.claims.counted import a_series, has_dictionary
from tests.claims.pages.series.test_matrix_pages import page, staff_client, words_of
from tests.sources.withheld import withheld
from tests.worker import work

pytestmark = pytest.mark.django_db

CELL = "/series/papers/topics/arctic/js-2023/"
ABSENT = "/series/papers/topics/arctic/js-2022/"
TEXTS = {
    "js-2022": "They speak of trade.",
    "js-2023": "They speak of Trade. In May the Arctic was open. So was the Arctic Council.",
}


def counted(**record: Any) -> None:
    """The series with a dictionary; the whole texts may be read, unless `record` says otherwise."""
    given: dict[str, Any] = {"is_opened": True, "rights": "whole"} | record
    has_dictionary(a_series(TEXTS, **given), arctic=["Arctic"])


def test_the_places_stand_in_context_and_lead_into_the_text(client: Client) -> None:
    counted()

    html = page(client, CELL)

    words = words_of(html)
    assert "Arctic, 2023" in words
    assert "2 places" in words
    assert "counted with papers/1" in words
    assert "In May the Arctic was open" in words
    at = TEXTS["js-2023"].index("Arctic")
    address = re.findall(r'href="(/sources/js-2023/\?text=\d+&amp;place=[^"]+)"', html)[0]
    assert f"place={at}-{at + 6}" in address
    assert 'class="asked"' in client.get(address.replace("&amp;", "&")).content.decode()
    assert "<form" not in html


def test_the_public_reads_no_context_where_the_rights_give_no_text(client: Client) -> None:
    counted(rights="excerpts")

    html = page(client, CELL)

    assert "2 places" in html
    assert "In May" not in html
    assert "you may read only what published claims quote" in html
    assert "In May the Arctic" in words_of(page(staff_client(), CELL))


def test_absent_says_that_synonyms_are_not_found(client: Client) -> None:
    counted()
    words = words_of(page(client, ABSENT))
    assert "∅ absent" in words
    assert "Words for the same thing that are not among the terms are not found." in words
    assert "Claim the absence" not in words


def test_a_cell_says_what_claims_say_and_who_says_so(client: Client) -> None:
    counted()
    make.entity("ministry", kind="organisation", label="Ministry")
    about: dict[str, Any] = {"property": "papers-mentions", "aspect": "arctic"}
    version = make.published(
        statement="It is silent on the Arctic.",
        subject="js-2023-document",
        value="absent",
        asserted_by=("ministry",),
        **about,
    )
    make.draft(
        statement="A draft of Quillfeather.", subject="js-2023-document", value="present", **about
    )

    html = page(client, CELL)

    words = words_of(html)
    assert "Ministry" in words
    assert "It is silent on the Arctic." in words
    assert "claimed: absent" in words
    assert "Text and claims disagree." in words
    assert f'href="/claims/{version.claim.ref}/"' in html
    assert "Quillfeather" not in html
    assert "Text and claims disagree:" in words_of(page(client))


@pytest.mark.parametrize(
    "address",
    [
        "/series/papers/topics/nothing/js-2023/",
        "/series/papers/topics/arctic/nothing/",
        "/series/papers/topics/arctic/js-2023.999999/",
        "/series/nothing/topics/arctic/js-2023/",
    ],
)
def test_an_address_of_no_cell_is_not_found(client: Client, address: str) -> None:
    counted()
    assert client.get(address).status_code == 404


def test_a_place_leads_to_a_new_claim_with_quote_document_topic_and_property() -> None:
    counted()
    client = staff_client(Role.CONTRIBUTOR)
    html = page(client, CELL)
    form = html[html.index("<form") : html.index("</form>")]
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    typed.pop("csrfmiddlewaretoken")
    assert typed["exact"] == "In May the Arctic was open."

    answer: Any = client.post("/sources/js-2023/quote/", typed)

    excerpt = Excerpt.objects.get()
    assert (excerpt.exact, excerpt.grade) == ("In May the Arctic was open.", Grade.EXACT)
    named = {key: value[0] for key, value in parse_qs(urlsplit(answer.url).query).items()}
    assert named == {
        "excerpt": str(excerpt.pk),
        "subject": "js-2023-document",
        "property": "papers-mentions",
        "aspect": "arctic",
        "value": "present",
    }
    entry = client.get(answer.url).context["form"]
    assert entry["subject"].value() == "js-2023-document"
    assert Claim.objects.count() == 0


def test_an_absent_cell_leads_to_a_claim_of_the_absence() -> None:
    counted()
    client = staff_client(Role.CONTRIBUTOR)
    html = page(client, ABSENT)
    address = re.search(r'href="(/admin/claims/claim/add/[^"]+)"', html)
    assert address is not None

    form = client.get(address[1].replace("&amp;", "&")).context["form"]

    assert form["value"].value() == "absent"
    assert form["subject"].value() == "js-2022-document"
    assert form["aspect"].value() == "arctic"
    assert form["absence_terms"].value() == "Arctic"
    assert form["absence_sources"].value() == "js-2022"


def test_the_property_is_that_of_the_latest_claim_about_the_topic() -> None:
    counted()
    make.value_property("presence", "names")
    make.draft(subject="js-2022-document", property="names", aspect="arctic", value="present")

    html = page(staff_client(), CELL)

    assert Version.objects.count() == 1
    assert 'name="property" value="names"' in html


def test_words_that_were_withheld_are_not_shown(client: Client) -> None:
    counted()
    source = Source.objects.get(key="js-2023")
    withheld(make.excerpt("In May the Arctic was open", of=source))
    work()

    for reader in (client, staff_client()):
        words = words_of(page(reader, CELL))
        assert "In May" not in words
        assert "1 place" in words
        assert "So was the Arctic Council" in words, words
