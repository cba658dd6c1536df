"""Fact sheets of 50 and 1,000 citations in all formats, against bare runs of pandoc and Typst.

The yardstick makes the same documents with the same programs and nothing of ours between: for each
layout and format one run of pandoc that makes the citations and writes, and for PDF one that writes
Typst source and one of Typst. Times are of processors, ours and those of child processes, since
machines are shared. The first file of a layout has the time of its citations, which the others
share. Memory is the most that child processes held together, sampled.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pypandoc

from claims.factsheets import cite, document
from claims.factsheets.formats import FORMATS, LAYOUTS, Layout
from claims.factsheets.render import Rendering
from claims.factsheets.sheet import Section, Sheet
from sources.readings.citing import CitedRecord
from tests.benchmarks.figures import Comparison, Figure
from tests.benchmarks.scale import Scale
from tests.claims import told
from tests.claims.factsheets.sheets import on_sheet

SIZES = (50, 1000)
STYLE = "chicago-notes-bibliography"
MOST = 1.5
# Of a file of each format by pandoc alone; Typst compiles the last.
WRITERS = {"html": "html5", "markdown": "markdown", "docx": "docx", "odt": "odt", "pdf": "typst"}
KINDS = ("report", "article-journal", "webpage", "book", "article-newspaper", "chapter", "treaty")
COMPILE = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


def measure(scale: Scale) -> Iterator[Figure]:
    """Each figure of the section; no database is asked."""
    for size in SIZES if scale.rounds > 1 else SIZES[:1]:
        yield from _of_size(size)


def _of_size(size: int) -> Iterator[Figure]:
    sheet = sheet_of(size)
    with tempfile.TemporaryDirectory(prefix="factbase-bench-") as folder:
        bare = {
            (to, layout): _processors(partial(_bare, sheet, to, layout, folder))
            for layout in LAYOUTS
            for to in WRITERS
        }
    rendering = Rendering(sheet, style=STYLE)
    with Sampled() as all_formats:
        ours = {
            (one.name, layout): _processors(partial(rendering.file, one.name, layout))
            for layout in LAYOUTS
            for one in FORMATS.values()
            if one.has_layouts or layout == LAYOUTS[0]
        }
    label = f"{size:,} citations"
    yield Figure(
        str(size),
        f"{label}, all formats and layouts",
        f"{sum(ours.values()):.1f} s",
        (_ratio(sum(ours.values()), sum(bare.values()), most=MOST),),
    )
    for key, seconds in ours.items():
        against = (_ratio(seconds, bare[key]),) if key in bare else ()
        yield Figure(str(size), f"  {key[1]}, {key[0]}", f"{seconds:.2f} s", against)
    yield Figure(str(size), f"{label}: most memory of children", f"{all_formats.most >> 20} MiB")


def _ratio(seconds: float, bare: float, *, most: float | None = None) -> Comparison:
    return Comparison("bare pandoc and Typst", seconds / bare, f"{bare:.2f} s", most=most)


class Sampled:
    """The most memory that the processes below this one held together, in bytes.

    Their proportional share (PSS) where the kernel tells it, so that none is counted twice.
    """

    def __init__(self) -> None:
        self.most = 0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> "Sampled":
        self._thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._is_over.wait(0.05):
            self.most = max(self.most, sum(map(_memory, _children(os.getpid()))))


def _children(pid: int) -> Iterator[int]:
    """The processes below one, all the way down."""
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in listed.read_text().split()]
        except OSError:
            continue
        for child in children:
            yield child
            yield from _children(child)


def _memory(pid: int) -> int:
    """The memory of a process in bytes; 0 of one that is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024


def _processors(perform: Callable[[], object]) -> float:
    """The time of processors that it takes, in this process and in those that it starts."""
    before = os.times()
    perform()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def _bare(sheet: Sheet, to: str, layout: Layout, folder: str) -> None:
    """The same document by pandoc, and Typst, alone."""
    is_linked = to in ("html", "pdf") and not cite.is_note_style(cite.style_path(STYLE))
    tree = json.dumps(document.build(sheet, layout=layout, is_linked=is_linked)).encode("ascii")
    made = Path(folder) / f"{layout}.{WRITERS[to]}"
    command = [pypandoc.get_pandoc_path(), "--from=json", f"--to={WRITERS[to]}", "--standalone"]
    command += ["--citeproc", f"--csl={cite.style_path(STYLE)}", f"--output={made}"]
    subprocess.run(command, input=tree, check=True, stderr=subprocess.DEVNULL)
    if to == "pdf":
        compiled = [sys.executable, "-c", COMPILE, str(made), str(made.with_suffix(".pdf"))]
        subprocess.run(compiled, check=True)


def sheet_of(size: int) -> Sheet:
    """A sheet of so many claims, each with a quote of a source of its own."""
    records = {f"source-{number}": _record(number) for number in range(size)}
    claims = [
        on_sheet(
            told.claim(
                number + 1,
                f"Pipe {number} carried {number} billion cubic metres of gas in 2024.",
                evidence=(
                    told.quote(
                        f"source-{number}",
                        f"some {number} billion cubic metres of gas went through it in 2024",
                        number=number + 1,
                        locator=f"p. {number % 90 + 1}",
                    ),
                ),
            )
        )
        for number in range(size)
    ]
    parts = range(0, size, max(size // 10, 1))
    sections = tuple(
        Section(f"Section {start}", tuple(claims[start : start + parts.step])) for start in parts
    )
    return Sheet(f"{size} citations", "en", told.AT, sections=sections, records=records)


def _record(number: int) -> CitedRecord:
    """A source; many share the names of their authors, as they do in earnest."""
    url = f"https://example.org/{number}"
    item = {
        "type": KINDS[number % len(KINDS)],
        "title": f"Number {number} of the series on energy and trade",
        "author": [
            {"family": f"Family{number % 97}", "given": f"Ann {chr(65 + number % 26)}."},
            {"family": f"Other{number % 31}", "given": "Bo"},
        ],
        "container-title": "Journal of Things",
        "publisher": "A House",
        "issued": {"date-parts": [[2000 + number % 25, 1 + number % 12, 1 + number % 28]]},
        "volume": str(number % 40),
        "page": f"{number}-{number + 9}",
        "URL": url,
        "language": "en",
    }
    archived = f"https://web.archive.org/web/2025/{url}"
    return CitedRecord(item, url, archived, date(2025, 6, 1), sha256="ab" * 32)
