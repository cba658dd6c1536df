"""Background work on sources: grading quotes again, and extracting texts."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from sources.actions.captures.texts import extract_text, outdated_captures, unread_captures
from sources.actions.jobs import RETRY
from sources.actions.quotes.grading import grade_source_again
from sources.models import Capture, Source, TextLayer

# A capture has its text within a minute or two, or whoever made it was cut off.
UNREAD_AFTER = timedelta(minutes=10)


@app.task(name="sources.grade_source_again", pass_context=False, retry=RETRY)
def grade_in_background(source: int) -> None:
    """Grade every quote of a source in its current text, and later those that changed meanwhile."""
    grade_source_again(source=Source.objects.get(pk=source), at=timezone.now())


def grade_later(*, layer: TextLayer, at: datetime, **_more: Any) -> None:  # noqa: ARG001 - told
    """Queue a grading for every quoted source that has the bytes of the layer.

    The job is a row of the same transaction: it is there exactly when the layer is current. Jobs
    of one source run one after the other, and each finds what is current then.
    """
    quoted = Source.objects.filter(captures__blob=layer.blob_id, excerpts__isnull=False)
    for source in quoted.order_by("pk").values_list("pk", flat=True).distinct():
        queue_grading(source)


def queue_grading(source: int) -> None:
    """Queue a job that grades the quotes of a source."""
    grade_in_background.configure(lock=f"source-{source}").defer(source=source)


@app.task(name="sources.draw_text", pass_context=False, retry=RETRY)
def extract_in_background(capture: int) -> None:
    """Extract the text of a capture."""
    extract_text(capture=Capture.objects.get(pk=capture), at=timezone.now())


def queue_extraction(capture: Capture) -> None:
    """Queue a job that extracts the text of a capture."""
    extract_in_background.configure(lock=f"capture-{capture.pk}").defer(capture=capture.pk)


@app.periodic(cron="17 2 * * *")
@app.task(
    name="sources.draw_outdated_texts",
    queueing_lock="draw-texts",
    pass_context=False,
    retry=RETRY,
)
def extract_outdated_texts(timestamp: int) -> None:  # noqa: ARG001 - the clock tells when it is
    """Every night: queue the texts that an earlier version of an extractor extracted.

    Each is a job of its own, so that one that fails keeps no other from being extracted.
    """
    for capture in outdated_captures():
        queue_extraction(capture)


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="sources.draw_missing_texts",
    queueing_lock="draw-missing-texts",
    pass_context=False,
    retry=RETRY,
)
def extract_missing_texts(timestamp: int) -> None:  # noqa: ARG001 - the clock tells when it is
    """Every ten minutes: queue the texts of captures whose maker was cut off before them."""
    for capture in unread_captures(before=timezone.now() - UNREAD_AFTER):
        queue_extraction(capture)
