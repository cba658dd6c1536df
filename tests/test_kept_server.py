"""The folder of the tests' own server is removed only when nobody uses it."""

from pathlib import Path

import pytest

from factbase.postgres.locks import hold_lock
from tests.kept_server import current_folder, main


def kept_since_another_boot(folder: Path) -> Path:
    """A folder with a server that was made before this boot; its keeper's lock."""
    keeper = current_folder(folder) / "postgres" / "keeper.lock"
    keeper.parent.mkdir(parents=True)
    keeper.touch()
    (folder / "made_with").write_text("another boot")
    return keeper


def test_a_server_of_another_boot_is_made_anew(tmp_path: Path) -> None:
    keeper = kept_since_another_boot(tmp_path / "kept")

    current_folder(tmp_path / "kept")

    assert not keeper.exists()


def test_a_server_that_a_run_uses_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keeper = kept_since_another_boot(tmp_path / "kept")

    with hold_lock(keeper):
        with pytest.raises(RuntimeError, match="in use"):
            current_folder(tmp_path / "kept")
        assert main(tmp_path / "kept") == 1

    assert keeper.exists()
    assert "in use" in capsys.readouterr().err
