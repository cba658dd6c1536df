"""The cells of the notebook, run in their order against a served demo."""

import importlib.util
import json
from pathlib import Path

import pytest

from tests.guides.running import rows_in_python

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "claims.ipynb"
MISSING = [name for name in ("pandas", "matplotlib") if importlib.util.find_spec(name) is None]
# No window is opened; the chart goes into a file.
WITHOUT_SCREEN = "import matplotlib; matplotlib.use('agg')\n"
LOOK_AT_THE_CHART = """
assert chart.patches and any(bar.get_width() for bar in chart.patches)
chart.figure.savefig("chart.png")
"""


@pytest.mark.skipif(bool(MISSING), reason=f"packages are not installed: {', '.join(MISSING)}")
def test_the_notebook_goes_from_a_table_to_a_chart(address: str, tmp_path: Path) -> None:
    cells = json.loads(NOTEBOOK.read_text())["cells"]
    code = "\n".join("".join(one["source"]) for one in cells if one["cell_type"] == "code")

    rows = rows_in_python(WITHOUT_SCREEN + code + LOOK_AT_THE_CHART, address, tmp_path)

    assert rows["claims"] > 20
    assert all(rows.values()), rows
    assert (tmp_path / "chart.png").stat().st_size > 5_000


def test_the_notebook_is_kept_without_answers() -> None:
    """No diff has what a run of it printed; whoever opens it runs it."""
    cells = json.loads(NOTEBOOK.read_text())["cells"]

    assert not [one for one in cells if one.get("outputs") or one.get("execution_count")]
