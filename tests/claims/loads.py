"""Dossiers as folders, loaded, and what is in the database after."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from claims.actions.dossier.load import load_dossier
from claims.domain.dossier.summary import Summary
from claims.models import Claim, Version
from tests.claims.domain.dossier import dossiers
from tests.claims.domain.dossier.dossiers import decide

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)

Change = Callable[[dict[str, Any]], object]


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


def locks_held() -> set[tuple[str, str]]:
    """The kinds and modes of the locks that this transaction holds until its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT locktype, mode FROM pg_locks WHERE pid = pg_backend_pid()")
        return set(cursor.fetchall())


def count(cursor: Any, table: str) -> int:
    cursor.execute(f'SELECT count(*) FROM "{table}"')
    number: int = cursor.fetchone()[0]
    return number


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
