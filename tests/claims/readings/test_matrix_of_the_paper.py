"""The comparison that the paper draws, cell by cell, from its claims and without the texts."""

import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from claims.actions.dossier.load import load_dossier
from claims.readings.series_matrix import CellState, Claimed, MatrixReading, read_matrix
from sources.models import Series
from sources.readings.reader import Reader
from sources.vocabulary import Grade
from tests.claims.loads import NOW
from tests.worker import work

ROOT = Path(__file__).resolve().parents[3]
FIXTURES = ROOT / "fixtures"
CORPUS = ROOT.parent / "shared" / "corpus"

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the five documents are not beside the project"
)

PRESENT, ABSENT, NOT_CLAIMED = Claimed.PRESENT, Claimed.ABSENT, Claimed.NOT_CLAIMED
# What is said of the statements of 2022, 2023, 2024 and 2025.
PAPER = {
    "democracy": [PRESENT, PRESENT, ABSENT, NOT_CLAIMED],
    "european-union": [NOT_CLAIMED, PRESENT, PRESENT, NOT_CLAIMED],
    "arctic": [PRESENT, PRESENT, PRESENT, PRESENT],
    "ukraine": [NOT_CLAIMED, PRESENT, PRESENT, PRESENT],
    "power-of-siberia-2": [ABSENT, ABSENT, ABSENT, ABSENT],
}
# The cells that the dossier of the five documents lacks.
LACKING = {
    *("democracy-2023", "eu-2023", "arctic-2022", "arctic-2025"),
    *("ukraine-2023", "ukraine-2024", "ukraine-2025"),
}


def claims_of(folder: Path) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = json.loads((folder / "dossier.json").read_text())["claims"]
    return claims


def public_matrix() -> MatrixReading:
    work()
    series = Series.objects.get(key="joint-statements")
    return read_matrix(series, reader=Reader(None, NOW + timedelta(days=1)))


def claimed(matrix: MatrixReading) -> dict[str, list[Claimed]]:
    said = {row.topic: [cell.claimed for cell in row.cells] for row in matrix.rows}
    return {topic: said[topic] for topic in PAPER}


def require_nothing_searched(matrix: MatrixReading) -> None:
    """No cell has a count, nor says that a text has nothing: there are no texts."""
    cells = [cell for row in matrix.rows for cell in row.cells]
    assert {cell.state for cell in cells} == {CellState.NOT_SEARCHED}
    assert not any(cell.count or cell.disagreement for cell in cells)


@pytest.mark.django_db
def test_the_demo_tells_what_the_paper_says_and_searches_nothing() -> None:
    load_dossier(folder=FIXTURES, by="dossier", at=NOW)

    matrix = public_matrix()

    assert claimed(matrix) == PAPER
    require_nothing_searched(matrix)


@needs_corpus
@pytest.mark.django_db
def test_the_dossier_of_the_five_documents_tells_it_with_located_quotes(tmp_path: Path) -> None:
    """The seven cells that it lacks are added, and all are approved."""
    shutil.copytree(CORPUS, tmp_path, dirs_exist_ok=True, copy_function=shutil.copyfile)
    tmp_path.chmod(0o700)
    shutil.copytree(FIXTURES / "dictionaries", tmp_path / "dictionaries")
    dossier = json.loads((CORPUS / "dossier.json").read_text())
    known = {claim["id"] for claim in dossier["claims"]}
    dossier["claims"] += [claim for claim in claims_of(FIXTURES) if claim["id"] in LACKING]
    for claim in dossier["claims"]:
        if claim.get("property") == "mentions":
            claim.update(status="approved", decided_by="second-desk", note="Read.")
    (tmp_path / "dossier.json").write_text(json.dumps(dossier))

    summary = load_dossier(folder=tmp_path, by="dossier", at=NOW)
    matrix = public_matrix()

    assert not LACKING & known
    assert set(summary.grades) <= {Grade.EXACT, Grade.FOLDED}
    assert not summary.held
    assert claimed(matrix) == PAPER
    require_nothing_searched(matrix)
