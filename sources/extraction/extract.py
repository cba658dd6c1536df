"""Extract the text of a file, in a process of its own that survives any file."""

import json
import signal
import threading
import unicodedata
from typing import Any

from sources.domain.refusals import quoted
from sources.domain.text.completeness import Completeness
from sources.domain.text.line_hyphens import line_hyphens
from sources.domain.text.pages import Page
from sources.domain.text.spans import DoubtfulSpan, Span
from sources.extraction import plain_text, process
from sources.extraction.extracted import LIMITS, ExtractedText, ExtractionLimits, ExtractionRefused
from sources.extraction.kinds import PLAIN_TEXT, WHOLE_READINGS, Kind, kind_of
from sources.extraction.layer import LINE_ENDS, as_answer
from sources.extraction.reader_types import File, Unreadable
from sources.vocabulary import DoubtKind

__all__ = ["LIMITS", "ExtractedText", "ExtractionLimits", "ExtractionRefused", "extract"]

_CODES = {
    *("no_text", "password", "damaged", "too_large", "too_slow", "too_much_memory"),
    *("unknown_kind", "encoding", "nul", "empty"),
}
_LONGEST_METADATA = 100_000
_LONGEST_PIECE, _MOST_PIECES = 200, 20  # of what is missing from a text
_SMALL = 64 * 1024
# Each takes a processor and a thread of the server: so many at once in a process of the server,
# which has four threads, and others wait this long.
PROCESS_SLOTS = threading.BoundedSemaphore(2)
WAIT_SECONDS = 3
# The version of a refusal that no reader gave: it counts as outdated, so a later try follows.
NOT_TRIED = "not-tried"
_STARTS_PROGRAMS = {"docx", "markdown"}


def extract(
    data: bytes,
    *,
    media_type: str,
    file_name: str,
    limits: ExtractionLimits = LIMITS,
    language: str = "",
    is_whole: bool = False,
) -> ExtractedText:
    """Extract the text of a file in a process of its own. Raises ExtractionRefused, nothing else.

    A short plain text in UTF-8 takes no process: it has no format that could break a reader.

    The kind of file is detected from its bytes; that it came under another media type is no failure
    and stands in the metadata as `media_type_said`. `language` is that of the source, as far as it
    is known: a guess of an encoding is held against it. `is_whole` asks for all words of a file of
    which else the main text is chosen.
    """
    name = f"The file {quoted(file_name)}"
    kind = kind_of(data, media_type, file_name)
    if is_whole:
        kind = WHOLE_READINGS.get(kind.name, kind)
    if not data:
        raise _refusal(kind, "empty", f"{name} is empty. Load a file that has a text.")
    if len(data) > limits.input:
        raise _refusal(
            kind,
            "too_large",
            f"{name} has {len(data):,} bytes, and texts are drawn from at most {limits.input:,}. "
            "Split it.",
        )
    if kind is PLAIN_TEXT and len(data) <= _SMALL and _is_simple(data):
        return _extract_plain_text(File(data, name, media_type, limits.characters))
    asked = {
        "reader": kind.reader,
        "name": name,
        "media_type": media_type,
        "language": language,
        "starts_programs": kind.name in _STARTS_PROGRAMS,
    }
    if not PROCESS_SLOTS.acquire(timeout=WAIT_SECONDS):
        raise ExtractionRefused(
            "too_slow",
            f"{name} was not read, since other files are being read at the moment. Its text is "
            "drawn in the coming night.",
            extractor=kind.extractor,
            version=NOT_TRIED,
        )
    try:
        ended = process.run(asked, data, limits)
    except OSError as error:
        raise _refusal(
            kind,
            "too_much_memory",
            f"{name} was not read: no process could be started for it ({error}). Try again.",
        ) from error
    finally:
        PROCESS_SLOTS.release()
    return _text_of(kind, name, media_type, ended, limits)


def _is_simple(data: bytes) -> bool:
    """Whether it is UTF-8, and no line ends amid a word: for that a dictionary is read."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    if "\x1b" in text:  # which may begin another alphabet
        return False
    return next(line_hyphens(LINE_ENDS.sub("\n", text)), None) is None


def _extract_plain_text(file: File) -> ExtractedText:
    """Extract a short plain text here: it has no format that could break a reader."""
    try:
        content = plain_text.read_plain_text(file)
    except Unreadable as refused:
        raise _refusal(PLAIN_TEXT, refused.code, refused.message) from refused
    return _checked(PLAIN_TEXT, file.media_type, as_answer(content))


def _text_of(
    kind: Kind, name: str, media_type: str, ended: process.Ended, limits: ExtractionLimits
) -> ExtractedText:
    """Check the worker's answer: a file can break a reader so that it writes anything."""
    failure = _failure(name, ended, limits)
    answer: Any = None
    if failure is None:
        try:
            answer = json.loads(ended.written)
            if "refused" in answer:
                code = answer["refused"]
                failure = (code if code in _CODES else "damaged", str(answer["message"]))
            elif "broke" in answer:
                failure = _broke(name, str(answer["broke"]), limits)
            else:
                return _checked(kind, media_type, answer)
        except (ValueError, TypeError, KeyError, RecursionError):
            failure = ("damaged", f"{name} broke its reader, which answered with no text.")
    raise _refusal(kind, *failure)


