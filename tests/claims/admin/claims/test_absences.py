"""Absences in the admin: entering one, reading the findings, judging a hit."""

from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from claims.actions.absence.queue import JOB
from claims.models import AbsenceRun, Version
from sources.actions.captures.capture import capture
from sources.models import Series, Source
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims import absences
from tests.claims.absences import PAPERS, absent, content, fragment, last, now_has
from tests.claims.admin.entry.test_pages import ADD, staff_client, typed
from tests.factories import TODAY
from tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers() -> Series:
    return absences.papers()


def page_of(version: Version) -> str:
    return f"/admin/claims/claim/{version.claim_id}/change/"


def read(client: Client, version: Version) -> str:
    return client.get(page_of(version)).content.decode()


def entered(**fields: Any) -> dict[str, Any]:
    return typed(
        subject="papers",
        property="mentions",
        value="absent",
        absence_series="papers",
        submit="1",
        **fields,
    )


def test_what_a_search_would_find_is_shown_before_it_is_saved_and_asked_about_once(
    papers: Series,
) -> None:
    client, given = staff_client(make.person()), entered(absence_terms="Siberia")

    shown = client.post(ADD, {**given, "check": "1"})
    asked = client.post(ADD, given)

    for page in (shown, asked):
        (conflict,) = page.context["preview"].conflicts
        assert conflict.kind == "Absence, contradiction"
        assert list(conflict.found_in) == ["Report js-2023"]
    assert "Found in:" in asked.content.decode()
    assert not Version.objects.exists()
    assert not AbsenceRun.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name=JOB).exists()

    saved = client.post(ADD, {**given, "previewed": asked.context["previewed"]})
    assert saved.status_code == 302
    assert Version.objects.get().status == "submitted"


def test_what_no_document_has_is_submitted_unasked(papers: Series) -> None:
    given = entered(absence_terms="whale")

    assert staff_client(make.person()).post(ADD, given).status_code == 302


def test_nobody_learns_from_a_preview_what_is_in_a_text_that_they_may_not_read(
    papers: Series,
) -> None:
    hidden = make.source(
        "They speak of Siberia.", key="memo", access="named", public_descriptor="A memo"
    )
    now_has(papers, [hidden, make.source("Of nothing.", key="open")])
    named, other = make.person(), make.person()
    hidden.readers.add(named)
    given = entered(absence_terms="Siberia", check="1")

    found = {
        who: [one.kind for one in staff_client(who).post(ADD, given).context["preview"].conflicts]
        for who in (named, other)
    }

    assert found == {named: ["Absence, contradiction"], other: []}


def test_terms_are_entered_with_how_they_are_matched(papers: Series) -> None:
    client = staff_client(make.person())
    given = entered(absence_terms="pipe | en", absence_matching="prefix")
    asked = client.post(ADD, given)
    client.post(ADD, {**given, "previewed": asked.context["previewed"]})
    version = Version.objects.get()
    work()

    assert version.absence_scope.matching == "prefix"
    assert last(version).outcome == "contradicted"
    form = staff_client(make.person()).get(f"/admin/claims/claim/{version.claim_id}/revise/")
    assert form.context["form"]["absence_matching"].value() == "prefix"


def test_a_term_that_cannot_be_searched_is_refused_at_its_field(papers: Series) -> None:
    response = staff_client(make.person()).post(ADD, entered(absence_terms="Arctic OR Siberia"))

    assert "is no operator that is known" in str(response.context["form"].errors["absence_terms"])
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    ("terms", "label", "said"),
    [
        ("whale", "Holds", "all 3 documents were searched"),
        ("Siberia", "Contradicted", "a term was found. 3 of 3 documents searched"),
    ],
)
def test_the_page_says_where_the_absence_stands(
    papers: Series, terms: str, label: str, said: str
) -> None:
    version = absent(terms)
    html = read(staff_client(make.person()), version)

    assert f"Absence: {label}</span>" in html
    assert said in html
    assert said in staff_client(make.person()).get("/admin/claims/claim/").content.decode()


def test_what_is_not_yet_searched_is_not_said_to_hold(papers: Series) -> None:
    version = make.submitted(content("whale"), evidence=[])
    client = staff_client(make.person(Role.REVIEWER))
    assert "have not been searched yet" in read(client, version)
    work()
    assert "Absence: Holds" in read(client, version)

    now_has(papers, [*papers.sources.all(), make.source("A whale.", key="js-2025")])

    html = read(client, version)
    assert "Absence: Holds" not in html
    assert "To be searched again" in html
    work()
    assert "Contradicted" in read(client, version)


def test_an_approver_sees_what_the_search_could_not_do(papers: Series) -> None:
    make.source(key="js-2025")
    version = absent("whale", sources=("js-2022", "js-2025"))
    html = read(staff_client(make.person(Role.REVIEWER)), version)

    notice = html[html.index("Decide on") :]
    assert "Holds for 1 of 2 documents" in notice[: notice.index("</form>")]
    assert "not searched: there is no text of it" in html


def test_an_approver_sees_that_a_fragment_was_searched_in_part(papers: Series) -> None:
    fragment("js-2025")
    version = absent("whale", sources=("js-2022", "js-2025"))
    html = read(staff_client(make.person(Role.REVIEWER)), version)

    notice = html[html.index("Decide on") :]
    assert "Holds for 1 of 2 documents; 1 was searched in part" in notice
    assert "searched in part: absent from the words of the file that its text has" in html
    assert last(version).findings.get(source__key="js-2025").outcome == "in-part"


