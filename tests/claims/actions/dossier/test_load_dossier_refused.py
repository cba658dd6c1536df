"""Wrong input, refused as a whole."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.claims.domain.dossier.dossiers import claim
from tests.claims.loads import folder_of, rows


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
