"""Settings of the benchmarks: those of the product, with plain views of the same rows beside it."""

import os

from factbase.settings import *  # noqa: F403 the same settings
from factbase.settings import DATABASES, REST_FRAMEWORK, STATIC_ROOT

ROOT_URLCONF = "tests.benchmarks.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
# One address asks for everything here.
SCOPES = ("anon", "factsheets", "exports", "quotes")
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = dict.fromkeys(SCOPES, "9999999/min")
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns where there is none

# A web server that the benchmark starts reads the database that the benchmark filled.
if database := os.environ.get("FACTBASE_BENCH_DATABASE"):
    for alias in DATABASES.values():
        alias["NAME"] = database
