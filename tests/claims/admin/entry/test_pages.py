"""Entering and revising claims through the pages of the desk."""

from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from claims.models import Claim, Version
from factbase.models import User
from sources.models import Excerpt, SourceReader
from sources.vocabulary import Grade, Role
from tests import factories as make

pytestmark = pytest.mark.django_db

ADD = "/admin/claims/claim/add/"


def staff_client(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def typed(*rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The form data of a claim with these rows of quotes."""
    data: dict[str, Any] = {
        "statement": "Trade fell by 9%.",
        "language": "en",
        "mode": "stated",
        "quotes-TOTAL_FORMS": len(rows),
        "quotes-INITIAL_FORMS": 0,
        **fields,
    }
    for number, row in enumerate(rows):
        for name, value in {"stance": "supports", **row}.items():
            data[f"quotes-{number}-{name}"] = value
    return {name: value for name, value in data.items() if value is not None}


def test_a_claim_and_its_quotes_are_saved_together() -> None:
    source = make.source("In the first half, trade fell by 9% in all.")
    author = make.person()
    row = {"source": source.key, "words": "trade fell by 9%", "locator": "p. 4"}

    answer = staff_client(author).post(ADD, typed(row, submit="1"), follow=True)

    version = Version.objects.get()
    assert (version.status, version.author) == ("submitted", author)
    piece = version.evidence.get()
    assert (piece.excerpt.exact, piece.excerpt.grade) == ("trade fell by 9%", Grade.EXACT)
    assert piece.excerpt.locator == "p. 4"
    assert answer.redirect_chain[0][0] == f"/admin/claims/claim/{version.claim_id}/change/"


def test_a_refused_claim_leaves_no_quote_behind_and_keeps_what_was_typed() -> None:
    source = make.source("Trade fell by 9% in all.")
    prop = make.number_property()
    row = {"source": source.key, "words": "Trade fell by 9%"}
    fields = {"property": prop.key, "value": "9%", "as_written": "by 9%", "draft": "1"}

    page = staff_client(make.person()).post(ADD, typed(row, **fields))

    text = page.content.decode()
    assert Claim.objects.count() == Version.objects.count() == Excerpt.objects.count() == 0
    assert "is said of a subject" in text
    for kept in ("Trade fell by 9%.", "Trade fell by 9%</textarea>", prop.key, source.key):
        assert kept in text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("value", "a good deal", "a good deal"),
        ("period", "2025-02-30", "2025-02-30"),
        ("asserted_on", "last May", "last May"),
        ("subject", "atlantis", "There is no entity"),
        ("statement", "x" * 2_001, "Shorten it"),
        ("premises", "C99/v1", "There is no version"),
    ],
)
def test_a_refusal_stands_at_its_field(field: str, value: str, said: str) -> None:
    subject, prop = make.entity(), make.number_property()
    fields = {"subject": subject.key, "property": prop.key, "value": "9%", field: value}

    page = staff_client(make.person()).post(ADD, typed(**fields, draft="1"))

    assert not Claim.objects.exists()
    assert said in str(page.context["form"].errors[field])


def test_a_quote_without_its_source_is_refused_at_its_row() -> None:
    page = staff_client(make.person()).post(ADD, typed({"words": "Some words."}, draft="1"))

    assert "source" in page.context["rows"].forms[0].errors
    assert not Claim.objects.exists()


def test_more_room_for_quotes_keeps_what_was_typed_and_judges_nothing() -> None:
    page = staff_client(make.person()).post(
        ADD, typed({"words": "Some words."}, statement="", asserter_0="atlantis", more="1")
    )

    text = page.content.decode()
    assert "Some words.</textarea>" in text
    assert 'value="atlantis"' in text
    assert len(page.context["rows"].forms) == 3
    assert "errorlist" not in text


def test_a_quote_that_is_not_found_is_kept_and_said_to_be_missing() -> None:
    source = make.source("Trade grew.")
    row = {"source": source.key, "words": "Trade fell"}

    page = staff_client(make.person()).post(ADD, typed(row, draft="1"), follow=True)

    assert Excerpt.objects.get().grade == Grade.MISSING
    assert "The words do not stand in the text of this source" in page.content.decode()


def test_conflicts_are_previewed_before_anything_is_saved() -> None:
    subject, prop = make.entity(), make.number_property()
    there = make.submitted(subject=subject.key, property=prop.key, value="20%", period="2025")
    fields = {"subject": subject.key, "property": prop.key, "value": "9%", "period": "2025"}
    source = make.source("Trade fell by 9%.")
    row = {"source": source.key, "words": "Trade fell by 9%"}
    quotes = Excerpt.objects.count()

    page = staff_client(make.person()).post(ADD, typed(row, **fields, check="1"))

    previewed = page.context["preview"].conflicts
    assert [other.ref for other in previewed[0].others] == [there.ref]
    assert "Trade fell by 9%</textarea>" in page.content.decode()
    assert (Claim.objects.count(), Excerpt.objects.count()) == (1, quotes)


def test_a_claim_says_who_says_so_in_order() -> None:
    outer = make.entity("al-jazeera", kind="organisation", label="Al Jazeera")
    chain = {"asserter_0": outer.label, "asserter_1": "unnamed: a senior official"}

    staff_client(make.person()).post(ADD, typed(**chain, draft="1"))

    asserters = Version.objects.get().asserters.order_by("position")
    assert [str(asserter) for asserter in asserters] == ["Al Jazeera", "a senior official"]


def test_an_absence_names_terms_with_their_language() -> None:
    subject, prop = make.entity(), make.value_property("presence")
    fields = {
        "subject": subject.key,
        "property": prop.key,
        "value": "absent",
        "absence_terms": "Power of Siberia 2 | en\nСил* Сибири-2 | ru",
        "absence_sources": make.source(key="js-2024").key,
    }

    staff_client(make.person()).post(ADD, typed(**fields, draft="1"))

    assert Version.objects.get().absence_scope.terms == [
        {"text": "Power of Siberia 2", "language": "en"},
        {"text": "Сил* Сибири-2", "language": "ru"},
    ]


def test_revising_shows_the_latest_version_and_keeps_its_quotes() -> None:
    topic = make.topic("Trade")
    version = make.submitted(statement="Trade fell.", topics=[topic])
    excerpt = version.evidence.get().excerpt
    client = staff_client(make.person())
    address = f"/admin/claims/claim/{version.claim_id}/revise/"

    page = client.get(address).content.decode()
    row = {"excerpt": excerpt.pk}
    client.post(
        address,
        typed(row, statement="Trade fell by 9%.", seen=1, topics=topic.key, draft="1"),
    )

    assert excerpt.exact in page
    assert "Trade fell.</textarea>" in page
    second = version.claim.versions.get(number=2)
    assert (second.statement, second.status) == ("Trade fell by 9%.", "draft")
    assert [piece.excerpt for piece in second.evidence.all()] == [excerpt]
    assert list(version.claim.topics.all()) == [topic]


def test_saving_the_same_again_makes_no_version() -> None:
    version = make.submitted(statement="Trade fell.", evidence=[])

    page = staff_client(make.person()).post(
        f"/admin/claims/claim/{version.claim_id}/revise/",
        typed(statement="Trade fell.", seen=1, draft="1"),
        follow=True,
    )

    assert version.claim.versions.count() == 1
    assert "no new version" in page.content.decode()


def test_a_confidential_source_is_offered_to_named_persons_only() -> None:
    hidden = make.source(key="memo", access="named", public_descriptor="an official")
    row = {"source": hidden.key, "words": "Secret words."}
    client = staff_client(make.person())

    page = client.post(ADD, typed(row, draft="1"))

    assert "There is no source" in str(page.context["rows"].forms[0].errors["source"])
    assert "Report memo" not in client.get(ADD).content.decode()


def test_the_document_of_a_confidential_source_is_an_entity_to_named_persons_only() -> None:
    hidden = make.source(key="memo", access="named", public_descriptor="an official")
    document = make.entity("document", kind="document", label="Notes of a talk", source=hidden)
    outsider, named = make.person(), make.person()
    SourceReader.objects.create(source=hidden, reader=named)
    lists = (ADD, "/admin/claims/entity/", "/admin/claims/entity/suggest/?q=notes")

    for address in lists:
        assert document.label not in staff_client(outsider).get(address).content.decode(), address
        assert document.label in staff_client(named).get(address).content.decode(), address
    own = f"/admin/claims/entity/{document.pk}/change/"
    assert staff_client(outsider).get(own).status_code == 404


def test_a_claim_on_such_a_document_names_it_to_named_persons_only() -> None:
    hidden = make.source(key="memo", access="named", public_descriptor="an official")
    make.entity("document", kind="document", label="Notes of a talk", source=hidden)
    mentioned = make.value_property("entity", "mentioned")
    version = make.submitted(
        subject="document", property=mentioned.key, value="document", asserted_by=("document",)
    )
    outsider, named = make.person(Role.EDITOR), make.person(Role.EDITOR)
    SourceReader.objects.create(source=hidden, reader=named)
    own = f"/admin/claims/claim/{version.claim_id}"
    sheet = f"?as=page&style=apa&include_submitted=on&claims={version.claim.ref}"

    for address in (f"{own}/change/", "/admin/claims/claim/", f"/admin/claims/factsheet/{sheet}"):
        shown = staff_client(outsider).get(address).content.decode()
        assert "Notes of a talk" not in shown, address
        assert "an official" in shown, address
        assert "Notes of a talk" in staff_client(named).get(address).content.decode(), address
    assert staff_client(outsider).get(f"{own}/revise/").status_code == 403
    assert staff_client(named).get(f"{own}/revise/").status_code == 200


@pytest.mark.parametrize("field", ["subject", "asserter_0", "value"])
def test_a_form_takes_such_a_document_from_named_persons_only(field: str) -> None:
    hidden = make.source(key="memo", access="named", public_descriptor="an official")
    make.entity("document", kind="document", label="Notes of a talk", source=hidden)
    make.entity("thing")
    outsider, named = make.person(), make.person()
    SourceReader.objects.create(source=hidden, reader=named)
    asked = {
        "subject": "thing",
        "property": make.value_property("entity", "mentioned").key,
        "value": "thing",
        "draft": "1",
    }

    def errors(person: User, key: str) -> str:
        answer = staff_client(person).post(ADD, typed(**{**asked, field: key}))
        return str(answer.context["form"].errors).replace(key, "…") if answer.context else ""

    assert "There is no entity" in errors(outsider, "document")
    assert errors(outsider, "document") == errors(outsider, "nothing")
    assert errors(named, "document") == ""


def test_no_filter_confirms_such_a_document() -> None:
    hidden = make.source(key="memo", access="named", public_descriptor="an official")
    make.entity("document", kind="document", label="Notes of a talk", source=hidden)
    client = staff_client(make.person())

    for path in ("claim/?entity=", "factsheet/?as=page&style=apa&entity="):
        told = [
            client.get(f"/admin/claims/{path}{key}").context["form"].errors["entity"]
            for key in ("document", "nothing")
        ]
        assert str(told[0]).replace("document", "nothing") == str(told[1])


def test_the_words_of_a_source_for_named_persons_are_shown_to_no_others() -> None:
    hidden = make.source(
        "He told us so.", key="memo", access="named", public_descriptor="an official"
    )
    quoted = make.excerpt("He told us so", of=hidden)
    version = make.submitted(evidence=[Tie(quoted)])
    revising = f"/admin/claims/claim/{version.claim_id}/revise/"
    client = staff_client(make.person())

    pages = [
        client.get(f"{ADD}?excerpt={quoted.pk}"),
        client.post(ADD, typed({"excerpt": str(quoted.pk)}, more="1")),
        client.get(revising),
    ]

    assert all("He told us so" not in page.content.decode() for page in pages)
    assert "an official" in client.get(revising).content.decode()


def test_an_account_of_the_public_sees_no_desk() -> None:
    reader = make.person(Role.CONTRIBUTOR, is_staff=False)

    assert staff_client(reader).get(ADD).status_code == 302
    assert Client().get(ADD).status_code == 302


def test_a_quote_named_in_the_address_is_the_evidence_of_the_form() -> None:
    quoted = make.excerpt("trade fell by 9%")
    author = staff_client(make.person())
    page = author.get(f"{ADD}?excerpt={quoted.pk}").content.decode()
    assert "trade fell by 9%</blockquote>" in page
    assert f'name="quotes-0-excerpt" value="{quoted.pk}"' in page
    assert 'name="quotes-1-words"' not in page

    author.post(ADD, typed({"excerpt": str(quoted.pk)}, submit="1"))
    assert Version.objects.get().evidence.get().excerpt == quoted


def test_a_basis_is_offered_and_another_refused_beside_its_field() -> None:
    prop = make.number_property(label="GDP growth", bases=["nominal", "real"])
    client = staff_client(make.person())
    fields = {"subject": make.entity().key, "property": prop.key, "value": "9%"}

    offered = client.get(ADD).content.decode()
    page = client.post(ADD, typed(basis="rael", draft="1", **fields))
    client.post(ADD, typed(basis="REAL", draft="1", **fields))

    assert '<option value="real">GDP growth</option>' in offered
    assert "Did you mean “real”?" in page.context["form"].errors["basis"][0]
    assert Version.objects.get().basis == "real"


def test_an_editor_lists_the_bases_of_a_property_one_a_line() -> None:
    prop = make.number_property()
    client = staff_client(make.person(Role.EDITOR))
    address = f"/admin/claims/property/{prop.pk}/change/"
    fields = {"label": "GDP", "value_kind": "quantity", "unit": "percent", "time": "state"}

    client.post(address, {**fields, "single_valued": "on", "bases": "nominal\n\nreal"})

    prop.refresh_from_db()
    assert prop.bases == ["nominal", "real"]
    assert "nominal\nreal</textarea>" in client.get(address).content.decode()
