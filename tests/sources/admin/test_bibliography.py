"""Bibliographies through the pages of the desk."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from factbase.models import User
from sources.actions.captures.capture import capture
from sources.admin import bibliography
from sources.models import Source
from sources.vocabulary import Access
from tests import factories as make

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/sources/source/import/"
WRITE = f"{UPLOAD}write/"
LIST = "/admin/sources/source/"
NEW = {"id": "new", "type": "report", "title": "A <b>new</b> one"}


def staff_client(person: User | None = None) -> Client:
    client = Client()
    client.force_login(person or make.person())
    return client


def uploaded(client: Client, *records: Any, name: str = "a.json") -> Any:
    file = SimpleUploadedFile(name, json.dumps(records).encode())
    return client.post(UPLOAD, {"file": file})


def test_a_bibliography_is_shown_before_it_is_written() -> None:
    make.source(key="ours", title="Our title")
    client = staff_client()
    wrong = {**NEW, "id": "wrong", "ISBN": "978-3-16-148410-1"}

    page = uploaded(client, NEW, {**NEW, "id": "ours"}, wrong)

    text = page.content.decode()
    assert page.status_code == 200
    assert "A &lt;b&gt;new&lt;/b&gt; one" in text
    assert "ask for 0" in text
    assert 'value="2:title"' in text
    assert Source.objects.count() == 1


def test_the_preview_names_what_is_not_taken_and_the_line_of_a_faulty_entry() -> None:
    client = staff_client()
    file = b"@book{open, title = {x\n@book{new, title={New}, file={a.pdf}, year={n.d.}}"

    page = client.post(UPLOAD, {"file": SimpleUploadedFile("a.bib", file)})

    text = page.content.decode()
    assert "line 1 of the file" in text
    assert "It is not closed before line 2" in text
    assert '<strong>file</strong>: <span dir="auto">a.pdf</span>' in text
    client.post(WRITE, {"carried": page.context["carried"]})
    assert Source.objects.get().csl["issued"] == {"literal": "n.d."}


def test_what_is_new_and_ticked_is_written() -> None:
    source, client = make.source(key="ours", title="Our title"), staff_client()
    page = uploaded(client, NEW, {**NEW, "id": "ours", "note": "A note"})

    answer = client.post(
        WRITE, {"carried": page.context["carried"], "take": ["2:note", "x", "²:title", "9:id"]}
    )

    source.refresh_from_db()
    assert answer.status_code == 302
    assert Source.objects.get(key="new").title == NEW["title"]
    assert (source.title, source.csl["note"]) == ("Our title", "A note")


def test_a_preview_that_grew_too_large_meanwhile_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = staff_client()
    page = uploaded(client, NEW)
    make.source(key="new", title="Quicker")
    monkeypatch.setattr(bibliography, "MAX_BOXES", 0)

    answer = client.post(WRITE, {"carried": page.context["carried"]}, follow=True)

    assert answer.redirect_chain == [(UPLOAD, 302)]
    assert "Sources were changed since" in answer.content.decode()
    assert "too large for one page" in answer.content.decode()


def test_another_work_is_entered_under_a_key_of_its_own() -> None:
    make.source(key="new", title="Our title")
    client = staff_client()
    page = uploaded(client, NEW)

    client.post(WRITE, {"carried": page.context["carried"], "another": ["1"]})

    assert Source.objects.get(key="new-2").title == NEW["title"]


def test_a_preview_that_the_world_went_past_is_shown_anew() -> None:
    client = staff_client()
    page = uploaded(client, NEW)
    make.source(key="new", title="Quicker")

    again = client.post(WRITE, {"carried": page.context["carried"]})

    assert again.status_code == 409
    assert "was new and is different" in again.content.decode()
    assert Source.objects.count() == 1
    assert client.post(WRITE, {"carried": again.context["carried"]}).status_code == 302


@pytest.mark.parametrize("carried", ["", "nonsense", "a:b:c"])
def test_a_preview_that_was_not_made_here_is_refused(carried: str) -> None:
    answer = staff_client().post(WRITE, {"carried": carried}, follow=True)

    assert "too old" in answer.content.decode()
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.bib", b"no entry", "no record in BibLaTeX"),
        ("a.json", b"[NaN]", "NaN is no number"),
        ("a.json", b"\xff", "UTF-8"),
        ("a.txt", b"", "empty"),
        ("a.ris", b"x" * 10_000_001, "At most 10,000,000"),
        ("a.json", json.dumps([{**NEW, "id": ""}] * 5_001).encode(), "5,000"),
        ("a.json", json.dumps([{**NEW, "id": ""}] * 1_001).encode(), "import_bibliography"),
    ],
)
def test_a_file_that_is_none_is_refused_on_its_page(name: str, data: bytes, said: str) -> None:
    page = staff_client().post(UPLOAD, {"file": SimpleUploadedFile(name, data)})

    assert said in str(page.context["form"].errors)


def test_more_boxes_than_a_form_takes_are_refused() -> None:
    make.source(key="ours")
    fields = {f"field-{number}": "x" for number in range(901)}

    page = uploaded(staff_client(), {**NEW, "id": "ours", **fields})

    assert "boxes to tick" in str(page.context["form"].errors)


def test_a_person_who_may_not_write_comes_no_further() -> None:
    visitor = make.person(is_staff=False)

    assert staff_client(visitor).get(UPLOAD).status_code == 302
    assert Client().post(WRITE, {"carried": "x"}).status_code == 302


def test_confidential_sources_are_found_by_who_knows_them_only() -> None:
    hidden = {"access": Access.NAMED, "public_descriptor": "an official"}
    make.source(key="s3cret", title="Hidden words", DOI="10.1000/1", **hidden)

    page = uploaded(staff_client(), {**NEW, "DOI": "10.1000/1"}).content.decode()

    assert "will be entered as new" in page
    assert "s3cret" not in page
    assert "Hidden words" not in page


@pytest.mark.parametrize(
    ("action", "start"),
    [
        ("export_csl_json", "[\n"),
        ("export_bibtex", "@techreport{ours"),
        ("export_biblatex", "@report{ours"),
        ("export_ris", "TY  - RPRT"),
    ],
)
def test_ticked_sources_are_exported(action: str, start: str) -> None:
    source = make.source(key="ours")
    hidden = make.source(key="none", access=Access.NAMED, public_descriptor="an official")

    answer = staff_client().post(
        LIST, {"action": action, "_selected_action": [source.pk, hidden.pk]}
    )

    assert answer.content.decode().startswith(start)
    assert "none" not in answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment")


PAGE = b"""<html lang="en"><head><title>Trade in figures</title>
<meta name="author" content="Anna Ivanova"><meta property="og:site_name" content="The Journal">
</head><body><article><h1>Trade in figures</h1><p>Trade fell by nine percent in the first half of
the year, and nobody expected that it would rise again before the winter.</p></article></body>"""


def captured(**record: Any) -> Source:
    source = make.source(**record)
    capture(source=source, data=PAGE, file_name="a.html", by=make.person(), at=make.TODAY)
    return source


def ticks(client: Client, source: Source) -> dict[str, str]:
    offers = client.get(f"{LIST}{source.pk}/change/").context["offers_of_file"]
    return {offer["field"]: offer["value"] for offer in offers}


def test_a_captured_file_offers_what_the_record_does_not_say() -> None:
    source, client = captured(title="Trade in figures"), staff_client()
    offered = ticks(client, source)

    client.post(f"{LIST}{source.pk}/take-over/", {"take": [offered["author"]]})

    source.refresh_from_db()
    assert "title" not in offered
    assert source.authors == ["Anna Ivanova"]
    assert "author" not in ticks(client, source)


def test_what_is_not_ticked_or_no_longer_offered_is_not_taken() -> None:
    source, client = captured(title="Our own title"), staff_client()
    offered = ticks(client, source)

    client.post(f"{LIST}{source.pk}/take-over/")
    late = client.post(
        f"{LIST}{source.pk}/take-over/", {"take": [offered["title"], "author:0"]}, follow=True
    )

    source.refresh_from_db()
    assert source.title == "Our own title"
    assert "look again" in late.content.decode()
    assert client.get(f"{LIST}{source.pk}/take-over/").status_code == 405
