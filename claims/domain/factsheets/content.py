"""The content of a fact sheet: title, prose and lists of claims, as an editor writes it.

As JSON it is what the desk sends, what a fact sheet keeps and what an edition was issued with.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims.domain.extract_queries import canonical_query, query_pairs
from sources.domain.query import read_clause
from sources.domain.refusals import Refusal, quoted

DEFAULT_STYLE = "chicago-notes-bibliography"
MAX_TITLE = 300
MAX_HEADING = 300
MAX_PROSE = 20_000  # code points of the summary, and of the prose of one section
MAX_SECTIONS = 50
MAX_CLAIMS = 500  # references in one section
MAX_UNKNOWN = 50
MAX_LINE = 1_000  # code points of one thing that is not known, and of a query

# Parts of a sheet that an editor may leave out, besides what always stands on it.
SHOWN = ("settled", "other_bases", "translations", "reliability")

_REFERENCE = re.compile(r"C[1-9][0-9]{0,17}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


class SheetContentRefused(Refusal):
    """Content that no fact sheet can have; the message names the place."""


@dataclass(frozen=True, slots=True)
class SectionContent:
    """A heading, prose in Markdown with references such as [C17], and claims below it.

    The claims are references in the order of reading, and all that a saved query finds when the
    sheet is made, by parameters of the list of claims: `topic=gas&mode=!stated`, empty for none.
    """

    heading: str = ""
    prose: str = ""
    claims: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class SheetContent:
    """All that an editor decides about a fact sheet.

    `language` is BCP 47, `style` the name of a CSL style, `summary` Markdown. `unknown` are the
    lines under "What we do not know". `shows` are members of SHOWN.
    """

    title: str
    language: str = "en"
    style: str = DEFAULT_STYLE
    summary: str = ""
    sections: tuple[SectionContent, ...] = ()
    unknown: tuple[str, ...] = ()
    shows: frozenset[str] = frozenset(SHOWN)


def content_from_json(data: object) -> SheetContent:
    """The content that JSON holds. Raises SheetContentRefused, which names what, where and why."""
    given = _members(data, SheetContent, "the fact sheet")
    return SheetContent(
        title=_line(given.get("title", ""), "title", MAX_TITLE, required=True),
        language=_like(given.get("language", "en"), "language", _LANGUAGE, "en or zh-Hans"),
        style=_line(given.get("style", ""), "style", 100) or DEFAULT_STYLE,
        summary=_text(given.get("summary", ""), "summary", MAX_PROSE),
        sections=tuple(
            _section(one, f"section {number}")
            for number, one in enumerate(
                _list(given.get("sections", []), "sections", MAX_SECTIONS), 1
            )
        ),
        unknown=tuple(
            line
            for number, one in enumerate(_list(given.get("unknown", []), "unknown", MAX_UNKNOWN), 1)
            if (line := _line(one, f"line {number} of what is not known", MAX_LINE))
        ),
        shows=_shows(given.get("shows", list(SHOWN))),
    )


def content_as_json(content: SheetContent) -> dict[str, Any]:
    """The content as JSON holds it; equal content gives equal JSON."""
    return {
        "title": content.title,
        "language": content.language,
        "style": content.style,
        "summary": content.summary,
        "sections": [
            {
                "heading": one.heading,
                "prose": one.prose,
                "claims": list(one.claims),
                "query": one.query,
            }
            for one in content.sections
        ],
        "unknown": list(content.unknown),
        "shows": [name for name in SHOWN if name in content.shows],
    }


def _refuse_query(query: str, place: str) -> None:
    """Refuse a query that is not written as parameters of a list; which there are is not asked."""
    try:
        canonical_query(query)
        for name, value in query_pairs(query):
            if name != "q":
                read_clause(value)
    except Refusal as refusal:
        raise SheetContentRefused(
            "not_understood",
            f"The query of {place} is not understood: {refusal.message} Write it as in "
            "topic=energy or asserter=russia&period=2025.",
        ) from refusal


def _section(data: object, place: str) -> SectionContent:
    given = _members(data, SectionContent, place)
    query = _text(given.get("query", ""), f"the query of {place}", MAX_LINE).strip()
    if query:
        _refuse_query(query, place)
    references = _list(given.get("claims", []), f"the claims of {place}", MAX_CLAIMS)
    return SectionContent(
        heading=_line(given.get("heading", ""), f"the heading of {place}", MAX_HEADING),
        prose=_text(given.get("prose", ""), f"the prose of {place}", MAX_PROSE),
        claims=tuple(dict.fromkeys(_reference(one, place) for one in references)),
        query=query,
    )


def _reference(data: object, place: str) -> str:
    written = _text(data, f"a claim of {place}", MAX_LINE).strip()
    reference = written[:1].upper() + written[1:]
    return _like(reference, f"a claim of {place}", _REFERENCE, "C17")


def _shows(data: object) -> frozenset[str]:
    names = [_text(one, "what to show", MAX_LINE) for one in _list(data, "shows", 2 * len(SHOWN))]
    for name in names:
        if name not in SHOWN:
            raise SheetContentRefused(
                "unknown_part",
                f"{quoted(name)} is no part to show. Use some of: {', '.join(SHOWN)}.",
            )
    return frozenset(names)


def _members(data: object, made: type, place: str) -> Mapping[str, Any]:
    names = tuple(made.__dataclass_fields__)  # type: ignore[attr-defined]
    if not isinstance(data, Mapping):
        raise SheetContentRefused("no_object", f"Of {place} an object is needed.")
    for name in data:
        if name not in names:
            raise SheetContentRefused(
                "unknown_member",
                f"{place} has no {quoted(str(name))}. Use some of: {', '.join(names)}.",
            )
    return data


def _list(data: object, place: str, most: int) -> Sequence[object]:
    if isinstance(data, str) or not isinstance(data, Sequence):
        raise SheetContentRefused("no_list", f"{place}: a list is needed.")
    if len(data) > most:
        raise SheetContentRefused(
            "too_many", f"{place}: there are {len(data)}; at most {most} are kept. Leave some out."
        )
    return data


def _line(data: object, place: str, most: int, *, required: bool = False) -> str:
    line = " ".join(_text(data, place, most).split())
    if required and not line:
        raise SheetContentRefused("missing", f"The fact sheet needs a {place}. Type one.")
    return line


def _text(data: object, place: str, most: int) -> str:
    if not isinstance(data, str):
        raise SheetContentRefused("no_text", f"{place}: text is needed.")
    text = data.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise SheetContentRefused(
            "unkept_character", f"{place}: it has a character that cannot be kept. Type it anew."
        )
    if len(text) > most:
        raise SheetContentRefused(
            "too_long",
            f"{place}: it has {len(text):,} characters; at most {most:,} are kept. Shorten it.",
        )
    return text


def _like(data: object, place: str, pattern: re.Pattern[str], example: str) -> str:
    text = _text(data, place, MAX_LINE)
    if not pattern.fullmatch(text):
        raise SheetContentRefused(
            "not_understood", f"{place}: {quoted(text)} is not understood. Write it like {example}."
        )
    return text
