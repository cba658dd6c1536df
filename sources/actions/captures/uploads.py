"""Capture an uploaded file: read within bounds, its kind detected from its bytes."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any

from sources.actions.captures.archives import capture_archive, is_archive
from sources.actions.captures.capture import MAX_SIZE, CaptureRefused, capture
from sources.actions.permission import require
from sources.domain.refusals import quoted
from sources.extraction.extracted import ExtractionRefused
from sources.extraction.kinds import kind_of
from sources.fetching.headers import clean_file_name
from sources.models import Capture, Source
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User


def capture_file(
    *,
    source: Source,
    data: bytes,
    file_name: str,
    by: "User",
    at: datetime,
    media_type: str = "",
    fetched_from: str = "",
    archive_url: str = "",
    urls: Sequence[str] | None = None,
) -> list[Capture]:
    """Keep a file of a source; of a web archive its records, each as a capture.

    `urls` choose among the records of an archive. Raises CaptureRefused, RecordsRefused,
    ArchiveRefused, WordsRefused, NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    name = clean_file_name(file_name)
    if is_archive(data):
        return capture_archive(source=source, data=data, file_name=name, by=by, at=at, urls=urls)
    if urls:
        raise CaptureRefused(
            "no_archive",
            f"The file {quoted(name)} is no web archive, so there is no record to choose from it. "
            "Leave the addresses out.",
        )
    return [
        capture(
            source=source,
            data=data,
            file_name=name,
            media_type=detected_media_type(data, media_type, name),
            fetched_from=fetched_from,
            archive_url=archive_url,
            by=by,
            at=at,
        )
    ]


def read_file(file: IO[bytes] | Any, name: str, size: int | None = None) -> bytes:
    """The bytes of a file; one that is too large is refused by its size, or once that shows.

    Raises CaptureRefused.
    """
    if size is None or size <= MAX_SIZE:
        data: bytes = file.read(MAX_SIZE + 1)
        if len(data) <= MAX_SIZE:
            return data
    raise CaptureRefused(
        "too_large",
        f"The file {quoted(PurePath(name).name)} has more than {MAX_SIZE:,} bytes, the most that "
        "is kept. Split it, or keep the part that you quote.",
    )


def detected_media_type(data: bytes, stated: str, file_name: str) -> str:
    """The media type detected from the bytes; else the one that a browser made of the name."""
    try:
        return kind_of(data, media_type=stated, file_name=file_name).media_type
    except ExtractionRefused:
        return stated if len(stated) <= 120 and stated.isprintable() else ""
