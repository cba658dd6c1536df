"""`manage.py dictionary`: shows, prints and saves the topic dictionary of a series."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.actions.series.dictionaries import save_dictionary
from claims.domain.series.dictionary_files import MAX_BYTES, read_dictionary_file
from claims.factsheets.assemble import Operator
from claims.models import DictionaryVersion
from claims.readings.dictionaries import (
    DictionaryReading,
    dictionary_file,
    read_dictionary_history,
    read_dictionary_version,
    term_in_words,
)
from sources.domain.refusals import Refusal, quoted
from sources.management.arguments import account_named, open_file
from sources.models import Series
from sources.readings.reader import Reader


class Command(BaseCommand):
    """Show, print or save the topic dictionary of a series."""

    help = (
        "Work with the topic dictionary of a series: `show` its topics and the history of its "
        "versions, `read` prints it as YAML or CSV to be edited, `write` saves such a file as the "
        "next version."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a step with its arguments."""
        steps: Any = parser.add_subparsers(dest="step", metavar="STEP", required=True)
        _of_series(steps, "show", "its topics with their terms, and its versions")
        read = _of_series(steps, "read", "print it, to be edited and written again")
        read.add_argument("--number", type=int, help="a version (default: the current one)")
        read.add_argument(
            "--format", choices=["yaml", "csv"], default="yaml", dest="form", help="default: yaml"
        )
        write = _of_series(steps, "write", "save it from a YAML or CSV file, as the next version")
        write.add_argument("file", type=Path, help="the file, as `read` prints it")
        write.add_argument(
            "--number",
            type=int,
            help="the version that was edited, where the file names none; 0 for the first",
        )
        write.add_argument("--note", default="", help="what changed, and why, for the history")
        write.add_argument(
            "--by",
            "--as",
            dest="username",
            metavar="USERNAME",
            help="the account that does it (default: the only one there is)",
        )

    def handle(self, **options: Any) -> None:
        """Take the step, and print what it says."""
        steps = {"show": show_dictionary, "read": print_dictionary, "write": write_dictionary}
        series = series_named(options["series"])
        try:
            for line in steps[options["step"]](series, options):
                self.stdout.write(line)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal


def _of_series(steps: Any, name: str, words: str) -> ArgumentParser:
    parser: ArgumentParser = steps.add_parser(name, help=words, description=words)
    parser.add_argument("series", metavar="SERIES", help="the key of the series")
    return parser


def series_named(key: str) -> Series:
    """The series of that key. Raises CommandError."""
    series = Series.objects.filter(key=key).first()
    if series is None:
        known = Series.objects.order_by("key").values_list("key", flat=True)[:20]
        there = f"There are: {', '.join(known)}." if known else "There is none yet."
        raise CommandError(f"There is no series {quoted(key)}. {there}")
    return series


def operator() -> Reader:
    """Whoever has the server's shell, as a reader."""
    return Reader(Operator(), timezone.now())


def version_named(series: Series, number: int | None = None) -> DictionaryReading:
    """A version of the dictionary. Raises CommandError where there is none."""
    reading = read_dictionary_version(series, operator(), number)
    if reading is None:
        wanted = "no dictionary yet" if number is None else f"no dictionary of number {number}"
        raise CommandError(f"The series {series.key} has {wanted}.")
    return reading


def show_dictionary(series: Series, _options: dict[str, Any]) -> Iterator[str]:
    """The topics of the current version with their terms, and all versions with their changes."""
    current = version_named(series)
    yield f"{current.name}: {current.title}"
    for entry in current.entries:
        yield f"{entry.name} ({entry.topic}): {', '.join(map(term_in_words, entry.terms))}"
        if entry.note:
            yield f"  {entry.note}"
    for row in read_dictionary_history(series, operator()):
        yield ""
        version = row.version
        yield f"{version.name}, {version.made_at:%Y-%m-%d %H:%M} UTC, {version.made_by}"
        if version.change_note:
            yield f"  {version.change_note}"
        yield from (f"  {change}" for change in row.changes)


def print_dictionary(series: Series, options: dict[str, Any]) -> Iterator[str]:
    """A version as YAML or CSV."""
    file = dictionary_file(version_named(series, options["number"]), options["form"])
    yield "" if file is None else file.text.rstrip("\r\n")


def write_dictionary(series: Series, options: dict[str, Any]) -> Iterator[str]:
    """Save a file as the next version."""
    path: Path = options["file"]
    with open_file(path) as file:
        read = read_dictionary_file(file.read(MAX_BYTES + 1), file=path.name)
    seen = options["number"]
    if seen is None and read.series in ("", series.key):
        seen = read.number
    if seen is None:
        current = DictionaryVersion.objects.current_of(series)
        newest = current.number if current else 0
        raise CommandError(
            f"The file does not say which version of {series.key} was edited. Name it with "
            f"--number; the newest is {newest}."
        )
    saved = save_dictionary(
        series=series,
        dictionary=read.dictionary,
        note=options["note"],
        seen_number=seen,
        by=account_named(options["username"]),
        at=timezone.now(),
    )
    yield (
        f"{saved} is saved; its texts are counted in the background."
        if saved.number != seen
        else f"{saved} is as it was; nothing was saved."
    )
