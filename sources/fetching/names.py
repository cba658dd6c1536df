"""What a server's headers say of a file: its name, its media type, its character set."""

import re
import unicodedata
from collections.abc import Iterable
from email.message import Message
from urllib.parse import unquote, urlsplit

from sources.domain.refusals import is_invisible

MOST_HEADERS = 200
LONGEST_HEADER = 4_000
LONGEST_NAME = 150

_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,59}")
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([A-Za-z0-9_.:+-]{1,40})""", re.IGNORECASE)
_UNFIT = re.compile(r'[<>:"|?*]')


def as_text(raw: bytes) -> str:
    """A header as text: UTF-8 where it is, else Latin-1."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def kept_headers(headers: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Headers in order as they are kept: at most 200 of 4,000 characters, and what cannot be
    seen replaced by U+FFFD, since the database takes no NUL."""
    kept: list[list[str]] = []
    for name, value in headers:
        if len(kept) == MOST_HEADERS:
            break
        kept.append([_visible(name[:LONGEST_HEADER]), _visible(value[:LONGEST_HEADER])])
    return kept


def media_type_in(content_type: str) -> str:
    """The media type of a Content-Type, without its parameters; "" where there is none."""
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type if _MEDIA_TYPE.fullmatch(media_type) else ""


def charset_in(content_type: str) -> str:
    """The character set that a Content-Type names, in lower case; "" where it names none."""
    match = _CHARSET.search(content_type[:LONGEST_HEADER])
    return match[1].lower() if match else ""


def file_name_in(disposition: str, url: str) -> str:
    """The name of a file: what Content-Disposition says, else the last part of the path, else
    the host. No folders, nothing invisible, at most 150 characters with the ending kept."""
    parts = urlsplit(url)
    said = (
        _said(disposition),
        unquote(parts.path.rstrip("/").rpartition("/")[2]),
        parts.hostname or "",
    )
    return next((name for name in map(clean_file_name, said) if name), "file")


def clean_file_name(name: str) -> str:
    """A file name that is only a name; "" where nothing of it is left."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = "".join(character for character in name if not is_invisible(character))
    name = " ".join(_UNFIT.sub("_", name).split()).strip(". ")
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:LONGEST_NAME].rstrip(". ")
    return stem[: LONGEST_NAME - len(ending) - 1].rstrip(". ") + dot + ending


def _said(disposition: str) -> str:
    """The file name of a Content-Disposition (RFC 6266), `filename*` before `filename`."""
    if not disposition or len(disposition) > LONGEST_HEADER:
        return ""
    message = Message()
    try:
        message["Content-Disposition"] = _visible(disposition)
        return message.get_filename("")
    except (LookupError, ValueError, TypeError):  # continuations and charsets that are none
        return ""


def _visible(text: str) -> str:
    return "".join("\ufffd" if is_invisible(character) else character for character in text)
