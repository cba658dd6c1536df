"""Creation of the embedded PostgreSQL's files: a cluster with its two roles and its database."""

import logging
import os
import secrets
import shutil
from pathlib import Path

from factbase.postgres import binaries
from factbase.postgres.location import SYSTEM_FOLDER, ServerLocation, read_record, write_record
from factbase.postgres.refusals import DatabaseUnavailable

DATABASE = "factbase"
OWNER = "factbase_owner"
RUNTIME = "factbase"

# CREATEDB: tests clone databases. Neither role is a superuser.
SET_UP = f"""\
CREATE ROLE {OWNER} LOGIN CREATEDB;
CREATE ROLE {RUNTIME} LOGIN;
CREATE DATABASE {DATABASE} OWNER {OWNER};
"""

log = logging.getLogger(__name__)


def create_cluster(location: ServerLocation) -> None:
    """Create the cluster unless it exists; it appears whole or not at all.

    Call it while holding the start lock, so that nobody else does the same.
    """
    record = read_record(location.home)
    if record["ready"]:
        return
    if not location.cluster.exists():
        log.info("Making a PostgreSQL database in %s …", location.cluster)
        draft = draft_folder(location)
        try:
            initialise_cluster(draft, location)
            draft.rename(location.cluster)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    write_record(location.home, record | {"ready": True})


def draft_folder(location: ServerLocation) -> Path:
    """Make an empty private folder next to the cluster, owned by the user who will run it."""
    if location.cluster.is_relative_to(SYSTEM_FOLDER):
        binaries.make_open_folder(SYSTEM_FOLDER)
    draft = location.cluster.with_name(f"{location.cluster.name}.{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700)
    if location.runs_as:
        os.chown(draft, location.runs_as.pw_uid, location.runs_as.pw_gid)
    return draft


def initialise_cluster(draft: Path, location: ServerLocation) -> None:
    """Run initdb, and create roles and database before any server listens."""
    as_user = (location.runs_as.pw_uid, location.runs_as.pw_gid) if location.runs_as else None
    binaries.run(
        location.binaries / "initdb",
        f"--pgdata={draft}",
        "--username=postgres",
        "--auth=trust",  # the socket's folder is private to the user
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
        as_user=as_user,
    )
    stderr = binaries.run(
        location.binaries / "postgres",
        "--single",
        "-D",
        str(draft),
        "postgres",
        as_user=as_user,
        stdin=SET_UP,
    )
    if "ERROR:" in stderr:
        raise DatabaseUnavailable(
            "cluster_not_made",
            f"PostgreSQL did not make its roles and database: {stderr[-2000:]}",
        )
