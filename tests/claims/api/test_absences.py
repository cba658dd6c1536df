"""Absences in the API, for staff and for the public."""

from typing import Any

import pytest
from django.test import Client

from claims.models import Version
from sources.models import Series
from sources.vocabulary import Access, Rights
from tests import factories as make
from tests.claims import absences
from tests.claims.absences import PAPERS, absent, answered, content, dismissed, fragment, now_has
from tests.worker import work


@pytest.fixture
def papers(db: None) -> Series:
    return absences.papers()


def told(client: Client, version: Version) -> Any:
    """The absence of a claim as its own address and the list of all send it."""
    one = client.get(f"/api/v1/claims/{version.claim.ref}/").json()["absence"]
    rows = client.get("/api/v1/claims/?limit=100").json()["results"]
    assert [row["absence"] for row in rows if row["ref"] == version.claim.ref] == [one]
    return one


def test_the_desk_gets_scope_terms_outcome_and_places(papers: Series, staff_client: Client) -> None:
    said = told(staff_client, absent("Taiwan", "Siberia"))

    at = PAPERS["js-2023"].index("Siberia")
    assert (said["series"], said["sources"], said["matching"]) == ("papers", [], "words")
    assert [term["text"] for term in said["terms"]] == ["Taiwan", "Siberia"]
    assert (said["outcome"], said["searched"], said["documents"]) == ("contradicted", 3, 3)
    (found,) = [one for one in said["findings"] if one["outcome"] == "present"]
    assert found["source"]["key"] == "js-2023"
    assert found["hits"] == [{"start": at, "end": at + 7, "term": 1, "dismissed": False}]


def test_a_claim_of_no_absence_has_none(papers: Series, staff_client: Client) -> None:
    assert told(staff_client, make.submitted()) is None


def test_the_public_gets_places_only_of_texts_that_it_may_read(
    papers: Series, public: Client
) -> None:
    open_one = make.source("Of Siberia.", key="open", rights=Rights.WHOLE)
    hidden = make.source(
        "In Siberia.", key="hidden", access=Access.STAFF, public_descriptor="A paper"
    )
    keys = ("js-2023", open_one.key, hidden.key)
    version = make.approved(absent("Siberia", sources=keys))

    said = told(public, version)

    assert (said["outcome"], said["sources"]) == ("contradicted", ["js-2023", "open"])
    by_name = {(one["source"] or {}).get("key"): one for one in said["findings"]}
    assert by_name["js-2023"]["hits"] == []
    assert (by_name["js-2023"]["hit_count"], by_name["js-2023"]["text_sha256"]) == (1, None)
    assert by_name["open"]["hits"] == [{"start": 3, "end": 10, "term": 0, "dismissed": False}]
    assert by_name[None] == {
        "source": None,
        "descriptor": "A paper",
        "outcome": "present",
        "text_sha256": None,
        "hit_count": None,
        "dismissed_count": None,
        "unanswered_count": None,
        "answered_count": None,
        "hits": [],
    }


def test_the_public_learns_that_hits_were_dismissed(papers: Series, public: Client) -> None:
    version = make.approved(absent("Siberia"))
    dismissed(version)

    said = told(public, version)

    assert said["outcome"] == "holds"
    assert [one["dismissed_count"] for one in said["findings"]] == [0, 1, 0]


def test_what_was_not_searched_or_has_changed_is_told_apart(
    papers: Series, public: Client, staff_client: Client
) -> None:
    version = make.submitted(content("whale"), evidence=[])
    assert told(staff_client, version)["outcome"] == "not-run"
    work()
    make.approved(version)
    assert told(public, version)["outcome"] == "holds"
    now_has(papers, [*papers.sources.all(), make.source(key="js-2025")])
    assert told(public, version)["outcome"] == "outdated"
    work()
    said = told(public, version)
    assert (said["outcome"], said["searched"], said["documents"]) == ("partly", 3, 4)
    now_has(papers, [fragment("js-2026")])
    work()
    said = told(public, version)
    assert (said["outcome"], said["searched"], said["documents"]) == ("partly", 0, 1)
    assert [one["outcome"] for one in said["findings"]] == ["in-part"]
    assert said["said"].startswith("Searched in part")


def test_the_public_learns_what_comes_close_by_number_alone(papers: Series, public: Client) -> None:
    version = make.approved(absent("whale"))
    now_has(papers, [*papers.sources.all(), make.source("Two whales.", key="js-2025")])
    work()

    said = told(public, version)
    assert (said["outcome"], said["unanswered"], said["answered"]) == ("unanswered", 1, 0)
    assert said["said"].endswith("1 place comes close and has not been judged yet.")
    found = {one["source"]["key"]: one for one in said["findings"]}["js-2025"]
    assert (found["outcome"], found["unanswered_count"], found["hits"]) == ("unanswered", 1, [])

    answered(version, "whales")
    said = told(public, version)
    assert (said["outcome"], said["unanswered"], said["answered"]) == ("holds", 0, 1)
    assert said["said"].endswith("1 place comes close; judged to be something else by a reviewer.")
