"""Files of exports are whole or not there, and go on where a process was killed."""

import hashlib
import json
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from claims.exports.files import progress_of, write_file
from claims.exports.flat_rows import FlatRow
from claims.exports.formats import FORMATS, ExportRefused
from claims.exports.packages import ExportOrder
from tests.claims.exports.made_rows import batches_of

CLAIMS = 400
CSV = FORMATS["csv"]
ORDER = ExportOrder(CSV, "topic=trade", datetime(2025, 6, 1, tzinfo=UTC), "http://127.0.0.1")


def batches(after: int) -> Iterator[list[FlatRow]]:
    return batches_of(CLAIMS, after=after)


def slow_batches(after: int) -> Iterator[list[FlatRow]]:
    for batch in batches(after):
        time.sleep(0.01)
        yield batch


def begun_and_killed(folder: Path, order: ExportOrder) -> None:
    """Write in a process of its own, and kill it once a record says that some is on the disk."""
    child = os.fork()
    if not child:
        try:
            write_file(folder, order, slow_batches)
        finally:
            os._exit(0)
    given_up_at = time.monotonic() + 20
    while progress_of(folder, order.form) is None and time.monotonic() < given_up_at:
        time.sleep(0.002)
    time.sleep(0.03)
    os.kill(child, signal.SIGKILL)
    _child, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL


def test_a_file_has_its_rows_and_hash_beside_it(tmp_path: Path) -> None:
    sidecar = write_file(tmp_path, ORDER, batches)

    written = (tmp_path / "claims.csv").read_bytes()
    beside = json.loads((tmp_path / "claims.csv.json").read_text())
    assert beside["rows"] == sidecar.rows == CLAIMS
    assert beside["sha256"] == hashlib.sha256(written).hexdigest()
    assert (beside["bytes"], beside["query"]) == (len(written), "topic=trade")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.csv", "claims.csv.json"]


@pytest.mark.parametrize("name", ["csv", "for-spreadsheets.csv", "ndjson"])
def test_a_file_whose_writer_was_killed_goes_on_to_the_same_bytes(
    tmp_path: Path, name: str
) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    whole.mkdir()
    cut.mkdir()
    order = replace(ORDER, form=FORMATS[name])
    write_file(whole, order, batches)

    begun_and_killed(cut, order)
    assert not (cut / order.form.file_name).exists()
    resumed = progress_of(cut, order.form)
    assert resumed is not None
    assert 0 < resumed.rows < CLAIMS
    sidecar = write_file(cut, order, batches, resumed=resumed)

    file = order.form.file_name
    assert (cut / file).read_bytes() == (whole / file).read_bytes()
    assert sidecar.rows == CLAIMS
    assert (cut / f"{file}.json").read_bytes() == (whole / f"{file}.json").read_bytes()


def test_a_file_that_was_changed_meanwhile_is_not_continued(tmp_path: Path) -> None:
    begun_and_killed(tmp_path, ORDER)
    part = tmp_path / "claims.csv.part"
    part.write_bytes(b"X" + part.read_bytes()[1:])

    with pytest.raises(ExportRefused, match="not as it was written"):
        write_file(tmp_path, ORDER, batches, resumed=progress_of(tmp_path, CSV))


@pytest.mark.parametrize("other", [{"reader": "anna"}, {"is_of_the_past": True}])
def test_a_file_is_not_continued_for_another_reader_or_time(
    tmp_path: Path, other: dict[str, Any]
) -> None:
    begun_and_killed(tmp_path, ORDER)

    with pytest.raises(ExportRefused, match="another query"):
        write_file(tmp_path, replace(ORDER, **other), batches, resumed=progress_of(tmp_path, CSV))


def test_a_file_of_the_past_goes_on_in_its_time_alone(tmp_path: Path) -> None:
    order = replace(ORDER, is_of_the_past=True)
    begun_and_killed(tmp_path, order)

    later = replace(order, at=order.at + timedelta(days=1))
    with pytest.raises(ExportRefused, match="time of the past"):
        write_file(tmp_path, later, batches, resumed=progress_of(tmp_path, CSV))
    sidecar = write_file(tmp_path, order, batches, resumed=progress_of(tmp_path, CSV))

    assert sidecar.rows == CLAIMS


def test_two_do_not_write_one_file(tmp_path: Path) -> None:
    def while_another_writes(after: int) -> Iterator[list[FlatRow]]:
        with pytest.raises(ExportRefused, match="Another export"):
            write_file(tmp_path, ORDER, batches)
        return batches(after)

    assert write_file(tmp_path, ORDER, while_another_writes).rows == CLAIMS


def test_a_format_that_is_written_as_a_whole_begins_anew(tmp_path: Path) -> None:
    order = replace(ORDER, form=FORMATS["parquet"])
    (tmp_path / "claims.parquet.part").write_bytes(b"PAR1 and a half")

    assert progress_of(tmp_path, order.form) is None
    write_file(tmp_path, order, batches)

    assert (tmp_path / "claims.parquet").read_bytes().endswith(b"PAR1")
