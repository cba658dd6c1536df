"""Public pages of an absence: its status, and the findings that readers may see."""

from dataclasses import replace

import pytest
from django.test import Client

from claims.models import Conflict, Version
from sources.models import Series
from sources.vocabulary import Access, Rights
from tests import factories as make
from tests.claims import absences
from tests.claims.absences import absent, content, dismissed, fragment, now_has
from tests.claims.pages import world
from tests.worker import work

CONTRADICTED = "Contradicted: a term was found. 3 of 3 documents searched."

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers() -> Series:
    return absences.papers()


def text(client: Client, address: str) -> str:
    """The words of a page, white space collapsed."""
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(world.read(response.content.decode()).text.split())


def claim_page(client: Client, version: Version) -> str:
    return text(client, f"/claims/{version.claim.ref}/")


def test_each_standing_is_told_in_its_own_words_wherever_the_claim_is(
    papers: Series, client: Client
) -> None:
    topic = make.topic("Statements")
    version = make.approved(make.submitted(content("whale"), evidence=[], topics=[topic]))
    addresses = [f"/claims/{version.claim.ref}/", "/", "/topics/statements/", "/series/papers/"]
    sheet = "/api/v1/factsheets/?topic=statements&as=markdown"

    def all_say(words: str) -> bool:
        pages = [text(client, address) for address in addresses]
        whole = " ".join(client.get(sheet).content.decode().replace("\\", "").split())
        return all(words in page for page in [*pages, whole])

    assert all_say("Holds: all 3 documents were searched")
    now_has(papers, [*papers.sources.all(), make.source(key="js-2025")])
    assert all_say("To be searched again")
    work()
    assert all_say("Holds for 3 of 4 documents")
    now_has(papers, [*papers.sources.all(), fragment("js-2025b")])
    work()
    assert all_say(
        "Holds for 3 of 5 documents; 1 was searched in part, since its text is a fragment. "
        "Of 1 there is no text to search."
    )
    assert "searched in part: absent from the words of the file" in text(client, addresses[0])
    now_has(papers, [fragment("js-2025c")])
    work()
    assert all_say("Searched in part: the text is a fragment of the document")
    now_has(papers, [make.source(key="js-2026")])
    work()
    assert all_say("Not searched: there is no text of the document.")
    now_has(papers, [make.source("Of whales.", key="js-2028")])
    work()
    assert all_say("1 place comes close and has not been judged yet.")
    now_has(papers, [make.source("A whale.", key="js-2027")])
    work()
    assert all_say("Contradicted: a term was found.")


def test_the_words_of_a_hit_are_shown_where_the_whole_text_may_be_read(
    papers: Series, client: Client
) -> None:
    open_one = make.source("Much of Siberia is cold.", key="open", rights=Rights.WHOLE)
    hidden = make.source(
        "Deep in Siberia.", key="hidden", access=Access.STAFF, public_descriptor="A paper"
    )
    keys = ("js-2022", "js-2023", open_one.key, hidden.key)
    said = claim_page(client, make.approved(absent("Siberia", sources=keys)))

    assert "Much of Siberia is cold." in said
    assert "Power of" not in said
    assert "Deep in" not in said
    assert "A paper found here" in said
    assert "searched: absent" in said


def test_the_conflict_shows_both_its_sides(papers: Series, client: Client) -> None:
    version = make.approved(absent("Siberia"))
    conflict = version.public_memberships.get().conflict

    said = text(client, f"/conflicts/{conflict.ref}/")

    assert "It is in none of the papers." in said
    assert CONTRADICTED in said
    assert "Found in: Report js-2023" in said
    answer = client.get(f"/api/v1/conflicts/{conflict.ref}/").json()
    assert answer["members"][0]["versions"][0]["search"] == CONTRADICTED
    assert "Disputed" in claim_page(client, version)


def test_documents_of_one_title_are_told_apart_by_their_dates(
    papers: Series, client: Client
) -> None:
    for year, words in ((2025, "They speak of Siberia."), (2026, "They speak of lakes.")):
        issued = {"date-parts": [[year, 3, 7]]}
        make.source(words, key=f"report-{year}", title="Report", issued=issued)
    keys = ("js-2023", "report-2025", "report-2026")

    said = claim_page(client, make.approved(absent("Siberia", sources=keys)))

    assert "Found in: Report js-2023; Report (7 March 2025)" in said


def test_a_conflict_tells_how_far_an_absence_was_searched(papers: Series, client: Client) -> None:
    thing = make.topic("Whale")
    sought = replace(content("whale"), aspect=thing.key)
    version = make.approved(make.submitted(sought, evidence=[]))
    now_has(papers, [*papers.sources.all(), make.source(key="js-2025")])
    document = make.entity("js-2023", kind="document", source=papers.members.get(position=2).source)
    make.published(subject=document.key, property="mentions", aspect=thing.key, value="present")
    (conflict,) = Conflict.objects.all()
    page = f"/conflicts/{version.public_memberships.get().conflict.ref}/"
    desk = Client()
    desk.force_login(make.person())

    sentence = "To be searched again: documents or their texts have changed since the last search."
    for said in (text(client, page), text(desk, f"/admin/claims/conflict/{conflict.pk}/change/")):
        assert said.count(sentence) == 1
    members = client.get(f"/api/v1{page}").json()["members"]
    told = [position for member in members for position in member["versions"]]
    assert sorted(position["search"] for position in told) == ["", sentence]
    notices = [notice["sentence"] for position in told for notice in position["notices"]]
    assert notices.count(sentence) == 1


def test_readers_learn_that_a_hit_was_judged_to_be_something_else(
    papers: Series, client: Client
) -> None:
    version = make.approved(absent("Siberia"))
    dismissed(version)

    said = claim_page(client, version)

    assert "1 hit was judged to be something else" in said
    assert "A name of something else" not in said
    assert "Disputed" not in said
