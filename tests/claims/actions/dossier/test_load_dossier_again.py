"""A dossier that is loaded again, as it was or changed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from claims.actions.claims.content_rows import stored_content
from claims.actions.claims.entry import Tie, file_under, revise
from claims.actions.dossier.load import load_dossier
from claims.domain.dossier.summary import Tally
from claims.models import Claim, Conflict, Entity, Property
from claims.vocabulary import ConflictKind, Status
from sources.actions.captures.capture import save_capture
from sources.actions.sources import add_source
from sources.models import Capture, Excerpt, Source
from sources.vocabulary import ExtractionOutcome, Grade, Role
from tests import factories
from tests.claims.domain.dossier import dossiers
from tests.claims.domain.dossier.dossiers import claim, decide
from tests.claims.loads import NOW, folder_of, load, rows, version_of, with_everything


@pytest.mark.django_db
def test_a_second_load_changes_nothing(tmp_path: Path) -> None:
    load(tmp_path, with_everything)
    before = rows()

    summary = load(tmp_path, with_everything, later=1)

    assert summary.is_nothing_new
    assert rows() == before


@pytest.mark.django_db
def test_a_changed_claim_gets_its_next_version(tmp_path: Path) -> None:
    load(tmp_path, lambda of: decide(of, "approved"))

    def change(of: dict[str, Any]) -> None:
        claim(of)["statement"] = "Trade grew by 9.1% in 2024."

    summary = load(tmp_path, change, later=1)

    assert summary.claims == Tally(changed=1, skipped=1)
    versions = version_of().claim.versions.order_by("number")
    assert [version.status for version in versions] == [Status.APPROVED, Status.SUBMITTED]


@pytest.mark.django_db
def test_a_changed_claim_is_decided_again_where_the_entry_says_so(tmp_path: Path) -> None:
    load(tmp_path, lambda of: decide(of, "approved"))

    def change(of: dict[str, Any]) -> None:
        decide(of, "approved")
        claim(of)["evidence"].append({"source": "report", "quote": "Trade in 2024"})

    load(tmp_path, change, later=1)

    first, second = version_of().claim.versions.order_by("number")
    assert second.status == Status.APPROVED
    assert first.published.upper == second.published.lower == NOW + timedelta(days=1)


@pytest.mark.django_db
def test_a_decision_that_comes_later_is_taken_on_the_version_that_waits(tmp_path: Path) -> None:
    factories.person(Role.EDITOR, name="second")
    load(tmp_path, lambda of: claim(of).update(status="draft"))
    load(tmp_path, lambda of: decide(of, "approved"), later=1)
    load(tmp_path, lambda of: decide(of, "retracted"), later=2)

    version = version_of()
    assert (version.number, version.status) == (1, Status.APPROVED)
    assert version.claim.is_retracted


@pytest.mark.django_db
def test_what_the_desk_changed_since_is_not_undone(tmp_path: Path) -> None:
    load(tmp_path, lambda of: decide(of, "approved"))
    version, editor = version_of(), factories.person(Role.EDITOR)
    content, _quotes = stored_content(version)
    words = content.__class__(**{**vars(content), "statement": "Trade rose by a tenth."})
    ties = [Tie(piece.excerpt) for piece in version.evidence.all()]
    revise(claim=version.claim, content=words, evidence=ties, by=editor, at=NOW, seen=1)
    file_under(claim=version.claim, topics=[factories.topic("More")], by=editor, at=NOW)

    summary = load(tmp_path, lambda of: decide(of, "approved"), later=1)

    assert version_of().statement == "Trade rose by a tenth."
    assert set(version.claim.topics.values_list("key", flat=True)) == {"more", "trade"}
    assert summary.claims == Tally(changed=1, skipped=1)


@pytest.mark.django_db
def test_changed_records_and_entities_are_revised(tmp_path: Path) -> None:
    load(tmp_path)

    def change(of: dict[str, Any]) -> None:
        of["entities"][0]["label"] = "The City"
        of["documents"][0]["title"] = "The Joint Statement"
        of["series"][0]["documents"].append("report")
        of["topics"][0] = "trade"
        claim(of)["topics"] = ["trade"]

    summary = load(tmp_path, change, later=1)

    assert Entity.objects.get(key="city").label == "The City"
    assert Source.objects.get(key="statement-2024").title == "The Joint Statement"
    tallies = {name: tally.changed for name, tally in summary.tallies().items() if tally.changed}
    assert tallies == {"sources": 1, "entities": 1, "series": 1, "topics": 1}


@pytest.mark.django_db
def test_a_changed_text_is_another_capture_and_grades_again(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    load_dossier(folder=folder, by="dossier", at=NOW)
    (folder / "report.txt").write_text(dossiers.TEXT.replace("9.1%", "9.2%"))

    summary = load_dossier(folder=folder, by="dossier", at=NOW + timedelta(days=1))

    assert Capture.objects.count() == 2
    assert summary.grades == {Grade.EXACT: 1, Grade.DRIFTED: 1}


@pytest.mark.django_db
def test_a_capture_that_was_cut_off_before_its_text_is_read_by_the_next_load(
    tmp_path: Path,
) -> None:
    folder = folder_of(tmp_path)
    record = dossiers.sources()[0]
    record.pop("file")
    kept, _is_new = save_capture(
        source=add_source(record=record, by=factories.person(), at=NOW),
        data=(folder / "report.txt").read_bytes(),
        file_name="report.txt",
        by=factories.person(),
        at=NOW,
    )

    summary = load_dossier(folder=folder, by="dossier", at=NOW + timedelta(days=1))

    assert kept.extractions.get().outcome == ExtractionOutcome.TEXT
    assert (summary.captures.new, summary.captures.changed) == (0, 1)
    assert summary.grades == {Grade.EXACT: 2}


@pytest.mark.django_db
def test_a_question_is_asked_once(tmp_path: Path) -> None:
    load(tmp_path, with_everything)
    load(tmp_path, with_everything, later=1)

    asked = Conflict.objects.get(kind=ConflictKind.EDITORIAL)
    assert asked.question == "Which?"
    assert asked.opened_by is not None
    assert asked.opened_by.username == "third"


@pytest.mark.django_db
def test_the_same_entries_in_another_dossier_are_other_claims(tmp_path: Path) -> None:
    load(tmp_path)
    load(tmp_path, lambda of: of.update(id="other"))

    assert Claim.objects.filter(external_id="trade-rose").count() == 2
    assert Excerpt.objects.count() == 2


@pytest.mark.django_db
def test_a_property_has_the_bases_that_a_dossier_lists_and_keeps_them_without(
    tmp_path: Path,
) -> None:
    def change(of: dict[str, Any]) -> None:
        of["properties"][0]["bases"] = ["gross", "net"]
        claim(of)["basis"] = "NET"

    load(tmp_path, change)
    assert Property.objects.get(key="change").bases == ["gross", "net"]
    assert version_of().basis == "net"
    assert load(tmp_path, change, later=1).is_nothing_new

    load(tmp_path, lambda of: claim(of).update(basis="net"), later=2)
    assert Property.objects.get(key="change").bases == ["gross", "net"]
