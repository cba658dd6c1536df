"""A file whose fonts have no map to letters: what the desk is told, and what it may approve."""

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from claims.domain.approval import ApprovalRefused
from claims.vocabulary import AbsenceStatus, FindingOutcome
from sources.actions.captures.capture import capture
from sources.models import Source
from sources.vocabulary import DoubtKind, Grade, Role
from tests import factories as make
from tests.claims.absences import absent, last
from tests.sources.extraction.samples import pdf, stream

pytestmark = pytest.mark.django_db

GLYPHS = b" ".join(b"/g%d" % number for number in range(1, 95))
PAPER = pdf(
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>>>",
    stream(
        b"BT /F1 12 Tf 14 TL 72 740 Td "
        b"(Wklv lv wkh uhsruw ri wkh edqn iru wkh bhdu 2025.) Tj T* "
        b"(Lw vdbv wkdw wudgh ihoo eb 9 shu fhqw.) Tj ET"
    ),
    b"<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+Custom"
    b"/Encoding<</Type/Encoding/Differences[32/space %s]>>>>" % GLYPHS,
)
# The same page, and one that can be read.
MIXED = pdf(
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>>>",
    stream(
        b"BT /F1 12 Tf 14 TL 72 740 Td "
        b"(Wklv lv wkh uhsruw ri wkh edqn iru wkh bhdu 2025.) Tj T* "
        b"(Lw vdbv wkdw wudgh ihoo eb 9 shu fhqw.) Tj ET"
    ),
    b"<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+Custom"
    b"/Encoding<</Type/Encoding/Differences[32/space %s]>>>>" % GLYPHS,
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 7 0 R"
    b"/Resources<</Font<</F1 8 0 R>>>>>>",
    stream(
        b"BT /F1 12 Tf 14 TL 72 740 Td "
        b"(The report of the ministry says that it was a good year.) Tj T* "
        b"(Exports of the country to its neighbours grew by seven tonnes in all.) Tj ET"
    ),
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
)
SENTENCE = "It says that trade fell by 9 per cent."


@pytest.fixture
def paper() -> Source:
    source = make.source()
    by = make.somebody(Role.CONTRIBUTOR)
    capture(source=source, data=PAPER, file_name="paper.pdf", by=by, at=make.TODAY)
    return source


def test_the_page_of_the_capture_says_that_its_letters_cannot_be_read(paper: Source) -> None:
    client = Client()
    client.force_login(make.person(Role.EDITOR))
    kept = paper.captures.get()

    html = client.get(f"/admin/sources/capture/{kept.pk}/change/").content.decode()

    (doubt,) = kept.blob.layers.get().doubts
    assert doubt["kind"] == DoubtKind.GIBBERISH
    assert "not those that the file prints (page 1)" in html


def test_the_sentence_as_the_page_prints_it_is_approved_with_a_note(paper: Source) -> None:
    excerpt = make.excerpt(SENTENCE, of=paper)
    version = make.submitted(evidence=[Tie(excerpt)])

    assert excerpt.grade in (Grade.MISSING, Grade.DRIFTED)
    assert not excerpt.is_verified
    with pytest.raises(ApprovalRefused, match="note how you compared it with the page"):
        make.approved(version)
    make.approved(version, note="I compared it with the page.")


def test_what_differs_from_a_page_that_can_be_read_is_not_approved() -> None:
    source, by = make.source(), make.somebody(Role.CONTRIBUTOR)
    capture(source=source, data=MIXED, file_name="mixed.pdf", by=by, at=make.TODAY)
    excerpt = make.excerpt("Exports of the country to its neighbours fell by seven", of=source)
    version = make.submitted(evidence=[Tie(excerpt)])

    (doubt,) = source.captures.get().blob.layers.get().doubts
    assert excerpt.grade == Grade.DRIFTED
    assert excerpt.gradings.get().start >= doubt["end"]
    with pytest.raises(ApprovalRefused, match="is not in the text"):
        make.approved(version, note="I compared it with the page.")


def test_an_absence_over_it_was_not_searched(paper: Source) -> None:
    make.entity("papers")
    make.value_property("presence", "mentions")

    version = absent("trade", sources=(paper.key,))

    assert last(version).outcome == AbsenceStatus.UNSEARCHED
    assert [one.outcome for one in last(version).findings.all()] == [FindingOutcome.IN_PART]
