"""Databases to back up and to restore into, and a PostgreSQL 15 where the system has one."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connections
from psycopg import sql
from pytest_django import Settings

from tests import databases

POSTGRESQL_15 = Path("/usr/lib/postgresql/15/bin")

Fresh = Callable[[str], None]


@pytest.fixture
def storage(settings: Settings, tmp_path: Path) -> Callable[[str], Path]:
    """Point the storage of captures to a folder of the test's own."""

    def use(name: str) -> Path:
        options = {"location": tmp_path / name, "file_permissions_mode": 0o600}
        default = settings.STORAGES["default"] | {"OPTIONS": options}
        settings.STORAGES = settings.STORAGES | {"default": default}
        return tmp_path / name

    return use


@pytest.fixture
def empty_database(cloned_database: str, storage: Callable[[str], Path]) -> Iterator[Fresh]:
    """Go on in an empty database with an empty storage, on the same server."""
    made = []

    def use(suffix: str) -> None:
        name = f"{cloned_database}_{suffix}"
        with databases.server() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        made.append(name)
        databases.point_to(name)
        storage(suffix)

    yield use
    connections.close_all()
    databases.point_to(cloned_database)
    for name in made:
        databases.drop(name)


@pytest.fixture
def migrated(
    django_db_setup: str, cloned_database: str, storage: Callable[[str], Path]
) -> Iterator[Fresh]:
    """Go on in a database that was just migrated."""
    made = []

    def use(suffix: str) -> None:
        name = f"{cloned_database}_{suffix}"
        databases.clone(django_db_setup, name)
        made.append(name)
        storage(suffix)

    yield use
    connections.close_all()
    databases.point_to(cloned_database)
    for name in made:
        databases.drop(name)


@pytest.fixture(scope="session")
def postgresql_15() -> Iterator[str]:
    """The socket folder of a PostgreSQL 15 with both roles and an empty database for each."""
    if not (POSTGRESQL_15 / "postgres").exists():
        pytest.skip(f"There is no PostgreSQL 15 in {POSTGRESQL_15}.")
    folder = Path(tempfile.mkdtemp(prefix="factbase-15-", dir="/tmp"))
    user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(POSTGRESQL_15 / program), *arguments],
            check=True,
            capture_output=program != "pg_ctl",  # the server keeps what it inherits
            stdout=subprocess.DEVNULL if program == "pg_ctl" else None,
            cwd="/",
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )

    data = f"{folder}/data"
    run("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C")
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
    try:
        for statement in (
            "CREATE ROLE factbase_owner LOGIN CREATEDB",
            "CREATE ROLE factbase LOGIN",
            "CREATE DATABASE factbase OWNER factbase_owner",
        ):
            run("psql", "-qX", "-h", str(folder), "-U", "postgres", "-c", statement, "postgres")
        yield str(folder)
    finally:
        run("pg_ctl", "-D", data, "-m", "fast", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def fingerprint() -> dict[str, tuple[int, str]]:
    """Rows and a hash over all their content, by table, and the bytes in the storage."""
    found = {}
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_stat_user_tables ORDER BY 1")
        for (name,) in cursor.fetchall():
            cursor.execute(
                "SELECT count(*), coalesce(md5(string_agg(t::text, chr(10) "
                f'ORDER BY t::text COLLATE "C")), \'\') FROM "{name}" t'
            )
            found[name] = cursor.fetchone()
        cursor.execute("SELECT sha256 FROM sources_blob")
        for (sha256,) in cursor.fetchall():
            name = f"blobs/{sha256[:2]}/{sha256}"
            with default_storage.open(name) as file:
                found[name] = (1, file.read().hex())
    return found
