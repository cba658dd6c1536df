"""Captures from web archives: each record is one, dated by the archive."""

import gzip
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage

from factbase.models import User
from sources.actions.captures.archives import (
    STAGED,
    capture_archive,
    comparable_address,
    is_archive,
    list_records,
    load_staged,
    stage_upload,
)
from sources.domain.refusals import Refusal
from sources.models import Blob, Capture
from sources.vocabulary import ExtractionOutcome
from tests import factories as make
from tests.sources.archived import PAGE, page, record

pytestmark = pytest.mark.django_db

EARLY, LATE = "2025-04-01T08:00:00Z", "2025-05-01T10:00:00Z"
FELL = page("In the first half of the year trade fell by nine per cent, the ministry said.")
ROSE = page("In the first half of the year trade rose by nine per cent, the ministry said.")


@pytest.fixture
def by() -> User:
    return make.person()


def zipped(names: Iterable[str], data: bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for name in names:
            file.writestr(name, data)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (record(FELL), True),
        (gzip.compress(record(FELL), mtime=0), True),
        (
            zipped(
                ["datapackage.json", "archive/data.warc.gz"], gzip.compress(record(FELL), mtime=0)
            ),
            True,
        ),
        (zipped(["word/document.xml"], b"<a/>"), False),
        (gzip.compress(b"Trade fell.", mtime=0), False),
        (b"\x1f\x8bnonsense", False),
        (b"PK\x03\x04nonsense", False),
        (FELL, False),
        (b"", False),
    ],
)
def test_an_archive_is_known_by_its_bytes(data: bytes, expected: bool) -> None:
    assert is_archive(data) is expected


def test_two_records_of_a_page_at_two_dates_are_two_captures_in_their_order(by: User) -> None:
    source = make.source(URL=PAGE)
    data = record(ROSE, date=LATE) + record(FELL, date=EARLY)

    kept = capture_archive(source=source, data=data, by=by, at=make.TODAY, file_name="a.warc")

    assert [capture.captured_at for capture in kept] == [
        datetime(2025, 4, 1, 8, tzinfo=UTC),
        datetime(2025, 5, 1, 10, tzinfo=UTC),
    ]
    assert {capture.kept_at for capture in kept} == {make.TODAY}
    assert {capture.fetched_from for capture in kept} == {PAGE}
    for capture, words in zip(kept, ("fell", "rose"), strict=True):
        with default_storage.open(capture.blob.storage_name) as file:
            assert words.encode() in file.read()
        assert capture.extractions.get().outcome == ExtractionOutcome.TEXT
        assert words in capture.blob.layers.get().text


def test_a_capture_says_which_record_of_which_archive_it_is(by: User) -> None:
    data = record(b"Other.", url="https://example.org/other", media_type="text/plain")
    data += record(FELL)

    capture = capture_archive(
        source=make.source(URL=PAGE), data=data, by=by, at=make.TODAY, file_name="../a\u202e.warc"
    )[0]

    assert capture.response["archive"]["file_name"] == "a.warc"
    assert capture.response["archive"]["record"] == 1
    assert len(capture.response["archive"]["sha256"]) == 64
    assert capture.response["status"] == 200


def test_the_same_archive_again_makes_no_capture(by: User) -> None:
    source = make.source(URL=PAGE)
    data = record(FELL)
    first = capture_archive(source=source, data=data, by=by, at=make.TODAY)

    again = capture_archive(source=source, data=data, by=by, at=make.TODAY + timedelta(days=1))

    assert again == first
    assert first[0].extractions.count() == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("http://example.org/page/", "https://Example.org/page#part", True),
        ("https://example.org", "http://example.org/", True),
        ("https://example.org:443/a", "https://example.org/a", True),
        ("https://example.org/wyniki łódź", "https://example.org/wyniki%20łódź", False),
        ("https://example.org/łódź", "https://example.org/%C5%82%C3%B3d%C5%BA", True),
        ("https://example.org/a?b=1", "https://example.org/a", False),
        ("https://example.org/a", "https://example.net/a", False),
    ],
)
def test_addresses_of_one_page_are_told_from_those_of_others(
    one: str, other: str, expected: bool
) -> None:
    assert (comparable_address(one) == comparable_address(other)) is expected


def test_other_addresses_are_kept_when_they_are_asked_for(by: User) -> None:
    other = "https://example.org/other"
    data = record(FELL) + record(ROSE, url=other)

    kept = capture_archive(
        source=make.source(URL=PAGE), data=data, by=by, at=make.TODAY, urls=[f"{other}/"]
    )

    assert [capture.fetched_from for capture in kept] == [other]


@pytest.mark.parametrize("urls", [None, [PAGE, "https://example.org/none"]])
def test_where_none_matches_the_addresses_found_are_named_and_nothing_is_kept(
    by: User, urls: list[str] | None
) -> None:
    source = make.source(URL="https://example.org/else")
    data = b"".join(
        record(b"Page.", url=f"{PAGE}{number or ''}", media_type="text/plain")
        for number in range(25)
    )

    with pytest.raises(Refusal) as caught:
        capture_archive(source=source, data=data, by=by, at=make.TODAY, urls=urls)

    assert caught.value.code == "no_record"
    assert f"{PAGE}19 and 5 more" in caught.value.message
    assert "Name the addresses to keep" in caught.value.message
    assert not Capture.objects.exists()


def test_one_record_that_is_refused_keeps_all_others_out(by: User) -> None:
    data = record(FELL) + record(ROSE, date="2031-01-01T00:00:00Z")

    with pytest.raises(Refusal, match="cannot have been"):
        capture_archive(source=make.source(URL=PAGE), data=data, by=by, at=make.TODAY)

    assert not Blob.objects.exists()


def test_records_of_the_source_are_listed_first() -> None:
    data = record(b"a{}", url="https://example.org/style.css", media_type="text/css")
    data += record(FELL)

    listed = list_records(source=make.source(URL=PAGE), data=data, at=make.TODAY)

    assert [(one.number, one.is_of_source) for one in listed] == [(1, True), (0, False)]


def test_an_archive_without_a_page_is_refused() -> None:
    data = record(FELL).replace(b"WARC-Type: response", b"WARC-Type: request_")

    with pytest.raises(Refusal):
        list_records(source=make.source(URL=PAGE), data=data, at=make.TODAY)


def test_an_archive_waits_for_a_day(by: User) -> None:
    now = datetime.now(UTC)
    sha256 = stage_upload(data=b"one", by=by, at=now)

    assert load_staged(sha256) == b"one"
    stage_upload(data=b"two", by=by, at=now + timedelta(days=1, minutes=1))

    assert not default_storage.exists(f"{STAGED}/{sha256}")
    with pytest.raises(Refusal, match="Upload it again"):
        load_staged(sha256)
