"""File name, media type and character set, read from the headers of a response."""

import re
import unicodedata
from collections.abc import Iterable
from email.message import Message
from urllib.parse import unquote, urlsplit

from sources.domain.refusals import is_invisible

MAX_HEADERS = 200
MAX_HEADER_LENGTH = 4_000
MAX_NAME_LENGTH = 150

_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,59}")
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([A-Za-z0-9_.:+-]{1,40})""", re.IGNORECASE)
_UNFIT = re.compile(r'[<>:"|?*]')


def decode_header(raw: bytes) -> str:
    """Decode a header as UTF-8, else as Latin-1."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def kept_headers(headers: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return headers in order as they are stored: at most 200 of 4,000 characters.

    Invisible characters become U+FFFD, since PostgreSQL takes no NUL.
    """
    kept: list[list[str]] = []
    for name, value in headers:
        if len(kept) == MAX_HEADERS:
            break
        kept.append([_visible(name[:MAX_HEADER_LENGTH]), _visible(value[:MAX_HEADER_LENGTH])])
    return kept


def media_type_in(content_type: str) -> str:
    """Return the media type of a Content-Type, without its parameters; "" where there is none."""
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type if _MEDIA_TYPE.fullmatch(media_type) else ""


def charset_in(content_type: str) -> str:
    """Return the character set of a Content-Type, in lower case; "" where it names none."""
    match = _CHARSET.search(content_type[:MAX_HEADER_LENGTH])
    return match[1].lower() if match else ""


def file_name_in(disposition: str, url: str) -> str:
    """Return a file name: of Content-Disposition, else the path's last part, else the host.

    No folders, nothing invisible, at most 150 characters with the ending kept.
    """
    parts = urlsplit(url)
    candidates = (
        _disposition_name(disposition),
        unquote(parts.path.rstrip("/").rpartition("/")[2]),
        parts.hostname or "",
    )
    return next((name for name in map(clean_file_name, candidates) if name), "file")


def clean_file_name(name: str) -> str:
    """Return a file name without folders and invisible characters; "" where nothing is left."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = "".join(character for character in name if not is_invisible(character))
    name = " ".join(_UNFIT.sub("_", name).split()).strip(". ")
    if len(name) <= MAX_NAME_LENGTH:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:MAX_NAME_LENGTH].rstrip(". ")
    return stem[: MAX_NAME_LENGTH - len(ending) - 1].rstrip(". ") + dot + ending


def _disposition_name(disposition: str) -> str:
    """Return the file name of a Content-Disposition (RFC 6266), `filename*` before `filename`."""
    if not disposition or len(disposition) > MAX_HEADER_LENGTH:
        return ""
    message = Message()
    try:
        message["Content-Disposition"] = _visible(disposition)
        return message.get_filename("")
    except (LookupError, ValueError, TypeError):  # continuations and charsets that are none
        return ""


def _visible(text: str) -> str:
    return "".join("\ufffd" if is_invisible(character) else character for character in text)
