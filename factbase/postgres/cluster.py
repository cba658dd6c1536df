"""Making the embedded PostgreSQL's files: a cluster with its two roles and its database."""

import logging
import os
import secrets
import shutil
from pathlib import Path

from factbase.postgres import binaries
from factbase.postgres.place import SYSTEM, Place, read_record, write_record
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


def make(place: Place) -> None:
    """Make the cluster unless it stands already; it appears whole or not at all.

    Call it while holding the start lock, so that nobody else does the same.
    """
    record = read_record(place.home)
    if record["ready"]:
        return
    if not place.cluster.exists():
        log.info("Making a PostgreSQL database in %s …", place.cluster)
        draft = draft_folder(place)
        try:
            fill(draft, place)
            draft.rename(place.cluster)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    write_record(place.home, record | {"ready": True})


def draft_folder(place: Place) -> Path:
    """An empty private folder beside the cluster, owned by the user who will run it."""
    if place.cluster.is_relative_to(SYSTEM):
        binaries.make_open_folder(SYSTEM)
    draft = place.cluster.with_name(f"{place.cluster.name}.{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700)
    if place.runs_as:
        os.chown(draft, place.runs_as.pw_uid, place.runs_as.pw_gid)
    return draft


def fill(draft: Path, place: Place) -> None:
    """Initialise the cluster, and make roles and database before any server listens."""
    as_user = (place.runs_as.pw_uid, place.runs_as.pw_gid) if place.runs_as else None
    binaries.run(
        place.binaries / "initdb",
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
    said = binaries.run(
        place.binaries / "postgres",
        "--single",
        "-D",
        str(draft),
        "postgres",
        as_user=as_user,
        stdin=SET_UP,
    )
    if "ERROR:" in said:
        raise DatabaseUnavailable(
            "cluster_not_made",
            f"PostgreSQL did not make its roles and database: {said[-2000:]}",
        )
