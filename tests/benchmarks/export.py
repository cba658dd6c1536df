"""Bulk export: rows a second against COPY of JSON that PostgreSQL builds, and memory above idle.

The yardstick is one COPY of the statement "full limit": a row of JSON for each claim with all that
the API sends of it, built by the server and thrown away here. The export makes its rows from
readings, in a process that is measured together with the server.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.db import connections

from claims.exports.batches import row_batches
from claims.exports.formats import FORMATS
from claims.models import Version
from sources.readings.reader import Reader
from tests.benchmarks.base.fill import fill
from tests.benchmarks.figures import Comparison, Figure
from tests.benchmarks.full_limit import FullLimit
from tests.benchmarks.in_process import timed
from tests.benchmarks.scale import Scale, own_database

MEASURED = ("csv", "ndjson", "parquet")
ROUNDS = 3
MIB = 1 << 20
SITE = "http://127.0.0.1"


def measure(scale: Scale) -> Iterator[Figure]:
    """Each figure of the section, size by size."""
    for size, claims in scale.sizes.items():
        with own_database():
            fill(claims)
            yield from of_base(size, rounds=min(scale.rounds, ROUNDS))


def of_base(size: str, *, rounds: int) -> Iterator[Figure]:
    """The figures of a base."""
    at = datetime.now(UTC)
    rows = Version.objects.visible_to(None, at).count()
    limit = FullLimit()
    statement = limit.statement(Version.objects.visible_to(None, at), at=at)
    work: dict[str, Callable[[int], object]] = {
        "copy": lambda _round: copied(limit, statement, rows),
        **{name: lambda _round, name=name: exported(name, at, rows) for name in MEASURED},  # type: ignore[misc] # bound
    }
    taken = timed(work, rounds=rounds)
    limit.close()
    for name in MEASURED:
        ratio = Comparison(
            "as fast as COPY of JSON",
            taken["copy"] / taken[name],
            f"{rows / taken['copy']:,.0f}/s",
            least=0.8,
        )
        yield Figure(size, f"{rows:,} claims as {name}", f"{rows / taken[name]:,.0f}/s", (ratio,))
    for name in MEASURED:
        grown = memory_of(lambda name=name: exported(name, at, rows), at)  # type: ignore[misc] # bound
        most = Comparison("32 MiB", grown / (32 * MIB), most=1)
        yield Figure(size, f"memory above idle, {name}", f"{grown / MIB:.1f} MiB", (most,))


def copied(limit: FullLimit, statement: str, rows: int) -> None:
    """Have the server build all rows, and throw them away."""
    select = statement.rstrip().removesuffix(";")
    with limit.connection.cursor().copy(f"COPY ({select}) TO STDOUT") as copy:
        assert sum(1 for _row in copy) >= rows


def exported(name: str, at: datetime, rows: int, *, most: int | None = None) -> None:
    """Make a whole file, and throw it away."""
    versions = Version.objects.visible_to(None, at)
    if most is not None:
        versions = versions.filter(claim_id__lte=most)
    size = sum(map(len, FORMATS[name].encoded(row_batches(versions, Reader(None, at), SITE))))
    assert size > 0
    assert rows > 0


def memory_of(perform: Callable[[], object], at: datetime) -> int:
    """The most bytes that work takes beyond what the process had when it had done some of it."""
    connections.close_all()  # a child would use the same
    read, write = os.pipe()
    child = os.fork()
    if not child:
        for name in MEASURED:
            exported(name, at, 1, most=50)
        before = memory("VmRSS")
        Path("/proc/self/clear_refs").write_text("5")  # the peak is that of now
        perform()
        os.write(write, str(memory("VmHWM") - before).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        grown = int(answer.read())
    os.waitpid(child, 0)
    return grown


def memory(name: str) -> int:
    """A number of bytes that the kernel has of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise AssertionError(f"The kernel says nothing of {name}.")
