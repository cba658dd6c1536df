"""Folders, socket and user of the embedded PostgreSQL of a data folder.

DATA/postgres/               0700
    record.json              cluster, socket folder, the data folder's real path
    start.lock               held while the server is looked at or started
    users.lock               held shared by every process that uses the server
    keeper.lock              held by the keeper, with its process id
    server.log
    cluster/                 PostgreSQL's files, when an ordinary user runs it
/var/lib/factbase/           when root runs it, for PostgreSQL refuses to run as root
    bin/<version>/           the binaries, readable by the other user
    <hash of the data folder's real path>/   the cluster, owned by the other user
"""

import hashlib
import json
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factbase.postgres import binaries
from factbase.postgres.refusals import DatabaseUnavailable

SYSTEM_FOLDER = Path("/var/lib/factbase")
SYSTEM_USERS = ("factbase", "nobody")
MAX_SOCKET_PATH = 106
PORT = "5432"  # only names the socket: the server listens on no port


@dataclass(frozen=True)
class ServerLocation:
    """Folders, socket and user of one server. `runs_as` None is the current user."""

    home: Path
    cluster: Path
    sockets: Path
    binaries: Path
    runs_as: pwd.struct_passwd | None

    @property
    def socket(self) -> Path:
        """The socket that the server makes."""
        return self.sockets / f".s.PGSQL.{PORT}"


def home_of(data_dir: Path) -> Path:
    """The folder of locks, log and record of a data folder."""
    return data_dir / "postgres"


def read_record(home: Path) -> dict[str, Any]:
    """Read the data folder's record of its server; empty when it has none."""
    try:
        record = json.loads((home / "record.json").read_text())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise DatabaseUnavailable(
            "record_unreadable",
            f"The record {home / 'record.json'} cannot be read ({error}). Bring it back from a "
            "copy of the data folder, or choose another data folder with FACTBASE_DATA.",
        ) from error
    return dict(record)


def write_record(home: Path, record: dict[str, Any]) -> None:
    """Replace the record in one step."""
    draft = home / f"record.json.{os.getpid()}"
    draft.write_text(json.dumps(record, indent=1) + "\n")
    draft.chmod(0o600)
    draft.replace(home / "record.json")


def prepare_location(data_dir: Path) -> ServerLocation:
    """Find or choose the location of a data folder's server and record it; makes no cluster.

    Refuses with DatabaseUnavailable: a data folder of someone else, a cluster that is gone, of
    another major version or of another user, missing binaries, no user to run as.
    """
    home = make_home(data_dir)
    record = current_record(home, data_dir)
    as_root = os.geteuid() == 0
    if "cluster" not in record:
        record["cluster"] = str(free_system_folder(data_dir)) if as_root else "cluster"
        record["ready"] = False
    cluster = home / record["cluster"]
    if record["ready"] and not (cluster / "PG_VERSION").exists():
        raise DatabaseUnavailable(
            "cluster_gone",
            f"The database {cluster} that {home / 'record.json'} names is gone. Bring it back, or "
            "move the record away to start with an empty database.",
        )
    runs_as = user_to_run_as(cluster) if as_root else None
    uid = runs_as.pw_uid if runs_as else os.geteuid()
    refuse_other_owner(cluster, uid)
    refuse_other_version(cluster)
    record["sockets"] = str(socket_folder(record.get("sockets"), runs_as))
    write_record(home, record)
    folder = binaries.shared_copy(SYSTEM_FOLDER / "bin") if as_root else binaries.installed_folder()
    return ServerLocation(home, cluster, Path(record["sockets"]), folder, runs_as)


def make_home(data_dir: Path) -> Path:
    """Make the folder of the server inside the data folder, for its owner alone."""
    home = home_of(data_dir)
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        home.mkdir(mode=0o700, exist_ok=True)
        home.chmod(0o700)
    except OSError as error:
        raise DatabaseUnavailable(
            "data_folder_unusable",
            f"The data folder {data_dir} cannot be used ({error.strerror}). Run as its owner, "
            "name another with FACTBASE_DATA, or set DATABASE_URL to a PostgreSQL of your own.",
        ) from error
    return home


