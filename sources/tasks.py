"""Background work on sources: grading quotes again, and extracting texts again."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from sources.actions.action import ReadOutdated
from sources.actions.captures.texts import extract_text, outdated_captures
from sources.actions.quotes.grading import grade_source_again
from sources.models import Capture, Source, TextLayer


@app.task(name="sources.grade_source_again", pass_context=False)
def grade_in_background(source: int) -> None:
    """Grade every quote of a source in its current text, and later those that changed meanwhile."""
    try:
        grade_source_again(source=Source.objects.get(pk=source), at=timezone.now())
    except ReadOutdated:
        queue_grading(source)


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


@app.task(name="sources.draw_text", pass_context=False)
def extract_in_background(capture: int) -> None:
    """Extract the text of a capture."""
    extract_text(capture=Capture.objects.get(pk=capture), at=timezone.now())


@app.periodic(cron="17 2 * * *")
@app.task(name="sources.draw_outdated_texts", queueing_lock="draw-texts", pass_context=False)
def extract_outdated_texts(timestamp: int) -> None:  # noqa: ARG001 - the clock tells when it is
    """Every night: queue the texts that an earlier version of an extractor extracted.

    Each is a job of its own, so that one that fails keeps no other from being extracted.
    """
    for capture in outdated_captures():
        extract_in_background.configure(lock=f"capture-{capture.pk}").defer(capture=capture.pk)
