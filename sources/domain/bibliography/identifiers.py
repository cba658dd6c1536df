"""Numbers that name a publication: DOI (ISO 26324) and ISBN (ISO 2108), read and compared.

What is kept is what was written. To compare, a DOI is folded to lower case (DOI Handbook, section
3.4) and an ISBN to its thirteen digits.
"""

import re
from urllib.parse import unquote

from stdnum import isbn as isbn_numbers

from sources.domain.refusals import Refusal, is_invisible, quoted

_DOI = re.compile(r"10\.[0-9]{4,9}(\.[0-9]+)*/\S+")
_RESOLVER = re.compile(r"(https?://)?(www\.|dx\.)?doi\.org/", re.IGNORECASE)
_LABEL = re.compile(r"doi:\s*", re.IGNORECASE)
_ISBN = re.compile(r"[0-9Xx -]+")
_BETWEEN = re.compile(r"[\s,;]+")
_LENGTHS = (10, 13)


class IdentifierRefused(Refusal):
    """A text that is no DOI or no ISBN."""


def read_doi(text: str) -> str:
    """The DOI without the address or label it is written with: `10.1000/182`.

    Raises IdentifierRefused.
    """
    typed = text.strip()
    address = _RESOLVER.match(typed)
    doi = unquote(typed[address.end() :]) if address else _LABEL.sub("", typed, count=1)
    if not _DOI.fullmatch(doi) or any(is_invisible(character) for character in doi):
        raise IdentifierRefused(
            "doi",
            f"{quoted(text)} is no DOI. One is `10.`, the number of who gave it, a slash and a "
            "name, such as `10.1000/182`.",
        )
    return doi


def read_isbn(text: str) -> str:
    """The text, if it is an ISBN, or several with spaces, commas or semicolons between them.

    Raises IdentifierRefused naming the length or the check digit that is wrong.
    """
    for number in _numbers(text):
        _check(number)
    return text.strip()


def doi_key(text: str) -> str:
    """Key of a DOI, in lower case; empty where the text is none."""
    try:
        return read_doi(text).lower()
    except IdentifierRefused:
        return ""


def isbn_keys(text: str) -> frozenset[str]:
    """Keys of a book: the thirteen digits of each valid ISBN."""
    return frozenset(
        isbn_numbers.to_isbn13(number) for number in _numbers(text) if isbn_numbers.is_valid(number)
    )


def _numbers(text: str) -> list[str]:
    """The numbers without their hyphens. White space parts the groups of one number, too."""
    whole = _compact(text)
    if len(whole) in _LENGTHS:
        return [whole]
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    if len(parts) > 1 and all(len(_compact(part)) in _LENGTHS for part in parts):
        return [_compact(part) for part in parts]
    return [whole]


def _compact(text: str) -> str:
    return re.sub(r"[\s-]", "", text).upper()


def _check(number: str) -> None:
    """Refuse a number that is no ISBN. Raises IdentifierRefused."""
    if not _ISBN.fullmatch(number) or "X" in number[:-1]:
        raise IdentifierRefused(
            "isbn", f"{quoted(number)} is no ISBN. Write its digits, with hyphens between them."
        )
    if len(number) not in _LENGTHS:
        raise IdentifierRefused(
            "isbn_length",
            f"{quoted(number)} has {len(number)} digits, and an ISBN has 10 or 13. Compare it with "
            "the book.",
        )
    if isbn_numbers.is_valid(number):
        return
    fitting = [digit for digit in "0123456789X" if isbn_numbers.is_valid(number[:-1] + digit)]
    if not fitting:
        raise IdentifierRefused(
            "isbn_prefix",
            f"{quoted(number)} is no ISBN, because one of 13 digits begins with 978 or 979. "
            "Compare it with the book.",
        )
    raise IdentifierRefused(
        "isbn_check_digit",
        f"The check digit of {quoted(number)} is {number[-1]}, and the digits before it ask for "
        f"{fitting[0]}. One of them is mistyped; compare it with the book.",
    )
