"""Settings of the tests: those of the product, with a data folder of their own.

The first process of a run makes the folder and names it in FACTBASE_TEST_DATA, so that the workers
of the same run share it; whoever made it removes it. Set the variable yourself to keep folder and
template between runs.
"""

import os
import tempfile

if "FACTBASE_TEST_DATA" not in os.environ:
    os.environ["FACTBASE_TEST_DATA"] = tempfile.mkdtemp(prefix="factbase-tests-")
    os.environ["FACTBASE_TEST_DATA_MADE_BY"] = str(os.getpid())
os.environ["FACTBASE_DATA"] = os.environ["FACTBASE_TEST_DATA"]
os.environ.pop("FACTBASE_HTTPS", None)

from factbase.settings import *  # noqa: F403 the same settings, in the folder named above

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 whitenoise warns where there is none
