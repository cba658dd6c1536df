"""The embedded server starts with its first user, outlives kill -9 and ends with its last user."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from factbase.postgres import binaries, embedded
from factbase.postgres.location import home_of, prepare_location
from factbase.postgres.locks import is_held
from factbase.postgres.refusals import DatabaseUnavailable
from tests.kept_server import remove_data

# A process that uses the server until its standard input ends.
USER = """
import signal
import sys
from pathlib import Path
from factbase.postgres import embedded
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where tests run in background
embedded.address(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A data folder with a space in its path."""
    folder = tmp_path / "a data folder"
    yield folder
    release(folder)
    remove_data(folder)


def release(folder: Path) -> None:
    """Leave the server of a folder and see that it ends."""
    home = home_of(folder)
    if home in embedded._user_locks:
        embedded.release_server(home)
    assert eventually(lambda: not is_running(folder))


def is_running(folder: Path) -> bool:
    """Whether a keeper runs a server for the folder."""
    lock = home_of(folder) / "keeper.lock"
    return lock.exists() and is_held(lock)


def eventually(condition: Callable[[], object], within: float = 30.0) -> bool:
    """Whether a condition comes true in time."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False


def connect(folder: Path, role: str = "factbase") -> psycopg.Connection:
    """A connection to the folder's server."""
    place = embedded.address(folder)
    return psycopg.connect(host=place["host"], port=place["port"], user=role, dbname="factbase")


def answer(folder: Path) -> int:
    """Return the server's answer to a query."""
    with connect(folder) as connection:
        row = connection.execute("SELECT 42").fetchone()
    connection.close()
    return int(row[0]) if row else 0


def postmaster(folder: Path) -> int:
    """The process id of the server."""
    home = home_of(folder)
    cluster = home / json.loads((home / "record.json").read_text())["cluster"]
    return int((cluster / "postmaster.pid").read_text().split("\n", 1)[0])


@contextmanager
def another_user(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that uses the server."""
    process = subprocess.Popen(
        [sys.executable, "-c", USER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=settings.BASE_DIR,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        if process.poll() is None:
            process.communicate()


def test_it_starts_with_both_roles_and_ends_with_its_user(data_dir: Path) -> None:
    with connect(data_dir) as runtime, connect(data_dir, "factbase_owner") as owner:
        rows = [
            connection.execute(
                "SELECT current_user, rolsuper, current_setting('fsync'), datlocprovider, "
                "datlocale, pg_encoding_to_char(encoding), current_setting('listen_addresses') "
                "FROM pg_roles, pg_database WHERE rolname = current_user "
                "AND datname = current_database()"
            ).fetchone()
            for connection in (runtime, owner)
        ]
    runtime.close()
    owner.close()

    embedded.release_server(home_of(data_dir))

    assert rows == [
        (role, False, "on", "b", "C.UTF-8", "UTF8", "") for role in ("factbase", "factbase_owner")
    ]
    assert not is_running(data_dir)


def test_only_its_owner_can_look_into_it(data_dir: Path) -> None:
    answer(data_dir)
    place = prepare_location(data_dir)

    modes = {
        path: path.stat().st_mode & 0o077 for path in (place.home, place.cluster, place.sockets)
    }

    assert set(modes.values()) == {0}


def test_it_serves_two_processes_and_ends_with_the_last(data_dir: Path) -> None:
    with another_user(data_dir):
        with another_user(data_dir):
            first = postmaster(data_dir)
        assert is_running(data_dir)
        assert postmaster(data_dir) == first

    assert not is_running(data_dir)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_it_ends_however_its_last_user_ended(data_dir: Path, how: signal.Signals) -> None:
    with another_user(data_dir) as process:
        process.send_signal(how)
        process.wait(30)

    assert eventually(lambda: not is_running(data_dir))


def test_it_comes_back_after_a_kill_of_the_server(data_dir: Path) -> None:
    answer(data_dir)
    before = postmaster(data_dir)

    os.kill(before, signal.SIGKILL)

    assert eventually(lambda: answer_or_nothing(data_dir) == 42)
    assert postmaster(data_dir) != before


def answer_or_nothing(folder: Path) -> int:
    """Return the server's answer; 0 when it stopped before the query."""
    try:
        return answer(folder)
    except psycopg.OperationalError:
        return 0


def test_what_was_committed_is_there_after_a_kill_and_the_rest_is_not(data_dir: Path) -> None:
    with connect(data_dir, "factbase_owner") as connection:
        connection.execute("CREATE TABLE kept (id bigint)")
        connection.commit()
        connection.execute("INSERT INTO kept VALUES (1)")
        connection.commit()
        connection.execute("INSERT INTO kept VALUES (2)")
        os.kill(postmaster(data_dir), signal.SIGKILL)
        connection.close()
    eventually(lambda: answer_or_nothing(data_dir) == 42)

    with connect(data_dir, "factbase_owner") as connection:
        assert connection.execute("SELECT id FROM kept").fetchall() == [(1,)]
    connection.close()


@pytest.mark.long
def test_a_kill_of_the_keeper_and_of_the_server_is_mended_by_the_next_user(data_dir: Path) -> None:
    answer(data_dir)
    keeper = int((home_of(data_dir) / "keeper.lock").read_text())
    server = postmaster(data_dir)

    os.kill(keeper, signal.SIGKILL)
    os.kill(server, signal.SIGKILL)

    assert eventually(lambda: answer_or_nothing(data_dir) == 42)


@pytest.mark.long
def test_a_server_whose_keeper_was_killed_gets_a_new_keeper(data_dir: Path) -> None:
    answer(data_dir)
    os.kill(int((home_of(data_dir) / "keeper.lock").read_text()), signal.SIGKILL)
    eventually(lambda: not is_running(data_dir))

    assert eventually(lambda: answer_or_nothing(data_dir) == 42)
    assert is_running(data_dir)


@pytest.mark.long
def test_a_lock_file_that_names_a_stranger_is_not_believed(data_dir: Path) -> None:
    answer(data_dir)
    place = prepare_location(data_dir)
    lock = place.cluster / "postmaster.pid"
    left_over = lock.read_text().split("\n")
    owner = lock.stat()
    embedded.release_server(home_of(data_dir))
    stranger = os.getppid()
    lock.write_text("\n".join([str(stranger), *left_over[1:]]))
    os.chown(lock, owner.st_uid, owner.st_gid)

    assert binaries.foreign_pid_of_stale_lock(place.cluster) == stranger
    assert answer(data_dir) == 42


@pytest.mark.long
def test_it_comes_back_when_tmp_was_cleaned_while_it_was_down(data_dir: Path) -> None:
    answer(data_dir)
    before = prepare_location(data_dir).sockets
    embedded.release_server(home_of(data_dir))
    shutil.rmtree(before)
    before.mkdir(mode=0o777)  # someone else may take the name
    before.chmod(0o777)

    assert answer(data_dir) == 42
    assert prepare_location(data_dir).sockets != before
    before.rmdir()


def test_two_data_folders_have_two_servers(data_dir: Path, tmp_path: Path) -> None:
    other = tmp_path / "another folder"
    try:
        with connect(data_dir, "factbase_owner") as connection:
            connection.execute("CREATE TABLE here (id bigint)")
        connection.close()
        with connect(other) as connection:
            assert connection.execute("SELECT to_regclass('here')").fetchone() == (None,)
        connection.close()
        assert postmaster(data_dir) != postmaster(other)
    finally:
        release(other)
        remove_data(other)


@pytest.mark.long
def test_a_copy_of_a_data_folder_shares_no_socket_with_it(data_dir: Path, tmp_path: Path) -> None:
    answer(data_dir)
    sockets = prepare_location(data_dir).sockets
    embedded.release_server(home_of(data_dir))
    copy = tmp_path / "copy"
    shutil.copytree(data_dir, copy, symlinks=True)
    try:
        answer(data_dir)
        assert answer(copy) == 42
        assert prepare_location(copy).sockets != sockets
        assert postmaster(copy) != postmaster(data_dir)
    finally:
        release(copy)
        remove_data(copy)


@pytest.mark.long
def test_a_data_folder_that_moved_keeps_its_rows(data_dir: Path, tmp_path: Path) -> None:
    with connect(data_dir, "factbase_owner") as connection:
        connection.execute("CREATE TABLE here (id bigint)")
    connection.close()
    embedded.release_server(home_of(data_dir))
    moved = data_dir.rename(tmp_path / "moved")
    try:
        with connect(moved) as connection:
            assert connection.execute("SELECT to_regclass('here')").fetchone() == ("here",)
        connection.close()
    finally:
        release(moved)
        remove_data(moved)


def test_a_cluster_of_another_major_version_is_refused_with_the_way_to_move(data_dir: Path) -> None:
    answer(data_dir)
    version = prepare_location(data_dir).cluster / "PG_VERSION"
    embedded.release_server(home_of(data_dir))
    version.write_text("17\n")

    with pytest.raises(DatabaseUnavailable, match=r"of PostgreSQL 17.*backup FILE.*restore FILE"):
        answer(data_dir)


@pytest.mark.long
def test_a_cluster_that_is_gone_is_not_replaced_in_silence(data_dir: Path) -> None:
    answer(data_dir)
    cluster = prepare_location(data_dir).cluster
    embedded.release_server(home_of(data_dir))
    cluster.rename(cluster.with_name(f"{cluster.name}.away"))
    try:
        with pytest.raises(DatabaseUnavailable, match="is gone"):
            answer(data_dir)
    finally:
        cluster.with_name(f"{cluster.name}.away").rename(cluster)


def test_missing_programs_are_refused_with_what_to_do(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "INSTALL_FOLDER", "pginstall99")

    with pytest.raises(DatabaseUnavailable, match=r"Install the requirements .* set DATABASE_URL"):
        answer(data_dir)


@pytest.mark.long
def test_a_server_that_cannot_start_says_why(data_dir: Path) -> None:
    answer(data_dir)
    cluster = prepare_location(data_dir).cluster
    embedded.release_server(home_of(data_dir))
    with (cluster / "postgresql.conf").open("a") as configuration:
        configuration.write("no_such_setting = on\n")

    with pytest.raises(DatabaseUnavailable, match=r"no_such_setting.*set DATABASE_URL"):
        answer(data_dir)
