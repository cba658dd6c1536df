"""Reads of editions, and of what has changed under them: each for many editions in one statement.

What of the rows a reader may know, the statements decide: published versions, public conflicts and
the standings of sources for everybody, flags and the staff's conflicts for the staff.
"""

import json
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

from claims.querysets.conflicts import LIVE
from claims.vocabulary.factsheets import EditionFormat
from sources.querysets.prepared import id_array, prepared_rows

# The claims of editions that no longer stand as in them: retracted since, with a newer published
# version, or published no more.
CHANGED_VERSIONS = """
SELECT ev.edition_id, v.claim_id,
    CASE WHEN c.retracted_at > e.issued_at THEN c.retracted_at END, c.retracted_reason,
    n.number, lower(n.published), v.taken_off_at IS NOT NULL
FROM claims_editionversion ev
JOIN claims_edition e ON e.id = ev.edition_id
JOIN claims_version v ON v.id = ev.version_id
JOIN claims_claim c ON c.id = v.claim_id
LEFT JOIN claims_version n ON n.claim_id = v.claim_id AND n.id <> v.id
    AND n.published @> %(at)s::timestamptz AND n.taken_off_at IS NULL
WHERE ev.edition_id = ANY(%(editions)s::text::bigint[])
    AND (c.retracted_at > e.issued_at AND c.retracted_at <= %(at)s::timestamptz
        OR n.id IS NOT NULL
        OR v.taken_off_at IS NOT NULL OR NOT coalesce(v.published @> %(at)s::timestamptz, false))
ORDER BY ev.edition_id, v.claim_id
"""

# The sources of editions that do not stand as published, or did not when the edition was issued;
# and the claims whose quotes were withheld. Of a version that was taken off nothing is read.
CHANGED_SOURCES = """
SELECT DISTINCT ev.edition_id, v.claim_id, s.id, s.key, s.access, s.public_descriptor, s.title,
    s.standing, s.standing_on, s.standing_reason,
    CASE WHEN x.exact = '' THEN (
        SELECT (w.withheld_at AT TIME ZONE 'UTC')::date FROM sources_withholding w
        WHERE w.table_name = 'sources_excerpt' AND w.row_id = x.id) END
FROM claims_editionversion ev
JOIN claims_version v ON v.id = ev.version_id AND v.taken_off_at IS NULL
JOIN claims_evidence e ON e.version_id = v.id
JOIN sources_excerpt x ON x.id = e.excerpt_id
JOIN sources_source s ON s.id = x.source_id
WHERE ev.edition_id = ANY(%(editions)s::text::bigint[])
    AND (s.standing <> 'current' OR x.exact = ''
        OR (%(marked)s::text::jsonb) ?| ARRAY[s.key, s.public_descriptor]::text[])
ORDER BY ev.edition_id, s.id, v.claim_id
"""

# The editions that print what readers may no longer be shown: another side that was taken off, by
# its claim, or a source that became confidential, or an entity that stands for one.
CLOSED_EDITIONS = """
SELECT e.id, v.claim_id
FROM claims_edition e
CROSS JOIN LATERAL jsonb_array_elements(e.manifest -> 'others') o
JOIN claims_version v ON v.claim_id = substr(o ->> 'claim', 2)::bigint
    AND v.number = (o ->> 'version')::int AND v.taken_off_at IS NOT NULL
WHERE e.id = ANY(%(editions)s::text::bigint[])
UNION
SELECT e.id, NULL
FROM claims_edition e
CROSS JOIN LATERAL (
    SELECT one ->> 'key' AS key FROM jsonb_array_elements(e.manifest -> 'sources') one
    UNION SELECT jsonb_array_elements_text(e.manifest #> '{names,sources}')
    UNION SELECT s.key FROM jsonb_array_elements_text(e.manifest #> '{names,entities}') name
        JOIN claims_entity n ON n.key = name JOIN sources_source s ON s.id = n.source_id
) named
JOIN sources_source s ON s.key = named.key AND s.access <> 'public'
WHERE e.id = ANY(%(editions)s::text::bigint[])
ORDER BY 1, 2
"""

