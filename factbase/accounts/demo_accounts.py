"""The accounts of a demo: one per role, with a random password kept in the data folder."""

import json
import os
import secrets
from pathlib import Path

from django.db import transaction

from factbase.models import User
from sources.vocabulary import Role


def passwords_file(data_dir: Path) -> Path:
    """Return the path of the file with the passwords, which only the data folder's owner reads."""
    return data_dir / "demo-accounts.json"


def create_demo_accounts(data_dir: Path) -> dict[str, str]:
    """Make the accounts when the database has none: name → password. Else make nothing."""
    if User.objects.exists():
        return {}
    passwords = {role.value: secrets.token_urlsafe(12) for role in Role}
    with transaction.atomic():
        for role in Role:
            User.objects.create_user(
                username=role.value,
                password=passwords[role.value],
                display_name=f"Demo {role.label.lower()}",
                role=role,
                is_staff=True,
            )
        write_passwords(passwords_file(data_dir), passwords)
    return passwords


def write_passwords(path: Path, passwords: dict[str, str]) -> None:
    """Write the passwords in one step, readable by nobody else at any time."""
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(json.dumps(passwords, indent=1) + "\n")
    draft.replace(path)
