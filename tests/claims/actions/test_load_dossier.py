import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from pytest_django import DjangoDbBlocker

from claims.actions.content_rows import stored_content
from claims.actions.entry import Tie, file_under, revise
from claims.actions.load_dossier import load_dossier
from claims.domain.dossier import DossierRefused
from claims.domain.dossier_summary import Summary, Tally
from claims.models import Claim, Conflict, Entity, Review, Version
from claims.vocabulary import ConflictKind, Status
from factbase.models import User
from sources.models import Capture, Excerpt, Source
from sources.vocabulary import Grade, Rights, Role
from tests import factories
from tests.claims.domain import dossiers
from tests.claims.domain.dossiers import claim, decide

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)

Change = Callable[[dict[str, Any]], object]
needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the five documents are not beside the project"
)


def folder_of(
    path: Path,
    change: Change = lambda _: None,
    change_sources: Callable[..., object] = lambda _: None,
) -> Path:
    path.mkdir(exist_ok=True)
    for name, data in dossiers.files(change, change_sources).items():
        (path / name).write_bytes(data)
    return path


def load(
    path: Path, change: Change = lambda _: None, *, by: str = "dossier", later: int = 0
) -> Summary:
    folder = folder_of(path, change)
    return load_dossier(folder=folder, by=by, at=NOW + timedelta(days=later))


def version_of(key: str = "trade-rose") -> Version:
    return Claim.objects.get(external_id=key).versions.order_by("-number")[0]


def rows() -> dict[str, int]:
    """How many rows every table has, those of history among them."""
    with connection.cursor() as cursor:
        return {
            table: count(cursor, table) for table in connection.introspection.table_names(cursor)
        }


def count(cursor: Any, table: str) -> int:
    cursor.execute(f'SELECT count(*) FROM "{table}"')
    number: int = cursor.fetchone()[0]
    return number


@pytest.mark.django_db
def test_claims_come_in_as_submitted_by_the_account_that_loads(tmp_path: Path) -> None:
    summary = load(tmp_path, by="importer")

    version = version_of()
    assert (version.status, version.author.username) == (Status.SUBMITTED, "importer")
    assert version.claim.namespace == "small"
    assert summary.claims == Tally(new=2)
    assert summary.captures == Tally(new=1)
    assert summary.grades == {Grade.EXACT: 2}


@pytest.mark.django_db
def test_missing_accounts_are_made_with_their_role_and_cannot_sign_in(tmp_path: Path) -> None:
    summary = load(tmp_path, lambda of: decide(of, "retracted"))

    roles = dict(User.objects.values_list("username", "role"))
    assert roles == {"dossier": Role.CONTRIBUTOR, "second": Role.EDITOR}
    assert not any(person.has_usable_password() for person in User.objects.all())
    assert summary.accounts == ["dossier", "second"]


@pytest.mark.django_db
def test_an_account_that_is_there_keeps_its_role(tmp_path: Path) -> None:
    factories.person(Role.CONTRIBUTOR, name="second")

    with pytest.raises(DossierRefused, match=r"claim “trade-rose”: .*this takes the role reviewer"):
        load(tmp_path, lambda of: decide(of, "approved"))

    assert not Claim.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "expected", "is_published", "is_retracted"),
    [
        ("draft", Status.DRAFT, False, False),
        ("submitted", Status.SUBMITTED, False, False),
        ("approved", Status.APPROVED, True, False),
        ("rejected", Status.REJECTED, False, False),
        ("retracted", Status.APPROVED, True, True),
    ],
)
def test_an_entry_says_where_its_claim_stands(
    tmp_path: Path, status: str, expected: Status, is_published: bool, is_retracted: bool
) -> None:
    def change(of: dict[str, Any]) -> None:
        if status in ("draft", "submitted"):
            claim(of)["status"] = status
        else:
            decide(of, status)

    load(tmp_path, change)

    version = version_of()
    assert version.status == expected
    assert (version.published is not None) == is_published
    assert version.claim.is_retracted == is_retracted


@pytest.mark.django_db
def test_a_loaded_approval_judges_every_quote_and_keeps_its_day(tmp_path: Path) -> None:
    load(tmp_path, lambda of: decide(of, "approved", decided_at="2025-08-04"))

    review = Review.objects.get()
    assert (review.reviewer.username, review.note) == ("second", "Compared with the print.")
    assert review.decided_at == datetime(2025, 8, 4, tzinfo=UTC)
    assert [(given.makes_claim, given.note) for given in review.judgements.all()] == [
        (True, "Compared with the print.")
    ]
    assert version_of().published.lower == NOW


@pytest.mark.django_db
def test_a_retraction_is_by_who_approved_with_the_note_as_reason(tmp_path: Path) -> None:
    load(tmp_path, lambda of: decide(of, "retracted", note="It was another bridge."))

    taken_back = version_of().claim
    assert taken_back.retracted_by is not None
    assert taken_back.retracted_by.username == Review.objects.get().reviewer.username
    assert taken_back.retracted_reason == "It was another bridge."


