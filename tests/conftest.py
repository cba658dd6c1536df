"""Fixtures of all tests: databases cloned from a template, and no network but this machine."""

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connections, transaction
from hypothesis import HealthCheck
from pytest_django import DjangoDbBlocker
from pytest_socket import socket_allow_hosts

from tests import databases
from tests.kept_server import remove_data
from tests.museum import museum as museum  # a fixture for every test

TESTS = Path(__file__).parent
# The folders of tests of pages in HTML, and the modules there that are of the database too.
PAGES = {"admin", "pages"}
OPENS_EVERY_PAGE = {"test_every_page.py", "test_lists.py", "test_pages.py"}

# One profile for all property tests. A busy machine draws and runs slowly, which says nothing about
# the code, so that no clock fails a test. Whatever fails is printed as a line that repeats it.
hypothesis.settings.register_profile(
    "factbase",
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
hypothesis.settings.load_profile("factbase")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Spare the garbage collector what is there for the whole run: modules and ten thousand tests.

    Each look at all of it takes a second, and looks had come to a fifth of the processor's time.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        gc.enable()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None, None, None]:
    """Mark the tests of the database for `-m`, and let each worker begin with long ones."""
    for item in items:
        if is_of_the_database(item):
            item.add_marker("database")
    yield
    begin_with_long_tests(items, getattr(config, "workerinput", {}).get("workercount", 1))


def is_of_the_database(item: pytest.Item) -> bool:
    """Whether another PostgreSQL could answer a test otherwise.

    Not those in a browser: scripts and layout do not ask which one answers. What pages in HTML ask
    is in QuerySets, readings and actions, whose tests are of the database; of the pages, those are
    that open every one, every list with its filters, and the forms.
    """
    fixtures = getattr(item, "fixturenames", ())
    asks = "django_db_setup" in fixtures or item.get_closest_marker("django_db")
    is_of_pages = not PAGES.isdisjoint(item.path.relative_to(TESTS).parts)
    return (
        bool(asks)
        and "browse" not in fixtures
        and (not is_of_pages or item.path.name in OPENS_EVERY_PAGE)
    )


def begin_with_long_tests(items: list[pytest.Item], workers: int) -> None:
    """Let each worker begin with its share of the long tests, so that none is left at the end.

    `--dist=worksteal` gives each worker a part of the list; who is done takes from another's end.
    """
    long = [item for item in items if item.get_closest_marker("long")]
    others = [item for item in items if not item.get_closest_marker("long")]
    items[:] = []
    for number in range(workers):
        start, end = (len(others) * each // workers for each in (number, number + 1))
        items += [*long[number::workers], *others[start:end]]


def pytest_runtest_setup() -> None:
    """Let tests talk to this machine and to nobody else."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Both aliases mean a clone of this worker's own; its value is the template's name."""
    with django_db_blocker.unblock():
        databases.remember_home()
        template = databases.clone_for_worker()
    yield template
    with django_db_blocker.unblock():
        connections.close_all()
        databases.drop(databases.worker_name())


@pytest.fixture(scope="module")
def module_transaction(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction around the tests of a module, for rows that are made once for all of them.

    Each test is rolled back to where it began; give each a copy of what was made (`deepcopy`),
    since tests change rows in memory too. Every test of the module may see the rows, and none may
    use `cloned_database`, which closes the connection.
    """
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]  # durable ones may be inside
        with around:
            yield
            transaction.set_rollback(True)


@pytest.fixture
def cloned_database(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A fresh database for one test of real transactions; its value is the database's name.

    Tables refuse TRUNCATE, so that Django's TransactionTestCase cannot be used. Commits are real;
    threads and `owner` see them. Close what you open in other threads.
    """
    with django_db_blocker.unblock(), databases.cloned(django_db_setup) as name:
        yield name


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that began the run removes its data folder; the template stays for the next."""
    if hasattr(config, "workerinput") or not databases.is_ours_to_remove():
        return
    if not os.environ.get("DATABASE_URL"):
        from factbase.postgres import embedded

        embedded.release_all()
    remove_data(Path(settings.DATA_DIR))
