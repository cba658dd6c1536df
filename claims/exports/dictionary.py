"""The data dictionary: every column of an export with its type, meaning and unit, as a document."""

from collections.abc import Iterator

from claims.exports import columns
from claims.exports.columns import COLUMNS_VERSION, QUOTES, ExportColumn

_GROUPS = (
    ("Identity", columns.IDENTITY),
    ("Status", columns.STATUS),
    ("Who says what", columns.SAID),
    ("Content", columns.CONTENT),
    ("What speaks for and against it", columns.WEIGHED),
)

_HEAD = f"""# The data dictionary of exported claims

Written by `manage.py export_claims --dictionary`; version {COLUMNS_VERSION} of the columns.

A row is one version of one claim: to the public the published one, to the desk the latest. Rows
come by the numbers of their claims. A column keeps its name and meaning; new ones are added.

- CSV is UTF-8 as in RFC 4180 with a head line. Empty is no value. Truths are `TRUE` and `FALSE`,
  decimals have a point and all their digits, days are `2025-05-07`, times `2025-05-07T09:30:00Z`
  in UTC. `claims.for-spreadsheets.csv` is the same with a byte order mark, and with an apostrophe
  before a text that a spreadsheet would take for a formula: not for programs.
- NDJSON has an object in every line, with all columns; no value is `null`.
- Several values in one column are separated by a semicolon and a space.
"""


def dictionary_page() -> str:
    """The document in Markdown."""
    return "\n".join([_HEAD, *_sections()])


def _sections() -> Iterator[str]:
    for title, group in _GROUPS:
        yield from _table(title, group)
    count = len(columns.quote_columns(1))
    yield from _table(
        f"Quotes\n\nThe first {QUOTES} quotes of the claim, in the order in which they were tied "
        f"to it: {count} columns each, `quote_1` to `quote_{QUOTES}`",
        columns.quote_columns(1),
    )


def _table(title: str, group: tuple[ExportColumn, ...]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| column | type | meaning | unit | can be empty |"
    yield "|---|---|---|---|---|"
    for column in group:
        empty = "yes" if column.nullable else "no"
        yield f"| `{column.name}` | {column.type} | {column.meaning} | {column.unit} | {empty} |"
    yield ""
