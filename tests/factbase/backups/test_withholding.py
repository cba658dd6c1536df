"""Withheld rows and files are in no backup made afterwards, and the checks know it."""

import gzip
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections

from claims.actions.claims.entry import Tie
from factbase.backups import restore
from factbase.backups.backup import backup
from sources.actions.withholding.withhold import Target, ask_to_withhold, carry_out
from sources.models import Blob, Capture, Excerpt
from sources.vocabulary import Role
from tests import factories as make
from tests.factbase.test_verify import verify

MARKER = "Zanzibar-Quixote owes nine million"
TEXT = f"Nothing before it. {MARKER}. Trade fell by 9%. Nothing after it."
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def withheld(cloned_database: str, storage: Callable[[str], Path]) -> Path:
    """A claim on a quote and on its neighbour, of which quote, text and bytes were withheld."""
    folder = storage("one")
    source = make.source(TEXT, key="report")
    for words in (MARKER, "Trade fell by 9%."):
        make.published(evidence=[Tie(make.excerpt(words, of=source))])
    rows: list[Target] = [Excerpt.objects.get(exact=MARKER), Capture.objects.get()]
    asked = ask_to_withhold(
        targets=rows, reason="A court.", by=make.person(Role.ADMINISTRATOR), at=make.TODAY
    )
    for request in asked:
        carry_out(request=request, by=make.person(Role.EDITOR), at=make.TODAY)
    return folder


def files_of(path: Path) -> dict[str, bytes]:
    """The files of a backup by name, the dump as the SQL that it is."""
    with tarfile.open(path) as tar:
        found = {member.name: tar.extractfile(member) for member in tar.getmembers()}
        files = {name: file.read() for name, file in found.items() if file is not None}
    return {
        name: gzip.decompress(data) if name.endswith(".gz") else data
        for name, data in files.items()
    }


def test_a_later_backup_has_nothing_of_it_and_comes_back(
    withheld: Path, tmp_path: Path, empty_database: Callable[[str], None]
) -> None:
    made = tmp_path / "backup.tar"
    manifest = backup(made, force=False, at=NOW, say=lambda _words: None)

    assert manifest.captures == []
    assert all(MARKER.encode() not in data for data in files_of(made).values())
    empty_database("two")
    restore.restore(made, say=lambda _words: None)

    assert verify()[0] == 0
    assert Excerpt.objects.filter(exact="").count() == 1


def test_no_file_of_the_storage_has_it(withheld: Path) -> None:
    assert [path for path in withheld.rglob("*") if path.is_file()] == []


def test_the_checks_know_what_was_withheld(withheld: Path) -> None:
    status, said = verify()

    assert status == 0, said


def test_bytes_that_could_not_be_deleted_are_named(withheld: Path) -> None:
    default_storage.save(Blob.objects.get().storage_name, ContentFile(TEXT.encode()))

    status, said = verify()

    assert status == 2
    assert "is withheld, and its bytes are in the storage still" in said


@pytest.mark.parametrize(
    ("table", "change", "sentence"),
    [
        ("sources_excerpt", "exact = 'Other words.' WHERE exact = ''", "The quote"),
        ("sources_textlayer", "text = 'Other words.'", "holds another text"),
    ],
)
def test_what_fills_a_withheld_row_again_is_found(
    withheld: Path, table: str, change: str, sentence: str
) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE {table} SET {change}")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    status, said = verify()

    assert status == 2
    assert sentence in said