def _failure(name: str, ended: process.Ended, limits: ExtractionLimits) -> tuple[str, str] | None:
    if ended.is_too_long or ended.code == -signal.SIGXFSZ:
        return ("too_large", f"{name} gives more text than is kept. Split it.")
    if ended.is_late or ended.code in (-signal.SIGXCPU, -signal.SIGKILL):
        return (
            "too_slow",
            f"{name} was not read within {limits.seconds:g} seconds. Split it or simplify it.",
        )
    if ended.code < 0 and ended.peak > limits.memory // 2:
        return _broke(name, "memory", limits)
    if ended.code < 0:
        how = signal.strsignal(-ended.code) or f"signal {-ended.code}"
        return ("damaged", f"{name} broke its reader ({how}). Save it anew, or as plain text.")
    if ended.code or not ended.written:
        return ("damaged", f"{name} broke its reader. Save it anew, or as plain text.")
    return None


def _broke(name: str, how: str, limits: ExtractionLimits) -> tuple[str, str]:
    if how == "memory":
        return (
            "too_much_memory",
            f"{name} takes more than {limits.memory // 2**20} MiB of memory to read. Split it.",
        )
    if how == "depth":
        return ("damaged", f"{name} is nested too deep to be read. Save it in a simpler form.")
    return ("damaged", f"{name} cannot be read: {quoted(how)}. Save it anew, or as plain text.")


def _checked(kind: Kind, media_type: str, answer: Any) -> ExtractedText:
    """The answer as a text with its pages. Raises ValueError, TypeError or KeyError if it lies."""
    text = answer["text"]
    if not isinstance(text, str) or "\0" in text or not unicodedata.is_normalized("NFC", text):
        raise ValueError("no text of a layer")
    text.encode()  # refuses lone surrogates
    pages = tuple(Page(int(i), str(label), int(s), int(e)) for i, label, s, e in answer["pages"])
    if not all(page.label.isprintable() for page in pages):
        raise ValueError("labels that are not kept")
    spans = tuple(Span(int(s), int(e), str(kind)) for s, e, kind in answer["apparatus"])
    doubts = tuple(DoubtfulSpan(int(s), int(e), DoubtKind(kind)) for s, e, kind in answer["doubts"])
    places = [(piece.start, piece.end) for piece in pages]
    places += [(piece.start, piece.end) for piece in spans]
    places += [(piece.start, piece.end) for piece in doubts]
    if not all(0 <= start <= end <= len(text) for start, end in places):
        raise ValueError("positions outside of the text")
    metadata = dict(answer["metadata"]) | {"media_type": kind.media_type}
    stated = json.dumps(metadata, ensure_ascii=False)
    stated.encode()
    if len(stated) > _LONGEST_METADATA or "\\u0000" in stated:
        raise ValueError("metadata that are not kept")
    stated_type = media_type.partition(";")[0].strip().lower()
    if stated_type and stated_type != kind.media_type:
        metadata["media_type_said"] = stated_type[:255]
    words = tuple(map(str, answer["words"]))
    if "\0" in "".join(words):
        raise ValueError("words that are not kept")
    return ExtractedText(
        kind.extractor,
        kind.version,
        text,
        pages,
        spans,
        metadata,
        words,
        doubts,
        _completeness(answer["completeness"]),
    )


def _completeness(answer: Any) -> Completeness | None:
    """The count in an answer. Raises ValueError, TypeError or KeyError if it is none."""
    if answer is None:
        return None
    counted, kept, aside = (int(answer[name]) for name in ("counted", "kept", "aside"))
    missing = tuple(str(piece)[:_LONGEST_PIECE] for piece in answer["missing"][:_MOST_PIECES])
    "".join(missing).encode()
    if not 0 <= kept <= counted or aside < 0 or "\0" in "".join(missing):
        raise ValueError("no count of words")
    return Completeness(counted, kept, aside, missing)


def _refusal(kind: Kind, code: str, message: str) -> ExtractionRefused:
    return ExtractionRefused(code, message, extractor=kind.extractor, version=kind.version)
