"""`make bench`: measures what factbase must reach, in a database of its own that it removes.

    python -m tests.benchmarks [SECTION ...]

Times are the least of several runs in one process; beside each stands a yardstick that was timed in
the same run, since machines differ and are shared. DOCUMENTS says among how many texts a quote is
looked for, SIZE (10k, 100k, 1M) among how many claims conflicts are found.
"""

import argparse
import importlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

SECTIONS = ("quotes", "conflicts")


def main() -> None:
    """Set up an empty database, measure the sections asked for, and clear up."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION")
    asked = parser.parse_args().sections or SECTIONS
    if unknown := set(asked) - set(SECTIONS):
        parser.error(f"There is no section {min(unknown)}; there are {', '.join(SECTIONS)}.")
    folder = tempfile.mkdtemp(prefix="factbase-bench-")
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    os.environ["FACTBASE_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "factbase.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from factbase.postgres import embedded
    from tests.kept_server import remove_data

    try:
        call_command("migrate", verbosity=0)
        for section in asked:
            for measured in importlib.import_module(f"tests.benchmarks.{section}").measure():
                sys.stdout.write(f"{measured}\n")
                sys.stdout.flush()
    finally:
        connections.close_all()
        embedded.release_all()
        remove_data(Path(folder))
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
