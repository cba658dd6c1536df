"""Warnings for the desk about the text of a capture, in sentences for every door.

The one place that words it: the page of the capture, the message after capturing and the API map
these sentences. They name words of the file, so they are for the desk alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.domain.text.completeness import Completeness, stored_completeness
from sources.vocabulary import DoubtKind

_PDF = "application/pdf"
# How many places of a file a sentence names.
MAX_NAMED = 5


def capture_notices(capture: Any) -> list[str]:
    """The warnings about the current text of a capture, a row of `with_notices`; the gravest first.

    None of a capture without a text.
    """
    if not capture.has_text:
        return []
    return [
        *_gibberish(capture.doubts or (), capture.pages or ()),
        *_hidden(capture.doubts or (), capture.pages or ()),
        *_unexamined(capture.unexamined or ()),
        *_fragment(stored_completeness(capture.completeness)),
        *_guessed(capture.encoding or ""),
        *_replaced(capture.replaced),
    ]


def is_fragment(capture: Any) -> bool:
    """Whether the text of a row of `with_notices` is a fragment of its file."""
    completeness = stored_completeness(capture.completeness) if capture.has_text else None
    return completeness is not None and completeness.is_fragment


def completeness_text(capture: Any) -> str:
    """How many words of the file of a row of `with_notices` its text has; empty where unknown."""
    completeness = stored_completeness(capture.completeness) if capture.has_text else None
    if completeness is None:
        return ""
    told = _("%(kept)s of %(counted)s (%(share)d %%)") % {
        "kept": f"{completeness.kept:,}",
        "counted": f"{completeness.counted:,}",
        "share": int(completeness.share * 100),
    }
    if completeness.aside:
        aside = {"aside": f"{completeness.aside:,}"}
        told += "; " + _("%(aside)s of navigation, heads and feet of pages not counted") % aside
    if capture.kind == _PDF:
        told += "; " + _("words that the file hides from its reader are not seen")
    return told


def share_text(completeness: Completeness) -> str:
    """How much of a file is in its text, in a sentence: never more than there is."""
    share = {"share": int(completeness.share * 100)}
    return _("%(share)d %% of the words of this file are in the text.") % share


def _gibberish(
    doubts: Sequence[Mapping[str, Any]], pages: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Say that letters of a text are not those that its pages print, and on which pages."""
    found = pages_with(doubts, pages, DoubtKind.GIBBERISH)
    if not found:
        return []
    return [
        _(
            "The letters of this text are not those that the file prints (%(pages)s): its fonts do "
            "not say which they are. Words are not found there; a quote needs a note that says how "
            "it was compared with the page."
        )
        % {"pages": pages_text(found)}
    ]


def _hidden(doubts: Sequence[Mapping[str, Any]], pages: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say that a text has words which its pages do not show, and on which pages."""
    found = pages_with(doubts, pages, DoubtKind.HIDDEN)
    if not found:
        return []
    return [
        _(
            "This file has words that its pages do not show (%(pages)s): covered, in the colour of "
            "their ground, without ink or off the page. They are marked in the text, never shown "
            "to the public, and quotes of them need a note."
        )
        % {"pages": pages_text(found)}
    ]


def _unexamined(numbers: Sequence[int]) -> list[str]:
    """Say which pages have too much on them to be looked at for hidden words."""
    if not numbers:
        return []
    return [
        _("Not looked at for hidden words, since too much is painted there: %(pages)s.")
        % {"pages": pages_text(numbers)}
    ]


def pages_with(
    doubts: Sequence[Mapping[str, Any]], pages: Sequence[Mapping[str, Any]], kind: DoubtKind
) -> list[int]:
    """The numbers of the pages, from 1, that have a doubtful span of a kind."""
    spans = [(doubt["start"], doubt["end"]) for doubt in doubts if doubt["kind"] == kind]
    if not spans:
        return []
    return [
        page["index"] + 1
        for page in pages
        if any(start < page["end"] and page["start"] < end for start, end in spans)
    ]


def pages_text(numbers: Sequence[int]) -> str:
    """The numbers of pages of a file in words: pages 1, 3–5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    named = ", ".join(f"{first}–{last}" if last > first else f"{first}" for first, last in runs)
    return ngettext("page %(numbers)s", "pages %(numbers)s", len(numbers)) % {"numbers": named}


def _fragment(completeness: Completeness | None) -> list[str]:
    """Say that a text is a fragment, and what is not in it."""
    if completeness is None or not completeness.is_fragment:
        return []
    pieces = "; ".join(f"“{piece}”" for piece in completeness.missing[:MAX_NAMED])
    missing = " " + _("Not in it: %(pieces)s.") % {"pieces": pieces} if pieces else ""
    return [share_text(completeness) + missing]


def _guessed(encoding: str) -> list[str]:
    """Say that the encoding of a file was guessed."""
    name, mark, _language = encoding.partition(" (guessed")
    if not mark:
        return []
    return [
        _(
            "The file does not say in which encoding it is; it was read as %(name)s, which is a "
            "guess. Compare its letters with the file."
        )
        % {"name": name}
    ]


def _replaced(replaced: Mapping[str, Any] | None) -> list[str]:
    """Say where U+FFFD stands for what could not be read."""
    if not replaced:
        return []
    named = replaced["places"][:MAX_NAMED]
    places = "; ".join(
        _("line %(line)d, character %(character)d (%(was)s)") % place for place in named
    )
    if replaced["count"] > len(named):
        places += "; …"
    sentence = ngettext(
        "%(n)d place of the file is no character that a text keeps: %(places)s.",
        "%(n)d places of the file are no characters that a text keeps: %(places)s.",
        replaced["count"],
    ) % {"n": replaced["count"], "places": places}
    if not replaced["in_text"]:
        return [f"{sentence} " + _("None of them is in the text.")]
    return [f"{sentence} " + _("The text has � there.")]
