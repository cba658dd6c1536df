"""Settings of the tests: those of the product, with files and a PostgreSQL server of their own.

Each run has a data folder for its files, in memory where there is room: the first process makes it
and names it in FACTBASE_TEST_DATA, so that the workers of the run share it; whoever made it removes
it. Captured files are in a folder of each worker's own, as its database is: two workers that share
the bytes of a file, and not the database whose locks guard them, would delete them under each
other. The embedded server, with the template of the databases, stays in `.test_data` for the next
run. If you set the variable yourself, that folder keeps both.
"""

import os
import tempfile
from pathlib import Path

from tests.kept_server import current_folder
from tests.memory import PREFIX, folder_in_memory

if "FACTBASE_TEST_DATA" not in os.environ:
    os.environ["FACTBASE_TEST_DATA"] = tempfile.mkdtemp(prefix=PREFIX, dir=folder_in_memory())
    os.environ["FACTBASE_TEST_DATA_MADE_BY"] = str(os.getpid())
    if not os.environ.get("DATABASE_URL"):
        kept = current_folder(Path(__file__).resolve().parent.parent / ".test_data")
        os.environ["FACTBASE_TEST_SERVER"] = str(kept)
os.environ["FACTBASE_DATA"] = os.environ["FACTBASE_TEST_DATA"]
os.environ.pop("FACTBASE_HTTPS", None)

from factbase.postgres.databases import databases
from factbase.settings import *  # noqa: F403 the same settings, in the folder named above
from factbase.settings import DATA_DIR, STATIC_ROOT, STORAGES

DATABASES = databases(os.environ, Path(os.environ.get("FACTBASE_TEST_SERVER") or DATA_DIR))
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
STORAGES["default"]["OPTIONS"]["location"] = DATA_DIR / "captures" / WORKER
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns where there is none
SNAPSHOT_CACHE_BYTES = 0  # its own tests turn it on
