"""The grades of quotes in the texts of their sources, in words for people."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Substr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sources.domain.grading.differences import Difference
from sources.domain.grading.drift import Wording, difference_of
from sources.domain.text.characters import invisible_characters
from sources.domain.text.segments import masked
from sources.models import Grading
from sources.readings.quotes import QuoteReading
from sources.readings.reader import Reader
from sources.vocabulary import ApparatusKind, Grade

# Words that were passed over are repeated up to this length; longer ones are counted.
REPEATED = 24

DIFFERENCES = {
    "white-space": gettext_lazy("white space"),
    "quotation-marks": gettext_lazy("quotation marks"),
    "dashes": gettext_lazy("dashes"),
    "ligatures": gettext_lazy("ligatures"),
    "soft-hyphens": gettext_lazy("soft hyphens"),
    "unicode-form": gettext_lazy("Unicode form"),
}


@dataclass(frozen=True)
class QuoteFinding:
    """The grade of a quote with what it leaves open.

    `notes` are sentences. `differing` sets a drifted quote beside the most similar words. `layer`
    is the text that it was last looked for in.
    `withheld_on` is the day on which its words were withheld: it stands where they stood.
    """

    label: str
    meaning: str
    is_verified: bool
    notes: Sequence[str] = ()
    differing: Sequence[Wording] = ()
    withheld_on: date | None = None
    layer: int | None = None


@dataclass(frozen=True)
class QuoteFindings:
    """The latest gradings of some quotes, read at once for one reader, by the excerpt's number."""

    gradings: Mapping[int, Any]

    def of(self, quote: QuoteReading) -> QuoteFinding:
        """The finding of one of the quotes: of one whose source is not known, its grade alone."""
        if quote.withheld_on is not None:
            return _tombstone(quote.withheld_on)
        grading = None if quote.number is None else self.gradings.get(quote.number)
        return _finding(quote, grading)


def quote_findings(quotes: Iterable[QuoteReading], reader: Reader) -> QuoteFindings:
    """Read the latest gradings of quotes. Two queries at most, whatever they are."""
    numbers = {quote.number for quote in quotes if quote.words is not None} - {None}
    rows = gradings_with_words(numbers, reader) if numbers else ()
    gradings = {row.excerpt_id: row for row in rows}
    cover(gradings.values())
    return QuoteFindings(gradings)


def gradings_with_words(excerpts: Iterable[int | None], reader: Reader) -> Any:
    """The latest grading of each; of drifted quotes with the words at the place most alike."""
    found = Substr("layer__text", F("start") + 1, F("end") - F("start"))
    is_drifted = When(grade=Grade.DRIFTED, start__isnull=False, then=found)
    return (
        Grading.objects.filter(excerpt__in=list(excerpts))
        .newest()
        .with_found_in(reader.account, reader.at)
        .annotate(found_words=Case(is_drifted, default=Value(""), output_field=TextField()))
    )


def cover(gradings: Iterable[Any]) -> None:
    """Put blocks in place of withheld words where a drifted quote is alike to them, and leave out
    pieces of the file that hold some."""
    telling = [row for row in gradings if row.found_words or row.passed_over]
    gone = Grading.objects.withheld_places({row.layer_id for row in telling}) if telling else {}
    for row in telling:
        at, places = row.start or 0, gone[row.layer_id]
        here = [(max(start - at, 0), end - at) for start, end in places if end > at]
        row.found_words = masked(row.found_words, here)
        row.passed_over = [
            one
            for one in row.passed_over
            if one["kind"] not in list(ApparatusKind)
            or not any(start < one["end"] and one["start"] < end for start, end in places)
        ]


def passed_over_in_words(passed_over: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say in sentences what differs from the source: left out, added, written otherwise."""
    notes = []
    counted = Counter(
        str(DIFFERENCES[one["kind"]]) for one in passed_over if one["kind"] in DIFFERENCES
    )
    if counted:
        kinds = (f"{name} ({times}×)" if times > 1 else name for name, times in counted.items())
        notes.append(_("Written otherwise: %(kinds)s.") % {"kinds": ", ".join(kinds)})
    apparatus = Counter(
        _of_the_file(one) for one in passed_over if one["kind"] in list(ApparatusKind)
    )
    if apparatus:
        pieces = (f"{name} ({times}×)" if times > 1 else name for name, times in apparatus.items())
        notes.append(_("Passed over in the file: %(what)s.") % {"what": ", ".join(pieces)})
    for one in passed_over:
        if one["kind"] == Difference.ELISION:
            count = len(one["words"].split())
            notes.append(
                ngettext(
                    "Leaves out %(count)d word of the source.",
                    "Leaves out %(count)d words of the source.",
                    count,
                )
                % {"count": count}
            )
        elif one["kind"] == Difference.INSERTION:
            notes.append(_("Words of the desk: %(words)s.") % {"words": one["quoted"].strip()})
    return notes


def _finding(quote: QuoteReading, grading: Any) -> QuoteFinding:
    """The finding of one quote by its latest grading, None where there is none to tell."""
    grade = quote.grade
    words = quote.words or ""
    notes = []
    if grading is not None and grading.grade == grade:
        notes += passed_over_in_words(grading.passed_over)
        if grading.may_name_found_in:
            notes.append(_("The words stand in “%(title)s”.") % {"title": grading.found_in.title})
    if names := invisible_characters(words):
        notes.append(_("Holds what prints nothing: %(names)s.") % {"names": ", ".join(names)})
    similar = grading.found_words if grading is not None and grade == Grade.DRIFTED else ""
    return QuoteFinding(
        label=_(grade.label),
        meaning=_(grade.meaning),
        is_verified=quote.is_verified,
        notes=notes,
        differing=difference_of(words, similar) if similar and words else (),
        layer=None if grading is None else grading.layer_id,
    )


def _tombstone(day: date) -> QuoteFinding:
    """The finding in place of a grade where words were withheld: nobody can check them now."""
    return QuoteFinding(
        label=_("Withheld"),
        meaning=_("The words were withheld on %(day)s.") % {"day": f"{day:%Y-%m-%d}"},
        is_verified=False,
        withheld_on=day,
    )


def _of_the_file(passed: Mapping[str, Any]) -> str:
    """A piece of apparatus: its kind, and its words where they are few."""
    label = _(ApparatusKind(passed["kind"]).label).lower()
    words = passed["words"].strip()
    return f"{label} “{words}”" if 0 < len(words) <= REPEATED else label
