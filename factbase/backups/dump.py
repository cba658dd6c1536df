"""Rows, history and schema as SQL: written by pg_dump, and read back through one connection.

The way back needs no psql: nothing in the file can reach a shell, and an older server is spared
the settings that it does not know.
"""

import gzip
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.db.backends.base.base import BaseDatabaseWrapper

from factbase.backups.manifest import not_a_backup
from factbase.backups.refusals import BackupRefused
from factbase.postgres import binaries

CHUNK = 1024 * 1024
MAX_STATEMENTS_BYTES = 64 * CHUNK
COPY = re.compile(rb"COPY .* FROM stdin;\n")
SETTING = re.compile(rb"SET (\w+) = .*;\n")
# pg_dump fences its text for psql with these two.
FENCE = re.compile(rb"\\(un)?restrict \w+\n")
# The schema exists already, and its comment may only be changed by its owner.
SCHEMA = re.compile(rb"(CREATE|COMMENT ON) SCHEMA public( IS '.*')?;\n")

# Some minor releases mark columns for their own use, and others refuse the mark.
MARK = re.compile(rb"ALTER TABLE (ONLY )?\S+ ALTER COLUMN \S+ SET \(pg_attver=\d+\);\n")


def write_dump(connection: BaseDatabaseWrapper, path: Path, snapshot: str) -> None:
    """Dump the schema `public` as one snapshot saw it, packed, without owners and rights."""
    info = connection.connection.info
    major = info.server_version // 10000
    if major > binaries.MAJOR:
        raise BackupRefused(
            "server_too_new",
            f"The server is PostgreSQL {major}, and the pg_dump here is of {binaries.MAJOR} and "
            "reads no newer server. Use a factbase that brings a newer PostgreSQL, or the server's "
            "own pg_dump.",
        )
    command = [
        str(binaries.installed_folder() / "pg_dump"),
        *("--dbname", info.dsn, "--no-password", "--snapshot", snapshot),
        *("--schema", "public", "--no-owner", "--no-privileges", "--encoding", "UTF8"),
        *("--format", "plain", "--compress", "gzip:6", "--file", str(path)),
    ]
    done = subprocess.run(
        command,
        env={**os.environ, "LC_ALL": "C", "PGPASSWORD": info.password},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupRefused("dump_failed", f"pg_dump could not read the database: {done.stderr}")


def replay(cursor: Any, packed: IO[bytes]) -> None:
    """Run a dump inside the cursor's transaction."""
    cursor.execute("SELECT name FROM pg_settings")
    known = {name for (name,) in cursor.fetchall()}
    with gzip.open(packed) as lines:
        while True:
            statements, copy = next_statements(lines, known)
            if statements.strip():
                cursor.execute(statements.decode())
            if not copy:
                return
            with cursor.copy(copy.decode().rstrip(";\n")) as rows:
                for data in copy_rows(lines):
                    rows.write(data)


def next_statements(lines: gzip.GzipFile, known: set[str]) -> tuple[bytes, bytes]:
    """Return the statements up to the next COPY, and that COPY; empty at the end."""
    found: list[bytes] = []
    size = 0
    while line := lines.readline(MAX_STATEMENTS_BYTES):
        if COPY.fullmatch(line):
            return b"".join(found), line
        setting = SETTING.fullmatch(line)
        unknown = setting and setting[1].decode() not in known
        if unknown or any(form.fullmatch(line) for form in (FENCE, SCHEMA, MARK)):
            continue
        if line.startswith(b"\\"):
            raise not_a_backup("its dump holds a command for psql")
        found.append(line)
        size += len(line)
        if size > MAX_STATEMENTS_BYTES:
            raise not_a_backup("its dump holds a statement without end")
    return b"".join(found), b""


def copy_rows(lines: gzip.GzipFile) -> Iterator[bytes]:
    r"""Yield the rows of one COPY, up to the line `\.`; a piece may be part of a row."""
    begins = True
    while piece := lines.readline(CHUNK):
        if begins and piece == b"\\.\n":
            return
        begins = piece.endswith(b"\n")
        yield piece
    raise not_a_backup("its dump ends amid rows")
