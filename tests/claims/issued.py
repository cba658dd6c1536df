"""Editions as they are issued: rows of what they rest on, and of their files."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from claims.actions.factsheets.issuing import issue_edition
from claims.actions.factsheets.keeping import start_sheet
from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.domain.factsheets.manifest import content_sha256, manifest_sha256
from claims.factsheets.checking import check_content
from claims.factsheets.formats import FORMATS
from claims.models import (
    Edition,
    EditionFile,
    EditionVersion,
    FactSheet,
    PublicConflictMember,
    Version,
)
from claims.vocabulary.factsheets import EditionFormat, SheetLayout
from sources.vocabulary import Access, Role
from tests import factories as make

ISSUED = make.TODAY + timedelta(hours=1)
PAGE = (
    '<!DOCTYPE html><body><main><article class="factsheet"><h1>{}</h1>\n<p>{}</p></article></main>'
)


def issue(
    *versions: Version,
    key: str = "sheet",
    title: str = "Trade in 2025",
    at: datetime = ISSUED,
    words: str = "Words of the sheet.",
    content: Mapping[str, Any] | None = None,
) -> Edition:
    """The next edition of a fact sheet of these versions, which shows their conflicts of then."""
    by = make.somebody(Role.EDITOR)
    sheet, _is_new = FactSheet.objects.get_or_create(
        key=key,
        defaults={
            "title": "Draftlock of a title",
            "style": "apa",
            "sections": [{"heading": "Draftlock", "prose": "Draftlock", "claims": []}],
            "created_at": make.TODAY,
            "created_by": by,
        },
    )
    before = sheet.editions.order_by("-number").first()
    number = before.number + 1 if before else 1
    files: list[tuple[SheetLayout | None, EditionFormat, str, bytes]] = [
        (
            layout,
            EditionFormat.HTML,
            "text/html; charset=utf-8",
            PAGE.format(title, f"{words} {layout} /f/{key}/{number}").encode(),
        )
        for layout in SheetLayout
    ]
    files.append((None, EditionFormat.BIBTEX, "application/x-bibtex", b"@book{a}"))
    written = {"title": title, "language": "en", "sections": [], **(content or {})}
    manifest = manifest_of(versions) | {
        "key": key,
        "number": number,
        "content_sha256": content_sha256(written),
        "files": [
            {"layout": layout or "", "format": to, "sha256": hashlib.sha256(data).hexdigest()}
            for layout, to, _media, data in files
        ],
    }
    edition = Edition.objects.create(
        fact_sheet=sheet,
        number=number,
        issued_at=at,
        issued_by=by,
        replaces=before,
        content=written,
        manifest=manifest,
        manifest_sha256=manifest_sha256(manifest),
    )
    for version in versions:
        EditionVersion.objects.create(
            edition=edition, version=version, content_hash=version.content_hash
        )
    for layout, to, media, data in files:
        add_file(edition, data, layout, to, media)
    return edition


def add_file(
    edition: Edition, content: bytes, layout: SheetLayout | None, to: EditionFormat, media: str
) -> EditionFile:
    """A file of an edition."""
    return EditionFile.objects.create(
        edition=edition,
        layout=layout or "",
        format=to,
        media_type=media,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
    )


def manifest_of(versions: tuple[Version, ...]) -> dict[str, Any]:
    """The versions, and the conflicts and sources of then; no key of a confidential source."""
    members = PublicConflictMember.objects.filter(version__in=versions, left_at=None)
    conflicts = {member.conflict for member in members.select_related("conflict")}
    sources = {
        piece.excerpt.source
        for version in versions
        for piece in version.evidence.select_related("excerpt__source")
    }
    return {
        "claims": [
            {"claim": one.claim.ref, "version": one.number, "sha256": one.content_hash}
            for one in versions
        ],
        "conflicts": [
            {"ref": one.ref, "status": one.status}
            for one in sorted(conflicts, key=lambda one: one.number)
        ],
        "sources": [
            {
                "key": one.key if one.access == Access.PUBLIC else None,
                "title": one.title if one.access == Access.PUBLIC else one.public_descriptor,
                "standing": one.standing,
                "since": one.standing_on.isoformat()
                if one.standing_on and one.access == Access.PUBLIC
                else None,
                "reason": one.standing_reason if one.access == Access.PUBLIC else "",
            }
            for one in sorted(sources, key=lambda one: one.key)
        ],
    }


def issue_from_desk(version: Version) -> Edition:
    """The edition of a claim that the desk issues, its files rendered."""
    content = SheetContent(
        "Debts", style="apa", sections=(SectionContent("", "", (version.claim.ref,)),)
    )
    by = make.somebody(Role.EDITOR)
    sheet = start_sheet(key="debts", content=content, by=by, at=ISSUED)
    notes = {one.key: "So be it." for one in check_content(content, by, ISSUED)}
    return issue_edition(
        sheet=sheet, notes=notes, by=by, clock=lambda: ISSUED, base_url="https://facts.example.org"
    )


def issue_text_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Issue the formats that are text, for tests of what is the same for all formats."""
    kept = {name: one for name, one in FORMATS.items() if one.is_text}
    monkeypatch.setattr("claims.actions.factsheets.issuing.FORMATS", kept)
