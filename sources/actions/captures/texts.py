"""Extracting the text from captured bytes: outside of any transaction, in a process of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import connection

from sources.actions import announce
from sources.actions.action import action, action_transaction
from sources.actions.permission import require
from sources.actions.quotes.withheld import match_withheld, save_withheld
from sources.actions.sources import locked
from sources.domain.grading.quotes import GradedQuote
from sources.domain.refusals import Refusal
from sources.domain.text.completeness import Completeness
from sources.domain.text.pages import text_sha256
from sources.extraction.extract import ExtractedText, ExtractionRefused, extract
from sources.extraction.kinds import CHOOSING, KINDS, NO_EXTRACTOR, WHOLE_READINGS, kind_of
from sources.models import Blob, Capture, Extraction, Source, TextLayer, Withholding
from sources.querysets.jobs import job_rows
from sources.vocabulary import ExtractionOutcome, Role

if TYPE_CHECKING:
    from factbase.models import User

# Together with a blob's number, an advisory lock: one text is made current at a time.
LAYERS_LOCK = 7_301_448


class TextRefused(Refusal):
    """A text that cannot be had. `code`: no_more_text."""


def extract_text(
    *, capture: Capture, at: datetime, data: bytes | None = None, is_whole: bool = False
) -> Extraction:
    """Extract the text of a capture and record how that ended; no file makes this fail.

    The text that this version of the extractor gave for these bytes before is taken again; so is
    one that was withheld, empty as it is. `is_whole` asks for all words of a file of which else
    the main text is chosen; once they were asked for, a later version gives them as well.
    """
    if (withheld := capture.blob.layers.filter(text="").first()) is not None:
        return record_layer(capture=capture, layer=withheld, at=at)
    if data is None:
        with default_storage.open(capture.blob.storage_name) as file:
            data = file.read()
    try:
        kind = kind_of(data, capture.media_type, capture.file_name)
        whole = WHOLE_READINGS.get(kind.name, kind)
        current = capture.blob.layers.filter(is_current=True)
        is_whole = is_whole or current.filter(extractor=whole.extractor).exists()
        kind = whole if is_whole else kind
        extracted_before = capture.blob.layers.filter(
            extractor=kind.extractor, version=kind.version
        )
        if (known := extracted_before.first()) is not None:
            return record_layer(capture=capture, layer=known, at=at)
        extracted = extract(
            data,
            media_type=capture.media_type,
            file_name=capture.file_name,
            language=capture.source.language,
            is_whole=is_whole,
        )
    except ExtractionRefused as refusal:
        return record_failure(capture=capture, refusal=refusal, at=at)
    return record_text(capture=capture, extracted=extracted, at=at)


def extract_whole_text(*, capture: Capture, by: "User", at: datetime) -> Extraction:
    """Take all that a file shows as its text, where its main text is a fragment.

    The text becomes the current one of the bytes, and the quotes of their sources are graded in it.
    Raises NotPermitted, TextRefused.
    """
    require(by, Role.CONTRIBUTOR)
    if not has_more_text(capture):
        raise TextRefused(
            "no_more_text",
            f"There is no more text in {capture} than it has already: no part of it was chosen.",
        )
    return extract_text(capture=capture, at=at, is_whole=True)


def has_more_text(capture: Capture) -> bool:
    """Whether a part of the file was chosen for the current text of a capture."""
    current = capture.blob.layers.filter(is_current=True).exclude(text="")
    return current.filter(extractor__in=CHOOSING).exists()


def record_text(*, capture: Capture, extracted: ExtractedText, at: datetime) -> Extraction:
    """Keep a text that was extracted, and make it the current one of its bytes.

    Nothing is kept of bytes that were withheld while their text was extracted.
    """
    withheld = match_withheld(capture.blob, extracted.text)
    with action_transaction("record_text", at=at):
        lock_texts(capture.blob)
        if Withholding.objects.emptied_at(capture.blob) is not None:
            gone = ExtractionRefused(
                "withheld",
                "The file was withheld while its text was drawn; none is kept.",
                extractor=extracted.extractor,
                version=extracted.version,
            )
            return record_failure(capture=capture, refusal=gone, at=at)
        layer = capture.blob.layers.filter(text="").first()  # withheld just now
        if layer is None:
            layer, _created = TextLayer.objects.get_or_create(
                blob=capture.blob,
                extractor=extracted.extractor,
                version=extracted.version,
                defaults={**layer_fields(extracted), "is_current": False},
            )
        return make_current(capture, layer, withheld, at=at)


def record_layer(*, capture: Capture, layer: TextLayer, at: datetime) -> Extraction:
    """Make a text that is kept already the current one of its bytes, as it is by now."""
    withheld = match_withheld(capture.blob, layer.text)
    with action_transaction("record_layer", at=at):
        lock_texts(capture.blob)
        layer = TextLayer.objects.get(pk=layer.pk)
        return make_current(capture, layer, withheld, at=at)


@action
def record_failure(*, capture: Capture, refusal: ExtractionRefused, at: datetime) -> Extraction:
    """Record why no text could be extracted; an earlier text stays the current one."""
    return Extraction.objects.create(
        capture=capture,
        extractor=refusal.extractor,
        version=refusal.version,
        extracted_at=at,
        outcome=ExtractionOutcome.NO_TEXT if refusal.code == "no_text" else ExtractionOutcome.ERROR,
        message=refusal.message,
    )


def make_current(
    capture: Capture, layer: TextLayer, withheld: Mapping[int, GradedQuote], *, at: datetime
) -> Extraction:
    """Make a layer the current one, and save where the words of `withheld` quotes stand in it."""
    if not layer.is_current:
        TextLayer.objects.filter(blob=capture.blob, is_current=True).update(is_current=False)
        TextLayer.objects.filter(pk=layer.pk).update(is_current=True)
        layer.is_current = True
    extraction = Extraction.objects.create(
        capture=capture,
        extractor=layer.extractor,
        version=layer.version,
        extracted_at=at,
        outcome=ExtractionOutcome.TEXT,
        layer=layer,
    )
    save_withheld(layer, withheld, at=at)
    announce.notify(announce.layer_made_current, layer=layer, at=at)
    return extraction


def lock_texts(blob: Blob) -> None:
    """Wait until nobody quotes from these bytes, keeps them or makes a text of them current."""
    for source in Source.objects.filter(captures__blob=blob).distinct().order_by("pk"):
        locked(source)
    lock_layers(blob)


def lock_layers(blob: Blob, *, shared: bool = False) -> None:
    """Wait until nobody else makes a text of these bytes current, or withholds them.

    Who only keeps the bytes shares the lock. The locks of sources are taken before this one.
    """
    how = "_shared" if shared else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{how}(%s, %s)", [LAYERS_LOCK, blob.pk % 2**31])


def layer_fields(extracted: ExtractedText) -> dict[str, Any]:
    """The fields of a layer, from an extracted text."""
    return {
        "text": extracted.text,
        "text_sha256": text_sha256(extracted.text),
        "pages": [asdict(page) for page in extracted.pages],
        "apparatus": [asdict(span) for span in extracted.apparatus],
        "doubts": [asdict(span) for span in extracted.doubts],
        "metadata": extracted.metadata,
        "words": list(extracted.words),
        "completeness": completeness_as_json(extracted.completeness),
    }


def completeness_as_json(completeness: Completeness | None) -> dict[str, Any]:
    """A count of words as it is stored; an empty object where nothing was left out."""
    if completeness is None:
        return {}
    return {**asdict(completeness), "missing": list(completeness.missing)}


def unread_captures(*, before: datetime) -> Iterator[Capture]:
    """Captures kept before that time of which no text was ever asked for, and none waits to be.

    The bytes are kept first, and the text is extracted after: between the two, a server can end.
    Bytes that are gone are passed over.
    """
    asked = job_rows().unfinished().filter(task_name="sources.draw_text")
    waiting = {job.args.get("capture") for job in asked}
    kept = Capture.objects.filter(extractions__isnull=True).exclude(pk__in=waiting)
    for capture in kept.kept_before(before).select_related("blob").order_by("pk").iterator():
        if default_storage.exists(capture.blob.storage_name):
            yield capture


def outdated_captures() -> Iterator[Capture]:
    """Captures whose latest text, or refusal, an earlier version of an extractor gave.

    Bytes that are gone are passed over, and so is what was withheld, bytes or text.
    """
    today = {NO_EXTRACTOR, *((kind.extractor, kind.version) for kind in KINDS.values())}
    captures = Capture.objects.exclude(blob__layers__text="").with_latest_extractor()
    for capture in captures.select_related("blob").order_by("pk").iterator():
        if (capture.extractor, capture.version) in today:
            continue
        if default_storage.exists(capture.blob.storage_name):
            yield capture
