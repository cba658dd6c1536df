"""Fixing bytes once, as they came, and extracting their text."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from factbase.models import User
from sources.actions.captures.capture import capture, set_page_offset
from sources.actions.quotes.excerpts import choose_place, quote
from sources.domain.refusals import Refusal
from sources.models import Blob, Capture, Extraction, Grading, Source, TextLayer
from sources.vocabulary import ExtractionOutcome, Grade
from tests import factories as make
from tests.worker import work

pytestmark = pytest.mark.django_db

FETCHED = {"fetched_from": "https://example.org/a.txt", "response": {"status": 200}}
LATER = make.TODAY + timedelta(days=1)


@pytest.fixture
def by() -> User:
    return make.person()


def captured(source: Source, data: bytes, by: User, **fields: Any) -> Capture:
    values = {"file_name": "a.txt", "at": make.TODAY}
    kept = capture(source=source, data=data, by=by, **{**values, **fields})
    work()
    return kept


def test_bytes_are_kept_as_they_came_and_their_text_in_nfc(by: User) -> None:
    data = "\ufeffCafe\u0301 at nine.\r\nSecond line.".encode()

    capture = captured(make.source(), data, by)

    sha256 = hashlib.sha256(data).hexdigest()
    with default_storage.open(capture.blob.storage_name) as file:
        assert file.read() == data
    assert (capture.blob.sha256, capture.blob.size) == (sha256, len(data))
    layer = TextLayer.objects.get()
    assert layer.text == "Café at nine.\nSecond line."
    assert layer.text_sha256 == hashlib.sha256(layer.text.encode()).hexdigest()
    extraction = Extraction.objects.get()
    assert (extraction.outcome, extraction.layer) == (ExtractionOutcome.TEXT, layer)


@pytest.mark.parametrize("said", ["../../a.txt", "C:\\x\\a.txt", "\u202ea.txt", "a\r\n.txt"])
def test_the_name_of_a_file_is_a_name_and_nothing_else(said: str, by: User) -> None:
    assert captured(make.source(), b"Text.", by, file_name=said).file_name == "a.txt"


def test_the_same_file_of_a_source_makes_no_second_capture(by: User) -> None:
    source = make.source()

    assert captured(source, b"Text.", by) == captured(source, b"Text.", by, at=LATER)


def test_the_same_file_that_names_its_address_makes_no_second_capture(by: User) -> None:
    source, place = make.source(), {"fetched_from": "https://example.org/a.txt"}

    again = captured(source, b"Text.", by, at=LATER, **place)

    assert captured(source, b"Text.", by, **place) == again


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"file_name": "b.txt"}),
        ({}, {"fetched_from": "https://example.org/a.txt"}),
        (FETCHED, FETCHED),
        (
            {"captured_at": make.TODAY - timedelta(days=2)},
            {"captured_at": make.TODAY - timedelta(days=1)},
        ),
    ],
)
def test_another_place_and_every_fetch_make_a_capture_of_the_same_bytes(
    by: User, first: dict[str, Any], second: dict[str, Any]
) -> None:
    source = make.source()

    one, two = (captured(source, b"Text.", by, **fields) for fields in (first, second))

    assert one != two
    assert one.blob == two.blob
    assert TextLayer.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "file_name"),
    [
        (b"", "a.txt"),
        (b"Text.", "a" * 256),
        (b"Text.", "a\0.txt"),
    ],
)
def test_a_file_without_bytes_or_with_no_proper_name_is_not_kept(
    by: User, data: bytes, file_name: str
) -> None:
    with pytest.raises(Refusal):
        captured(make.source(), data, by, file_name=file_name)
    assert not Blob.objects.exists()


@pytest.mark.parametrize("data", [b"  \n ", b"a\0b", b"\xff\xfe\xfa", b"%PDF-1.7 and no more"])
def test_what_gives_no_text_is_kept_and_says_why(by: User, data: bytes) -> None:
    kept = captured(make.source(), data, by)

    extraction = kept.extractions.get()
    assert extraction.outcome == ExtractionOutcome.ERROR
    assert "a.txt" in extraction.message
    assert extraction.message.endswith(".")
    assert not TextLayer.objects.exists()


def test_bytes_that_an_archive_fixed_keep_their_date(by: User) -> None:
    kept = captured(
        make.source(),
        b"Text.",
        by,
        fetched_from="https://example.org/",
        captured_at=make.TODAY - timedelta(days=400),
    )

    assert (kept.captured_at, kept.kept_at) == (make.TODAY - timedelta(days=400), make.TODAY)


def test_an_archive_of_a_time_to_come_is_refused(by: User) -> None:
    with pytest.raises(Refusal, match="still to come"):
        captured(make.source(), b"Text.", by, captured_at=LATER)


def test_the_page_numbers_of_a_capture_are_set_once(by: User) -> None:
    kept = captured(make.source(), b"One.\fTwo.", by)

    set_page_offset(capture=kept, offset=7, by=by, at=LATER)
    with pytest.raises(Refusal, match="set before"):
        set_page_offset(capture=kept, offset=8, by=by, at=LATER)

    kept.refresh_from_db()
    assert kept.page_label_offset == 7


def test_more_than_is_kept_is_refused(by: User) -> None:
    with pytest.raises(Refusal, match="at most"):
        captured(make.source(), b"a" * (50 * 1024 * 1024 + 1), by)


def test_a_file_that_a_crash_cut_short_is_written_again(by: User) -> None:
    data = b"These bytes were cut short by a crash."
    name = Blob(sha256=hashlib.sha256(data).hexdigest()).storage_name
    default_storage.delete(name)
    default_storage.save(name, ContentFile(data[:10]))

    capture = captured(make.source(), data, by)

    with default_storage.open(capture.blob.storage_name) as file:
        assert file.read() == data


def test_quotes_that_waited_for_a_text_are_located_in_it(by: User) -> None:
    source = make.source()
    excerpt = quote(source=source, exact="Trade fell", by=by, at=make.TODAY)
    assert excerpt.grade == Grade.UNLOCATED

    captured(source, b"Trade fell by 9%.", by, at=LATER)

    excerpt.refresh_from_db()
    assert excerpt.grade == Grade.EXACT
    grades = excerpt.gradings.order_by("pk").values_list("grade", flat=True)
    assert list(grades) == [Grade.UNLOCATED, Grade.EXACT]


def test_a_later_text_grades_a_quote_again_and_the_earlier_grading_stays(by: User) -> None:
    source = make.source()
    captured(source, b"Trade fell by 9%.", by)
    excerpt = quote(source=source, exact="fell by 9%", by=by, at=make.TODAY)

    captured(source, b"Trade fell by 8%.", by, file_name="b.txt", at=LATER)

    excerpt.refresh_from_db()
    assert excerpt.grade == Grade.DRIFTED
    assert excerpt.gradings.count() == 2


def test_a_text_that_says_the_same_leaves_the_grade_and_names_the_new_place(by: User) -> None:
    source = make.source()
    captured(source, b"Trade fell.", by)
    excerpt = quote(source=source, exact="Trade fell", by=by, at=make.TODAY)

    captured(source, b"Preface. Trade fell.", by, file_name="b.txt", at=LATER)

    latest = excerpt.gradings.order_by("-pk")[0]
    assert (latest.grade, latest.start) == (Grade.EXACT, 9)


def test_a_place_that_a_person_chose_stays_for_the_same_text(by: User) -> None:
    source = make.source()
    captured(source, b"twice, and twice again", by)
    excerpt = quote(source=source, exact="twice", by=by, at=make.TODAY)
    assert excerpt.grade == Grade.AMBIGUOUS
    choose_place(excerpt=excerpt, place=(11, 16), by=by, at=make.TODAY)

    captured(source, b"twice, and twice again", by, file_name="b.txt", at=LATER)

    assert Grading.objects.filter(excerpt=excerpt).order_by("-pk")[0].chosen_by == by


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b"A preface. twice, and twice again", (22, 27)),
        (b"twice of old. twice of new.", None),
    ],
)
def test_a_place_that_a_person_chose_is_found_in_a_new_text_by_what_stands_around_it(
    by: User, text: bytes, place: tuple[int, int] | None
) -> None:
    source = make.source()
    captured(source, b"twice, and twice again", by)
    excerpt = quote(source=source, exact="twice", by=by, at=make.TODAY)
    choose_place(excerpt=excerpt, place=(11, 16), by=by, at=make.TODAY)

    captured(source, text, by, file_name="b.txt", at=LATER)

    latest = Grading.objects.filter(excerpt=excerpt).order_by("-pk")[0]
    assert latest.grade == Grade.AMBIGUOUS
    assert latest.chosen_by == (None if place is None else by)
    assert (latest.start, latest.end) == (place or (None, None))
