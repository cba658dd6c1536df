"""Fixing the bytes of a source, and drawing the text from them."""

import hashlib
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sources.actions import announce
from sources.actions.excerpts import grade_again
from sources.actions.perform import action
from sources.actions.permission import require
from sources.actions.sources import locked
from sources.domain.apparatus import find_apparatus
from sources.domain.refusals import Refusal
from sources.domain.text import PlainText, read_plain_text
from sources.domain.words import clean_words
from sources.models import Blob, Capture, Extraction, Source, TextLayer
from sources.vocabulary import Outcome, Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_SIZE = 50 * 1024 * 1024

# What draws the text of plain-text files; another version draws another layer.
EXTRACTOR = "plain-text"
VERSION = "1"


class CaptureRefused(Refusal):
    """Bytes that are not kept."""


@action
def capture_text(
    *,
    source: Source,
    data: bytes,
    file_name: str,
    by: "User",
    at: datetime,
    media_type: str = "text/plain",
    fetched_from: str = "",
) -> Capture:
    """Keep a plain-text file of a source, draw its text and grade the source's quotes in it.

    The same file for the same source gives the capture that is there; a fetch from an address
    is always a new one. Raises CaptureRefused, WordsRefused, NotPermitted, and TextRefused for
    what is no plain text.
    """
    require(by, Role.CONTRIBUTOR)
    file_name = clean_words(file_name, name="file name", limit=255)
    fetched_from = clean_words(fetched_from, name="address", limit=2_000)
    if not data:
        raise CaptureRefused("empty_file", f"The file {file_name} is empty; nothing was kept.")
    if len(data) > MAX_SIZE:
        raise CaptureRefused(
            "too_large",
            f"The file {file_name} has {len(data):,} bytes; at most {MAX_SIZE:,} are kept.",
        )
    text = read_plain_text(data)
    source = locked(source)
    blob = store(data)
    known = source.captures.filter(blob=blob, file_name=file_name, fetched_from="").first()
    if known is not None and not fetched_from:
        return known
    capture = Capture.objects.create(
        source=source,
        blob=blob,
        media_type=media_type,
        file_name=file_name,
        captured_at=at,
        captured_by=by,
        fetched_from=fetched_from,
    )
    layer, _created = TextLayer.objects.get_or_create(
        blob=blob,
        extractor=EXTRACTOR,
        version=VERSION,
        defaults=layer_fields(text),
    )
    Extraction.objects.create(
        capture=capture,
        extractor=EXTRACTOR,
        version=VERSION,
        extracted_at=at,
        outcome=Outcome.TEXT,
        layer=layer,
    )
    announce.tell(announce.layer_made_current, layer=layer, at=at)
    for excerpt in source.excerpts.order_by("pk"):
        grade_again(excerpt=excerpt, at=at)
    return capture


def layer_fields(text: PlainText) -> dict[str, Any]:
    """What a layer keeps of a text."""
    return {
        "text": text.text,
        "text_sha256": text.sha256,
        "pages": [asdict(page) for page in text.pages],
        "apparatus": [asdict(span) for span in find_apparatus(text.text)],
    }


def store(data: bytes) -> Blob:
    """Keep bytes once, under their SHA-256.

    The file is written before the row commits: a crash leaves a file that nothing names, never
    a row without its bytes. Such a file may have ended early, so it is written again.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    blob, created = Blob.objects.get_or_create(sha256=sha256, defaults={"size": len(data)})
    if created and default_storage.exists(blob.storage_name):
        default_storage.delete(blob.storage_name)
    if not default_storage.exists(blob.storage_name):
        default_storage.save(blob.storage_name, ContentFile(data))
    return blob
