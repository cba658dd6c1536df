"""Read BibTeX and BibLaTeX: the entries are found by ourselves, their fields read by pandoc.

Pandoc gets the entries in a batch, each laid out anew under a key of ours. Where it refuses a
batch, the halves are read, down to the entry that it cannot read; that one is refused and no other.
"""

import json
import re
import time
import unicodedata
from collections.abc import Sequence
from typing import Any

from sources.domain.bibliography.bibtex_entries import MONTHS, BibEntry, read_entries
from sources.domain.bibliography.bibtex_fields import (
    issued_of,
    language_tag,
    not_taken,
    with_letters,
)
from sources.domain.bibliography.file_records import FileRecord, NotTaken
from sources.domain.bibliography.formats import FileRefused
from sources.domain.refusals import quoted
from sources.extraction.bounded_pandoc import PandocFailed, run_pandoc, turn

# Halving a file stops after so long; what is not read by then is refused.
MAX_SECONDS = 30
# Entries that an entry may take fields from, and the steps from one to the next.
MAX_REFERENCES = 6

_FIELD_NAME = re.compile(r"[a-z][a-z0-9-]*")
_TITLE = re.compile(r".*title(?:addon)?|journal|series|shortseries|shortjournal")
# Fields that name other entries by their keys.
_REFERENCES = ("crossref", "xdata")
_LANGUAGES = ("langid", "hyphenation", "language")
# Fields that biblatex takes as they stand.
_VERBATIM = frozenset(("doi", "eprint", "file", "pdf", "url", "urlraw", "verba", "verbb", "verbc"))
_PER_CENT = re.compile(r"(\\.)|%", re.DOTALL)
_DOLLAR = re.compile(r"(\\.)|\$", re.DOTALL)
_MARKUP = re.compile(r"</?(?:i|b|sc|span)(?: [^<>]*)?>")
_DOTLESS = re.compile("ı(?=[\u0300-\u036f])")
_RAISED = re.compile(r"<(sup|sub)>(.*?)</\1>", re.DOTALL)
_RAISED_DIGITS = {
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}


def read_bibtex(text: str) -> list[FileRecord]:
    """The records of a file in order, a faulty one with its refusal. Raises FileRefused."""
    return read_fields(read_entries(text))


def read_fields(entries: Sequence[BibEntry]) -> list[FileRecord]:
    """The records of entries in order, one that pandoc refuses with its refusal.

    Raises FileRefused where pandoc takes too much time or memory.
    """
    batch = _Batch(entries)
    batch.read([number for number, entry in enumerate(entries) if not entry.fault])
    return [batch.record(number, entry) for number, entry in enumerate(entries)]


def converted(data: bytes, *options: str) -> str:
    """Convert data with pandoc, waiting for a turn. Raises FileRefused."""
    try:
        return _run(data, *options)
    except PandocFailed as failed:
        raise _refusal(failed) from failed


