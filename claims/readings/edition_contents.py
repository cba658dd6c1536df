"""The content of an edition and what it rests on, read from its content and manifest."""

from collections.abc import Mapping
from typing import Any

from claims.domain.factsheets.changes import EditionContents, SourceStanding
from claims.vocabulary import ConflictStatus
from sources.vocabulary import Standing

Manifest = Mapping[str, Any]


def contents_of(content: Mapping[str, Any], manifest: Manifest) -> EditionContents:
    """Return what is compared between editions."""
    sections = content.get("sections", ())
    prose: dict[str, str] = {}
    for section in sections:
        heading = str(section.get("heading", ""))
        prose[heading] = f"{prose.get(heading, '')}{section.get('prose', '')}"
    return EditionContents(
        title=str(content.get("title", "")),
        summary=str(content.get("summary", "")),
        prose=prose,
        unknown=tuple(content.get("unknown", ())),
        versions=versions_in(manifest),
        conflicts=conflicts_in(manifest),
        standings=standings_in(manifest),
    )


def versions_in(manifest: Manifest) -> dict[int, int]:
    """The numbers of the versions in an edition, by the number of their claim."""
    return {
        int(one["claim"].removeprefix("C")): int(one["version"])
        for one in manifest.get("claims", ())
    }


def conflicts_in(manifest: Manifest) -> dict[int, ConflictStatus]:
    """The statuses of the conflicts that an edition shows, by K number."""
    return {
        int(one["ref"].removeprefix("K")): ConflictStatus(one["status"])
        for one in manifest.get("conflicts", ())
    }


def notices_in(manifest: Manifest) -> dict[str, tuple[str, ...]]:
    """The codes of the notices that the claims of an edition had, by reference."""
    return {str(one["claim"]): tuple(one.get("notices", ())) for one in manifest.get("claims", ())}


def standings_in(manifest: Manifest) -> dict[str, SourceStanding]:
    """How the sources of an edition stood, by key, else by descriptor."""
    return {
        str(one.get("key") or one.get("title", "")): SourceStanding(
            Standing(one.get("standing") or Standing.CURRENT),
            str(one.get("since") or ""),
            str(one.get("reason") or ""),
        )
        for one in manifest.get("sources", ())
    }


def titles_in(manifest: Manifest) -> dict[str, str]:
    """The titles of the sources of an edition, by key, else by descriptor."""
    return {
        str(one.get("key") or one.get("title", "")): str(one.get("title", ""))
        for one in manifest.get("sources", ())
    }
