"""Identifiers as search stores and finds them: DOI, ISBN, web address, id in Wikidata."""

import re
from urllib.parse import urlsplit

from stdnum import isbn
from stdnum.exceptions import ValidationError

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s?)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ISBN = re.compile(r"(?:isbn[:\s]*)?([0-9][0-9-]{8,16}[0-9xX])", re.IGNORECASE)
_WIKIDATA = re.compile(r"[Qq][1-9][0-9]{0,18}")
_ADDRESS = re.compile(r"https?://[^\s/]\S*|www\.[^\s/]\S*\.\S+", re.IGNORECASE)


def identifier_of(typed: str) -> str:
    """The lexeme of an identifier, an ISBN with right check digits; empty of all else."""
    for lexeme in (doi_lexeme, isbn_lexeme, address_lexeme, wikidata_lexeme):
        if found := lexeme(typed):
            return found
    return ""


def wikidata_lexeme(typed: str) -> str:
    """`wikidata:q148` of an id of Wikidata."""
    return f"wikidata:{typed.lower()}" if _WIKIDATA.fullmatch(typed) else ""


def doi_lexeme(typed: str) -> str:
    """`doi:10.1000/182` of a DOI, whatever stands before it."""
    match = _DOI.fullmatch(typed.strip())
    return f"doi:{match[1].lower().rstrip('.,;')}" if match else ""


def isbn_lexeme(typed: str) -> str:
    """`isbn:` and the thirteen digits of an ISBN of ten or thirteen; empty of a wrong one."""
    match = _ISBN.fullmatch(typed.strip())
    if match is None:
        return ""
    try:
        return f"isbn:{isbn.to_isbn13(isbn.validate(match[1]))}"
    except ValidationError:
        return ""


def address_lexeme(typed: str) -> str:
    """`url:` and the host and path of a web address, without `www.` and the slash at its end."""
    typed = typed.strip()
    if not _ADDRESS.fullmatch(typed):
        return ""
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
    except ValueError:  # a host in brackets that is none
        return ""
    query = f"?{parts.query}" if parts.query else ""
    return f"url:{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}"
