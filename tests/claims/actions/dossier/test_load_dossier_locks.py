"""A dossier that is loaded while others work: its locks, and who waits for it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from claims.actions.dossier.load import load_dossier
from claims.models import Claim
from sources.models import Source
from tests.claims.domain.dossier.dossiers import claim
from tests.claims.loads import NOW, folder_of, load, locks_held
from tests.held_open import everybody_else_goes_on, held_open

pytestmark = pytest.mark.usefixtures("cloned_database")


def with_links(of: dict[str, Any]) -> None:
    """Change the dossier to link an entity to a source, list bases and name two topics."""
    of["entities"].append(
        {"id": "paper", "label": "Paper", "kind": "document", "source": "statement-2024"}
    )
    of["properties"][0]["bases"] = ["gross"]
    claim(of).update(basis="Gross", topics=["Trade", "Über Land"])


def test_a_dossier_that_changes_nothing_locks_nothing(tmp_path: Path) -> None:
    load(tmp_path, with_links)

    with transaction.atomic():
        summary = load(tmp_path, with_links, later=1)
        locks = locks_held()

    assert summary.is_nothing_new
    assert {kind for kind, _mode in locks} == {"relation", "virtualxid"}
    assert {mode for kind, mode in locks if kind == "relation"} == {"AccessShareLock"}


def test_nobody_waits_while_the_texts_of_a_dossier_are_extracted(tmp_path: Path) -> None:
    folder, later = folder_of(tmp_path), NOW + timedelta(hours=1)

    with held_open(
        lambda: load_dossier(folder=folder, by="dossier", at=NOW, now=lambda: later),
        at="claims.actions.dossier.rows:extract",
    ):
        everybody_else_goes_on()

    claims = Claim.objects.filter(namespace="small")
    assert [each.created_at for each in claims] == [later, later]
    assert Source.objects.filter(captures__isnull=False).get(key="report")
