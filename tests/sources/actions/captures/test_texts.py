"""Extracting texts again, when another version of an extractor is there."""

from datetime import timedelta

import pytest

from sources.actions.captures.capture import capture
from sources.actions.captures.texts import (
    extract_text,
    outdated_captures,
    record_layer,
    record_text,
)
from sources.actions.quotes.excerpts import quote
from sources.extraction import kinds
from sources.extraction.extracted import ExtractedText
from sources.models import Extraction, TextLayer
from sources.tasks import extract_outdated_texts
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