class _Batch:
    """The entries of a file, and what pandoc made of them by their numbers."""

    def __init__(self, entries: Sequence[BibEntry]) -> None:
        self.entries = entries
        self.numbers = {entry.key: number for number, entry in reversed([*enumerate(entries)])}
        self.items: dict[int, dict[str, Any]] = {}
        self.refusals: dict[int, str] = {}
        self.ends_at = time.monotonic() + MAX_SECONDS

    def read(self, numbers: Sequence[int]) -> None:
        """Read entries, halving them where pandoc refuses. Raises FileRefused."""
        if not numbers:
            return
        if time.monotonic() > self.ends_at:
            why = "Reading the file took too long before its turn came. Split the file."
            self.refusals |= dict.fromkeys(numbers, why)
            return
        asked = [*numbers, *self._referred(numbers)]
        written = "\n".join(self._as_bibtex(number) for number in sorted(asked))
        try:
            made = _run(written.encode(), "--from=biblatex", "--to=csljson", "--eol=lf")
        except PandocFailed as failed:
            if failed.code != "refused":
                raise _refusal(failed) from failed
            if len(numbers) == 1:
                self.refusals[numbers[0]] = (
                    f"Its fields cannot be read: {quoted(failed.message)}. Mend it, or enter the "
                    "source by hand."
                )
                return
            half = len(numbers) // 2
            self.read(numbers[:half])
            self.read(numbers[half:])
            return
        read = {int(item["id"][1:]): item for item in json.loads(made)}
        self.items |= {number: read[number] for number in numbers if number in read}

    def record(self, number: int, entry: BibEntry) -> FileRecord:
        """The record of an entry, or why there is none."""
        item = self.items.get(number)
        why = entry.fault or self.refusals.get(number, "")
        if item is None:
            return FileRecord(
                {"id": entry.key} if entry.key else {"id": f"@{entry.kind}"},
                entry.line,
                refusal=why or "Pandoc makes no record of it. Enter the source by hand.",
            )
        record = _cleaned({**item, "id": entry.key})
        fields = dict(reversed(entry.fields))
        left_out = []
        if issued := issued_of(fields, record.pop("issued", None)):
            record["issued"] = issued
        record.pop("language", None)
        named = [name for name in _LANGUAGES if fields.get(name, "").strip()]
        if language := next(filter(None, (language_tag(fields[name]) for name in named)), ""):
            record["language"] = language
        elif named:
            left_out.append(NotTaken(named[0], fields[named[0]]))
        left_out += not_taken(entry, record)
        left_out += [
            NotTaken(name, fields[name])
            for name in _REFERENCES
            if name in fields and (self._is_circular(number) or not self._keys(fields[name]))
        ]
        return FileRecord(record, entry.line, tuple(left_out))

    def _as_bibtex(self, number: int) -> str:
        """An entry laid out anew, with a key of ours.

        Titles are put in braces of their own: without, pandoc takes English ones for titles in
        title case, and makes “russia” of “Russia”.
        """
        entry = self.entries[number]
        fields: dict[str, str] = {}
        for name, value in entry.fields:
            if not _FIELD_NAME.fullmatch(name) or name in fields:
                continue
            if name in _REFERENCES:
                if not self._is_circular(number):
                    fields[name] = ",".join(f"k{key}" for key in self._keys(value))
            elif name == "month" and value.lower() in MONTHS:
                fields[name] = value.lower()
            else:
                words = value if name in _VERBATIM else _escaped(with_letters(value))
                fields[name] = f"{{{words}}}" if _TITLE.fullmatch(name) else words
        lines = [f" {name} = {{{value}}},\n" for name, value in fields.items()]
        return f"@{entry.kind}{{k{number},\n{''.join(lines)}}}\n"

    def _referred(self, numbers: Sequence[int]) -> list[int]:
        """The entries that these take fields from, and those that they take fields from."""
        asked, waiting = set(numbers), list(numbers)
        while waiting:
            for number in self._sources_of(waiting.pop()):
                if number not in asked:
                    asked.add(number)
                    waiting.append(number)
        return sorted(asked.difference(numbers))

    def _is_circular(self, number: int) -> bool:
        """Whether entries take fields from each other in a circle, in which pandoc goes round.

        So does a line of them that is longer than any bibliography needs.
        """
        reached = {number}
        for _step in range(MAX_REFERENCES):
            reached = {other for one in reached for other in self._sources_of(one)}
        return bool(reached)

    def _sources_of(self, number: int) -> list[int]:
        fields = dict(self.entries[number].fields)
        return [key for name in _REFERENCES for key in self._keys(fields.get(name, ""))]

    def _keys(self, value: str) -> list[int]:
        """The numbers of the entries that a field names by their keys."""
        named = (self.numbers.get(key.strip()) for key in value.split(",")[:MAX_REFERENCES])
        return [one for one in named if one is not None and not self.entries[one].fault]


def _escaped(value: str) -> str:
    """A value in which a per cent sign begins no remark, nor a lone dollar sign a formula.

    Pandoc would drop the whole field.
    """
    value = _PER_CENT.sub(lambda found: found[1] or r"\%", value)
    dollars = sum(1 for found in _DOLLAR.finditer(value) if not found[1])
    return _DOLLAR.sub(lambda found: found[1] or r"\$", value) if dollars % 2 else value


def _cleaned(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry as pandoc read it, without its markup and without what pandoc adds of its own."""
    record: dict[str, Any] = {name: _plain(value) for name, value in entry.items()}
    record["type"] = record.get("type") or "document"
    if not (record.get("issued") or {}).get("date-parts", True):
        del record["issued"]
    short = record.get("title-short", "")
    if short and str(record.get("title", "")).startswith(f"{short}:"):
        del record["title-short"]
    publishers = str(record.get("publisher", "")).split("; ")
    if re.match(r"https?://", publishers[0]) and not record.get("URL"):
        record["URL"] = publishers.pop(0)  # howpublished = {\url{…}}
        record["publisher"] = "; ".join(publishers)
        if not publishers:
            del record["publisher"]
    return record


def _plain(value: Any) -> Any:
    """A value without markup; raised and lowered digits stay so, since 10⁶ is not 106."""
    if isinstance(value, str):
        raised = _RAISED.sub(lambda found: found[2].translate(_RAISED_DIGITS[found[1]]), value)
        # \\i with a mark on it is an i: ï, í.
        return unicodedata.normalize("NFC", _DOTLESS.sub("i", _MARKUP.sub("", raised)))
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return value


def _run(data: bytes, *options: str) -> str:
    with turn():
        return run_pandoc(data, *options)


def _refusal(failed: PandocFailed) -> FileRefused:
    """The refusal that says in a sentence why pandoc made nothing."""
    match failed.code:
        case "busy":
            return FileRefused(
                "busy", "Other bibliographies are being read at the moment. Try again in a minute."
            )
        case "missing":
            return FileRefused(
                "pandoc_missing",
                "Pandoc is not installed. Install the packages of requirements.txt again.",
            )
        case "refused":
            return FileRefused(
                "not_bibtex",
                f"The file is no BibTeX that can be read: {quoted(failed.message)}. Mend it, or "
                "export it anew.",
            )
    return FileRefused(
        "too_large", "Reading the file took more time or memory than is given to it. Split it."
    )