def current_record(home: Path, data_dir: Path) -> dict[str, Any]:
    """Return the record; in a copied data folder without the socket and cluster of the original."""
    record = read_record(home)
    real = str(data_dir.resolve())
    known = record.get("data_folder", real)
    if known != real:
        record.pop("sockets", None)
        if (
            Path(record["cluster"]).is_absolute()
            and (home_of(Path(known)) / "record.json").exists()
        ):
            record = {}
    record["data_folder"] = real
    return record


def free_system_folder(data_dir: Path) -> Path:
    """A folder for a new cluster under /var/lib, named after the data folder's real path."""
    name = hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:16]
    folder, number = SYSTEM_FOLDER / name, 1
    while folder.exists():
        number += 1
        folder = SYSTEM_FOLDER / f"{name}-{number}"
    return folder


def user_to_run_as(cluster: Path) -> pwd.struct_passwd:
    """The user as whom root runs the server: the owner of its files, else a system user."""
    if cluster.exists():
        owner = cluster.stat().st_uid
        for user in pwd.getpwall():
            if user.pw_uid == owner and owner != 0:
                return user
    add_system_user()
    for name in SYSTEM_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise DatabaseUnavailable(
        "no_user",
        "PostgreSQL does not run as root, and there is no other user to run it as. Make one "
        "(useradd --system factbase), run as an ordinary user, or set DATABASE_URL.",
    )


def add_system_user() -> None:
    """Make the system user `factbase` where there is none and the system lets us."""
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd and not any(user.pw_name == SYSTEM_USERS[0] for user in pwd.getpwall()):
        subprocess.run(
            [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "factbase"],
            capture_output=True,
            check=False,  # SYSTEM_USERS names a second user
        )


def refuse_other_owner(cluster: Path, uid: int) -> None:
    """Refuse a cluster of another user: PostgreSQL runs only as the owner of its files."""
    if cluster.exists() and cluster.stat().st_uid != uid:
        raise DatabaseUnavailable(
            "cluster_of_another_user",
            f"The database {cluster} belongs to another user (id {cluster.stat().st_uid}). Run as "
            "that user, or name another data folder with FACTBASE_DATA.",
        )


def refuse_other_version(cluster: Path) -> None:
    """Refuse a cluster of another major version, which PostgreSQL does not read."""
    try:
        major = (cluster / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        return
    if major != str(binaries.MAJOR):
        raise DatabaseUnavailable(
            "other_major_version",
            f"The database {cluster} is of PostgreSQL {major}, and this factbase brings "
            f"{binaries.MAJOR}. To move: with the version of factbase that made it, run "
            "`manage.py backup FILE`; then, with this one and a new data folder (FACTBASE_DATA), "
            "run `manage.py restore FILE`.",
        )


def socket_folder(recorded: str | None, runs_as: pwd.struct_passwd | None) -> Path:
    """A short private folder for the socket: the recorded one while it is ours, else a new one.

    Folders under /tmp may be cleaned away, and then anyone could make one of that name.
    """
    uid = runs_as.pw_uid if runs_as else os.geteuid()
    if recorded and is_private(Path(recorded), uid):
        return Path(recorded)
    base = "/tmp" if os.access("/tmp", os.W_OK) else tempfile.gettempdir()  # noqa: S108 short, and the new folder is private
    folder = Path(tempfile.mkdtemp(prefix="factbase-", dir=base))
    if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) > MAX_SOCKET_PATH:
        folder.rmdir()
        raise DatabaseUnavailable(
            "socket_path_too_long",
            f"The folder for temporary files, {base}, has too long a path for a socket. Make /tmp "
            "writable, or set DATABASE_URL.",
        )
    if runs_as:
        os.chown(folder, runs_as.pw_uid, runs_as.pw_gid)
    return folder


def is_private(folder: Path, uid: int) -> bool:
    """Whether it is a real folder of that user which no one else can enter."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == uid and not found.st_mode & 0o077
