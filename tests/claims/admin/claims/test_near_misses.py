"""The desk's pages of near misses: shown, judged, added to the terms."""

import re
from typing import Any

import pytest
from django.test import Client

from claims.domain.absence.word_keys import word_key
from claims.models import Version
from sources.actions.captures.capture import capture
from sources.models import Source
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims.absences import absent, answered, last, now_has, papers, scope_of
from tests.claims.admin.claims.test_absences import entered, page_of, read
from tests.claims.admin.entry.test_pages import ADD, staff_client
from tests.factories import TODAY
from tests.worker import work

pytestmark = pytest.mark.django_db

NEAR = "pipelines"  # what comes close to "pipeline" in one of the papers


@pytest.fixture(autouse=True)
def series() -> None:
    papers()


def reviewer(name: str = "") -> Client:
    return staff_client(make.person(Role.REVIEWER, name=name))


def answer(client: Client, version: Version, **sent: Any) -> Any:
    fields = {"read": "1", "word": word_key(NEAR), "reason": "Another word."} | sent
    return client.post(f"/admin/claims/claim/{version.claim_id}/answer/", fields)


def approve(client: Client, version: Version) -> str:
    """The page after a try to approve; empty where it was done."""
    sent = {"step": "approve", "read": "1", "content_hash": version.content_hash, "publish": "now"}
    done = client.post(f"/admin/claims/claim/{version.claim_id}/decide/", sent)
    return "" if done.status_code == 302 else done.content.decode()


def test_a_reviewer_judges_words_and_approves() -> None:
    version, client = absent("pipeline"), reviewer("vera")

    assert "Absence: To be judged</span>" in read(client, version)
    refused = approve(client, version)
    assert f"1 place comes close to the terms and has not been judged: “{NEAR}”" in refused
    assert answer(client, version).status_code == 302

    html = read(client, version)
    assert "Absence: Holds</span>" in html
    assert "1 place comes close; judged to be something else by a reviewer." in html
    assert re.search(r"Vera, 2\d{3}-[^:]+:\d\d UTC: <bdi>Another word.</bdi>", html)
    assert approve(client, version) == ""


def test_words_stand_once_with_their_number_kind_and_context() -> None:
    now_has(papers_series(), [make.source("Pipelines, or old pipelines.", key="js-2025")])
    html = read(reviewer(), absent("pipeline"))

    assert "<strong><bdi>Pipelines</bdi></strong>" in html
    assert "Another form of the word · 2 places, 1 document" in html
    assert "or old <mark>pipelines</mark>." in html
    assert "Something else, at 2 places" in html
    assert "Synonyms cannot be found by a machine" in html


def papers_series() -> Any:
    return Source.objects.get(key="js-2022").memberships.get().series


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reason": " "}, "reason"),
        ({"word": "0" * 16}, "has no such words that come close any more"),
        ({"word": "pipelines"}, "Enter a valid value."),
    ],
)
def test_an_answer_that_cannot_be_given_is_refused_with_the_page(
    sent: dict[str, str], said: str
) -> None:
    version = absent("pipeline")

    refused = answer(reviewer(), version, **sent)

    assert refused.context["given"].errors
    assert said in refused.content.decode()
    assert last(version).outcome == "unanswered"


def test_words_that_are_judged_are_not_judged_again() -> None:
    version = absent("pipeline")
    answered(version, NEAR, by=make.person(Role.REVIEWER, name="vera"))

    assert "Vera has judged these words" in answer(reviewer(), version).content.decode()


def test_who_is_no_reviewer_sees_the_words_and_may_add_them_to_the_terms() -> None:
    version, client = absent("pipeline"), staff_client(make.person())

    html = read(client, version)
    assert "A reviewer judges what is something else." in html
    assert f"/revise/?term=:{NEAR}#absence" in html
    assert answer(client, version).status_code == 403
    assert last(version).outcome == "unanswered"


def test_the_same_leads_to_the_form_with_the_term_added_and_saves_nothing() -> None:
    version, client = absent("pipeline"), reviewer()
    address = f"/admin/claims/claim/{version.claim_id}/revise/?term=:{NEAR}"

    form = client.get(address)

    assert form.context["form"]["absence_terms"].value() == f"pipeline\n{NEAR}"
    assert f"“{NEAR}” stands among the terms below. Nothing is saved yet" in form.content.decode()
    assert version.claim.versions.count() == 1
    again = client.get(address.replace(NEAR, "pipeline")).context["form"]
    assert again["absence_terms"].value() == "pipeline"


def test_in_a_later_text_the_answer_is_proposed_and_applied_by_one_click() -> None:
    version = absent("pipeline")
    vera = make.person(Role.REVIEWER, name="vera")
    answered(version, NEAR, by=vera)
    source = Source.objects.get(key="js-2024")
    capture(source=source, data=b"Of pipelines.", file_name="b.txt", by=vera, at=TODAY)
    work()
    client = reviewer("otto")

    html = read(client, version)
    assert "1 to be judged" in html
    assert "Judged to be something else before, by Vera, in Report js-2023" in html
    assert "Something else here too" in html
    assert last(version).outcome == "unanswered"

    answer(client, version)
    assert last(version).outcome == "holds"
    assert "Something else here too" not in read(client, version)


