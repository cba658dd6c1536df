"""Sources through the pages of the desk."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from factbase.models import User
from sources.models import Capture, Excerpt, Series, Source
from sources.vocabulary import Grade, Role
from tests import factories as make

pytestmark = pytest.mark.django_db

ADD = "/admin/sources/source/add/"


def staff_client(person: User | None = None) -> Client:
    client = Client()
    client.force_login(person or make.person())
    return client


def record(**fields: Any) -> dict[str, Any]:
    """Form data of a browser for the record of a source."""
    sent = {"title": "A report", "type": "report", "rights": "excerpts", "access": "public"}
    return {**sent, **fields}


def page_of(source: Source) -> str:
    return f"/admin/sources/source/{source.pk}/"


def test_a_record_is_built_from_its_fields() -> None:
    staff_client().post(
        ADD,
        record(
            authors="Przychodniak, Marcin\nWorld Bank",
            publisher="PISM",
            issued="2025-05",
            url="https://www.pism.pl",
            language="en",
        ),
    )

    source = Source.objects.get(key="a-report")
    assert source.csl["author"] == [
        {"family": "Przychodniak", "given": "Marcin"},
        {"literal": "World Bank"},
    ]
    assert source.csl["issued"] == {"date-parts": [[2025, 5]]}
    assert (source.authors, source.issued) == (["Marcin Przychodniak", "World Bank"], "2025-05")
    assert str(source.publisher) == "PISM"


@pytest.mark.parametrize(
    ("typed", "csl", "issued"),
    [
        ("8. Mai 2025", {"date-parts": [[2025, 5, 8]]}, "2025-05-08"),
        ("c. 1796", "1796~", "1796~"),
        ("May 7–10, 2025", "2025-05-07/2025-05-10", "2025-05-07/2025-05-10"),
    ],
)
def test_the_date_of_a_record_can_be_typed_in_words(typed: str, csl: Any, issued: str) -> None:
    staff_client().post(ADD, record(issued=typed))

    source = Source.objects.get(key="a-report")
    assert (source.csl["issued"], source.issued) == (csl, issued)


def test_revising_a_record_keeps_what_the_form_does_not_show() -> None:
    source = make.source(
        author=[{"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"}],
        **{"collection-title": "Spotlight", "publisher": "PISM"},
    )
    client = staff_client()
    shown = client.get(page_of(source) + "record/").context["form"].initial

    client.post(
        page_of(source) + "record/",
        record(**{**shown, "authors": "\n".join(shown["authors"]), "title": "Other", "doi": ""}),
    )

    source.refresh_from_db()
    assert source.title == "Other"
    assert source.csl["collection-title"] == "Spotlight"
    assert source.csl["author"][0]["non-dropping-particle"] == "van"
    assert source.csl["publisher"] == "PISM"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("url", "javascript:alert(1)", "no address of the web"),
        ("issued", "2025-02-30", "2025-02-30"),
        ("doi", "nonsense", "nonsense"),
        ("key", "not a key", "not a key"),
        ("language", "??", "??"),
    ],
)
def test_a_refusal_stands_at_its_field_and_keeps_the_rest(
    field: str, value: str, said: str
) -> None:
    page = staff_client().post(ADD, record(publisher="PISM", **{field: value}))

    assert said in str(page.context["form"].errors[field])
    assert 'value="PISM"' in page.content.decode()
    assert not Source.objects.exists()


def test_a_confidential_source_needs_a_descriptor() -> None:
    page = staff_client().post(ADD, record(access="staff"))

    assert "public_descriptor" in page.context["form"].errors
    assert not Source.objects.exists()


def test_an_uploaded_text_is_kept_once() -> None:
    source, client = make.source(), staff_client()

    for _time in range(2):
        file = SimpleUploadedFile("a.txt", b"Trade fell by 9%.")
        client.post(page_of(source) + "capture/", {"file": file})

    assert Capture.objects.get().file_name == "a.txt"
    assert "Trade fell by 9%." in client.get(page_of(source) + "text/").content.decode()


@pytest.mark.parametrize(
    ("words", "grade", "said"),
    [
        ("Trade fell by 9%", Grade.EXACT, "character for character"),
        ("Trade  fell by 9%", Grade.FOLDED, "The same words"),
        ("Trade fell by 8%", Grade.DRIFTED, "Only something similar"),
        ("Ships sank", Grade.MISSING, "do not stand in the text"),
    ],
)
def test_a_quote_is_graded_in_plain_words(words: str, grade: Grade, said: str) -> None:
    source = make.source("Trade fell by 9% then.")

    page = staff_client().post(page_of(source) + "quote/", {"exact": words}, follow=True)

    assert Excerpt.objects.get().grade == grade
    assert said in page.content.decode()


def test_of_several_places_a_person_chooses_one() -> None:
    source = make.source("First: trade fell. Then: trade fell. Last: trade fell.")
    client = staff_client()
    page = client.post(page_of(source) + "quote/", {"exact": "trade fell"}, follow=True)
    excerpt = Excerpt.objects.get()
    listed = page.context["places"]

    second = f"{listed[1].start}-{listed[1].end}"
    client.post(f"/admin/sources/excerpt/{excerpt.pk}/choose/", {"place": second})

    assert [place.words for place in listed] == ["trade fell"] * 3
    latest = excerpt.gradings.latest("pk")
    assert (latest.start, latest.end) == (listed[1].start, listed[1].end)


@pytest.mark.parametrize("place", ["0-3", "nonsense", ""])
def test_a_place_that_is_not_listed_is_refused(place: str) -> None:
    source = make.source("First: trade fell. Then: trade fell.")
    excerpt = make.excerpt("trade fell", of=source)

    page = staff_client().post(f"/admin/sources/excerpt/{excerpt.pk}/choose/", {"place": place})

    assert "choose one of" in page.content.decode()
    assert excerpt.gradings.count() == 1


def test_an_origin_is_noted_and_a_circle_is_refused() -> None:
    wire, reprint = make.source(key="wire"), make.source(key="reprint")
    client = staff_client()
    client.post(page_of(reprint) + "origin/", {"kind": "wire", "origin": "wire"})

    page = client.post(page_of(wire) + "origin/", {"kind": "reprint", "origin": "reprint"})

    assert [tie.origin for tie in reprint.origin_ties.all()] == [wire]
    assert "cannot be its origin" in page.content.decode()


def test_only_named_persons_see_a_source_that_is_for_them() -> None:
    hidden = make.source("Secret words.", access="named", public_descriptor="an official")
    excerpt = make.excerpt("Secret words.", of=hidden)
    client = staff_client()

    assert client.get(page_of(hidden) + "change/").status_code == 404
    assert client.get(page_of(hidden) + "text/").status_code == 404
    assert client.get(f"/admin/sources/excerpt/{excerpt.pk}/change/").status_code == 404
    assert hidden.title not in client.get("/admin/sources/source/").content.decode()
    assert "Secret words" not in client.get("/admin/sources/excerpt/").content.decode()


def test_a_series_keeps_the_order_of_its_lines() -> None:
    one, other = make.source(key="js-2022"), make.source(key="js-2023")

    staff_client().post(
        "/admin/sources/series/add/",
        {"title": "Joint statements", "sources": f"{other.key}\n{one.title}"},
    )

    series = Series.objects.get(key="joint-statements")
    members = series.members.order_by("position")
    assert [member.source for member in members] == [other, one]


def test_a_source_that_a_series_names_must_be_there() -> None:
    page = staff_client().post("/admin/sources/series/add/", {"title": "A", "sources": "nothing"})

    assert "There is no source" in str(page.context["form"].errors["sources"])
    assert not Series.objects.exists()


def test_an_editor_opens_a_source_and_closes_it_again() -> None:
    client, source = Client(), make.source(key="report")
    client.force_login(make.person(Role.EDITOR))
    page = reverse("admin:sources_source_change", args=[source.pk])
    assert "Not public yet: nothing published rests on it." in client.get(page).content.decode()

    client.post(reverse("admin:sources_source_open", args=[source.pk]))
    assert Client().get("/api/v1/sources/report/").status_code == 200
    assert "Open to everybody since" in client.get(page).content.decode()

    client.post(reverse("admin:sources_source_close", args=[source.pk]))
    assert Client().get("/api/v1/sources/report/").status_code == 404


def test_a_contributor_opens_no_source_and_is_offered_no_button() -> None:
    client, source = Client(), make.source(key="report")
    client.force_login(make.person(Role.CONTRIBUTOR))

    client.post(reverse("admin:sources_source_open", args=[source.pk]))

    assert Client().get("/api/v1/sources/report/").status_code == 404
    page = client.get(reverse("admin:sources_source_change", args=[source.pk]))
    assert "Open it" not in page.content.decode()
