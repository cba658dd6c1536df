"""Steps with editions: issuing, correcting and withdrawing them, their files, checking a file."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from claims.actions.factsheets.issuing import issue_edition
from claims.actions.factsheets.taking_back import add_erratum, withdraw_edition
from claims.domain.factsheets.edition_marks import MAX_FILE
from claims.factsheets.cite import StyleUnknown
from claims.factsheets.render import RenderFailed
from claims.factsheets.render_slots import BACKGROUND_WAIT
from claims.management.factsheets.files import json_object, write_whole
from claims.management.factsheets.sheets import sheet_of
from claims.models import Edition
from claims.readings.edition_files import bytes_as_issued, check_file
from claims.readings.editions import read_edition
from claims.vocabulary.factsheets import FileVerdict
from sources.domain.refusals import quoted
from sources.management.arguments import account_named
from sources.readings.reader import Reader


def edition_of(key: str, number: int) -> Edition:
    """The edition of that number of a fact sheet. Raises CommandError."""
    sheet = sheet_of(key)
    found = sheet.editions.filter(number=number).first()
    if found is None:
        numbers = sheet.editions.order_by("number").values_list("number", flat=True)
        there = f"There are: {', '.join(map(str, numbers))}." if numbers else "None is issued yet."
        raise CommandError(f"{key} has no edition {number}. {there}")
    return found


def issue_sheet(options: dict[str, Any], say: Callable[[str], None]) -> Iterator[str]:
    """Issue the next edition; `say` hears how many files are made."""
    sheet = sheet_of(options["key"])
    notes = notes_given(options["note"], options["notes"])
    address = base_url_given(options["base_url"])
    by = account_named(options["username"])

    def on_file(made: int, total: int) -> None:
        if made:
            say(f"Made {made} of {total} files.")

    try:
        edition = issue_edition(
            sheet=sheet,
            notes=notes,
            by=by,
            clock=timezone.now,
            base_url=address,
            wait=BACKGROUND_WAIT,
            on_file=on_file,
        )
    except (StyleUnknown, RenderFailed) as failed:
        raise CommandError(f"{failed} Nothing was issued.") from failed
    yield f"Edition {edition.number} of {sheet.key} is issued: {address}/f/{sheet.key}/" + str(
        edition.number
    )


def base_url_given(address: str) -> str:
    """Where readers find the pages, for the short address on each sheet. Raises CommandError."""
    address = (address or next(iter(settings.CSRF_TRUSTED_ORIGINS), "")).rstrip("/")
    if not address.startswith(("http://", "https://")):
        raise CommandError(
            "Say with --base-url where readers find the pages, such as https://facts.example.org, "
            "or set FACTBASE_ORIGINS: the short address stands on every sheet."
        )
    return address


def notes_given(written: list[str], file: Path | None) -> dict[str, str]:
    """The notes by key of the finding, those of the command line over those of the file."""
    notes: dict[str, str] = {}
    for key, words in (json_object(str(file)) if file else {}).items():
        if not isinstance(words, str):
            raise CommandError(f"{file}: the note on {quoted(key)} is no text.")
        notes[key] = words
    for one in written:
        key, sign, words = one.partition("=")
        if not (sign and key.strip()):
            raise CommandError(
                f"{quoted(one)} is no note. Write it as FINDING=WORDS; `check` prints the keys."
            )
        notes[key.strip()] = words
    return notes


def add_erratum_to(options: dict[str, Any]) -> Iterator[str]:
    """Correct an edition in words that readers see."""
    edition = edition_of(options["key"], options["number"])
    by = account_named(options["username"])
    add_erratum(edition=edition, words=options["words"], by=by, at=timezone.now())
    yield f"The erratum stands on edition {edition.number} of {options['key']}."


def withdraw_one(options: dict[str, Any]) -> Iterator[str]:
    """Take an edition back."""
    edition = edition_of(options["key"], options["number"])
    by = account_named(options["username"])
    withdraw_edition(edition=edition, reason=options["reason"], by=by, at=timezone.now())
    yield f"Edition {edition.number} of {options['key']} is withdrawn; it stays readable, marked."


def write_files(options: dict[str, Any]) -> Iterator[str]:
    """Write the files of an edition into a folder. Raises SystemExit with 2 where one is not given.

    A file that is withheld, or closed to readers, is named and left out.
    """
    row = edition_of(options["key"], options["number"])
    reader = Reader(None, timezone.now())
    edition = read_edition(options["key"], row.number, reader)
    if edition is None:
        raise CommandError(f"Edition {row.number} of {options['key']} is not issued yet.")
    folder: Path = options["output"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"{folder} cannot be made: {error.strerror}.") from error
    for file in edition.files:
        if not file.is_given:
            why = "withheld" if file.is_withheld else "closed to readers"
            yield f"{file.name}: {why}, not written"
            continue
        write_whole(folder / file.name, bytes_as_issued(row.pk, file.sha256))
        yield f"{folder / file.name}  {file.sha256}"
    if not all(file.is_given for file in edition.files):
        raise SystemExit(2)


def verify_file_given(options: dict[str, Any]) -> Iterator[str]:
    """Whether a file is one of an edition or an extract, and why that is not current.

    Raises SystemExit with 2 for all but a current one.
    """
    path = Path(options["file"])
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > MAX_FILE:
        raise CommandError(
            f"{path} has more than {MAX_FILE} bytes. No edition is as long; compare the SHA-256 of "
            "a longer extract with the one on its page."
        )
    check = check_file(data, Reader(None, timezone.now()))
    yield check.sentence
    for reason in check.reasons:
        yield f"  {reason}"
    if check.verdict != FileVerdict.CURRENT:
        raise SystemExit(2)
