"""The rows of an export, some at a time, so that a million of them take no more memory than ten."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import islice
from typing import Any

from claims.exports.flat_rows import FlatRow, flat_rows
from claims.querysets.versions import VersionQuerySet
from claims.readings.claims import ClaimRecords, read_records, readings_of_records
from claims.readings.facts import claim_facts
from sources.querysets.reading_ahead import read_ahead
from sources.querysets.snapshots import one_snapshot
from sources.readings.citing import ArchivedCopy, archived_copies
from sources.readings.reader import Reader

BATCH = 1_000


def row_batches(
    versions: VersionQuerySet, reader: Reader, site: str, *, size: int = BATCH
) -> Iterator[list[FlatRow]]:
    """The rows of versions by the numbers of their claims, all as at one moment.

    `versions` are those that the reader may see, one of each claim. A server-side cursor hands out
    their ids: what is asked for is found and sorted once. Close it where it is not read to its end.
    """
    ids: Any = versions.order_by("claim_id").values_list("pk", flat=True)
    with (
        one_snapshot(),
        closing(ids.iterator(chunk_size=size)) as found,
        closing(read_ahead(_records(found, reader, size))) as records,
    ):
        for claims, copies in records:
            yield flat_rows(readings_of_records(claims, reader), copies, site)


def _records(
    ids: Iterator[int], reader: Reader, size: int
) -> Iterator[tuple[ClaimRecords, Mapping[str, ArchivedCopy]]]:
    """All that the database has of each batch."""
    while batch := list(islice(ids, size)):
        records = read_records([*claim_facts(batch, reader).values()], reader)
        yield records, archived_copies(records.sources.values())
