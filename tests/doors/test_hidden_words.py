"""Words that the pages of a file do not show: no public door tells them, and staff read them."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from claims.models import Version
from sources.actions.captures.capture import capture
from sources.models import Excerpt, Source
from sources.vocabulary import Grade, Role
from tests import factories as make
from tests.claims.absences import absent, last
from tests.sources.extraction.samples import plain_pdf

pytestmark = pytest.mark.django_db

COVERED = "Mira Exampleson of Northtown"
WHITE = "White words that nobody sees"
# Each of its lines has a name that stands nowhere else.
PAPER = plain_pdf(
    b"BT /F1 12 Tf 72 740 Td (The ministry paid 12 million for the work of the agent) Tj ET "
    b"BT /F1 12 Tf 72 720 Td (named Mira Exampleson of Northtown) Tj ET "
    b"0 0 0 rg 105 715 300 14 re f "
    b"BT /F1 12 Tf 72 700 Td (The contract was not renewed in 2022.) Tj ET "
    b"1 1 1 rg BT /F1 12 Tf 72 680 Td (White words that nobody sees either.) Tj ET"
)


@dataclass(frozen=True)
class Paper:
    """A source with hidden words, and a published claim on the line that follows them."""

    source: Source
    excerpt: Excerpt
    version: Version


@pytest.fixture
def paper() -> Paper:
    source = make.source(rights="whole")
    by = make.somebody(Role.CONTRIBUTOR)
    capture(source=source, data=PAPER, file_name="paper.pdf", by=by, at=make.TODAY)
    excerpt = make.excerpt("The contract was not renewed in 2022.", of=source)
    return Paper(source, excerpt, make.published(evidence=[Tie(excerpt)]))


@pytest.fixture
def staff_client() -> Client:
    client = Client()
    client.force_login(make.person(Role.EDITOR))
    return client


def public_addresses(paper: Paper) -> list[str]:
    key, ref = paper.source.key, paper.version.claim.ref
    return [
        f"/sources/{key}/",
        f"/sources/{key}/?excerpt={paper.excerpt.pk}",
        f"/sources/{key}/?place=60-90",
        f"/claims/{ref}/",
        f"/claims/{ref}/v1/",
        f"/api/v1/sources/{key}/",
        f"/api/v1/excerpts/{paper.excerpt.pk}/",
        f"/api/v1/annotations/{paper.excerpt.pk}/",
        f"/api/v1/claims/{ref}/",
        "/api/v1/export/",
        "/?q=Exampleson",
        "/api/v1/claims/?q=Exampleson",
    ]


def words_in(answer: Any) -> str:
    body = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    text: str = body.decode()
    return text.replace('Exampleson"', "").replace("?q=Exampleson", "")


def test_no_public_door_tells_hidden_words(client: Client, paper: Paper) -> None:
    for address in public_addresses(paper):
        told = words_in(client.get(address))
        for part in ("Mira", "Northtown", "White words", "nobody sees"):
            assert part not in told, address


def test_the_words_around_a_quote_end_where_hidden_ones_begin(client: Client, paper: Paper) -> None:
    told = client.get(f"/api/v1/excerpts/{paper.excerpt.pk}/").json()

    assert told["prefix"].strip() == ""
    assert told["suffix"].strip() == ""
    assert paper.excerpt.grade == Grade.EXACT


def test_staff_read_hidden_words_and_see_them_marked(staff_client: Client, paper: Paper) -> None:
    html = staff_client.get(f"/sources/{paper.source.key}/").content.decode()

    assert COVERED in html
    assert WHITE in html
    assert 'title="Hidden words"' in html


def test_a_quote_of_hidden_words_is_not_verified_by_itself(paper: Paper) -> None:
    hidden = make.excerpt(WHITE, of=paper.source)

    assert hidden.grade == Grade.EXACT
    assert not hidden.is_verified
    (doubt,) = hidden.gradings.get().doubts
    assert (doubt["kind"], doubt["needs_note"]) == ("hidden", True)


def test_a_quote_passes_over_hidden_words_without_telling_them(
    client: Client, paper: Paper
) -> None:
    across = make.excerpt("work of the agent named The contract was not", of=paper.source)
    make.published(evidence=[Tie(across)])

    assert across.grade == Grade.FOLDED
    assert across.is_verified
    for one in across.gradings.get().passed_over:
        assert "Mira" not in one["words"]
    assert "Mira" not in client.get(f"/api/v1/excerpts/{across.pk}/").content.decode()


def test_a_search_for_an_absence_shows_hidden_words_to_staff_alone(
    client: Client, staff_client: Client, paper: Paper
) -> None:
    make.entity("papers")
    make.value_property("presence", "mentions")
    version = absent("Exampleson", sources=(paper.source.key,))

    (finding,) = last(version).findings.all()
    assert (finding.hits, finding.outcome) == (0, "unanswered")
    assert [one["why"] for one in finding.near_misses] == ["hidden"]
    make.approved(version)
    page = client.get(f"/claims/{version.claim.ref}/").content.decode()
    told = client.get(f"/api/v1/claims/{version.claim.ref}/").content.decode()
    desk = staff_client.get(f"/admin/claims/claim/{version.claim_id}/change/").content.decode()
    assert "does not show" not in page + told
    assert "In words that the page does not show" in desk
    assert "Exampleson" in desk


def test_the_page_of_the_capture_says_that_it_has_hidden_words(
    staff_client: Client, paper: Paper
) -> None:
    kept = paper.source.captures.get()

    html = staff_client.get(f"/admin/sources/capture/{kept.pk}/change/").content.decode()
    text = staff_client.get(f"/admin/sources/source/{paper.source.pk}/text/").content.decode()

    assert "words that its pages do not show (page 1)" in html
    assert '<mark class="unshown" title="Hidden words">' in text
