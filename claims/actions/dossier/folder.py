"""The folder of a dossier: its two files and the texts that they name."""

from pathlib import Path

from claims.domain.dossier.contents import Dossier
from claims.domain.dossier.faults import DossierRefused
from claims.domain.dossier.parsing import DOSSIER, SOURCES, parse_dossier
from sources.actions.captures.capture import MAX_SIZE
from sources.domain.refusals import Refusal


def read_folder(folder: Path, *, by: str) -> tuple[Dossier, dict[str, bytes]]:
    """The dossier in a folder, with the bytes of each text by file name.

    `by` is the account that writes its claims. Raises DossierRefused.
    """
    if not folder.is_dir():
        raise folder_refusal(
            "no_folder", f"{folder} is no folder. Name the one that has {DOSSIER}."
        )
    dossier = parse_dossier(
        sources=read_file(folder, SOURCES),
        dossier=read_file(folder, DOSSIER),
        folder=folder.resolve().name,
        by=by,
    )
    texts: dict[str, bytes] = {}
    faults: list[Refusal] = []
    for source in dossier.sources:
        if source.file:
            try:
                texts[source.file] = read_file(folder, source.file)
            except DossierRefused as refusal:
                message = f"{SOURCES}, source “{source.id}”: {refusal.message}"
                faults.append(Refusal(refusal.code, message))
    if faults:
        raise DossierRefused(faults)
    return dossier, texts


def read_file(folder: Path, name: str) -> bytes:
    """The bytes of a file in the folder itself. Raises DossierRefused."""
    path = folder / name
    if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
        raise folder_refusal(
            "outside", f"The file {name} leads out of the folder. Put the text in it."
        )
    try:
        if path.stat().st_size > MAX_SIZE:
            raise folder_refusal("too_large", f"The file {name} has more than {MAX_SIZE:,} bytes.")
        return path.read_bytes()
    except OSError as error:
        raise folder_refusal(
            "unreadable", f"The file {name} cannot be read ({error.strerror})."
        ) from error


def folder_refusal(code: str, message: str) -> DossierRefused:
    """One fault, of the folder."""
    return DossierRefused([Refusal(code, message)])
