"""Captures from web archives (WARC, or WACZ that packs one): each record is a capture of its own.

The archive itself is not kept: a record's bytes are, as the server sent them, and the answer of
the capture says which record of which archive they are, by the archive's name and SHA-256.
"""

import hashlib
import re
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sources.actions.action import action
from sources.actions.captures.capture import require_size, save_capture
from sources.actions.captures.texts import extract_text
from sources.actions.permission import require
from sources.domain.refusals import Refusal, quoted
from sources.fetching.addresses import read_address
from sources.fetching.headers import clean_file_name
from sources.fetching.refusals import FetchRefused
from sources.fetching.warc import records
from sources.models import Capture, Source
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

# How many records of an archive are kept at once: the text of each is extracted before the answer.
MAX_RECORDS = 50
# How many addresses a refusal lists.
LISTED = 20
# An archive waits this long for somebody to choose among its records.
STAGED_FOR = timedelta(days=1)
STAGED = "waiting"
# Characters of a media type, its character set included, that a capture keeps.
MEDIA_TYPE = 120
# A file of a ZIP at its place: the fixed part of its header (30 bytes), then its name.
_PACKED = re.compile(
    rb"PK\x03\x04.{26}archive/[\x20-\x7e]{1,200}?\.warc", re.DOTALL | re.IGNORECASE
)


