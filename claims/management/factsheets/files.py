"""Files that `manage.py factsheet` reads and writes."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from sources.domain.refusals import Refusal
from sources.domain.strict_json import read_json


def json_object(name: str) -> dict[str, Any]:
    """The object in a JSON file, or in standard input for "-". Raises CommandError."""
    label = "standard input" if name == "-" else Path(name).name
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
    try:
        value = read_json(data, file=label)
    except Refusal as refusal:
        raise CommandError(refusal.message) from refusal
    if not isinstance(value, dict):
        raise CommandError(f"{label}: an object is needed, in braces. Nothing was read.")
    return value


def write_whole(path: Path, written: bytes) -> None:
    """Write a file whole or not at all: a reader never finds half a sheet. Raises CommandError."""
    try:
        _replace(path, written)
    except OSError as error:
        raise CommandError(
            f"{path} cannot be written: {error.strerror}. Name another place."
        ) from error


def _replace(path: Path, written: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(written)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
