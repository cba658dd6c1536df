"""The standing of a source, as every door tells it: one code, one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.domain.bibliography.standing_note import with_standing_note
from sources.models import Source
from sources.vocabulary import Standing

# The sentence of each standing, and the one for readers who may not know the source.
_SENTENCES = {
    Standing.CORRECTED: (
        gettext_lazy("The source was corrected on %(day)s: %(reason)s"),
        gettext_lazy("A confidential source was corrected."),
    ),
    Standing.CONCERN: (
        gettext_lazy("The publisher issued an expression of concern on %(day)s: %(reason)s"),
        gettext_lazy("The publisher of a confidential source issued an expression of concern."),
    ),
    Standing.SUPERSEDED: (
        gettext_lazy("A later edition replaced the source on %(day)s: %(reason)s"),
        gettext_lazy("A later edition replaced a confidential source."),
    ),
    Standing.RETRACTED: (
        gettext_lazy("The source was retracted on %(day)s: %(reason)s"),
        gettext_lazy("A confidential source was retracted."),
    ),
    Standing.WITHDRAWN: (
        gettext_lazy("The source was withdrawn on %(day)s: %(reason)s"),
        gettext_lazy("A confidential source was withdrawn."),
    ),
}

_ENDS_OF_SENTENCES = (".", "!", "?", "…", "。")
_CLOSING_MARKS = "\"'”’»)]"


@dataclass(frozen=True)
class StandingReading:
    """That a source no longer stands as published, for one reader.

    `code` is the standing, `label` its name, `since` the day and `reason` the words of whoever set
    it; both are empty for readers who may not know the source. `sentence` says all of it, ends in
    a period and is the same at every door.
    """

    code: Standing
    label: str
    since: date | None
    reason: str
    sentence: str


def read_standing(
    standing: str, since: date | None, reason: str, *, is_known: bool = True
) -> StandingReading | None:
    """Return the standing of a source for a reader; None for a source that is current.

    The values are those of the columns `standing`, `standing_on` and `standing_reason`. `is_known`
    is whether the reader may know the source. Who may not is told the kind of standing, as a
    warning, and neither day nor reason, by which the source could be found in a public list of
    retractions. That a source was retracted or withdrawn tells such a reader nothing new: the
    count of supporting sources leaves it out.
    """
    code = Standing(standing)
    if code == Standing.CURRENT:
        return None
    label, (known, unknown) = _(code.label), _SENTENCES[code]
    if not is_known or since is None:
        return StandingReading(code, label, None, "", str(unknown))
    sentence = str(known) % {"day": date_format(since, "j F Y"), "reason": _as_end(reason)}
    return StandingReading(code, label, since, reason, sentence)


def standing_of(source: Source, *, is_known: bool = True) -> StandingReading | None:
    """Return the standing of a source's row for a reader; see `read_standing`."""
    return read_standing(
        source.standing, source.standing_on, source.standing_reason, is_known=is_known
    )


def csl_with_standing(csl: Mapping[str, Any], standing: StandingReading | None) -> dict[str, Any]:
    """Return a record in CSL-JSON for who cites it: its note says the standing of the source."""
    return dict(csl) if standing is None else with_standing_note(csl, standing.sentence)


def _as_end(reason: str) -> str:
    """The reason on one line, with a period at its end if it has none."""
    line = " ".join(reason.split())
    return line if line.rstrip(_CLOSING_MARKS).endswith(_ENDS_OF_SENTENCES) else f"{line}."
