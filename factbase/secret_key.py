"""The key that signs sessions: made once per data folder, read afterwards."""

import os
import secrets
from pathlib import Path


def secret_key(data_dir: Path) -> str:
    """The random key kept in the data folder, for its owner alone.

    Two processes that make it at once agree on one: a link appears whole, and only once.
    """
    path = data_dir / "secret_key"
    if not path.exists():
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = data_dir / f"secret_key.{secrets.token_hex(4)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
