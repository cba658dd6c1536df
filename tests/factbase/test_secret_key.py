"""The key is made once, is long, and is nobody else's."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from factbase.secret_key import secret_key


def test_it_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    key = secret_key(tmp_path / "data")

    assert secret_key(tmp_path / "data") == key
    assert len(key) >= 50
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret_key"]


def test_those_who_make_it_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(secret_key, [tmp_path] * 32))

    assert len(keys) == 1


def test_two_data_folders_have_two_keys(tmp_path: Path) -> None:
    assert secret_key(tmp_path / "one") != secret_key(tmp_path / "two")
