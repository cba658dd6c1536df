"""`make bench`: measures what factbase must reach, each section in a database of its own.

    python -m tests.benchmarks [--short] [SECTION ...]

Beside each figure stands a yardstick that was timed in the same run, since machines differ and are
shared. DOCUMENTS says among how many texts a quote is looked for and how many a series has, up to
200; SIZE (10k, 100k, 1M) among how many claims conflicts are found and API and pages read, ROUNDS
how often each reading is timed.
`--short` runs everything once on very little, which shows that it runs and nothing else. PAGE
writes the figures of the API or the pages as a page of documentation too. All databases are removed
at the end.
"""

import argparse
import importlib
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from tests import databases
from tests.benchmarks.page import write_page
from tests.benchmarks.scale import Scale
from tests.kept_server import remove_data

SECTIONS = ("quotes", "conflicts", "factsheets", "series", "api", "pages", "export")
PAGED = ("api", "pages")


def main() -> None:
    """Set up an empty database for each section asked for, measure it, and clear up."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION")
    parser.add_argument("--short", action="store_true")
    asked = parser.parse_args()
    sections = asked.sections or SECTIONS
    if unknown := set(sections) - set(SECTIONS):
        parser.error(f"There is no section {min(unknown)}; there are {', '.join(SECTIONS)}.")
    try:
        scale = Scale.of(os.environ, is_short=asked.short)
    except ValueError as error:
        parser.error(str(error))
    page = os.environ.get("PAGE")
    if page and (len(sections) != 1 or sections[0] not in PAGED):
        parser.error(f"A page is written of one section alone: {' or '.join(PAGED)}.")
    load = f"Load of the machine when the run began: {os.getloadavg()[0]:.1f}"
    folder = tempfile.mkdtemp(prefix="factbase-bench-")
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    os.environ["FACTBASE_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    import django

    django.setup()
    from factbase.postgres import embedded

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and clear up
    try:
        databases.remember_home()
        with databases.server() as connection:
            databases.make_template(connection, databases.template_name())
        for section in sections:
            figures = []
            for figure in importlib.import_module(f"tests.benchmarks.{section}").measure(scale):
                figures.append(figure)
                sys.stdout.write(f"{figure}\n")
                sys.stdout.flush()
            if page:
                load += f", when it ended: {os.getloadavg()[0]:.1f}"
                write_page(Path(page), section, figures, scale=scale, load=load)
    finally:
        embedded.release_all()
        remove_data(Path(folder))
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
