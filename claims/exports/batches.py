"""The rows of an export, some at a time, so that a million of them take no more memory than ten."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Any

from claims.exports.flat_rows import FlatRow, flat_rows
from claims.querysets.versions import VersionQuerySet
from claims.readings.claims import read_claims
from sources.querysets.snapshots import one_snapshot
from sources.readings.citing import archived_copies
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
    with one_snapshot(), closing(ids.iterator(chunk_size=size)) as found:
        while batch := list(islice(found, size)):
            claims = read_claims(batch, reader)
            quoted = (piece.quote.source for claim in claims for piece in claim.evidence)
            yield flat_rows(claims, archived_copies(quoted), site)
