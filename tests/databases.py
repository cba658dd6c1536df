"""Databases for tests: one template per state of the code, cloned for each worker and on demand.

test_template_<hash>              kept between runs; the hash is of all that shapes it
test_template_<hash>_draft        while it is being made
test_<machine>_<process>          the clone of a worker
test_<machine>_<process>_…        clones for single tests and modules
"""

import hashlib
import os
import platform
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from tests.memory import PREFIX, folder_in_memory

ALIASES = ("default", "owner")
TEMPLATE = "test_template_"
MACHINE = hashlib.sha256(platform.node().encode()).hexdigest()[:6]
# Whatever decides what `migrate` leaves behind, this file included.
SHAPED_BY = (
    "*/migrations/*.py",
    "*/models/*.py",
    "*/models.py",
    "*/postgres/*.py",
    "*/querysets/past.py",
    "*/vocabulary.py",
    "*/vocabulary/*.py",
    "requirements.txt",
    "tests/databases.py",
)
# Many databases are made and dropped, none outlives its run, and nobody waits for a disk.
SERVER_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_wal_size": "4GB",
}
# Where the template is, and so its clones, of a thousand files each; only where memory has room.
TABLESPACE = "test_memory"

_numbers = count(1)


def template_name() -> str:
    """The name of the template for the code as it stands and for this server and role."""
    digest = hashlib.sha256(str(settings.DATABASES["default"].get("USER")).encode())
    for pattern in SHAPED_BY:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes())
    return f"{TEMPLATE}{digest.hexdigest()[:12]}"


def worker_name() -> str:
    """The name of the clone of this process."""
    return f"test_{MACHINE}_{os.getpid()}"


@contextmanager
def server(alias: str = "owner") -> Iterator[psycopg.Connection]:
    """A connection as the role of an alias, outside of every test database."""
    wrapper = connections.create_connection(alias)
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


def clone_for_worker() -> str:
    """Clone the template for this worker, made first where there is none; the template's name.

    A run of another state of the code drops templates that no clone shows to be needed: it waits
    until there is this clone.
    """
    template, name = template_name(), worker_name()
    with server() as connection:
        # Until the connection ends; workers, runs and machines that share a server wait here.
        connection.execute("SELECT pg_advisory_lock(hashtext('the template of the tests'))")
        set_up_server(connection)
        drop_leftovers(connection, but=template)
        known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [template])
        if not known.rowcount:
            make_template(connection, template)
        drop(name)
        clone(template, name)
    return template


def make_template(connection: psycopg.Connection, name: str) -> None:
    """Make a template and migrate it as owner."""
    draft = f"{name}_draft"
    drop(draft)
    connection.execute(
        sql.SQL("CREATE DATABASE {} {}").format(sql.Identifier(draft), place(connection))
    )
    point_to(draft)
    call_command("migrate", verbosity=0)
    for alias in ALIASES:
        connections[alias].close()
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(draft), sql.Identifier(name)
        )
    )


def set_up_server(connection: psycopg.Connection) -> None:
    """Make the tests' own server quick; one that DATABASE_URL names stays as it is."""
    if os.environ.get("DATABASE_URL"):
        return
    with psycopg.connect(connection.info.dsn, user="postgres", autocommit=True) as superuser:
        for name, value in SERVER_SETTINGS.items():
            superuser.execute(
                sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), value)
            )
        superuser.execute("SELECT pg_reload_conf()")
        make_tablespace(superuser)


def make_tablespace(superuser: psycopg.Connection) -> None:
    """Make the tablespace in memory, unless it is there; anew where its folder is gone."""
    found = superuser.execute(
        "SELECT pg_tablespace_location(oid) FROM pg_tablespace WHERE spcname = %s", [TABLESPACE]
    ).fetchone()
    if found and Path(found[0]).exists():
        return
    name = sql.Identifier(TABLESPACE)
    if found:
        inside = superuser.execute(
            "SELECT datname FROM pg_database JOIN pg_tablespace t ON t.oid = dattablespace "
            "WHERE spcname = %s",
            [TABLESPACE],
        )
        for (database,) in inside.fetchall():
            drop(database)
        superuser.execute(sql.SQL("DROP TABLESPACE {}").format(name))
    memory = folder_in_memory()
    data = superuser.execute("SHOW data_directory").fetchone()
    if memory is None or data is None:
        return
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=memory))
    runs_as = Path(data[0]).stat()
    os.chown(folder, runs_as.st_uid, runs_as.st_gid)
    superuser.execute(
        sql.SQL("CREATE TABLESPACE {} LOCATION {}").format(name, sql.Literal(str(folder)))
    )
    superuser.execute(sql.SQL("GRANT CREATE ON TABLESPACE {} TO PUBLIC").format(name))


def place(connection: psycopg.Connection) -> sql.Composable:
    """The tablespace of the template as CREATE DATABASE is told it; nothing where there is none."""
    found = connection.execute("SELECT FROM pg_tablespace WHERE spcname = %s", [TABLESPACE])
    name = sql.Identifier(TABLESPACE)
    return sql.SQL("TABLESPACE {}").format(name) if found.rowcount else sql.SQL("")


def drop_leftovers(connection: psycopg.Connection, *, but: str) -> None:
    """Drop clones of runs that died here, and templates `but` one unless a run may need them."""
    names = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'")
    clones = {name: re.match(r"test_([0-9a-f]{6})_(\d+)", name) for (name,) in names.fetchall()}
    living = 0
    for name, parts in clones.items():
        if parts and parts[1] == MACHINE and not is_running(int(parts[2])):
            drop(name)
        elif parts:
            living += 1
    if not living:
        for name in clones:
            if name.startswith(TEMPLATE) and name != but:
                drop(name)


def is_running(process: int) -> bool:
    """Whether a process of this number lives."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def clone(template: str, name: str) -> None:
    """A fresh copy of the template; rights on the database itself are not copied along."""
    database = sql.Identifier(name)
    with server() as connection:
        owner = connection.info.user
        role = str(settings.DATABASES["default"].get("USER") or owner)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(database, sql.Identifier(template))
        )
        if role != owner:
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
            connection.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(role))
            )
    point_to(name)


@contextmanager
def cloned(template: str) -> Iterator[str]:
    """Both aliases mean a fresh clone, which is dropped afterwards; its name."""
    name = f"{worker_name()}_{next(_numbers)}"
    clone(template, name)
    yield name
    connections.close_all()
    point_to(worker_name())
    drop(name)


def end_sessions(name: str) -> None:
    """End what the product's own role left connected, which the owner may not.

    A pool of connections, for one, keeps the one that it made while it was being closed.
    """
    with server("default") as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = current_user",
            [name],
        )


def drop(name: str) -> None:
    """Drop a database with whoever is still in it.

    A server waits five seconds for sessions that it may not end, and a busy machine needs more.
    """
    statement = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    with server() as connection:
        try:
            connection.execute(statement + sql.SQL(" WITH (FORCE)"))
        except psycopg.errors.InsufficientPrivilege:
            # Autovacuum or a session of another role is in it, which go by themselves.
            for patience in (5, 4, 3, 2, 1, 0):
                try:
                    connection.execute(statement)
                except psycopg.errors.ObjectInUse:
                    if not patience:
                        raise
                    end_sessions(name)
                else:
                    return


def is_ours_to_remove() -> bool:
    """Whether this process made the data folder of the run."""
    return os.environ.get("FACTBASE_TEST_DATA_MADE_BY") == str(os.getpid())
