"""Databases for tests: one template per state of the code, cloned for each worker and on demand."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from factbase.postgres import rights
from factbase.postgres.locks import hold_lock

ALIASES = ("default", "owner")
SHAPED_BY = ("*/migrations/*.py", "*/models/*.py", "factbase/models.py", "requirements*.txt")


def template_name() -> str:
    """The name of the template for the code as it stands, and for the run when on a server."""
    digest = hashlib.sha256()
    for pattern in SHAPED_BY:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes())
    run = Path(settings.DATA_DIR).name.replace("-", "_")[-12:]
    return f"test_{run}_{digest.hexdigest()[:12]}"


@contextmanager
def server() -> Iterator[psycopg.Connection]:
    """A connection as the owner, outside of every test database."""
    wrapper = connections.create_connection("owner")
    wrapper.settings_dict = wrapper.settings_dict | {"NAME": wrapper.settings_dict["HOME"]}
    params = wrapper.get_connection_params()
    connection = psycopg.connect(
        **{name: params[name] for name in params if name not in ("context", "cursor_factory")},
        autocommit=True,
    )
    with connection:
        yield connection
    connection.close()


def remember_home() -> None:
    """Keep the name of the product's database, which the aliases leave for clones."""
    for alias in ALIASES:
        names = connections.settings[alias]
        names.setdefault("HOME", names["NAME"])


def point_to(name: str) -> None:
    """Let both aliases mean a database, in this and in later threads."""
    for alias in ALIASES:
        connections[alias].close()
        connections.settings[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name


def make_template() -> str:
    """The template, made and migrated as owner by the first worker that needs it."""
    name = template_name()
    with hold_lock(Path(settings.DATA_DIR) / "template.lock"), server() as connection:
        forget_about_power_cuts(connection)
        known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if known.rowcount:
            return name
        draft = f"{name}_draft"
        drop(draft)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
        point_to(draft)
        call_command("migrate", verbosity=0)
        for alias in ALIASES:
            connections[alias].close()
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(draft), sql.Identifier(name)
            )
        )
    return name


def forget_about_power_cuts(connection: psycopg.Connection) -> None:
    """In the tests' own server, wait for no disk: many databases are made and dropped."""
    if os.environ.get("DATABASE_URL"):
        return
    with psycopg.connect(connection.info.dsn, user="postgres", autocommit=True) as superuser:
        superuser.execute("ALTER SYSTEM SET fsync = off")
        superuser.execute("SELECT pg_reload_conf()")


def clone(template: str, name: str) -> None:
    """A fresh copy of the template; rights on the database itself are not copied along."""
    with hold_lock(Path(settings.DATA_DIR) / "template.lock"), server() as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    point_to(name)
    rights.apply(connections["owner"])


def drop(name: str) -> None:
    """Drop a database with whoever is still in it."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    with server() as connection:
        try:
            connection.execute(statement + sql.SQL(" WITH (FORCE)"))
        except psycopg.errors.InsufficientPrivilege:
            # A worker of autovacuum is in it, which goes by itself when asked without force.
            connection.execute(statement)


def remove_data(data_dir: Path) -> None:
    """Remove a data folder of tests, with the cluster that root keeps elsewhere."""
    record = data_dir / "postgres" / "record.json"
    if record.exists():
        known = json.loads(record.read_text())
        shutil.rmtree(record.parent / known["cluster"], ignore_errors=True)
        shutil.rmtree(known.get("sockets", record.parent / "none"), ignore_errors=True)
    shutil.rmtree(data_dir, ignore_errors=True)


def is_ours_to_remove() -> bool:
    """Whether this process made the data folder of the run."""
    return os.environ.get("FACTBASE_TEST_DATA_MADE_BY") == str(os.getpid())