def test_a_former_answer_in_a_text_for_others_is_not_proposed() -> None:
    kept = make.source(
        "Of pipelines.", key="kept", access=Access.NAMED, public_descriptor="A paper"
    )
    version = absent("pipeline", sources=("js-2023", "kept"))
    answered(version, NEAR, by=make.reader_of([kept]))
    source = Source.objects.get(key="js-2023")
    capture(source=source, data=b"New pipelines.", file_name="b.txt", by=make.person(), at=TODAY)
    work()

    assert "in Report kept" not in read(reviewer(), version)
    assert "in Report js-2023" in read(reviewer(), version)


def test_a_hit_within_a_longer_name_comes_with_the_term_that_leaves_it_out() -> None:
    make.source("Peace in the South China Sea, and the East China Sea.", key="quad")
    version, client = absent("China", sources=("quad",)), reviewer()

    html = read(client, version)
    assert "China NOT &quot;South China Sea&quot;" in html
    term = 'China NOT "South China Sea" NOT "East China Sea"'
    assert term.replace('"', "&quot;") in html
    (link,) = set(re.findall(r'href="([^"]+NOT[^"]+NOT[^"]+)"', html))
    form = client.get(link.partition("#")[0]).context["form"]
    assert form["absence_terms"].value() == term


def test_what_not_leaves_out_is_listed_and_asks_nobody() -> None:
    make.source("Peace in the South China Sea.", key="quad")
    version = absent('China NOT "South China Sea"', sources=("quad",))
    html = read(reviewer(), version)

    assert last(version).outcome == "holds"
    assert "<h3>Left out by NOT</h3>" in html
    assert "South <mark>China</mark> Sea" in html


def test_other_common_words_stand_last_in_one_line_and_ask_nobody() -> None:
    make.source("Their actions, and our action. The nations.", key="quad")
    version = absent("sanctions", sources=("quad",))
    html = read(reviewer(), version)

    assert last(version).outcome == "holds"
    line = html[html.index("Other common words that are spelled alike") :]
    assert "<bdi>actions</bdi> (1)" in line[: line.index("</p>")]


def test_the_form_shows_what_comes_close_once_and_adds_it_to_the_terms() -> None:
    client, given = staff_client(make.person()), entered(absence_terms="pipeline")

    asked = client.post(ADD, given)

    html = asked.content.decode()
    assert asked.context["previewed"] == f"near-{word_key(NEAR)}"
    assert f"of <mark>{NEAR}</mark>, and of" in html
    assert "Something else? A reviewer says so" in html
    assert not Version.objects.exists()

    added = client.post(ADD, {**given, "term": f":{NEAR}"})
    assert added.context["form"]["absence_terms"].value() == f"pipeline\n{NEAR}"
    assert not Version.objects.exists()

    saved = client.post(ADD, {**given, "previewed": asked.context["previewed"]})
    assert saved.status_code == 302
    assert Version.objects.get().status == "submitted"


def test_a_name_is_left_out_in_the_form_and_the_language_of_the_term_stays() -> None:
    make.source("Peace in the South China Sea.", key="quad")
    client = staff_client(make.person())
    given = entered(absence_terms="China | en", absence_sources="quad", check="1")
    given["absence_series"] = ""

    html = client.post(ADD, given).content.decode()
    (button,) = re.findall(r'name="term" value="([^"]+)"', html)
    changed = client.post(ADD, {**given, "term": button.replace("&quot;", '"')})

    line = changed.context["form"]["absence_terms"].value()
    assert line == 'China NOT "South China Sea" | en'


def test_nobody_learns_from_a_preview_what_comes_close_in_a_text_that_they_may_not_read() -> None:
    make.source("Of pipelines.", key="memo", access="named", public_descriptor="A memo")
    client = staff_client(make.person())
    version = absent("pipeline", sources=("memo",))

    html = read(reviewer(), version)
    assert "1 place comes close in a text that you may not read." in html
    assert NEAR not in html
    draft = absent("pipeline", sources=("memo",), submit_it=False)
    step = f"/admin/claims/claim/{draft.claim_id}/step/submit/"
    preview = client.post(step, {"read": "1"}).context["preview"]
    assert not preview.near
    assert not any(asked.startswith("near-") for asked in preview.asks)


def test_absences_to_judge_are_a_list_of_their_own() -> None:
    waiting, done, _other = absent("pipeline"), absent("pipeline"), absent("whale")
    answered(done, NEAR)
    client = reviewer()

    page = client.get("/admin/claims/claim/?absence=unanswered")

    assert [row.version for row in page.context["rows"]] == [waiting]
    assert "Absences to judge" in page.content.decode()
    assert scope_of(waiting).version == waiting


def test_the_form_says_that_an_asserter_is_to_be_quoted() -> None:
    html = staff_client(make.person()).get(ADD).content.decode()

    assert "Where somebody else says that it is absent, quote their words" in html
    assert page_of(absent("whale")).endswith("/change/")
