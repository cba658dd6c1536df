"""The search of the API: what it finds, for whom, in which order, and what it says of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from claims.actions.catalogue import revise_entity
from claims.actions.claims.entry import Tie, revise
from claims.actions.extracts.freezing import freeze_extract
from claims.domain.content import Content
from sources.actions.captures.capture import capture
from sources.actions.sources import revise_source
from sources.models import Excerpt
from sources.vocabulary import Access, Grade, Role
from tests import factories as make
from tests.claims import worlds as say
from tests.claims.api.conftest import API
from tests.claims.pages import world
from tests.worker import work


def search(client: Client, q: str, **asked: Any) -> Any:
    response = client.get(f"{API}search/", {"q": q, **asked})
    assert response.status_code == 200, response.content
    return response.json()


def refs(client: Client, q: str) -> list[str]:
    return [one["claim"] for one in search(client, q)["claims"]]


def found(client: Client, **asked: str) -> list[str]:
    """The claims of a list."""
    return [one["ref"] for one in client.get(f"{API}claims/", asked).json()["results"]]


def test_a_value_comes_before_words_and_the_answer_says_how_a_sign_was_read(public: Client) -> None:
    say.world()
    words = make.published(statement="They spoke of 9% at length.")
    value = say.publishes("-9%", statement="It fell.")

    answer = search(public, "-9%")
    assert [(one["claim"], one["is_by_value"]) for one in answer["claims"]] == [
        (value.claim.ref, True),
        (words.claim.ref, False),
    ]
    assert "read as a number" in answer["understood"][0]


def test_the_word_as_typed_comes_before_its_forms_and_a_statement_before_a_quote(
    public: Client,
) -> None:
    exact = make.published(statement="The herring falls.")
    form = make.published(statement="The herring is falling.")
    quote = make.excerpt("Herring falls, they wrote.")
    quoted = make.published(statement="Nothing else.", evidence=[Tie(quote)])

    found = refs(public, "falls")
    assert found == [exact.claim.ref, form.claim.ref, quoted.claim.ref]


def test_fragments_say_where_the_words_stand(public: Client) -> None:
    quote = make.excerpt("Kelp grows.", of=make.source("Kelp grows.", title="On algae"))
    version = make.published(statement="It is green.", evidence=[Tie(quote)])

    (found,) = search(public, "grow")["claims"]
    (fragment,) = found["found_in"]
    assert found["claim"] == version.claim.ref
    assert fragment["where"] == f"in a quote of {quote.source.key}"
    assert [one["text"] for one in fragment["pieces"] if one["is_found"]] == ["grows"]


def test_left_out_words_are_said(public: Client) -> None:
    make.published(statement="The ministry reported growth.")
    kept = make.published(statement="The bank reported growth.")

    answer = search(public, "growth -ministry")
    assert [one["claim"] for one in answer["claims"]] == [kept.claim.ref]
    assert answer["left_out"] == ["ministry"]


def test_a_new_name_of_an_entity_finds_its_claims_and_the_entity(public: Client) -> None:
    say.world()
    version = say.publishes("3%")
    thing = version.subject
    assert thing is not None
    assert refs(public, "seaweed") == []

    revise_entity(entity=thing, aliases=["seaweed"], by=version.author, at=make.TODAY)
    answer = search(public, "seaweed")
    assert [one["claim"] for one in answer["claims"]] == [version.claim.ref]
    assert [one["key"] for one in answer["entities"]] == ["thing"]


def test_words_of_a_source_for_staff_are_found_by_the_desk_alone(
    public: Client, staff_client: Client
) -> None:
    source = make.source("Zostera grows.", title="Leaked memo", key="memo")
    version = make.published(
        statement="It is green.", evidence=[Tie(make.excerpt("Zostera grows.", of=source))]
    )
    assert refs(public, "zostera") == refs(public, "leaked") == [version.claim.ref]

    revise_source(
        source=source,
        record={**source.csl, "title": "Leaked memo"},
        access=Access.STAFF,
        public_descriptor="an official",
        by=make.somebody(Role.EDITOR),
        at=make.TODAY,
    )
    for words in ("zostera", "leaked", "memo"):
        answer = search(public, words)
        assert answer["claims"] == answer["sources"] == []
    assert refs(staff_client, "zostera") == refs(staff_client, "leaked") == [version.claim.ref]


def test_the_name_of_what_named_persons_read_finds_claims_for_them_alone(
    public: Client, staff_client: Client
) -> None:
    memo = make.source("It is so.", key="memo", access=Access.NAMED, public_descriptor="A note")
    entity = make.entity("zostera", kind="document", source=memo)
    version = make.published(statement="It is green.", subject=entity.key)
    reader = Client()
    reader.force_login(memo.readers.get())

    assert refs(reader, "zostera") == found(reader, q="zostera") == [version.claim.ref]
    assert found(reader, entity="zostera") == [version.claim.ref]
    for client in (public, staff_client):
        assert refs(client, "zostera") == found(client, q="zostera") == []
        assert client.get(f"{API}claims/", {"entity": "zostera"}).status_code == 400


def test_words_of_a_quote_that_are_no_longer_printed_are_not_found(public: Client) -> None:
    source = make.source("Kelp grows](https://zostera.example/herring) fast.", key="algae")
    quote = make.excerpt("grows](https://zostera.example/herring) fast", of=source)
    version = make.published(statement="It is green.", evidence=[Tie(quote)])
    assert refs(public, "zostera") == refs(public, "grows") == [version.claim.ref]

    # In the newer file the same words are those of a link, whose target is not printed.
    capture(
        source=source,
        data=b"[Kelp grows](https://zostera.example/herring) fast.",
        file_name="newer.txt",
        by=make.somebody(Role.CONTRIBUTOR),
        at=make.TODAY + timedelta(days=1),
    )
    work()

    assert quote.grade == Excerpt.objects.get(pk=quote.pk).grade == Grade.EXACT
    assert refs(public, "zostera") == refs(public, '"zostera example"') == []
    assert refs(public, "grows") == [version.claim.ref]


def test_drafts_and_their_names_are_found_by_the_desk_alone(
    public: Client, staff_client: Client
) -> None:
    make.entity("zostera")
    draft = make.draft(statement="Zostera grows.")

    answer = search(public, "zostera")
    assert answer["claims"] == answer["entities"] == []
    assert refs(staff_client, "zostera") == [draft.claim.ref]
    assert search(public, draft.claim.ref)["reference"] is None


def test_a_reference_leads_to_what_has_it_where_the_reader_may_know_it(
    public: Client, staff_client: Client
) -> None:
    built = world.build()
    claim, draft = built.hundred.claim, make.draft()
    quote = built.hundred.evidence.get().excerpt
    unread = make.excerpt("Zostera grows.")
    extract = freeze_extract(
        title="All",
        query="",
        by=make.somebody(Role.EDITOR),
        clock=lambda: world.LATER,
        base_url="http://testserver",
    )
    led = {
        claim.ref: f"claims/{claim.ref}/",
        f"{claim.ref.lower()}/v1": f"claims/{claim.ref}/versions/1/",
        built.conflict.ref: f"conflicts/{built.conflict.ref}/",
        extract.ref: f"extracts/{extract.ref}/",
        f"q/{quote.pk}": f"excerpts/{quote.pk}/",
    }
    for typed, path in led.items():
        address = search(public, typed)["reference"]
        assert address.endswith(f"{API}{path}"), typed
        assert public.get(address).status_code == 200
        assert public.get("/", {"q": typed}, follow=True).status_code == 200

    for typed in (draft.claim.ref, f"{draft.claim.ref}/v1", f"q/{unread.pk}"):
        assert search(public, typed)["reference"] is None
        assert search(staff_client, typed)["reference"] is not None
    for typed in ("C999999", f"{claim.ref}/v9", "K999999", "X999999", "q/999999", "Q148"):
        assert search(staff_client, typed)["reference"] is None


def test_a_search_of_the_past_finds_the_versions_of_then_and_goes_on_there(public: Client) -> None:
    noon = make.TODAY + timedelta(hours=12)
    kept = make.published(statement="Herring fell.", at=make.TODAY)
    first = make.published(statement="Herring rose.", at=make.TODAY)
    waiting = revise(
        claim=first.claim,
        content=Content(statement="Zostera rose."),
        evidence=[Tie(piece.excerpt, piece.stance) for piece in first.evidence.all()],
        by=make.somebody(Role.CONTRIBUTOR),
        at=noon,
        seen=1,
        submit_it=True,
    )
    make.approved(waiting, at=noon, note="Read.")
    between = (make.TODAY + timedelta(hours=1)).isoformat()

    assert refs(public, "herring") == [kept.claim.ref]
    assert refs(public, "zostera") == [first.claim.ref]
    then = search(public, "herring", known_at=between, limit=1)
    found = [one["version"] for one in then["claims"]]
    found += [one["version"] for one in public.get(then["next"]).json()["claims"]]
    assert sorted(found) == [f"{kept.claim.ref}/v1", f"{first.claim.ref}/v1"]
    assert search(public, "zostera", known_at=between)["claims"] == []
    assert search(public, "herring", known_at="2019")["claims"] == []
    listed = public.get(f"{API}claims/", {"q": "herring", "known_at": between}).json()["results"]
    assert [one["version"] for one in listed] == sorted(found, reverse=True)
    paged = public.get("/", {"q": "herring", "known_at": between}).content.decode()
    assert f">{first.claim.ref}<" in paged
    assert f">{kept.claim.ref}<" in paged


def test_identifiers_find_the_source_and_the_claims_that_quote_it(public: Client) -> None:
    source = make.source("It grew.", DOI="10.1000/182", ISBN="978-0-306-40615-7")
    version = make.published(evidence=[Tie(make.excerpt("It grew.", of=source))])

    for typed in ("10.1000/182", "https://doi.org/10.1000/182", "0306406152", "9780306406157"):
        answer = search(public, typed)
        assert [one["claim"] for one in answer["claims"]] == [version.claim.ref], typed
        assert [one["key"] for one in answer["sources"]] == [source.key], typed


@pytest.mark.parametrize("typed", [":*", "—", '"', "& | !", "\u200f", "x" * 301])
def test_what_cannot_be_searched_for_is_refused_in_a_sentence(public: Client, typed: str) -> None:
    for path in ("search/", "claims/", "sources/", "entities/"):
        response = public.get(f"{API}{path}", {"q": typed})
        assert response.status_code == 400
        assert response.json()["errors"][0]["parameter"] == "q"
        assert response.json()["detail"].endswith(".")
    assert public.get("/", {"q": typed}).status_code in (200, 400)


@pytest.mark.parametrize("typed", ["'; drop", '"a', "a & b:*", "\\", "a <-> b", "'" * 299 + "a"])
def test_signs_of_the_database_are_no_error(public: Client, typed: str) -> None:
    for path in ("search/", "claims/"):
        assert public.get(f"{API}{path}", {"q": typed}).status_code in (200, 400)


def test_pages_of_the_ranking_hold_each_claim_once(public: Client) -> None:
    made = [make.published(statement=f"Herring number {n}.") for n in range(5)]
    answer = search(public, "herring", limit=2)
    found = [one["claim"] for one in answer["claims"]]
    while answer["next"]:
        answer = public.get(answer["next"]).json()
        found += [one["claim"] for one in answer["claims"]]
    assert sorted(found) == sorted(version.claim.ref for version in made)
    assert not answer["ranking_capped"]
