"""Issuing editions: checked, numbered, fixed, and resting on what readers see."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from claims.actions.factsheets.issuing import IssueRefused, issue_edition
from claims.actions.factsheets.keeping import content_of as kept_content
from claims.actions.factsheets.keeping import keep_sheet, start_sheet
from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.domain.factsheets.manifest import content_sha256, manifest_sha256
from claims.factsheets.checking import check_content
from claims.factsheets.formats import FORMATS, LAYOUTS
from claims.models import Edition, FactSheet, Version
from sources.actions.permission import NotPermitted
from sources.vocabulary import Role
from tests import factories as make
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


def content_of(*versions: Version) -> SheetContent:
    return SheetContent(
        "Trade",
        style="apa",
        sections=(SectionContent("A", "", tuple(v.claim.ref for v in versions)),),
    )


def sheet_of(*versions: Version) -> FactSheet:
    return start_sheet(key="trade", content=content_of(*versions), by=make.person(), at=TODAY)


def issue(sheet: FactSheet, *, at: datetime = TODAY, role: Role = Role.EDITOR) -> Edition:
    by = make.person(role)
    findings = check_content(kept_content(sheet), by, at)
    return issue_edition(
        sheet=sheet,
        notes={one.key: "It is said in the text." for one in findings},
        by=by,
        clock=lambda: at,
        base_url="https://facts.example.org",
    )


def test_an_edition_has_a_file_of_every_format_and_a_manifest_that_names_them() -> None:
    version = make.published()

    edition = issue(sheet_of(version))

    files = {(file.layout, file.format): file for file in edition.files.all()}
    with_layouts = [one for one in FORMATS.values() if one.has_layouts]
    assert len(files) == len(LAYOUTS) * len(with_layouts) + len(FORMATS) - len(with_layouts)
    for listed in edition.manifest["files"]:
        file = files[listed["layout"], listed["format"]]
        assert file.sha256 == listed["sha256"] == hashlib.sha256(file.content).hexdigest()
    assert edition.manifest_sha256 == manifest_sha256(edition.manifest)
    assert edition.manifest["content_sha256"] == content_sha256(edition.content)
    assert [one.version for one in edition.versions.all()] == [version]
    assert edition.manifest["claims"][0]["sha256"] == version.content_hash


def test_the_next_edition_replaces_the_one_before_and_says_what_changed() -> None:
    first, second = make.published(), make.published()
    sheet = sheet_of(first)
    one = issue(sheet)
    keep_sheet(
        sheet=sheet,
        content=content_of(first, second),
        revision=sheet.revision,
        by=make.person(),
        at=TODAY,
    )

    two = issue(sheet, at=TODAY + timedelta(days=1))

    assert (two.number, two.replaces) == (2, one)
    text = bytes(two.files.get(layout="", format="json").content).decode()
    assert f"{second.claim.ref}/v1 is new." in text


def test_a_claim_that_is_not_published_blocks() -> None:
    submitted = make.submitted()

    with pytest.raises(IssueRefused, match=submitted.claim.ref) as refused:
        issue(sheet_of(submitted))

    assert refused.value.code == "findings_block"
    assert not Edition.objects.exists()


def test_a_number_that_no_claim_carries_asks_for_a_note_that_is_kept() -> None:
    version = make.published()
    sheet = sheet_of(version)
    content = replace(content_of(version), summary=f"It fell by 47% [{version.claim.ref}].")
    keep_sheet(sheet=sheet, content=content, revision=1, by=make.person(), at=TODAY)
    editor = make.person(Role.EDITOR)

    with pytest.raises(IssueRefused, match="47%"):
        issue_edition(sheet=sheet, notes={}, by=editor, clock=lambda: TODAY, base_url="")

    edition = issue(sheet)
    assert "47%" in str(edition.notes)


def test_only_editors_issue() -> None:
    with pytest.raises(NotPermitted):
        issue(sheet_of(make.published()), role=Role.REVIEWER)