@pytest.mark.django_db
def test_a_decision_that_lies_ahead_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DossierRefused, match="lies ahead"):
        load(tmp_path, lambda of: decide(of, "approved", decided_at="2026-03-03"))


@pytest.mark.django_db
def test_a_quote_that_is_not_found_is_said_and_the_rest_loads(tmp_path: Path) -> None:
    def change(of: dict[str, Any]) -> None:
        decide(of, "approved")
        claim(of)["evidence"][0]["quote"] = "rose by 9.2% over the year before"

    summary = load(tmp_path, change)

    assert [(quote.claim, quote.source, quote.grade) for quote in summary.unverified] == [
        ("trade-rose", "report", Grade.MISSING)
    ]
    assert [held.claim for held in summary.held] == ["trade-rose"]
    assert "not in the text" in summary.held[0].reason
    assert version_of().status == Status.SUBMITTED
    assert summary.claims == Tally(new=2)


@pytest.mark.django_db
def test_a_quote_without_text_is_approved_with_a_note_only(tmp_path: Path) -> None:
    def change(of: dict[str, Any]) -> None:
        decide(of, "approved")
        decide(of, "approved", "bridge-opened", note="")
        for entry in of["claims"]:
            entry["evidence"][0]["source"] = "statement-2024"

    summary = load(tmp_path, change)

    assert version_of("trade-rose").status == Status.APPROVED
    assert version_of("bridge-opened").status == Status.SUBMITTED
    assert [held.claim for held in summary.held] == ["bridge-opened"]
    assert "no text" in summary.held[0].reason


@pytest.mark.django_db
def test_records_keep_rights_and_origins(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, change_sources=lambda of: of[0].update(rights="whole"))

    load_dossier(folder=folder, by="dossier", at=NOW)

    digest = Source.objects.get(key="digest")
    assert [(tie.origin.key, tie.kind) for tie in digest.origin_ties.all()] == [
        ("report", "digest")
    ]
    assert dict(Source.objects.values_list("key", "rights"))["report"] == Rights.WHOLE


def with_everything(of: dict[str, Any]) -> None:
    """Every status, a quote that is not found, words at one of two places, a question."""
    decide(of, "approved", decided_at="2025-08-04")
    decide(of, "retracted", "bridge-opened")
    for number, status in enumerate(("draft", "submitted", "rejected", "approved")):
        entry = json.loads(json.dumps(dossiers.dossier()["claims"][1]))
        entry["id"] = f"more-{number}"
        entry["statement"] = f"Statement {number}."
        of["claims"].append(entry)
        if status in ("draft", "submitted"):
            entry["status"] = status
        else:
            decide(of, status, entry["id"])
    entry["evidence"] = [
        {"source": "report", "quote": "rose by 9.2%"},
        {"source": "report", "quote": "the", "prefix": "over", "suffix": "year"},
    ]
    of["conflicts"] = [
        {"question": "Which?", "members": ["trade-rose", "more-1"], "opened_by": "third"}
    ]


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
    assert summary.grades == {Grade.EXACT: 1, Grade.MISSING: 1}


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


def without(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).unlink()


