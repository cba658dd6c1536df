"""JSON as a file from outside: read strictly, with every fault said by file, entry and reason.

RFC 8259, and besides refused: duplicate keys, NaN and Infinity, numbers beyond what a float
holds, nesting deeper than 32, NUL characters and lone surrogates, bytes that are not UTF-8.
"""

import json
import math
import re
from collections.abc import Iterator
from typing import NoReturn

from sources.domain.refusals import Refusal, quoted

_MAX_DEPTH = 32
_MAX_BYTES = 100_000_000
# PostgreSQL stores no NUL; a lone surrogate is no character.
_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")


class JsonRefused(Refusal):
    """A file that is not JSON, or that says the same thing twice or something nobody can store."""


def read_json(data: bytes, *, file: str) -> object:
    """The value that the bytes of `file` stand for. Raises JsonRefused."""
    if len(data) > _MAX_BYTES:
        raise JsonRefused(
            "too_long", f"{file}: has {len(data)} bytes. At most {_MAX_BYTES} are read."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise JsonRefused(
            "not_utf8", f"{file}: the byte at offset {error.start} is not UTF-8. Save it as UTF-8."
        ) from error
    try:
        value = json.loads(
            text,
            object_pairs_hook=_without_duplicates,
            parse_constant=_no_number,
            parse_float=_finite,
        )
    except JsonRefused as refusal:
        raise JsonRefused(refusal.code, f"{file}: {refusal.message}") from refusal
    except json.JSONDecodeError as error:
        raise JsonRefused(
            "not_json",
            f"{file}: line {error.lineno}, column {error.colno} is not JSON ({error.msg}). "
            "Nothing was read.",
        ) from error
    except RecursionError as error:
        raise _too_deep(file) from error
    except ValueError as error:  # a whole number of thousands of digits
        raise JsonRefused("not_json", f"{file}: holds a number that is too long.") from error
    for path, depth, string in _strings(value):
        if depth > _MAX_DEPTH:
            raise _too_deep(file)
        found = _NO_CHARACTER.search(string)
        if found is not None:
            raise JsonRefused(
                "no_character",
                f"{file}: {path} holds U+{ord(found[0]):04X} after "
                f"{quoted(string[: found.start()])}, which is no character of a text. "
                "Type it anew.",
            )
    return value


def _strings(value: object) -> Iterator[tuple[str, int, str]]:
    """Every key and string with its path and depth, and every empty string at a place too deep."""
    waiting: list[tuple[str, int, object]] = [("the file", 0, value)]
    while waiting:
        path, depth, here = waiting.pop()
        if isinstance(here, str):
            yield path, depth, here
        elif isinstance(here, dict):
            yield path, depth + 1, ""
            for key, inner in here.items():
                yield f"a key of {path}", depth + 1, key
                waiting.append((f"{_prefix(path)}{key[:40]}", depth + 1, inner))
        elif isinstance(here, list):
            yield path, depth + 1, ""
            for position, inner in enumerate(here):
                waiting.append((f"{_prefix(path)}{_name(inner, position)}", depth + 1, inner))


def _prefix(path: str) -> str:
    return "" if path == "the file" else f"{path}, "


def _name(entry: object, position: int) -> str:
    """An entry of a list by its id, or by its place counted from 1."""
    if isinstance(entry, dict) and isinstance(entry.get("id"), str):
        return quoted(entry["id"])
    return f"entry {position + 1}"


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read: dict[str, object] = {}
    for key, value in pairs:
        if key in read:
            named = read.get("id", value if key == "id" else dict(pairs).get("id"))
            where = f" in entry {quoted(named)}" if isinstance(named, str) else ""
            raise JsonRefused(
                "duplicate_key", f"the key {quoted(key)} stands twice{where}. Leave one."
            )
        read[key] = value
    return read


def _no_number(word: str) -> NoReturn:
    raise JsonRefused("no_number", f"{word} is no number. Leave the key out, or write a number.")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise JsonRefused("no_number", f"the number {quoted(digits)} is too large.")
    return number


def _too_deep(file: str) -> JsonRefused:
    return JsonRefused(
        "too_deep", f"{file}: is nested deeper than {_MAX_DEPTH} levels. Flatten it."
    )
