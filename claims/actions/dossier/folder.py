"""The folder of a dossier: its two files, the texts that they name, and topic dictionaries."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from claims.domain.dossier.contents import Dossier, SeriesDictionary
from claims.domain.dossier.faults import DossierRefused
from claims.domain.dossier.parsing import DOSSIER, SOURCES, parse_dossier
from claims.domain.series.dictionary_files import read_dictionary_file
from sources.actions.captures.capture import MAX_SIZE
from sources.domain.refusals import Refusal, quoted

# The folder in the folder, with one file for each series that has a dictionary.
DICTIONARIES = "dictionaries"
_ENDINGS = (".yaml", ".csv")


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
    dictionaries: list[SeriesDictionary] = []
    known = {series.id for series in dossier.series}
    for path in dictionary_files(folder):
        try:
            dictionaries.append(read_dictionary_of(folder, path, known))
        except DossierRefused as refusal:
            faults += refusal.faults
        except Refusal as refusal:
            faults.append(refusal)
    faults += twice_refusals(dictionaries)
    if faults:
        raise DossierRefused(faults)
    return replace(dossier, dictionaries=tuple(dictionaries)), texts


def dictionary_files(folder: Path) -> list[Path]:
    """The files in the folder of dictionaries, by name; none where there is no such folder."""
    within = folder / DICTIONARIES
    return sorted(within.iterdir()) if within.is_dir() else []


def read_dictionary_of(folder: Path, path: Path, known: Collection[str]) -> SeriesDictionary:
    """The dictionary in a file that is named for one of the series. Raises Refusal."""
    name, key = f"{DICTIONARIES}/{path.name}", path.stem
    if path.suffix not in _ENDINGS:
        raise folder_refusal(
            "not_a_dictionary",
            f"The file {name} is no dictionary. Name it for its series: SERIES.yaml or SERIES.csv.",
        )
    if key not in known:
        raise folder_refusal(
            "unknown_series",
            f"The file {name} is named for {quoted(key)}, which is no series of this dossier.",
        )
    read = read_dictionary_file(read_file(folder, name), file=name)
    if read.series not in ("", key):
        raise folder_refusal(
            "other_series", f"The file {name} says that it is of the series {quoted(read.series)}."
        )
    return SeriesDictionary(key, name, read.dictionary)


def twice_refusals(dictionaries: Sequence[SeriesDictionary]) -> list[Refusal]:
    """A refusal for each series with two files."""
    times = Counter(given.series for given in dictionaries)
    return [
        Refusal("twice", f"The series {quoted(key)} has {files} dictionaries. Keep one file.")
        for key, files in times.items()
        if files > 1
    ]


def read_file(folder: Path, name: str) -> bytes:
    """The bytes of a file in the folder, named from there. Raises DossierRefused."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
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
