"""Extracting texts again, when another version of an extractor is there."""

from datetime import timedelta

import pytest

from sources.actions.captures.capture import capture, save_capture
from sources.actions.captures.texts import (
    extract_text,
    outdated_captures,
    record_layer,
    record_text,
    unread_captures,
)
from sources.actions.quotes.excerpts import quote
from sources.extraction import kinds
from sources.extraction.extracted import ExtractedText
from sources.models import Capture, Extraction, TextLayer
from sources.tasks import extract_missing_texts, extract_outdated_texts
from sources.vocabulary import ExtractionOutcome, Grade
from tests import factories as make
from tests.worker import work

pytestmark = pytest.mark.django_db

LATER = make.TODAY + timedelta(days=1)


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of the library behind plain text is installed."""
    monkeypatch.setattr(kinds, "_installed", lambda library: "99.0")


def test_what_was_drawn_by_this_version_is_not_outdated() -> None:
    make.source("Trade fell by 9%.")

    assert list(outdated_captures()) == []


def test_a_file_that_no_reader_is_for_is_not_tried_every_night() -> None:
    picture = b"\x89PNG\r\n\x1a\n"
    capture(source=make.source(), data=picture, file_name="a.png", by=make.person(), at=make.TODAY)

    assert list(outdated_captures()) == []
    assert Extraction.objects.get().outcome == ExtractionOutcome.ERROR


def test_the_same_version_draws_a_text_once() -> None:
    (kept,) = make.source("Trade fell by 9%.").captures.all()

    extract_text(capture=kept, at=LATER)

    assert TextLayer.objects.count() == 1
    assert kept.extractions.count() == 2


def test_another_version_draws_another_layer_and_quotes_are_graded_in_it(
    request: pytest.FixtureRequest,
) -> None:
    source = make.source("Trade fell by 9%.")
    excerpt = quote(source=source, exact="fell by 9%", by=make.person(), at=make.TODAY)
    request.getfixturevalue("upgraded")

    extract_outdated_texts.func(timestamp=0)
    work()

    assert list(outdated_captures()) == []
    old, new = TextLayer.objects.order_by("pk")
    assert (old.is_current, new.is_current) == (False, True)
    latest = excerpt.gradings.order_by("-pk")[0]
    assert (latest.layer, latest.grade) == (new, Grade.EXACT)


def test_a_text_that_was_current_when_it_was_looked_up_is_so_again() -> None:
    (kept,) = make.source("Trade fell by 9%.").captures.all()
    seen = kept.blob.layers.get()
    other = ExtractedText("plain-text", "99.0", "Trade fell by 8%.", (), (), {})
    record_text(capture=kept, extracted=other, at=LATER)

    record_layer(capture=kept, layer=seen, at=LATER)

    assert list(kept.blob.layers.filter(is_current=True)) == [seen]


def cut_off() -> Capture:
    """A capture whose server ended between its bytes and its text, a day ago."""
    kept, _is_new = save_capture(
        source=make.source(),
        data=b"Trade fell by 9%.",
        file_name="report.txt",
        by=make.person(),
        at=make.TODAY,
    )
    return kept


def test_a_capture_that_was_cut_off_before_its_text_has_it_drawn_by_a_job_once() -> None:
    kept = cut_off()
    make.source("Exports rose.")

    assert list(unread_captures(before=make.TODAY)) == []
    assert list(unread_captures(before=LATER)) == [kept]
    extract_missing_texts.func(timestamp=0)
    assert list(unread_captures(before=LATER)) == []  # a job waits to do it
    work()

    assert kept.blob.layers.get().text == "Trade fell by 9%."
    assert list(unread_captures(before=LATER)) == []


def test_a_capture_that_was_cut_off_has_its_text_drawn_when_the_file_comes_again() -> None:
    kept = cut_off()

    again = capture(
        source=kept.source,
        data=b"Trade fell by 9%.",
        file_name="report.txt",
        by=make.person(),
        at=LATER,
    )

    assert again == kept
    assert kept.extractions.get().outcome == ExtractionOutcome.TEXT
