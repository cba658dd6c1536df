"""What the desk is warned of in the text of a capture, in sentences for every door.

The one place that words it: the page of the capture, the message after capturing and the API map
these sentences. They name words of the file, so they are for the desk alone.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.domain.text.completeness import Completeness

_PDF = "application/pdf"
# How many places of a file a sentence names.
MAX_NAMED = 5


def capture_notices(capture: Any) -> list[str]:
    """The warnings about the current text of a capture, a row of `with_text`; the gravest first.

    None of a capture without a text.
    """
    if not capture.has_text:
        return []
    return [
        *_fragment(completeness_of(capture.completeness)),
        *_replaced(capture.replaced),
    ]


def is_fragment(capture: Any) -> bool:
    """Whether the text of a row of `with_text` is a fragment of its file."""
    completeness = completeness_of(capture.completeness) if capture.has_text else None
    return completeness is not None and completeness.is_fragment


def completeness_text(capture: Any) -> str:
    """How many words of the file of a row of `with_text` are in its text; empty where unknown."""
    completeness = completeness_of(capture.completeness) if capture.has_text else None
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


def completeness_of(stored: Mapping[str, Any] | None) -> Completeness | None:
    """How much of its file a text has, as its layer stores it; None where that was not counted."""
    if not stored:
        return None
    return Completeness(
        counted=stored["counted"],
        kept=stored["kept"],
        aside=stored.get("aside", 0),
        missing=tuple(stored.get("missing", ())),
    )


def share_text(completeness: Completeness) -> str:
    """How much of a file is in its text, in a sentence: never more than there is."""
    share = {"share": int(completeness.share * 100)}
    return _("%(share)d %% of the words of this file are in the text.") % share


def _fragment(completeness: Completeness | None) -> list[str]:
    """Say that a text is a fragment, and what is not in it."""
    if completeness is None or not completeness.is_fragment:
        return []
    pieces = "; ".join(f"“{piece}”" for piece in completeness.missing[:MAX_NAMED])
    missing = " " + _("Not in it: %(pieces)s.") % {"pieces": pieces} if pieces else ""
    return [share_text(completeness) + missing]


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