# Open flags on claims of editions. A reader's note alone is none: nobody took it up yet.
OPEN_FLAGS = """
SELECT DISTINCT ev.edition_id, v.claim_id, f.id, f.kind, f.cause
FROM claims_editionversion ev
JOIN claims_version v ON v.id = ev.version_id
JOIN claims_edition e ON e.id = ev.edition_id
JOIN claims_flag f ON f.claim_id = v.claim_id AND f.closed_at IS NULL AND f.kind <> 'reader-note'
    AND f.opened_at > e.issued_at -- those of before are in the notes of its issue
WHERE ev.edition_id = ANY(%(editions)s::text::bigint[])
ORDER BY ev.edition_id, v.claim_id, f.id
"""


# The versions in editions that rest on other claims, or on a search for what is absent.
RESTING_VERSIONS = """
SELECT DISTINCT ev.edition_id, v.id, v.claim_id
FROM claims_editionversion ev
JOIN claims_version v ON v.id = ev.version_id AND v.taken_off_at IS NULL
JOIN claims_claim c ON c.id = v.claim_id AND c.retracted_at IS NULL
WHERE ev.edition_id = ANY(%(editions)s::text::bigint[])
    AND (EXISTS (SELECT FROM claims_premise p WHERE p.version_id = v.id)
        OR EXISTS (SELECT FROM claims_absencescope a WHERE a.version_id = v.id))
ORDER BY ev.edition_id, v.claim_id
"""


# Of the formats of files, those that are text as it stands.
_TEXT_FORMATS = [
    EditionFormat.HTML,
    EditionFormat.MARKDOWN,
    EditionFormat.JSON,
    EditionFormat.CSL_JSON,
    EditionFormat.BIBTEX,
    EditionFormat.RIS,
]


class ChangedVersion(NamedTuple):
    """A claim of an edition that was retracted since, replaced or taken off.

    `newer` is published now; `is_taken_off` says that the version of the edition was taken off.
    """

    edition: int
    claim: int
    retracted_at: datetime | None
    retracted_reason: str | None
    newer: int | None
    newer_since: datetime | None
    is_taken_off: bool


class ChangedSource(NamedTuple):
    """A source of an edition, by a claim that quotes it; `withheld_on` is of words of a quote.

    `id` and `access` are what a reader is asked about.
    """

    edition: int
    claim: int
    id: int
    key: str
    access: str
    descriptor: str
    title: str
    standing: str
    since: date | None
    reason: str
    withheld_on: date | None


class ClosedEdition(NamedTuple):
    """An edition that is closed, by a claim of another side; None where a source closes it."""

    edition: int
    claim: int | None


class OpenFlag(NamedTuple):
    """An open flag on a claim of an edition."""

    edition: int
    claim: int
    id: int
    kind: str
    cause: str


class RestingVersion(NamedTuple):
    """A version in an edition that rests on more than quotes."""

    edition: int
    version: int
    claim: int

    @property
    def ref(self) -> str:
        """The reference of its claim."""
        return f"C{self.claim}"


class LiveConflict(NamedTuple):
    """A conflict by now of a claim in an edition; `id` is that of the record, for decisions."""

    edition: int
    id: int
    number: int
    status: str


def changed_versions(editions: Collection[int], at: datetime) -> list[ChangedVersion]:
    """Return the claims that no longer stand as these editions have them, at that time."""
    values = {"editions": id_array(editions), "at": at}
    return [ChangedVersion(*row) for row in prepared_rows(CHANGED_VERSIONS, values)]


def closed_editions(editions: Collection[int]) -> list[ClosedEdition]:
    """Return what closes these editions besides claims of their own that were taken off."""
    rows = prepared_rows(CLOSED_EDITIONS, {"editions": id_array(editions)})
    return [ClosedEdition(*row) for row in rows]


def changed_sources(editions: Collection[int], marked: Collection[str]) -> list[ChangedSource]:
    """Return the sources of these editions that do not stand as published, and withheld quotes.

    Besides, those of the keys or descriptors `marked`, whatever their standing.
    """
    values = {"editions": id_array(editions), "marked": json.dumps(sorted(marked))}
    return [ChangedSource(*row) for row in prepared_rows(CHANGED_SOURCES, values)]


