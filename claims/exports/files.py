"""Exports written to a folder: whole or not at all, and continued where one was cut off.

While a file is written it is `claims.csv.part`; beside it `claims.csv.part.json` says up to which
claim and byte it is safely on the disk. Kill the process at any moment: the next run with `resume`
reads what is there, cuts off what came later and goes on for the same moment in time.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BufferedRandom
from itertools import count
from pathlib import Path
from typing import Any

import orjson
from django.utils.translation import gettext as _

from claims.exports.columns import COLUMNS_VERSION
from claims.exports.flat_rows import FlatRow
from claims.exports.formats import ExportFormat, ExportRefused
from claims.exports.packages import ExportOrder, HashedBytes, RowCount, Sidecar

# Batches between two records of how far the file is.
BATCHES_OF_RECORD = 5
_CHUNK = 1 << 20

# The batches of rows of claims with a number above this one.
Batches = Callable[[int], Iterator[list[FlatRow]]]


@dataclass(frozen=True)
class Progress:
    """How far a file is: the order, the last claim in it, its rows, and its bytes with their hash.

    `at` is in ISO 8601, and so is `known_at`, empty where no time of the past was asked for;
    `reader` is an account, empty for the public.
    """

    query: str
    reader: str
    site: str
    at: str
    columns_version: int
    last: int
    rows: int
    size: int
    sha256: str
    known_at: str = ""

    def require_same(self, order: ExportOrder) -> None:
        """Refuse to continue a file for another order. Raises ExportRefused."""
        asked = (order.query, order.reader, order.site, _named_time(order))
        if (self.query, self.reader, self.site, self.known_at) != asked:
            raise ExportRefused(
                "another_order",
                _(
                    "%(file)s was begun with another query, account, address of pages or time of "
                    "the past. Give the same, or export again without --resume."
                )
                % {"file": order.form.file_name},
            )


def progress_of(folder: Path, form: ExportFormat) -> Progress | None:
    """How far a file was when it was cut off; None where there is nothing to continue."""
    record = _record_path(folder, form)
    if not form.is_appended or not record.exists() or not _part_path(folder, form).exists():
        return None
    found = Progress(**orjson.loads(record.read_bytes()))
    return found if found.columns_version == COLUMNS_VERSION else None


def write_file(
    folder: Path, order: ExportOrder, batches: Batches, *, resumed: Progress | None = None
) -> Sidecar:
    """Write the file of an order into a folder, with its sidecar beside it.

    `resumed` is how far it was: of the same order. Raises ExportRefused where another process
    writes it, or what is there is not what was written.
    """
    form = order.form
    part, record = _part_path(folder, form), _record_path(folder, form)
    with _locked(part) as file:
        if resumed is not None:
            resumed.require_same(order)
        rows, hashed = RowCount(), HashedBytes()
        if resumed is not None:
            _go_back_to(file, part, resumed, hashed)
            rows.rows, rows.last = resumed.rows, resumed.last
        else:
            file.truncate(0)
            record.unlink(missing_ok=True)
        found = rows.of(batches(rows.last))
        for written, content in zip(
            count(1), form.encoded(found, has_head=resumed is None), strict=False
        ):
            file.write(content)
            hashed.add(content)
            if form.is_appended and written % BATCHES_OF_RECORD == 0 and rows.rows:
                _to_disk(file)
                _write_record(record, order, rows, hashed)
        _to_disk(file)
        part.rename(folder / form.file_name)
    sidecar = Sidecar(order, rows.rows, hashed.size, hashed.hexdigest())
    write_json(folder / f"{form.file_name}.json", sidecar.as_json())
    record.unlink(missing_ok=True)
    return sidecar


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a file of JSON, whole or not at all."""
    draft = path.with_name(f"{path.name}.draft")
    with draft.open("w+b") as file:
        file.write(orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        _to_disk(file)
    draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _part_path(folder: Path, form: ExportFormat) -> Path:
    return folder / f"{form.file_name}.part"


def _record_path(folder: Path, form: ExportFormat) -> Path:
    return folder / f"{form.file_name}.part.json"


@contextmanager
def _locked(part: Path) -> Iterator[BufferedRandom]:
    """The file, open at its beginning and locked: the kernel frees it with the process."""
    handle = os.open(part, os.O_RDWR | os.O_CREAT, 0o600)
    with open(handle, "r+b") as file:  # noqa: PTH123 # of a handle
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ExportRefused(
                "busy",
                _("Another export writes %(file)s. Wait for it, or name another folder.")
                % {"file": part},
            ) from error
        yield file


def _go_back_to(file: BufferedRandom, part: Path, resumed: Progress, hashed: HashedBytes) -> None:
    """Check the bytes that are on record, and cut off those after them. Raises ExportRefused."""
    left = resumed.size
    while left and (content := file.read(min(left, _CHUNK))):
        hashed.add(content)
        left -= len(content)
    if hashed.hexdigest() != resumed.sha256:
        raise ExportRefused(
            "changed",
            _(
                "%(file)s is not as it was written, so that it cannot be continued. "
                "Export again without --resume."
            )
            % {"file": part},
        )
    file.truncate(resumed.size)
    file.seek(resumed.size)


def _write_record(path: Path, order: ExportOrder, rows: RowCount, hashed: HashedBytes) -> None:
    progress = Progress(
        order.query,
        order.reader,
        order.site,
        order.at.isoformat(),
        COLUMNS_VERSION,
        rows.last,
        rows.rows,
        hashed.size,
        hashed.hexdigest(),
        _named_time(order),
    )
    write_json(path, asdict(progress))


def _named_time(order: ExportOrder) -> str:
    """The time of the past that is asked for; empty for the present."""
    return order.at.isoformat() if order.is_of_the_past else ""


def _to_disk(file: BufferedRandom) -> None:
    file.flush()
    os.fsync(file.fileno())
