"""Captures over the API: who reads what, and keeping new ones."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factbase.models import User
from sources.actions.sources import open_source
from sources.models import Blob, Capture
from sources.vocabulary import Role
from tests import factories as make
from tests.sources.archived import PAGE, page, record

pytestmark = pytest.mark.django_db

CAPTURES = "/api/v1/captures/"


def signed_in(person: User, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(person)
    return client


@pytest.fixture
def staff_client() -> Client:
    return signed_in(make.person(name="jan"))


def sent(data: bytes = b"Trade fell by 9%.", name: str = "a.txt", **fields: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, data), **fields}


def found(client: Client, asked: str = "") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = client.get(f"{CAPTURES}?{asked}").json()["results"]
    return rows


def test_a_file_is_kept_and_what_became_of_it_is_told(staff_client: Client) -> None:
    make.source(key="report")

    response = staff_client.post(
        CAPTURES, sent(source="report", fetched_from=PAGE, archive_url="https://archive.example/1")
    )

    assert response.status_code == 201
    told = response.json()["results"][0]
    assert (told["file_name"], told["captured_by"]) == ("a.txt", "Jan")
    assert (told["fetched_from"], told["archive_url"]) == (PAGE, "https://archive.example/1")
    assert (told["media_type"], told["size"], told["outcome"]) == ("text/plain", 17, "text")
    assert (told["has_text"], told["page_count"]) == (True, 1)
    assert staff_client.get(told["url"]).json() == told


def test_the_same_file_again_is_answered_with_the_capture_that_is_there(
    staff_client: Client,
) -> None:
    make.source(key="report")
    first = staff_client.post(CAPTURES, sent(source="report"))

    again = staff_client.post(CAPTURES, sent(source="report"))

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()


def test_a_file_without_text_is_kept_and_the_desk_told_why(staff_client: Client) -> None:
    make.source(key="report")

    told = staff_client.post(CAPTURES, sent(b"\x89PNG\r\n", "a.png", source="report")).json()[
        "results"
    ][0]

    assert (told["has_text"], told["page_count"], told["outcome"]) == (False, None, "error")
    assert "PNG" in told["message"]


def test_a_guessed_encoding_is_said_to_the_desk(staff_client: Client) -> None:
    make.source(key="report", language="de")
    data = "Die Übung für Köln war größer.".encode("cp1252")

    told = staff_client.post(CAPTURES, sent(data, source="report")).json()["results"][0]

    (said,) = told["notices"]
    assert said.startswith("The file does not say in which encoding it is; it was read as cp1252")


def test_records_of_an_archive_become_captures_of_their_dates(staff_client: Client) -> None:
    make.source(key="report", URL=PAGE)
    other = "https://example.org/other"
    data = record(page("Trade rose.")) + record(page("It fell."), date="2025-04-01T08:00:00Z")
    data += record(page("It stood."), url=other)

    own = staff_client.post(CAPTURES, sent(data, "a.warc", source="report")).json()["results"]
    asked = staff_client.post(CAPTURES, sent(data, "a.warc", source="report", address=[other]))
    mixed = staff_client.post(
        CAPTURES, sent(data, "a.warc", source="report", address=[other, PAGE])
    )

    assert [row["captured_at"] for row in own] == ["2025-04-01T08:00:00Z", "2025-05-01T10:00:00Z"]
    assert [row["fetched_from"] for row in asked.json()["results"]] == [other]
    assert mixed.status_code == 422
    assert "make a source of each other page" in mixed.json()["detail"]


def test_the_public_reads_what_was_kept_and_not_by_whom(
    client: Client, staff_client: Client
) -> None:
    make.source(key="report", is_opened=True)
    staff_client.post(CAPTURES, sent(source="report", fetched_from=PAGE))

    told = found(client)[0]

    assert (told["fetched_from"], told["has_text"], told["page_count"]) == (PAGE, True, 1)
    hidden = ("file_name", "captured_by", "kept_at", "response", "outcome", "message")
    assert [told[name] for name in hidden] == [None] * len(hidden)
    assert b"Jan" not in client.get(CAPTURES).content


def test_the_doubts_of_a_text_are_read_for_the_desk_alone(
    client: Client, staff_client: Client
) -> None:
    make.source("Trade fell by 9%.", is_opened=True)

    for reader, is_read in ((client, False), (staff_client, True)):
        with CaptureQueriesContext(connection) as queries:
            assert len(found(reader)) == 1
        assert any('"doubts"' in query["sql"] for query in queries) is is_read


def test_every_filter_lists_what_it_asks_for(client: Client) -> None:
    one = make.source("One.", key="one", is_opened=True)
    two = make.source("Two.", key="two", is_opened=True)
    first, second = (source.captures.get() for source in (one, two))

    def numbers(asked: str) -> list[int]:
        return [row["id"] for row in found(client, asked)]

    assert numbers("") == [second.pk, first.pk]
    assert numbers("source=one") == [first.pk]
    assert numbers(f"sha256={second.blob.sha256}") == [second.pk]
    assert len(numbers("media_type=text/plain")) == 2
    assert numbers("media_type=application/pdf") == []


@pytest.mark.parametrize("asked", ["sha256=abc", "media_type=pdf", "source=a b", "sourse=one"])
def test_a_wrong_parameter_is_refused(client: Client, asked: str) -> None:
    assert client.get(f"{CAPTURES}?{asked}").status_code == 400


def test_a_confidential_source_shows_none_of_its_captures(client: Client) -> None:
    text = "The same bytes in both."
    kept: dict[str, Capture] = {}
    for access in ("public", "staff", "named"):
        source = make.source(text, key=access, access=access, public_descriptor="An official")
        if not source.is_confidential:
            open_source(source=source, by=make.somebody(Role.EDITOR), at=make.TODAY)
        kept[access] = source.captures.get()
    sha256 = kept["public"].blob.sha256
    other = signed_in(make.person())

    assert [row["source"]["key"] for row in found(client, f"sha256={sha256}")] == ["public"]
    assert [row["source"]["key"] for row in found(other)] == ["staff", "public"]
    none = client.get(f"{CAPTURES}999999/")
    for access in ("staff", "named"):
        refused = client.get(f"{CAPTURES}?source={access}")
        assert refused.json()["code"] == "unknown_key"
        assert refused.content.count(access.encode()) == 2  # as it was asked, and no more
        answer = client.get(f"{CAPTURES}{kept[access].pk}/")
        assert (answer.status_code, answer.content) == (404, none.content)
    assert other.get(f"{CAPTURES}{kept['named'].pk}/").status_code == 404


def test_a_source_that_the_account_may_not_read_is_as_unknown_as_any(staff_client: Client) -> None:
    make.source(key="secret", access="named", public_descriptor="An official")

    answers = [staff_client.post(CAPTURES, sent(source=key)) for key in ("secret", "nobody")]

    assert [answer.status_code for answer in answers] == [400, 400]
    told = [answer.json()["detail"].replace("secret", "nobody") for answer in answers]
    assert told[0] == told[1]
    assert not Blob.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"source": "report"},
        {"source": "report", "url": PAGE, "file": "both"},
        {"source": "report", "file": "text"},
        {"source": "report", "fille": "a"},
        {"source": ""},
    ],
)
def test_what_is_sent_wrong_is_refused_by_name(
    staff_client: Client, fields: dict[str, Any]
) -> None:
    make.source(key="report")
    if fields.get("file") == "both":
        fields = {**fields, **sent()}

    response = staff_client.post(CAPTURES, fields)

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] in ("source", "file", "fille")
    assert not Blob.objects.exists()


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"url": "http://127.0.0.1/"}, 422, "inside"),
        ({"url": "ftp://example.org/"}, 422, "scheme"),
        (sent(record(b"Page."), "a.warc"), 422, "no_record"),
        (sent(b""), 400, "empty_file"),
        (sent(address=PAGE), 400, "no_archive"),
        (sent(fetched_from="a" * 2_001), 400, "too_long"),
    ],
)
def test_what_cannot_be_kept_is_a_problem_with_its_code(
    staff_client: Client, fields: dict[str, Any], status: int, code: str
) -> None:
    make.source(key="report")

    response = staff_client.post(CAPTURES, {**fields, "source": "report"})

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert not Blob.objects.exists()


def test_more_than_is_kept_is_a_413(staff_client: Client) -> None:
    make.source(key="report")

    response = staff_client.post(CAPTURES, sent(b"a" * (60 * 1024 * 1024), source="report"))

    assert (response.status_code, response.json()["code"]) == (413, "too_large")
    assert not Blob.objects.exists()


def test_a_request_without_a_body_is_refused_by_name(staff_client: Client) -> None:
    for media_type in ("", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain"):
        answer = staff_client.generic("POST", "/api/v1/captures/", b"", content_type=media_type)

        assert (answer.status_code, answer.json()["code"]) == (400, "missing_parameter"), media_type


def test_json_is_a_415(staff_client: Client) -> None:
    response = staff_client.post(CAPTURES, {"source": "report"}, content_type="application/json")

    assert response.status_code == 415


def test_only_the_desk_sends_anything(client: Client) -> None:
    make.source(key="report")
    visitor = signed_in(make.person(is_staff=False))

    for sender, refused in ((client, 401), (visitor, 403)):
        assert sender.post(CAPTURES, sent(source="report")).status_code == refused
    assert not Blob.objects.exists()


def test_what_another_site_has_a_browser_send_is_refused() -> None:
    make.source(key="report")
    browser = signed_in(make.person(), enforce_csrf_checks=True)

    assert browser.post(CAPTURES, sent(source="report")).status_code == 403
    assert not Blob.objects.exists()