def test_a_hit_stands_with_the_words_around_it_and_leads_to_its_place(papers: Series) -> None:
    client = staff_client(make.person())
    version = absent("Siberia")
    html = read(client, version)

    assert "the Power of <mark>Siberia</mark> - 2 project" in html
    layer = Source.objects.get(key="js-2023").captures.get().blob.layers.get()
    at = PAPERS["js-2023"].index("Siberia")
    address = f"/sources/js-2023/?text={layer.pk}&amp;place={at}-{at + 7}#x0"
    assert f'href="{address}"' in html
    text = client.get(address.replace("&amp;", "&").partition("#")[0]).content.decode()
    assert f'id="x0"></span><mark data-at="{at}" class="asked">Siberia</mark>' in text


def test_the_page_of_a_hit_is_named(papers: Series) -> None:
    paged = make.source("Roads.\fOf a whale.", key="paged")
    html = read(staff_client(make.person()), absent("whale", sources=(paged.key,)))

    assert "<bdi>whale</bdi>, p. 2" in html


def test_what_comes_close_is_listed_for_a_person(papers: Series) -> None:
    html = read(staff_client(make.person()), absent("pipeline"))

    assert "1 place comes close" in html
    assert "They speak of <mark>pipelines</mark>" in html
    assert "Another form of the word" in html


def test_the_page_of_the_conflict_shows_both_sides(papers: Series) -> None:
    version = absent("Siberia")
    conflict = version.claim.conflict_memberships.get().conflict_id

    html = (
        staff_client(make.person())
        .get(f"/admin/claims/conflict/{conflict}/change/")
        .content.decode()
    )

    assert "It is in none of the papers." in html
    assert "Found in: Report js-2023" in html


def test_a_reviewer_dismisses_a_hit_and_the_outcome_follows(papers: Series) -> None:
    version = absent("Siberia")
    reviewer = make.person(Role.REVIEWER, name="vera")
    client = staff_client(reviewer)
    finding = last(version).findings.get(source__key="js-2023")
    start, end = finding.places[0]["start"], finding.places[0]["end"]
    sent = {"read": "1", "place": f"{finding.layer_id}-{start}-{end}-0"}
    address = f"/admin/claims/claim/{version.claim_id}/dismiss/"

    refused = client.post(address, {**sent, "reason": " "}).content.decode()
    assert "reason" in refused
    assert last(version).outcome == "contradicted"
    done = client.post(address, {**sent, "reason": "It is the name of a project."})

    assert done.status_code == 302
    html = read(client, version)
    assert "Absence: Holds" in html
    assert "1 hit was judged to be something else" in html
    assert "It is the name of a project." in html
    again = client.post(address, {**sent, "reason": "So."}).content.decode()
    assert "has dismissed this hit already" in again


def test_who_is_no_reviewer_dismisses_nothing(papers: Series) -> None:
    version = absent("Siberia")
    client = staff_client(make.person())
    finding = last(version).findings.get(source__key="js-2023")
    place = finding.places[0]
    sent = {"read": "1", "place": f"{finding.layer_id}-{place['start']}-{place['end']}-0"}
    address = f"/admin/claims/claim/{version.claim_id}/dismiss/"

    assert "This is something else" not in read(client, version)
    assert client.post(address, {**sent, "reason": "So."}).status_code == 403
    assert client.post(address, {**sent, "place": "x", "reason": "So."}).status_code == 200
    assert last(version).outcome == "contradicted"


def test_a_person_searches_again(papers: Series) -> None:
    version = make.submitted(content("Siberia"), evidence=[])
    client = staff_client(make.person())

    client.post(f"/admin/claims/claim/{version.claim_id}/v1/search/")

    assert last(version).outcome == "contradicted"
    client.post(f"/admin/claims/claim/{version.claim_id}/v1/search/")
    assert AbsenceRun.objects.count() == 1
    other = make.submitted()
    assert client.post(f"/admin/claims/claim/{other.claim_id}/v1/search/").status_code == 404


def test_of_a_source_for_named_persons_others_read_the_outcome_alone(papers: Series) -> None:
    hidden = make.source(
        "Deep in Siberia.", key="hidden", access=Access.NAMED, public_descriptor="A paper"
    )
    html = read(staff_client(make.person(Role.EDITOR)), absent("Siberia", sources=(hidden.key,)))

    assert "A paper" in html
    assert "found here" in html
    assert "Deep in" not in html


def test_a_place_in_a_text_that_is_no_longer_current_is_said_to_be_gone(papers: Series) -> None:
    source = Source.objects.get(key="js-2023")
    layer = source.captures.get().blob.layers.get()
    capture(source=source, data=b"Another.", file_name="b.txt", by=make.person(), at=TODAY)
    client = staff_client(make.person())

    assert client.get(f"/sources/js-2023/?text={layer.pk}&place=0-4").status_code == 200
    assert client.get("/sources/js-2023/?text=999999&place=0-4").status_code == 400
    for place in ("4-0", "x", "1-2-3"):
        assert client.get(f"/sources/js-2023/?place={place}").status_code == 400
