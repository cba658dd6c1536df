"""Capture the bytes of a source: a file uploaded, fetched, or taken from a web archive."""

import hashlib
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sources.actions.action import action
from sources.actions.captures.texts import extract_text, lock_layers
from sources.actions.permission import require
from sources.actions.sources import locked
from sources.domain.refusals import Refusal
from sources.domain.text_fields import clean_words
from sources.fetching.headers import clean_file_name
from sources.models import Blob, Capture, Source, Withholding
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_SIZE = 50 * 1024 * 1024


class CaptureRefused(Refusal):
    """Bytes that are not kept.

    `code`: empty_file, too_large, in_the_future, withheld, offset_set.
    """


def capture(
    *,
    source: Source,
    data: bytes,
    file_name: str,
    by: "User",
    at: datetime,
    media_type: str = "",
    fetched_from: str = "",
    archive_url: str = "",
    response: dict[str, Any] | None = None,
    captured_at: datetime | None = None,
) -> Capture:
    """Keep a file of a source as it is, and extract its text.

    The bytes are kept first, in a transaction of their own: a file that gives no text is a capture
    whose latest extraction says why. Where a server ended between the two, the text is extracted
    when the file is captured again, or else by a job (`sources.tasks.extract_missing_texts`).
    `captured_at` is when a web archive fixed the bytes. Raises CaptureRefused, WordsRefused,
    NotPermitted.
    """
    kept, is_new = save_capture(
        source=source,
        data=data,
        file_name=file_name,
        by=by,
        at=at,
        media_type=media_type,
        fetched_from=fetched_from,
        archive_url=archive_url,
        response=response,
        captured_at=captured_at,
    )
    if is_new or not kept.extractions.exists():
        extract_text(capture=kept, at=at, data=data)
    return kept


@action
def save_capture(
    *,
    source: Source,
    data: bytes,
    file_name: str,
    by: "User",
    at: datetime,
    media_type: str = "",
    fetched_from: str = "",
    archive_url: str = "",
    response: dict[str, Any] | None = None,
    captured_at: datetime | None = None,
) -> tuple[Capture, bool]:
    """Keep the bytes; whether that made a capture.

    The same file from the same place for the same source gives the capture that is there; what a
    server answered is always a new one, and so is each date of an archive.
    """
    require(by, Role.CONTRIBUTOR)
    file_name = clean_file_name(clean_words(file_name, name="file name", limit=255))
    fetched_from = clean_words(fetched_from, name="address", limit=2_000)
    archive_url = clean_words(archive_url, name="address of the archived copy", limit=2_000)
    require_size(data, file_name or fetched_from)
    if captured_at is not None and captured_at > at:
        raise CaptureRefused(
            "in_the_future",
            f"The record of {fetched_from} says that it was made at {captured_at:%Y-%m-%d %H:%M}, "
            "which is still to come. Check the archive; nothing was kept.",
        )
    source = locked(source)
    blob = store_bytes(data)
    same = source.captures.filter(blob=blob, file_name=file_name, fetched_from=fetched_from)
    if captured_at is not None:
        known = same.filter(captured_at=captured_at).first()
    else:
        known = None if response else same.first()
    if known is not None:
        return known, False
    made = Capture.objects.create(
        source=source,
        blob=blob,
        media_type=clean_words(media_type, name="media type", limit=120),
        file_name=file_name,
        captured_at=captured_at or at,
        captured_by=by,
        kept_at=None if captured_at is None else at,
        fetched_from=fetched_from,
        archive_url=archive_url,
        response=response or {},
    )
    return made, True


@action
def set_page_offset(
    *,
    capture: Capture,
    offset: int,
    by: "User",
    at: datetime,  # noqa: ARG001 - every action takes it
) -> Capture:
    """Say once what to add to a page's index to get the number printed on it."""
    require(by, Role.CONTRIBUTOR)
    changed = Capture.objects.filter(pk=capture.pk, page_label_offset__isnull=True).update(
        page_label_offset=offset
    )
    if not changed:
        raise CaptureRefused(
            "offset_set",
            "The page numbers of this capture were set before, and quotes may cite them. Capture "
            "the file anew to number its pages differently.",
        )
    capture.refresh_from_db()
    return capture


def require_size(data: bytes, name: str) -> None:
    """Refuse a file without bytes, and one with too many."""
    if not data:
        raise CaptureRefused("empty_file", f"The file {name} is empty; nothing was kept.")
    if len(data) > MAX_SIZE:
        raise CaptureRefused(
            "too_large",
            f"The file {name} has {len(data):,} bytes; at most {MAX_SIZE:,} are kept.",
        )


def store_bytes(data: bytes) -> Blob:
    """Keep bytes once, under their SHA-256.

    The file is written before the row commits: a crash leaves a file that nothing names, never
    a row without its bytes. Such a file may have ended early, so it is written again.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    blob, created = Blob.objects.get_or_create(sha256=sha256, defaults={"size": len(data)})
    lock_layers(blob, shared=True)
    if Withholding.objects.emptied_at(blob) is not None:
        raise CaptureRefused(
            "withheld", f"The file with the SHA-256 {sha256} was withheld, and is not kept again."
        )
    if created and default_storage.exists(blob.storage_name):
        default_storage.delete(blob.storage_name)
    if not default_storage.exists(blob.storage_name):
        write_through(default_storage.save(blob.storage_name, ContentFile(data)))
    return blob


def write_through(name: str) -> None:
    """Have the bytes on the disk before the row that names them commits."""
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:  # a storage elsewhere, which sees to it itself
        return
    for written in (path, path.parent):
        number = os.open(written, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
