"""Fact sheets of the filled base, with two editions each and their files as issued."""

import hashlib
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from claims.domain.factsheets.manifest import manifest_sha256
from claims.models import (
    Edition,
    EditionFile,
    EditionVersion,
    Erratum,
    Evidence,
    FactSheet,
    Version,
)
from claims.vocabulary.factsheets import EditionFormat, SheetLayout
from sources.vocabulary import Access
from tests.benchmarks.base.load import bulk_loading, load

if TYPE_CHECKING:
    from factbase.models import User

# One fact sheet for so many claims of the base, and so many claims in each.
CLAIMS_PER_SHEET = 250
CLAIMS_IN_ONE = 30
ISSUED_AT = datetime(2025, 7, 3, 9, tzinfo=UTC)
PAGE = '<!DOCTYPE html><title>T</title><article class="factsheet"><h1>{}</h1>{}</article>'
TABLES = (FactSheet, Edition, EditionVersion, EditionFile, Erratum)


def load_editions(*, claims: int, by: "User", at: datetime) -> list[str]:
    """Write fact sheets of published versions, with two editions each; returns their keys."""
    versions = list(
        Version.objects.visible_to(None, at)
        .order_by("claim_id")
        .values_list("pk", "claim_id", "number", "content_hash")
    )
    count = max(claims // CLAIMS_PER_SHEET, 2)
    chosen = [versions[number::count][:CLAIMS_IN_ONE] for number in range(count)]
    sources = _sources_of([pk for rows in chosen for pk, *_rest in rows])
    keys = [f"sheet-{number}" for number in range(1, count + 1)]
    rows = _Rows(by, sources)
    for number, (key, of_it) in enumerate(zip(keys, chosen, strict=True), start=1):
        rows.add_sheet(number, key, of_it)
    with bulk_loading(*TABLES):
        for table in TABLES:
            load(table, rows.of[table])
    return keys


def _sources_of(versions: list[int]) -> dict[int, list[dict[str, Any]]]:
    """The sources of versions as a manifest has them, by the id of the version."""
    found = defaultdict(list)
    columns = ("version", "excerpt__source__key", "excerpt__source__title")
    standing = ("excerpt__source__standing", "excerpt__source__access")
    rows = Evidence.objects.filter(version__in=versions).values_list(*columns, *standing)
    for version, key, title, stands, access in rows:
        if access == Access.PUBLIC:
            found[version].append({"key": key, "title": title, "standing": stands})
    return found


class _Rows:
    """The rows of fact sheets and their editions, by table."""

    def __init__(self, by: "User", sources: dict[int, list[dict[str, Any]]]) -> None:
        self.by = by
        self.sources = sources
        self.of: dict[Any, list[dict[str, Any]]] = {table: [] for table in TABLES}

    def add_sheet(self, number: int, key: str, versions: list[Any]) -> None:
        """A fact sheet; its first edition has all but three of the claims."""
        self.of[FactSheet].append(
            {
                "id": number,
                "key": key,
                "title": f"Sheet {number}",
                "style": "apa",
                "created_at": ISSUED_AT,
                "created_by_id": self.by.pk,
            }
        )
        self.add_edition(2 * number - 1, number, 1, key, versions[3:])
        self.add_edition(2 * number, number, 2, key, versions)
        self.of[Erratum].append(
            {
                "id": number,
                "edition_id": 2 * number,
                "words": "Read 9, not 90.",
                "added_at": ISSUED_AT + timedelta(days=2),
                "added_by_id": self.by.pk,
            }
        )

    def add_edition(self, pk: int, sheet: int, number: int, key: str, versions: list[Any]) -> None:
        """An edition with the versions that it rests on, and its files."""
        manifest = {
            "claims": [
                {"claim": f"C{claim}", "version": of, "sha256": sha256}
                for _pk, claim, of, sha256 in versions
            ],
            "conflicts": [],
            "sources": [one for pk, *_rest in versions for one in self.sources[pk]],
        }
        self.of[Edition].append(
            {
                "id": pk,
                "fact_sheet_id": sheet,
                "number": number,
                "issued_at": ISSUED_AT + timedelta(days=number),
                "issued_by_id": self.by.pk,
                "replaces_id": pk - 1 if number > 1 else None,
                "content": {"title": f"Sheet {sheet}", "language": "en", "sections": []},
                "manifest": manifest,
                "manifest_sha256": manifest_sha256(manifest),
            }
        )
        self.of[EditionVersion] += [
            {"edition_id": pk, "version_id": version, "content_hash": sha256}
            for version, _claim, _of, sha256 in versions
        ]
        words = "<p>Words of the sheet.</p>" * 500
        for layout in SheetLayout:
            content = PAGE.format(f"{key}, {layout}", words).encode()
            self.of[EditionFile].append(
                {
                    "edition_id": pk,
                    "layout": layout,
                    "format": EditionFormat.HTML,
                    "media_type": "text/html; charset=utf-8",
                    "sha256": hashlib.sha256(content).hexdigest(),
                    "content": content,
                }
            )
