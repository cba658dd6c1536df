"""The figures of a run as a page of docs/benchmarks/."""

import importlib
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests import databases
from tests.benchmarks.figures import Figure
from tests.benchmarks.scale import Scale

SETTINGS = ["server_version", "shared_buffers", "work_mem", "random_page_cost", "jit"]


def machine() -> list[str]:
    """The machine and the software that were measured, in sentences."""
    with databases.server() as connection:
        shown = {
            name: connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            for name in SETTINGS
        }
    server, *settings = (f"{name} {value[0]}" for name, value in shown.items() if value)
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return [
        f"{os.cpu_count()} processors ({platform.machine()}), {memory:.0f} GiB of memory",
        f"{platform.system()}, Python {platform.python_version()}",
        f"PostgreSQL, {server}: {', '.join(settings)}",
    ]


def write_page(
    path: Path, section: str, figures: Sequence[Figure], *, scale: Scale, load: str
) -> None:
    """Write the page of a section: what was measured and how, on what, and each comparison."""
    about = importlib.import_module(f"tests.benchmarks.{section}").__doc__ or ""
    title, _blank, method = about.partition("\n\n")
    missed = [
        f"{figure.size}: {figure.work}, {one.yardstick}"
        for figure in figures
        for one in figure.comparisons
        if one.is_met is False
    ]
    goals = sum(one.is_met is not None for figure in figures for one in figure.comparisons)
    written = (
        f"Written by `make bench SECTIONS={section} PAGE=…` on {datetime.now(UTC):%-d %B %Y}; "
        f"medians of {scale.rounds} rounds in which all take turns."
    )
    lines = [
        f"# {title.rstrip('.')}",
        "",
        written,
        "",
        method.strip(),
        "",
        *(f"- {sentence}." for sentence in [*machine(), load]),
        "",
        f"Goals: {goals - len(missed)} of {goals} met." + (" Not met:" if missed else ""),
        "",
        *(f"- {one}" for one in missed),
        "",
        "| claims | reading | measured | compared with | ratio | goal | |",
        "|---|---|---|---|---|---|---|",
        *(line for figure in figures for line in rows(figure)),
        "",
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines))


def rows(figure: Figure) -> list[str]:
    """A figure as rows of the table, one for each comparison."""
    begin = f"| {figure.size} | {figure.work} | {figure.amount} |"
    if not figure.comparisons:
        return [f"{begin} | | | |"]
    verdicts = {None: "", True: "met", False: "**not met**"}
    return [
        f"{begin} {one.yardstick}{f' ({one.amount})' if one.amount else ''} "
        f"| {one.ratio:.2f} | {one.goal} | {verdicts[one.is_met]} |"
        for one in figure.comparisons
    ]
