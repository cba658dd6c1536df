"""Five real documents with their dossier, and a load that is killed."""

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from claims.actions.dossier.load import load_dossier
from claims.domain.dossier.summary import Tally
from claims.models import Claim, Conflict
from factbase.models import User
from sources.models import Source
from sources.vocabulary import Grade
from tests.claims.loads import NOW, folder_of, rows, with_everything

CORPUS = Path(__file__).resolve().parents[5] / "shared" / "corpus"
needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the five documents are not beside the project"
)


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
        ("trade-h1-2025", Grade.DRIFTED)
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
