"""The examples of the API guide, run in their order against a served demo."""

import importlib.util
import shutil
from pathlib import Path

import pytest

from tests.guides.examples import LANGUAGES, Example, examples_of, program
from tests.guides.running import PRINTED_ADDRESS, rows_in_python, rows_in_r, run

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "api-guide.md"
EXAMPLES = examples_of(GUIDE)
# Like curl, but that a refusal is an error and nothing is told of the transfer.
HTTP_ERROR = 22  # what curl ends with then
CURL = 'curl() { command curl --fail-with-body --silent --show-error "$@"; }'


def test_every_step_is_there_in_each_language() -> None:
    languages = [example.language for example in EXAMPLES]

    assert {name for name in LANGUAGES if languages.count(name) < 5} == set()


@pytest.mark.skipif(
    importlib.util.find_spec("pandas") is None, reason="the package pandas is not installed"
)
def test_the_examples_in_python_make_tables_with_rows(address: str, tmp_path: Path) -> None:
    rows = rows_in_python(program(EXAMPLES, "python"), address, tmp_path)

    assert len(rows) >= 5
    assert all(rows.values()), rows


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="Rscript is not on the path")
def test_the_examples_in_r_make_tables_with_rows(address: str, tmp_path: Path) -> None:
    rows = rows_in_r(program(EXAMPLES, "r"), address, tmp_path)

    assert len(rows) >= 5
    assert all(rows.values()), rows


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on the path")
@pytest.mark.parametrize(
    "example",
    [pytest.param(one, id=f"line {one.line}") for one in EXAMPLES if one.language == "sh"],
)
def test_an_example_of_curl_is_answered_as_the_guide_says(
    address: str, tmp_path: Path, example: Example
) -> None:
    code = f"set -eu\n{CURL}\n{example.code.replace(PRINTED_ADDRESS, address)}"

    ended = run(["sh", "-c", code], tmp_path)

    assert ended.returncode == (HTTP_ERROR if example.is_refused else 0), ended.stderr
    files = [path for path in tmp_path.iterdir() if path.stat().st_size]
    assert ended.stdout.strip() or files