def flags_on_editions(editions: Collection[int]) -> list[OpenFlag]:
    """Return the open flags on claims of these editions since their issue, for the staff alone."""
    return [OpenFlag(*row) for row in prepared_rows(OPEN_FLAGS, {"editions": id_array(editions)})]


def resting_versions(editions: Collection[int]) -> list[RestingVersion]:
    """Return the versions in these editions that rest on other claims or on a search."""
    values = {"editions": id_array(editions)}
    return [RestingVersion(*row) for row in prepared_rows(RESTING_VERSIONS, values)]


class EditionQuerySet(models.QuerySet[Any]):
    """Editions of fact sheets."""

    def issued(self, at: datetime) -> "EditionQuerySet":
        """Those that were issued by that time: each is public from then on."""
        return self.filter(issued_at__lte=at)

    def newest_of_each(self) -> "EditionQuerySet":
        """The newest edition of each fact sheet."""
        return self.filter(replaced_by__isnull=True)

    def newest_first(self) -> "EditionQuerySet":
        """By number, the newest of a fact sheet first."""
        return self.order_by("-number", "pk")

    def with_context(self) -> "EditionQuerySet":
        """With the fact sheet, the edition before, the one after and the withdrawal."""
        return self.select_related("fact_sheet", "replaces", "withdrawal").annotate(
            next_number=F("replaced_by__number"), next_issued_at=F("replaced_by__issued_at")
        )

    def with_claim(self, claim: int) -> "EditionQuerySet":
        """Those that were not withdrawn with a version of a claim, whose number is `version`."""
        found = self.filter(withdrawal__isnull=True, versions__version__claim=claim)
        return found.annotate(version=F("versions__version__number"))

    def printing(self, excerpt: int) -> "EditionQuerySet":
        """Those whose manifest names a quote: as one of a claim in it, or of another side."""
        return self.filter(manifest__quotes__contains=[{"number": excerpt}])

    def public_conflicts(self, at: datetime) -> list[LiveConflict]:
        """The conflicts that readers see now of the versions in these editions."""
        members = self._related("versions", "version", "public_memberships").open(at)
        return _conflicts(members, "version__editions__edition", "conflict__number", self)

    def staff_conflicts(self) -> list[LiveConflict]:
        """The conflicts that the staff see now of the claims in these editions."""
        members = self._related("versions", "version", "claim", "conflict_memberships").open()
        path = "claim__versions__editions__edition"
        return _conflicts(members, path, "conflict_id", self)

    def _related(self, *path: str) -> Any:
        """The rows at the end of a path of relation names."""
        model: Any = self.model
        for name in path:
            model = model._meta.get_field(name).related_model
        return model.objects.all()


class EditionFileQuerySet(models.QuerySet[Any]):
    """Files of editions."""

    def without_content(self) -> "EditionFileQuerySet":
        """With the length of the content in `size` instead of it; 0 once it was withheld."""
        return self.defer("content").annotate(size=Length("content"))

    def with_hash_of_content(self) -> "EditionFileQuerySet":
        """With the SHA-256 of the content in `content_sha256`, and its length in `size`."""
        digest = Func(F("content"), function="sha256", output_field=models.BinaryField())
        written = Func(digest, Value("hex"), function="encode", output_field=models.TextField())
        return self.without_content().annotate(content_sha256=written)

    def readable(self) -> "EditionFileQuerySet":
        """Those whose bytes are text in UTF-8."""
        return self.filter(format__in=_TEXT_FORMATS)

    def containing(self, forms: Collection[bytes]) -> "EditionFileQuerySet":
        """Those whose bytes hold one of these."""
        found = Q(pk__in=[])
        for form in forms:
            found |= Q(GreaterThan(_position(form), 0))
        return self.filter(found)


def _position(form: bytes) -> Func:
    """The place of bytes in a file, counted from 1; 0 where they are not in it."""
    return Func(
        Value(form),
        F("content"),
        function="position",
        arg_joiner=" IN ",
        output_field=IntegerField(),
    )


def _conflicts(members: Any, path: str, number: str, editions: Any) -> list[LiveConflict]:
    found = members.filter(**{f"{path}__in": editions.values("pk"), "conflict__status__in": LIVE})
    rows = found.values_list(path, "conflict_id", number, "conflict__status").distinct()
    return [LiveConflict(*row) for row in rows.order_by(path, number)]
