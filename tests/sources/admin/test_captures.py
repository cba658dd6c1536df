"""Captures through the pages of the desk."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from factbase.models import User
from sources.actions.captures.texts import extract_text
from sources.actions.quotes.grading import grade_source_again
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.admin.captures import file_metadata
from sources.models import Blob, Capture, Source, TextLayer
from sources.vocabulary import UNEXAMINED_PAGES, Role
from tests import factories as make
from tests.sources.archived import PAGE, page, record

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def staff_client(person: User | None = None) -> Client:
    client = Client()
    client.force_login(person or make.person())
    return client


def page_of(source: Source) -> str:
    return f"/admin/sources/source/{source.pk}/"


def page_of_capture(capture: Capture) -> str:
    return f"/admin/sources/capture/{capture.pk}/"


def upload(client: Client, source: Source, data: bytes, name: str = "a.txt", **fields: str) -> Any:
    sent = {"file": SimpleUploadedFile(name, data), **fields}
    return client.post(page_of(source) + "capture/", sent, follow=True)


def test_a_file_is_kept_and_the_desk_told_how_its_text_went() -> None:
    source = make.source()

    answer = upload(staff_client(), source, page("Trade fell."), "a.html", fetched_from=PAGE)

    told = answer.content.decode()
    assert "Kept: a.html, with a text of 1 page." in told
    capture = Capture.objects.get()
    assert (capture.media_type, capture.fetched_from) == ("text/html", PAGE)
    assert capture.blob.sha256[:16] in told


def test_where_a_file_has_no_characters_is_said_at_every_door() -> None:
    source, client = make.source(), staff_client()
    said = (
        "1 place of the file is no character that a text keeps: line 2, character 8 (U+0000). "
        "The text has \ufffd there."
    )

    answer = upload(client, source, b"Trade fell.\nIt rose\0 again after that.")

    capture = Capture.objects.get()
    page = client.get(page_of_capture(capture), follow=True).content.decode()
    assert f"Mind the text of a.txt: {said}" in answer.content.decode()
    assert said in page
    assert "<dt>replaced</dt>" not in page
    assert client.get(f"/api/v1/captures/{capture.pk}/").json()["notices"] == [said]


def test_a_fragment_says_so_at_every_door_and_offers_the_whole_page() -> None:
    source, client = make.source(), staff_client()
    boxes = "".join(
        f"<div class='comment'><p>Reader {n} thinks that all of it is wrong.</p></div>"
        for n in range(9)
    )
    article = "".join(
        f"<p>Trade fell by {n} per cent in year {n} of the plan.</p>" for n in range(9)
    )
    body = f"<html><body><article>{article}</article><div id='comments'>{boxes}</div></body></html>"

    answer = upload(client, source, body.encode(), "a.html")

    capture = Capture.objects.get()
    page = client.get(page_of_capture(capture), follow=True).content.decode()
    told = client.get(f"/api/v1/captures/{capture.pk}/").json()
    share = f"{told['completeness']['kept'] * 100 // told['completeness']['counted']} %"
    said = f"{share} of the words of this file are in the text."
    assert told["completeness"]["counted"] == 9 * 12 + 9 * 9
    assert f"Mind the text of a.html: {said} Not in it: “Reader 0 thinks" in answer.content.decode()
    assert said in page
    assert told["notices"][0].startswith(said)
    assert "Take the text of the whole page" in page
    quote = make.excerpt("Reader 5 thinks that all of it is wrong.", of=source)
    assert quote.grade == "missing"

    done = client.post(f"/admin/sources/capture/{capture.pk}/whole/", follow=True).content.decode()

    grade_source_again(source=source, at=NOW)  # as the job does that the new text queued
    quote.refresh_from_db()
    told = client.get(f"/api/v1/captures/{capture.pk}/").json()
    assert quote.grade == "exact"
    assert (told["notices"], told["completeness"]["missing"]) == ([], [])
    assert said not in done
    assert "Take the text of the whole page" not in done
    again = client.post(f"/admin/sources/capture/{capture.pk}/whole/").content.decode()
    assert "no more text" in again
    extract_text(capture=capture, at=timezone.now())  # as every night with a new version
    assert capture.blob.layers.get(is_current=True).extractor == "html-whole"


def test_a_file_that_is_there_is_said_to_be_there() -> None:
    source, client = make.source(), staff_client()
    upload(client, source, b"Text.")

    assert "Kept before: a.txt." in upload(client, source, b"Text.").content.decode()
    assert Capture.objects.count() == 1


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"%PDF-1.7 \x00\xff"])
def test_a_file_that_gives_no_text_is_kept_and_says_so(data: bytes) -> None:
    answer = upload(staff_client(), make.source(), data, "a.bin")

    assert Capture.objects.exists()
    assert "no text was drawn" in answer.content.decode()


def test_an_empty_file_is_refused() -> None:
    answer = upload(staff_client(), make.source(), b"")

    assert "empty" in str(answer.context["capture_form"].errors["file"])
    assert not Capture.objects.exists()


def test_more_than_is_kept_is_refused_by_its_size() -> None:
    answer = upload(staff_client(), make.source(), b"a" * (60 * 1024 * 1024))

    assert "52,428,800" in str(answer.context["capture_form"].errors["file"])
    assert not Blob.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\a.txt", "a.txt"),
        ("a\u202etxt.exe", "atxt.exe"),
        ("<script>.txt", "_script_.txt"),
        ("a" * 300 + ".txt", "a" * 146 + ".txt"),
    ],
)
def test_a_hostile_name_is_kept_as_a_name(name: str, kept: str) -> None:
    upload(staff_client(), make.source(), b"Text.", name)

    assert Capture.objects.get().file_name == kept


def test_an_address_inside_is_refused_in_its_sentence() -> None:
    source = make.source()

    answer = staff_client().post(page_of(source) + "fetch/", {"url": "http://169.254.169.254/keys"})

    assert "not on the public internet" in str(answer.context["fetch_form"].errors["url"])
    assert not Capture.objects.exists()


def test_the_address_of_the_source_is_offered_and_the_wait_is_said() -> None:
    answer = staff_client().get(page_of(make.source(URL=PAGE)) + "capture/").content.decode()

    assert f'value="{PAGE}"' in answer
    assert "up to a minute" in answer


def archive() -> bytes:
    return (
        record(page("Another page."), url="https://example.org/other")
        + record(page("Trade rose."))
        + record(page("Trade fell."), date="2025-04-01T08:00:00Z")
    )


def test_of_an_archive_the_pages_are_chosen_in_a_second_step() -> None:
    source, client = make.source(URL=PAGE), staff_client()

    first = upload(client, source, archive(), "pages.warc")
    assert not Capture.objects.exists()
    assert first.context["ticked"] == {"1", "2"}
    form = first.context["form"]
    sent = {"archive": form["archive"].value(), "records": ["0", "2"]}
    mixed = client.post(page_of(source) + "archive/", sent)
    assert "make a source of each other page" in mixed.content.decode()
    assert not Capture.objects.exists()
    client.post(page_of(source) + "archive/", {**sent, "records": ["1", "2"]})

    kept = Capture.objects.order_by("captured_at")
    assert [capture.fetched_from for capture in kept] == [PAGE, PAGE]
    assert {capture.response["archive"]["file_name"] for capture in kept} == {"pages.warc"}


@pytest.mark.parametrize("records", [[], ["17"], ["nonsense"]])
def test_without_a_page_that_is_there_nothing_is_kept(records: list[str]) -> None:
    source, client = make.source(URL=PAGE), staff_client()
    token = upload(client, source, archive()).context["form"]["archive"].value()

    answer = client.post(page_of(source) + "archive/", {"archive": token, "records": records})

    assert "records" in answer.context["form"].errors
    assert not Capture.objects.exists()


def test_nobody_takes_up_the_archive_of_another_person_or_source() -> None:
    source, other, client = make.source(URL=PAGE), make.source(), staff_client()
    token = upload(client, source, archive()).context["form"]["archive"].value()

    answers = [
        staff_client().post(page_of(source) + "archive/", {"archive": token, "records": ["1"]}),
        client.post(page_of(other) + "archive/", {"archive": token, "records": ["1"]}),
        client.post(page_of(source) + "archive/", {"archive": "made-up", "records": ["1"]}),
    ]

    for answer in answers:
        assert "Upload it again" in answer.content.decode()
    assert not Capture.objects.exists()


def test_an_archive_without_pages_is_refused_at_its_field() -> None:
    data = record(b"x").replace(b"WARC-Type: response", b"WARC-Type: request_")

    answer = upload(staff_client(), make.source(), data)

    assert answer.context["capture_form"].errors
    assert not Capture.objects.exists()


def test_page_numbers_are_set_once() -> None:
    capture, client = make.source("One page.").captures.get(), staff_client()

    client.post(page_of_capture(capture) + "numbers/", {"first": "57"})
    again = client.post(page_of_capture(capture) + "numbers/", {"first": "1"})

    capture.refresh_from_db()
    assert capture.page_label_offset == 57
    assert "set before" in str(again.context["form"].errors["first"])
    assert (
        "The first page is number 57."
        in client.get(page_of_capture(capture) + "change/").content.decode()
    )


@pytest.mark.parametrize("typed", ["", "one", "1.5", "1000000"])
def test_what_is_no_page_number_is_refused(typed: str) -> None:
    capture = make.source("One page.").captures.get()

    answer = staff_client().post(page_of_capture(capture) + "numbers/", {"first": typed})

    assert answer.context["form"].errors["first"]


def test_the_bytes_are_handed_out_to_be_saved_and_never_shown() -> None:
    source, client = make.source(), staff_client()
    data = b"<!doctype html><html><script>alert(1)</script><p>Trade fell.</p></html>"
    upload(client, source, data, "\u0142; a.html")

    answer = client.get(page_of_capture(Capture.objects.get()) + "file/")

    assert b"".join(answer.streaming_content) == data  # type: ignore[attr-defined] # of a file
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%C5%82")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_only_who_may_read_the_source_finds_its_captures() -> None:
    hidden = make.source("Secret.", access="named", public_descriptor="An official")
    capture, client = hidden.captures.get(), staff_client()

    for path in ("change/", "file/"):
        assert client.get(page_of_capture(capture) + path).status_code == 404
    assert client.post(page_of_capture(capture) + "numbers/", {"first": "1"}).status_code == 404
    for path in ("capture/", "fetch/", "archive/"):
        assert client.post(page_of(hidden) + path).status_code == 404
    assert str(capture) not in client.get("/admin/sources/capture/").content.decode()
    found = client.get(f"/admin/sources/capture/?q={capture.blob.sha256}").content.decode()
    assert hidden.title not in found


def test_who_is_not_of_the_desk_comes_to_no_capture() -> None:
    capture = make.source("Text.").captures.get()
    visitor = staff_client(make.person(is_staff=False))

    for path in ("change/", "file/"):
        assert visitor.get(page_of_capture(capture) + path).status_code == 302
    assert Client().get(page_of_capture(capture) + "file/").status_code == 302


def test_of_a_withheld_capture_the_day_is_shown_and_nothing_handed_out() -> None:
    source, client = make.source(), staff_client()
    upload(client, source, b"\x89PNG", "name-of-a-witness.png")
    capture = Capture.objects.get()
    administrator, editor = make.person(Role.ADMINISTRATOR), make.person(Role.EDITOR)
    request = ask_to_withhold(targets=[capture], reason="A person.", by=administrator, at=NOW)[0]
    carry_out(request=request, by=editor, at=NOW)
    default_storage.delete(capture.blob.storage_name)  # as the commit does

    for path in (page_of(source) + "change/", page_of_capture(capture) + "change/"):
        told = client.get(path).content.decode()
        assert f"Withheld on {NOW:%Y-%m-%d}." in told
        assert "witness" not in told
        assert "/file/" not in told
    assert client.get(page_of_capture(capture) + "file/").status_code == 404
    told = client.get(f"/api/v1/captures/{capture.pk}/").json()
    assert told["withheld_on"] == f"{NOW:%Y-%m-%d}"
    assert "witness" not in str(told)


def test_the_text_of_one_capture_is_read() -> None:
    source, client = make.source(), staff_client()
    upload(client, source, b"The first text.")
    first = Capture.objects.get()
    upload(client, source, b"The second text.", "b.txt")

    told = client.get(f"{page_of(source)}text/?capture={first.pk}").content.decode()

    assert "The first text." in told
    assert "The second text." not in told


def test_metadata_that_a_sentence_tells_are_not_listed_again() -> None:
    told = {"replaced": {"count": 1}, UNEXAMINED_PAGES: [1, 2], "title": "A Report"}

    assert file_metadata(TextLayer(metadata=told)) == [("title", "A Report")]
