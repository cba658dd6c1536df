"""Reads of extracts, and of what has changed under them: each for many in one statement."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count

from claims.querysets.editions import EditionFileQuerySet
from sources.querysets.prepared import id_array, prepared_rows

# Of some extracts: whether files of theirs were emptied, whether they have what readers may no
# longer be shown, and how many of their claims do not stand as in them.
CHANGES = """
SELECT e.id,
    EXISTS (SELECT FROM claims_extractfile f WHERE f.extract_id = e.id AND f.content = ''),
    EXISTS (
        SELECT FROM claims_extractsource n JOIN sources_source s ON s.id = n.source_id
        WHERE n.extract_id = e.id AND s.access <> 'public'),
    changed.taken_off, changed.retracted, changed.newer
FROM claims_extract e CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE v.taken_off_at IS NOT NULL) AS taken_off,
        count(*) FILTER (
            WHERE c.retracted_at > e.known_at AND c.retracted_at <= %(at)s::timestamptz
        ) AS retracted,
        count(*) FILTER (
            WHERE v.taken_off_at IS NULL AND upper(v.published) <= %(at)s::timestamptz
        ) AS newer
    FROM claims_extractversion ev
    JOIN claims_version v ON v.id = ev.version_id JOIN claims_claim c ON c.id = v.claim_id
    WHERE ev.extract_id = e.id
) changed
WHERE e.id = ANY(%(extracts)s::text::bigint[])
"""


class ExtractChanges(NamedTuple):
    """The changes under an extract: of its files, and of the claims in it, as numbers."""

    extract: int
    is_withheld: bool
    names_confidential_source: bool
    taken_off: int
    retracted: int
    newer: int

    @property
    def is_closed(self) -> bool:
        """Whether it has what readers may no longer be shown."""
        return self.names_confidential_source or self.taken_off > 0


def changes_of_extracts(extracts: Collection[int], at: datetime) -> dict[int, ExtractChanges]:
    """Return the changes under these extracts by that time, by their ids: one statement."""
    rows = prepared_rows(CHANGES, {"extracts": id_array(extracts), "at": at})
    return {row[0]: ExtractChanges(*row) for row in rows}


class ExtractQuerySet(models.QuerySet[Any]):
    """Extracts; each is public from the moment it is made."""

    def made(self, at: datetime) -> "ExtractQuerySet":
        """Those that were made by that time."""
        return self.filter(made_at__lte=at)

    def with_number_of_versions(self) -> "ExtractQuerySet":
        """With the number of versions in each as `version_count`."""
        return self.annotate(version_count=Count("versions"))

    def resting_on(self, excerpt: int) -> "ExtractQuerySet":
        """Those with a version that rests on a quote."""
        rows = self.model._meta.get_field("versions").related_model.objects
        resting = rows.filter(version__evidence__excerpt=excerpt)
        return self.filter(pk__in=resting.values("extract"))


class ExtractFileQuerySet(EditionFileQuerySet):
    """Files of extracts, kept as those of editions are."""

    def readable(self) -> "ExtractFileQuerySet":
        """All of them: their bytes are text in UTF-8."""
        return self
