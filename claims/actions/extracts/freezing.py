"""Freezing an extract: the claims that a query finds for the public, as files that stay.

Everything is read and written to bytes before anything is locked; under the lock it is only asked
whether words were withheld meanwhile. What else readers may lose sight of, such as a claim that is
taken off, is asked whenever the files are.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from claims.domain.extract_queries import canonical_query
from claims.domain.factsheets.confidential_names import confidential_names
from claims.domain.text_limits import clean_words
from claims.exports.batches import row_batches
from claims.exports.columns import COLUMNS_VERSION
from claims.exports.flat_rows import FlatRow
from claims.exports.formats import FORMATS
from claims.factsheets.checking import names_kept_secret
from claims.models import (
    Entity,
    Extract,
    ExtractFile,
    ExtractSource,
    ExtractVersion,
    FactSheet,
)
from claims.querysets.versions import VersionQuerySet
from claims.readings.claim_queries import found_by_query
from claims.vocabulary.extracts import ExtractFormat
from sources.actions.action import Clock, ReadOutdated, action_transaction, retry_outdated
from sources.actions.permission import require
from sources.domain.refusals import Refusal, quoted
from sources.models import Source, Withholding
from sources.querysets.past import known_at
from sources.querysets.snapshots import one_snapshot
from sources.readings.reader import Reader
from sources.vocabulary import Access, Role

if TYPE_CHECKING:
    from factbase.models import User

MAX_TITLE = 300
# Files are in the database, and an extract is to be read, not to copy all of it: that is an export.
MAX_ROWS = 50_000


class ExtractRefused(Refusal):
    """An extract that cannot be made. `code`: no_claims, too_many_claims, confidential_name."""


@dataclass(frozen=True, slots=True)
class FrozenRows:
    """The claims of an extract as they were read: versions with hashes, sources named, files."""

    versions: Mapping[int, str]
    sources: frozenset[int]
    files: Mapping[ExtractFormat, bytes]


@dataclass(slots=True)
class _Files:
    """The bytes of the files, batch by batch, so that no row is kept."""

    made: dict[ExtractFormat, list[bytes]] = field(
        default_factory=lambda: {form: [] for form in ExtractFormat}
    )

    def add(self, batches: Iterable[list[FlatRow]]) -> Mapping[ExtractFormat, bytes]:
        """Write the rows of all batches. Return the files."""
        for number, batch in enumerate(batches):
            for form, parts in self.made.items():
                parts += FORMATS[form.value].encoded([batch], has_head=number == 0)
        return {form: b"".join(parts) for form, parts in self.made.items()}


def freeze_extract(
    *,
    title: str,
    query: str,
    by: "User",
    clock: Clock,
    base_url: str,
    known: datetime | None = None,
) -> Extract:
    """Freeze the claims that a query finds for the public now, whoever asks.

    With `known`, those that it found then, as they were known. `base_url` begins the addresses in
    the rows, without a slash at its end. Raises QueryRefused, ParameterUnknown, FiltersRefused,
    ExtractRefused, WordsRefused, NotPermitted, and ReadOutdated where words are withheld all the
    time.
    """
    require(by, Role.EDITOR)
    title = clean_words(title, name="title", limit=MAX_TITLE, required=True)
    query = canonical_query(query)
    return retry_outdated(lambda: _freeze(title, query, by, clock, base_url, known))


def _freeze(
    title: str, query: str, by: "User", clock: Clock, base_url: str, known: datetime | None
) -> Extract:
    """Make one attempt at an extract."""
    at = clock()
    withheld = _withholdings()
    rows = _rows_then(query, known, base_url) if known else _rows(query, at, base_url)
    for words in (title, query):
        _require_no_secret_name(words, rows)
    with action_transaction("freeze_extract", by=by):
        _require_nothing_withheld_since(withheld)
        extract = Extract.objects.create(
            title=title,
            query=query,
            known_at=known or at,
            made_at=at,
            made_by=by,
            rows=len(rows.versions),
            columns=COLUMNS_VERSION,
        )
        ExtractVersion.objects.bulk_create(
            ExtractVersion(extract=extract, version_id=pk, content_hash=sha256)
            for pk, sha256 in rows.versions.items()
        )
        ExtractSource.objects.bulk_create(
            ExtractSource(extract=extract, source_id=pk) for pk in sorted(rows.sources)
        )
        ExtractFile.objects.bulk_create(
            ExtractFile(
                extract=extract,
                format=form,
                sha256=hashlib.sha256(content).hexdigest(),
                content=content,
            )
            for form, content in rows.files.items()
        )
    return extract


def _rows_then(query: str, known: datetime, base_url: str) -> FrozenRows:
    """The rows as the public knew them at a time of the past."""
    with known_at(known, is_staff=False):
        return _rows(query, known, base_url)


def _rows(query: str, at: datetime, base_url: str) -> FrozenRows:
    """Read the rows of the claims that a query finds, all as at one moment.

    Raises ExtractRefused, and what a query that is not understood raises.
    """
    reader = Reader(None, at)
    with one_snapshot():
        versions = found_by_query(query, reader)
        found: dict[int, str] = dict(
            versions.order_by("claim_id").values_list("pk", "content_hash")[: MAX_ROWS + 1]
        )
        if not found:
            raise ExtractRefused(
                "no_claims", _("The public finds no claim by this query. Ask for something else.")
            )
        if len(found) > MAX_ROWS:
            raise ExtractRefused(
                "too_many_claims",
                _("The query finds more than %(most)d claims. Narrow it, or export them instead.")
                % {"most": MAX_ROWS},
            )
        files = _Files().add(row_batches(versions, reader, base_url))
        return FrozenRows(found, _named_sources(versions), files)


def _named_sources(versions: VersionQuerySet) -> frozenset[int]:
    """The sources that rows name: not those of which everybody is told a descriptor alone."""
    ids: Any = versions.order_by().values("pk")
    public = Source.objects.filter(access=Access.PUBLIC)
    quoted_in = public.filter(excerpts__evidence__version__in=ids)
    entities = Entity.objects.filter(source__in=public).filter(
        Q(versions__in=ids) | Q(value_of__in=ids) | Q(assertions__version__in=ids)
    )
    return frozenset(quoted_in.values_list("pk", flat=True)) | frozenset(
        entities.values_list("source", flat=True)
    )


def _require_no_secret_name(words: str, rows: FrozenRows) -> None:
    """Refuse words in which everybody would read a name that is kept confidential."""
    secret = names_kept_secret(list(rows.versions))
    for start, end in confidential_names(words, secret):
        raise ExtractRefused(
            "confidential_name",
            f"{quoted(words[start:end])} is a name that is kept confidential, and everybody reads "
            "this. Take it out, or write what stands for it in public.",
        )


def _withholdings() -> int:
    """The number of all withholdings, whose rows stay.

    Not the last one's id: of two, the one that was numbered first may be seen last.
    """
    return Withholding.objects.count()


def _require_nothing_withheld_since(before: int) -> None:
    """Wait for a withholding that is under way. Raises ReadOutdated where one came meanwhile.

    It locks the table of fact sheets against this, and finds the extracts made before.
    """
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(FactSheet._meta.db_table)
        cursor.execute(f"LOCK TABLE {table} IN ROW SHARE MODE")
    if _withholdings() != before:
        raise ReadOutdated(
            "claims_changing",
            "Words were withheld while the extract was made. Nothing was kept; try again.",
        )
