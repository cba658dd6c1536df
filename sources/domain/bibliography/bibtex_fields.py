"""Fields of BibTeX that pandoc drops or changes: dates, languages, letters, what is left out."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.core import get_global

from sources.domain.bibliography.bibtex_entries import BibEntry
from sources.domain.bibliography.file_records import NotTaken
from sources.domain.bibliography.identifiers import doi_key
from sources.domain.date_names import month_number
from sources.domain.text.search_folding import fold_for_search

# The letters of LaTeX's T1 and T5 encodings (encguide, 2016) that pandoc passes over.
_LETTERS = {
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "ng": "ŋ",
    "NG": "Ŋ",
    "ij": "ĳ",
    "IJ": "Ĳ",
    "SS": "ẞ",
    "ohorn": "ơ",
    "OHORN": "Ơ",
    "uhorn": "ư",
    "UHORN": "Ư",
    "guillemetleft": "«",
    "guillemetright": "»",
    "textquotedbl": '"',
    "quotesinglbase": "‚",
}
_LETTER = re.compile(
    rf"\\({'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![A-Za-z])\s*(?:\{{\}})?"
)

# Names of languages in LaTeX's babel and polyglossia that are no names in English.
_BABEL_NAMES = {
    **dict.fromkeys(("ngerman", "germanb", "deutsch"), "de"),
    **dict.fromkeys(("austrian", "naustrian"), "de-AT"),
    **dict.fromkeys(("swissgerman", "nswissgerman"), "de-CH"),
    **dict.fromkeys(("american", "usenglish"), "en-US"),
    **dict.fromkeys(("british", "ukenglish"), "en-GB"),
    "australian": "en-AU",
    "canadian": "en-CA",
    "newzealand": "en-NZ",
    **dict.fromkeys(("francais", "français", "frenchb"), "fr"),
    **dict.fromkeys(("acadian", "canadien"), "fr-CA"),
    **dict.fromkeys(("brazil", "brazilian"), "pt-BR"),
    "portuges": "pt",
    "norsk": "nb",
    "nynorsk": "nn",
    "greek": "el",
    "polutonikogreek": "el",
    "magyar": "hu",
    "bahasa": "id",
    "farsi": "fa",
    "slovene": "sl",
    "русский": "ru",
    "español": "es",
}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")

# Languages whose names of months are read; a name that two of them give to two months is not.
_MONTH_LANGUAGES = "bg cs da de en es et fi fr hr hu it lt lv nl no pl pt ro ru sk sl sv tr uk"

_YEAR = re.compile(r"\d{4}")
_ABOUT = re.compile(r"\[?(?:c|ca|circa)\.?\s*(\d{4})\??\]?|\[?(\d{4})\?\]?", re.IGNORECASE)
_MONTH = re.compile(r"(\d{1,2})|([^\W\d_]+)\.?(?:\s*(\d{1,2})\.?)?|(\d{1,2})\.?\s*([^\W\d_]+)")

# Read apart from the rest, or saying how another field is to be read.
_READ_APART = frozenset(
    ("year", "month", "day", "date", "language", "langid", "hyphenation", "crossref", "xdata")
)
_NAMES = frozenset(
    ("author", "editor", "translator", "editora", "editorb", "editorc", "bookauthor", "director")
)
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)|[{}~$]|\s+and\s+", re.DOTALL)


def with_letters(value: str) -> str:
    """A value in which letters that pandoc passes over are those of Unicode."""
    return _LETTER.sub(lambda found: _LETTERS[found[1]], value)


def plain(value: str) -> str:
    """A short value without braces and ties, in which a LaTeX command stays as written."""
    return " ".join(re.sub(r"[{}~]", lambda found: " " * (found[0] == "~"), value).split())


def issued_of(fields: Mapping[str, str], read: Mapping[str, Any] | None) -> dict[str, Any]:
    """The date of issue, given the date that pandoc read; a year that is none as it is written."""
    parts = (read or {}).get("date-parts")
    if "date" in fields:
        return dict(read or {}) if parts else _in_words(plain(fields["date"]))
    year = plain(fields.get("year", ""))
    if not _YEAR.fullmatch(year):
        return _in_words(year)
    month, day = _month_of(fields)
    if month is None:
        return dict(read or {}) if parts else {"date-parts": [[int(year)]]}
    return {"date-parts": [[int(year), month, *([day] if day else [])]]}


def language_tag(written: str) -> str:
    """The tag of a language (BCP 47) that is written as a tag, a code or a name; empty for none."""
    name = plain(written).lower()
    if name in _BABEL_NAMES:
        return _BABEL_NAMES[name]
    code, _hyphen, rest = plain(written).replace("_", "-").partition("-")
    if _TAG.fullmatch(plain(written)):
        known = _code_of(code.lower())
        if known:
            return f"{known}-{rest}" if rest else known
    english = Locale("en").languages
    return next(
        (tag.replace("_", "-") for tag, called in english.items() if called.lower() == name), ""
    )


def not_taken(entry: BibEntry, record: Mapping[str, Any]) -> Iterator[NotTaken]:
    """The fields of an entry whose words are not found in the record, as they are written.

    It is a comparison of letters and digits, apart from how pandoc reads a field, so that it also
    finds what pandoc drops without a word.
    """
    has = [_letters(text) for text in _texts(record)]
    seen: set[str] = set()
    for name, value in entry.fields:
        is_again, is_known = name in seen, name in _READ_APART
        seen.add(name)
        if not value.strip() or (is_known and not is_again):
            continue
        if is_again or not _is_kept(name, value, record, has):
            yield NotTaken(name, value)
    fields = dict(reversed(entry.fields))
    issued = record.get("issued") or {}
    has_month = "date" not in fields and _has_month(issued)
    if "month" in fields and not (has_month and _month_of(fields)[0]):
        yield NotTaken("month", fields["month"])
    if "day" in fields and not _has_day(issued):
        yield NotTaken("day", fields["day"])
    if "year" in fields and "date" in fields and plain(fields["year"]) not in fields["date"]:
        yield NotTaken("year", fields["year"])
    if record.get("type") == "document" and entry.kind not in ("misc", "unpublished", "online"):
        yield NotTaken("type of entry", f"@{entry.kind}")


def _in_words(written: str) -> dict[str, Any]:
    about = _ABOUT.fullmatch(written)
    if about:
        return {"date-parts": [[int(about[1] or about[2])]], "circa": True}
    return {"literal": written} if written else {}


def _month_of(fields: Mapping[str, str]) -> tuple[int | None, int | None]:
    """The month and the day of an entry, `Mai`, `5`, `jul~4`; None for what is not read."""
    found = _MONTH.fullmatch(plain(fields.get("month", "")))
    if found is None:
        return None, None
    word = found[2] or found[5]
    number = found[1]
    month = (
        _month_names().get(word.lower().rstrip("."), month_number(word)) if word else int(number)
    )
    day = found[3] or found[4] or (plain(fields.get("day", "")) if "day" in fields else None)
    if month is None or not 1 <= month <= 12:
        return None, None
    if day and (not day.isdigit() or not 1 <= int(day) <= 31):
        day = None
    return month, int(day) if day else None


@lru_cache(maxsize=1)
def _month_names() -> dict[str, int | None]:
    """The numbers of months by their names, None for a name of two."""
    names: dict[str, int | None] = {}
    for language in _MONTH_LANGUAGES.split():
        for widths in Locale(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in widths[width].items():
                    folded = str(name).lower().rstrip(".")
                    names[folded] = number if names.get(folded, number) == number else None
    return names


def _has_month(issued: Mapping[str, Any]) -> bool:
    return any(len(parts) > 1 for parts in issued.get("date-parts") or ())


def _has_day(issued: Mapping[str, Any]) -> bool:
    return any(len(parts) > 2 for parts in issued.get("date-parts") or ())


def _code_of(code: str) -> str:
    """The code that CLDR prefers, `ru` for `rus`, `de` for `ger`; empty for no language."""
    preferred = str(get_global("language_aliases").get(code, code))
    return preferred if preferred in Locale("en").languages else ""


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif not isinstance(value, bool):
        yield str(value)


def _letters(text: str) -> str:
    """The letters and digits of a text, folded as for search."""
    folded = fold_for_search(unicodedata.normalize("NFKC", text))
    return "".join(character for character in folded if character.isalnum())


def _is_kept(name: str, value: str, record: Mapping[str, Any], has: list[str]) -> bool:
    if name == "doi":
        return doi_key(plain(value)) == doi_key(str(record.get("DOI", ""))) != ""
    pieces = [_letters(piece) for piece in _COMMAND.split(with_letters(value))]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return True
    if name in _NAMES:
        words = {
            _letters(word)
            for word in re.split(r"[\s,]+|\\(?:[A-Za-z]+|.)|[{}~]", with_letters(value))
        }
        whole = "".join(has)
        return all(word in whole for word in words - {"and", ""})
    if sum(map(len, pieces)) <= 3:
        return "".join(pieces) in has  # short ones are found in any text
    return any(_in_order(pieces, text) for text in has)


def _in_order(pieces: list[str], text: str) -> bool:
    place = 0
    for piece in pieces:
        found = text.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return True
