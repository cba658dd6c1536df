"""Fixtures of all tests: databases cloned from a template, and no network but this machine."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from pytest_django import DjangoDbBlocker
from pytest_socket import socket_allow_hosts

from tests import databases
from tests.museum import museum as museum  # a fixture for every test

_numbers = count(1)


def pytest_runtest_setup() -> None:
    """Let tests talk to this machine and to nobody else."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Both aliases mean a clone of this worker's own; its value is the template's name."""
    with django_db_blocker.unblock():
        databases.remember_home()
        template = databases.make_template()
        name = f"test_{os.getpid()}"
        databases.drop(name)
        databases.clone(template, name)
    yield template
    with django_db_blocker.unblock():
        connections.close_all()
        databases.drop(name)


@pytest.fixture
def cloned_database(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A fresh database for one test of real transactions; its value is the database's name.

    Tables refuse TRUNCATE, so that Django's TransactionTestCase cannot be used. Commits are real;
    threads and `owner` see them. Close what you open in other threads.
    """
    with django_db_blocker.unblock():
        worker = str(connections.settings["default"]["NAME"])
        name = f"{worker}_{next(_numbers)}"
        databases.clone(django_db_setup, name)
        yield name
        connections.close_all()
        databases.point_to(worker)
        databases.drop(name)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that began the run removes its template and its data folder."""
    if hasattr(config, "workerinput") or not databases.is_ours_to_remove():
        return
    if os.environ.get("DATABASE_URL"):
        databases.remember_home()
        for suffix in ("", "_draft"):
            databases.drop(databases.template_name() + suffix)
    else:
        from factbase.postgres import embedded

        embedded.release_all()
    databases.remove_data(Path(settings.DATA_DIR))