def holding(name: str, data: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(data)


def saying(**fields: Any) -> Callable[[Path], object]:
    return lambda folder: folder_of(folder, lambda of: claim(of).update(fields))


BAD = {
    "no dossier": (without("dossier.json"), "The file dossier.json cannot be read"),
    "no records": (without("sources.json"), "The file sources.json cannot be read"),
    "broken JSON": (holding("dossier.json", b'{"claims": ['), "dossier.json: line 1, column 13"),
    "no text": (without("report.txt"), "source “report”: The file report.txt"),
    "empty text": (holding("report.txt", b""), "source “report”: .*empty"),
    "NUL in a text": (holding("report.txt", b"a\0b"), "source “report”: "),
    "unknown entity": (saying(subject="moon"), "claim “trade-rose”: “moon” is no entity"),
    "unknown value": (saying(value="lots"), "claim “trade-rose”: .*“lots”"),
    "impossible date": (saying(period="2025-02-30"), "claim “trade-rose”: .*2025-02-30"),
    "unknown source": (
        saying(evidence=[{"source": "moon", "quote": "words"}]),
        "claim “trade-rose”, evidence 1: “moon” is no source",
    ),
    "NUL": (saying(statement="a\0b"), r"“trade-rose”, statement holds U\+0000"),
    "10 MB": (saying(statement="x" * 10_000_000), "claim “trade-rose”: .*10,000,000 characters"),
    "one person": (
        saying(status="approved", decided_by="dossier"),
        "claim “trade-rose”: “dossier” wrote the claim",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("spoil", "said"), BAD.values(), ids=BAD)
def test_wrong_input_is_refused_and_changes_nothing(
    tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    folder = folder_of(tmp_path)
    spoil(folder)
    before = rows()

    with pytest.raises(CommandError, match=said) as refused:
        call_command("load_dossier", str(folder), stdout=StringIO())

    assert str(refused.value).endswith("Nothing was loaded.")
    assert refused.value.returncode == 1
    assert rows() == before


@pytest.mark.django_db
def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is no folder"):
        call_command("load_dossier", str(tmp_path / "nowhere"), stdout=StringIO())


@pytest.mark.django_db
def test_a_text_outside_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "report.txt").unlink()
    (folder / "report.txt").symlink_to(tmp_path / "secret.txt")

    with pytest.raises(CommandError, match="leads out of the folder"):
        call_command("load_dossier", str(folder), stdout=StringIO())


@pytest.mark.django_db
def test_the_command_says_what_a_person_should_look_at(tmp_path: Path) -> None:
    said = StringIO()

    call_command("load_dossier", str(folder_of(tmp_path, with_everything)), stdout=said)

    assert "Not verified (missing): claim more-3, source report, quote “rose by 9.2%”." in (
        said.getvalue()
    )
    assert "Came in as submitted, not approved: claim more-3." in said.getvalue()
    assert "Accounts made: dossier, second, third." in said.getvalue()


@needs_corpus
@pytest.mark.django_db
def test_the_five_documents_give_their_claims_and_conflicts() -> None:
    expect = json.loads((CORPUS / "dossier.json").read_text())["expect"]

    summary = load_dossier(folder=CORPUS, by="dossier", at=NOW)

    assert (summary.claims, summary.evidence) == (Tally(new=27), Tally(new=29))
    assert not summary.unverified
    assert set(summary.grades) <= {Grade.EXACT, Grade.FOLDED}
    assert found_conflicts() == {
        (
            frozenset(entry["members"]),
            entry["kind"],
            entry["strength"],
            entry["same_source"],
        )
        for entry in expect["conflicts"]
    }


def found_conflicts() -> set[tuple[frozenset[str], str, str, bool]]:
    return {
        (
            frozenset(conflict.members.values_list("claim__external_id", flat=True)),
            conflict.kind,
            conflict.strength,
            conflict.same_source,
        )
        for conflict in Conflict.objects.all()
    }


@needs_corpus
@pytest.mark.django_db
def test_the_five_documents_load_twice_as_once() -> None:
    load_dossier(folder=CORPUS, by="dossier", at=NOW)
    before = rows()

    summary = load_dossier(folder=CORPUS, by="dossier", at=NOW + timedelta(days=1))

    assert summary.is_nothing_new
    assert rows() == before


@needs_corpus
@pytest.mark.django_db
def test_one_digit_changed_in_a_quote_is_said_and_the_rest_loads(tmp_path: Path) -> None:
    for path in CORPUS.iterdir():
        data = path.read_bytes()
        if path.name == "dossier.json":
            data = data.replace(b"by nearly 9% year", b"by nearly 8% year")
        (tmp_path / path.name).write_bytes(data)

    summary = load_dossier(folder=tmp_path, by="dossier", at=NOW)

    assert summary.claims == Tally(new=27)
    assert [(quote.claim, quote.grade) for quote in summary.unverified] == [
        ("trade-h1-2025", Grade.MISSING)
    ]


LOADING = """
import sys, django
django.setup()
from django.db import connections
connections.settings["default"]["NAME"] = connections.settings["owner"]["NAME"] = sys.argv[2]
from django.core.management import call_command
call_command("load_dossier", sys.argv[1])
"""


def test_a_load_that_is_killed_leaves_nothing(
    cloned_database: str, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    """A locked table stops the load at its first review; there the process is killed."""
    folder = folder_of(tmp_path, with_everything)
    with django_db_blocker.unblock():
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute("LOCK TABLE claims_review IN ACCESS EXCLUSIVE MODE")
            process = subprocess.Popen(
                [sys.executable, "-c", LOADING, str(folder), cloned_database],
                stdout=subprocess.DEVNULL,
                env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
            )
            try:
                wait_until_stopped(process, cursor)
            finally:
                process.kill()
                process.wait()
        assert (Claim.objects.count(), Source.objects.count(), User.objects.count()) == (0, 0, 0)

        load_dossier(folder=folder, by="dossier", at=NOW)

        assert (Claim.objects.count(), Source.objects.count(), User.objects.count()) == (6, 3, 3)


def wait_until_stopped(process: subprocess.Popen[bytes], cursor: Any) -> None:
    """Wait until the process waits for the lock on the reviews."""
    while process.poll() is None:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE relation = 'claims_review'::regclass "
            "AND NOT granted"
        )
        if cursor.fetchone()[0]:
            return
        time.sleep(0.05)
    raise AssertionError("The load ended before its first review.")