class RecordsRefused(Refusal):
    """An archive that is read, but of which nothing was kept.

    `code`: no_record (none is of the source, or of the address asked for), too_many_records,
    not_waiting.
    """


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """A record that can be kept: its place in the archive from 0, and what it is."""

    number: int
    url: str
    captured_at: datetime
    media_type: str
    size: int
    is_of_source: bool


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a web archive, whatever their name says: WARC, packed or not, or WACZ.

    Any other ZIP, such as a DOCX, is none.
    """
    if data.startswith(b"WARC/"):
        return True
    if data.startswith(b"\x1f\x8b"):
        try:
            return zlib.decompressobj(31).decompress(data[:65_536], 5) == b"WARC/"
        except zlib.error:
            return False
    return data.startswith(b"PK") and _PACKED.search(data) is not None


def list_records(*, source: Source, data: bytes, at: datetime) -> list[ListedRecord]:
    """List the records of an archive, those of the source's own address first, then in its order.

    Raises ArchiveRefused where it is damaged or holds no page.
    """
    own = comparable_address(source.url)
    listed = [
        ListedRecord(
            number=number,
            url=record.url,
            captured_at=record.captured_at,
            media_type=record.media_type,
            size=len(record.data),
            is_of_source=bool(own) and comparable_address(record.url) == own,
        )
        for number, record in enumerate(records(BytesIO(data), now=at))
    ]
    return sorted(listed, key=lambda record: (not record.is_of_source, record.number))


def capture_archive(
    *,
    source: Source,
    data: bytes,
    by: "User",
    at: datetime,
    urls: Sequence[str] | None = None,
    numbers: Collection[int] | None = None,
    file_name: str = "",
) -> list[Capture]:
    """Keep records of a web archive as captures of a source, the earliest first.

    Those that `numbers` or else `urls` name, all or none; without either, those of the source's
    own address. All are of one page, at one time or several, dated by the archive. Raises
    RecordsRefused, which lists the addresses that were found, ArchiveRefused, CaptureRefused,
    NotPermitted.
    """
    require(by, Role.CONTRIBUTOR)
    require_size(data, file_name or "archive")
    listed = list_records(source=source, data=data, at=at)
    chosen = _chosen(listed, source, urls, numbers)
    if len(chosen) > MAX_RECORDS:
        raise RecordsRefused(
            "too_many_records",
            f"{len(chosen)} records were asked for; at most {MAX_RECORDS} are kept at once. "
            "Choose fewer, and the others after them.",
        )
    pages = {
        comparable_address(record.url): record.url for record in listed if record.number in chosen
    }
    if len(pages) > 1:
        raise RecordsRefused(
            "several_pages",
            "A source is one work, and only its latest text is quoted from. The records chosen are "
            f"of {len(pages)} addresses: {', '.join(sorted(pages.values())[:5])}. Choose those of "
            "one, and make a source of each other page.",
        )
    kept = save_records(source=source, data=data, numbers=chosen, file_name=file_name, by=by, at=at)
    for capture, is_new in kept:
        if is_new or not capture.extractions.exists():
            extract_text(capture=capture, at=at)
    captures = [capture for capture, _is_new in kept]
    return sorted(captures, key=lambda capture: (capture.captured_at, capture.pk))


@action
def save_records(
    *,
    source: Source,
    data: bytes,
    numbers: Collection[int],
    file_name: str,
    by: "User",
    at: datetime,
) -> list[tuple[Capture, bool]]:
    """Keep the bytes of the records of these numbers, all or none, and say which are new."""
    archive = {
        "file_name": clean_file_name(file_name),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    return [
        save_capture(
            source=source,
            data=record.data,
            file_name=record.file_name,
            by=by,
            at=at,
            media_type=stated_media_type(record.media_type, record.charset),
            fetched_from=record.url,
            response={**record.response, "archive": {**archive, "record": number}},
            captured_at=record.captured_at,
        )
        for number, record in enumerate(records(BytesIO(data), now=at))
        if number in numbers
    ]


def stage_upload(*, data: bytes, by: "User", at: datetime) -> str:
    """Keep an archive for a day until its records are chosen; its SHA-256, by which to take it up.

    What others left lying for longer is removed.
    """
    require(by, Role.CONTRIBUTOR)
    if default_storage.exists(STAGED):
        for name in default_storage.listdir(STAGED)[1]:
            if default_storage.get_modified_time(f"{STAGED}/{name}") < at - STAGED_FOR:
                default_storage.delete(f"{STAGED}/{name}")
    sha256 = hashlib.sha256(data).hexdigest()
    if not default_storage.exists(f"{STAGED}/{sha256}"):
        default_storage.save(f"{STAGED}/{sha256}", ContentFile(data))
    return sha256


def load_staged(sha256: str) -> bytes:
    """An archive that was put aside. Raises RecordsRefused when it waits no more."""
    try:
        with default_storage.open(f"{STAGED}/{sha256}") as file:
            data: bytes = file.read()
    except OSError as error:
        raise RecordsRefused(
            "not_waiting",
            "The archive was put aside for a day and is there no more. Upload it again.",
        ) from error
    return data


def drop_staged(sha256: str) -> None:
    """Remove an archive that was put aside, once its records were chosen."""
    default_storage.delete(f"{STAGED}/{sha256}")


def comparable_address(url: str) -> str:
    """An address for comparing: the same with http or https, with a slash at its end or without,
    and with any fragment."""
    try:
        url = read_address(url).url
    except FetchRefused:
        url = url.strip()
    _scheme, _colon, rest = url.partition("//")
    rest = rest.partition("#")[0]
    path, mark, query = rest.partition("?")
    return f"{path.rstrip('/')}{mark}{query}"


def stated_media_type(media_type: str, charset: str) -> str:
    """A media type with its character set, where both are named and short enough to be kept."""
    stated = f"{media_type}; charset={charset}"
    return stated if media_type and charset and len(stated) <= MEDIA_TYPE else media_type


def _chosen(
    listed: Sequence[ListedRecord],
    source: Source,
    urls: Sequence[str] | None,
    numbers: Collection[int] | None,
) -> set[int]:
    """The numbers of the records to keep. Raises ArchiveRefused for what is not there."""
    if numbers is not None:
        found = {record.number for record in listed} & set(numbers)
        if not found:
            raise RecordsRefused(
                "no_record", "No record of the archive was chosen. Choose at least one."
            )
        return found
    if urls:
        chosen: set[int] = set()
        for url in urls:
            same = {
                record.number
                for record in listed
                if comparable_address(record.url) == comparable_address(url)
            }
            if not same:
                raise _no_record(f"of the address {quoted(url)}", listed)
            chosen |= same
        return chosen
    own = {record.number for record in listed if record.is_of_source}
    if not own:
        raise _no_record(
            f"of the address of the source ({quoted(source.url)})"
            if source.url
            else "of the source, whose record names no address",
            listed,
        )
    return own


def _no_record(which: str, listed: Sequence[ListedRecord]) -> RecordsRefused:
    """The refusal that names what there is instead."""
    found = list(dict.fromkeys(record.url for record in listed))
    more = f" and {len(found) - LISTED} more" if len(found) > LISTED else ""
    return RecordsRefused(
        "no_record",
        f"The archive has no record {which}; nothing was kept. Name the addresses to keep. It "
        f"holds {', '.join(found[:LISTED])}{more}.",
    )
