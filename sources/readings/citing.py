"""The record of a source as a citation needs it, and where its archived copy is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import msgspec
from django.utils.translation import gettext as _

from sources.querysets.prepared import prepared_rows
from sources.readings.sources import SourceReading
from sources.readings.standing import csl_with_standing
from sources.vocabulary import Reliability

# The latest capture of each source says where a copy is.
_RECORDS = """SELECT s.key, s.csl, c.archive_url, (c.captured_at AT TIME ZONE 'UTC')::date,
    c.sha256, p.reliability
FROM sources_source s LEFT JOIN sources_publisher p ON p.id = s.publisher_id LEFT JOIN LATERAL (
    SELECT c.*, b.sha256 FROM sources_capture c JOIN sources_blob b ON b.id = c.blob_id
    WHERE c.source_id = s.id
    ORDER BY c.captured_at DESC, c.id DESC LIMIT 1
) c ON TRUE
WHERE s.key = ANY(%(keys)s::text[])"""

_COPIES = """SELECT s.key, c.archive_url, (c.captured_at AT TIME ZONE 'UTC')::date
FROM sources_source s CROSS JOIN LATERAL (
    SELECT archive_url, captured_at FROM sources_capture WHERE source_id = s.id
    ORDER BY captured_at DESC, id DESC LIMIT 1
) c WHERE s.key = ANY(%(keys)s::text[])"""


class ArchivedCopy(NamedTuple):
    """Where an archive has a copy of a source, and when the copy or the desk's own was made."""

    archive_url: str
    captured_on: date


@dataclass(frozen=True, slots=True)
class CitedRecord:
    """The record of a source in CSL-JSON, with its standing in the note, and its archived copy.

    `captured_on` belongs to `archive_url`, or stands alone where no archive has a copy. Addresses
    may be anything that somebody typed. `standing` says in a sentence that the source does not
    stand as published; `sha256` is that of the bytes captured last. `reliability` is the letter of
    its publisher, empty where it has none.
    """

    csl: Mapping[str, Any]
    original_url: str = ""
    archive_url: str = ""
    captured_on: date | None = None
    standing: str = ""
    sha256: str = ""
    reliability: str = ""


def cited_records(sources: Collection[SourceReading]) -> dict[str, CitedRecord]:
    """The records of those of these sources that the reader may know, by key: one statement."""
    named = {source.key: source for source in sources if source.is_known}
    if not named:
        return {}
    return {
        key: CitedRecord(
            csl_with_standing(msgspec.json.decode(csl), named[key].standing),
            named[key].url,
            archive_url or "",
            captured_on,
            standing_sentence(named[key]),
            sha256 or "",
            reliability or "",
        )
        for key, csl, archive_url, captured_on, sha256, reliability in prepared_rows(
            _RECORDS, {"keys": list(named)}
        )
    }


def archived_copies(sources: Iterable[SourceReading]) -> dict[str, ArchivedCopy]:
    """The latest copies of those of these sources that the reader may know, by key."""
    keys = {source.key for source in sources if source.is_known}
    if not keys:
        return {}
    rows = prepared_rows(_COPIES, {"keys": list(keys)})
    return {key: ArchivedCopy(archive_url or "", day) for key, archive_url, day in rows}


def descriptor_record(source: SourceReading) -> CitedRecord:
    """The record that stands for a source which the reader may not know."""
    record = {"type": "document", "title": source.title}
    return CitedRecord(record, standing=standing_sentence(source))


def reliability_text(reliability: str) -> str:
    """The judgement of a publisher in a few words ("B – usually reliable"); empty for no letter."""
    return _(Reliability(reliability).label) if reliability else ""


def standing_sentence(source: SourceReading) -> str:
    """That a source does not stand as published, in a sentence; empty where it does."""
    return source.standing.sentence if source.standing else ""
