"""The arguments of `manage.py factsheet` and of its steps."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from claims.factsheets.formats import DEFAULT_LAYOUT, LAYOUTS, names


def add_sheet_arguments(parser: ArgumentParser) -> None:
    """Take what a sheet made on the spot is of, and how it is written."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--topic", help="the key of a topic: the claims filed under it")
    which.add_argument("--entity", help="the key of an entity: the claims about it")
    which.add_argument("--claims", help="references, such as C1,C2,C17, in this order")
    parser.add_argument(
        "--style",
        default="chicago-notes-bibliography",
        help="any CSL style, such as chicago-notes-bibliography (the default), apa or ieee",
    )
    parser.add_argument(
        "--include-submitted",
        action="store_true",
        help="also what waits for review or for its day of publication, marked as such",
    )
    parser.add_argument("--format", choices=[*names(), "both"], dest="form")
    parser.add_argument("--layout", choices=LAYOUTS, default=DEFAULT_LAYOUT)
    parser.add_argument("--title", help="the title; otherwise that of the topic or entity")
    parser.add_argument(
        "--base-url",
        default="",
        help="where readers find the pages, such as https://facts.example.org",
    )
    parser.add_argument("--output", type=Path, help="the file to write, or its name")


def add_step_arguments(parser: ArgumentParser) -> None:
    """Take a step with a fact sheet that is kept, or with its editions."""
    steps: Any = parser.add_subparsers(dest="step", metavar="STEP")
    steps.add_parser("list", help="all fact sheets, each with its newest edition")
    _of_sheet(steps, "show", "its state, its editions with what they are warned of, their files")
    new = _of_sheet(steps, "new", "begin a fact sheet, empty or from a file")
    new.add_argument("file", nargs="?", help="its content as JSON, as `read` prints it; - is stdin")
    new.add_argument("--title", help="needed without a file")
    _by(new)
    _of_sheet(steps, "read", "print its content as JSON, to be edited and written again")
    write = _of_sheet(steps, "write", "save its content from a file, as the next revision")
    write.add_argument("file", help="the content as JSON, as `read` prints it; - is stdin")
    write.add_argument(
        "--revision", type=int, help="the revision that was edited, where the file names none"
    )
    _by(write)
    _of_sheet(steps, "check", "what stands against issuing it; exits 2 where something blocks")
    issue = _of_sheet(steps, "issue", "check it and issue its next edition")
    issue.add_argument(
        "--note",
        action="append",
        default=[],
        metavar="FINDING=WORDS",
        help="why it is issued in spite of a finding of the check, by the key of the finding",
    )
    issue.add_argument(
        "--notes", type=Path, metavar="FILE", help="notes as JSON: the words by key of the finding"
    )
    issue.add_argument(
        "--base-url",
        default="",
        metavar="URL",
        help="where readers find the pages (default: the first of FACTBASE_ORIGINS)",
    )
    _by(issue)
    erratum = _of_edition(steps, "erratum", "correct an edition in words that readers see")
    erratum.add_argument("--words", required=True, help="what was wrong, and what is right")
    _by(erratum)
    withdraw = _of_edition(steps, "withdraw", "take an edition back for good; it stays readable")
    withdraw.add_argument("--reason", required=True, help="why, for readers")
    _by(withdraw)
    files = _of_edition(steps, "files", "write the files of an edition as they were issued")
    files.add_argument("--output", type=Path, required=True, metavar="FOLDER", help="where to")
    verify = steps.add_parser("verify", help="say whether a file is ours, unchanged, current")
    verify.add_argument("file", help="the file to check")


def _of_sheet(steps: Any, name: str, words: str) -> ArgumentParser:
    parser: ArgumentParser = steps.add_parser(name, help=words, description=words)
    parser.add_argument("key", metavar="KEY", help="the key of the fact sheet")
    return parser


def _of_edition(steps: Any, name: str, words: str) -> ArgumentParser:
    parser = _of_sheet(steps, name, words)
    parser.add_argument("number", metavar="NUMBER", type=int, help="the number of the edition")
    return parser


def _by(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--by",
        "--as",
        dest="username",
        metavar="USERNAME",
        help="the account that does it (default: the only one there is)",
    )
