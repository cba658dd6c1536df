"""The grades of quotes in the texts of their sources, in words for people."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sources.domain.grading.differences import Difference
from sources.domain.grading.drift import Wording, difference_of
from sources.domain.text.characters import SOFT_HYPHEN, invisible_characters
from sources.domain.text.invisible import full_name
from sources.domain.text.segments import masked
from sources.models import Grading
from sources.readings.doubts import DoubtReading, doubts_of, meaning_of
from sources.readings.quotes import QuoteReading
from sources.readings.reader import Reader
from sources.readings.redacted_text import without_hidden
from sources.vocabulary import ApparatusKind, Grade

# Words that were passed over are repeated up to this length; longer ones are counted.
REPEATED = 24
MAX_END = 80  # code points of either end of the words of the text that a sentence repeats

DIFFERENCES = {
    "white-space": gettext_lazy("white space"),
    "quotation-marks": gettext_lazy("quotation marks"),
    "dashes": gettext_lazy("dashes"),
    "ligatures": gettext_lazy("ligatures"),
    "soft-hyphens": gettext_lazy("soft hyphens"),
    "line-end-hyphens": gettext_lazy("hyphens at line ends"),
    "unicode-form": gettext_lazy("Unicode form"),
}


# Differences of which no sentence repeats the words.
_WITHOUT_WORDS = frozenset([*DIFFERENCES, Difference.ELISION, Difference.INSERTION])


@dataclass(frozen=True)
class QuoteFinding:
    """The grade of a quote with what it leaves open.

    `notes` are sentences: what differs, and why words are refused. `differing` sets a drifted quote
    beside the most similar words; `offered` are these, to be quoted instead, empty where some of
    them were withheld. `layer` is the text that it was last looked for in.
    `withheld_on` is the day on which its words were withheld: it stands where they stood. `doubts`
    are what a reviewer confirms of its place: gaps, raised figures.
    """

    label: str
    meaning: str
    is_verified: bool
    notes: Sequence[str] = ()
    differing: Sequence[Wording] = ()
    withheld_on: date | None = None
    layer: int | None = None
    offered: str = ""
    doubts: Sequence[DoubtReading] = ()


@dataclass(frozen=True)
class QuoteFindings:
    """The latest gradings of some quotes, read at once for one reader, by the excerpt's number.

    `doubts` are those about their places, as far as the reader may know them.
    """

    gradings: Mapping[int, Any]
    doubts: Mapping[int, Sequence[DoubtReading]]

    def of(self, quote: QuoteReading) -> QuoteFinding:
        """The finding of one of the quotes: of one whose source is not known, its grade alone."""
        if quote.withheld_on is not None:
            return _tombstone(quote.withheld_on)
        if quote.number is None:
            return finding_of(quote, None)
        return finding_of(quote, self.gradings.get(quote.number), self.doubts.get(quote.number, ()))


def quote_findings(quotes: Iterable[QuoteReading], reader: Reader) -> QuoteFindings:
    """Read the latest gradings of quotes. Two queries at most, four more where one is in doubt."""
    numbers = {quote.number for quote in quotes if quote.words is not None} - {None}
    rows = gradings_with_words(numbers, reader) if numbers else ()
    gradings = {row.excerpt_id: row for row in rows}
    cover(gradings.values(), reader)
    return QuoteFindings(gradings, doubts_of(gradings.values(), reader))


def gradings_with_words(excerpts: Iterable[int | None], reader: Reader) -> Any:
    """The latest grading of each; of drifted quotes with the words at the place most alike."""
    rows = Grading.objects.filter(excerpt__in=list(excerpts)).newest()
    rows = rows.annotate(layer_doubts=F("layer__doubts"))
    return rows.with_found_in(reader.account, reader.at).with_found_words()


def cover(gradings: Iterable[Any], reader: Reader) -> None:
    """Put blocks in place of withheld words where a drifted quote is alike to them, and leave out
    what a sentence would repeat of them. Sets `is_covered` where there are blocks.

    For the public, words that no page shows are blocks too.
    """
    telling = [row for row in gradings if row.found_words or row.passed_over]
    gone = Grading.objects.withheld_places({row.layer_id for row in telling}) if telling else {}
    for row in telling:
        cover_places(row, gone[row.layer_id])
        if not reader.is_staff:
            cover_hidden(row, row.layer_doubts or ())


def cover_hidden(grading: Any, doubts: Sequence[Mapping[str, Any]]) -> None:
    """Put blocks in place of the words that no page of its text shows, whose doubts these are."""
    whole = grading.found_words
    grading.found_words = without_hidden(whole, grading.start or 0, doubts)
    grading.is_covered = grading.is_covered or grading.found_words != whole
    grading.passed_over = [
        {**one, "words": without_hidden(one["words"], one["start"], doubts)}
        for one in grading.passed_over
    ]


def cover_places(grading: Any, places: Sequence[tuple[int, int]]) -> None:
    """Cover the withheld places of its text in a grading that was read with its words."""
    at = grading.start or 0
    here = [(max(start - at, 0), end - at) for start, end in places if end > at]
    whole = grading.found_words
    grading.found_words = masked(whole, here)
    grading.is_covered = grading.found_words != whole
    grading.passed_over = [
        one
        for one in grading.passed_over
        if one["kind"] in _WITHOUT_WORDS
        or not any(start < one["end"] and one["start"] < end for start, end in places)
    ]


def passed_over_in_words(passed_over: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say in sentences what differs from the source: left out, added, written otherwise; and why a
    quote is refused, where a comparison of the words does not show it."""
    notes = list(filter(None, map(_reason_in_words, passed_over)))
    counted = Counter(
        str(DIFFERENCES[one["kind"]]) for one in passed_over if one["kind"] in DIFFERENCES
    )
    if counted:
        kinds = (f"{name} ({times}×)" if times > 1 else name for name, times in counted.items())
        notes.append(_("Written otherwise: %(kinds)s.") % {"kinds": ", ".join(kinds)})
    apparatus = Counter(
        _of_the_file(one["kind"], one["words"])
        for one in passed_over
        if one["kind"] in list(ApparatusKind)
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


def not_printed_in_words(quote: QuoteReading) -> list[str]:
    """Say what of the file is not printed of a quote: marks of notes, links, soft hyphens."""
    pieces = Counter(_of_the_file(kind, words) for kind, words in quote.left_out)
    hyphens = (quote.located or "").count(SOFT_HYPHEN)
    if hyphens:
        pieces[_("soft hyphen")] = hyphens
    if not pieces:
        return []
    named = (f"{name} ({times}×)" if times > 1 else name for name, times in pieces.items())
    return [_("Not printed here: %(what)s.") % {"what": ", ".join(named)}]


def _reason_in_words(one: Mapping[str, Any]) -> str:
    """The reason for which a quote is drifted or missing; empty for what was passed over."""
    if one["kind"] == Difference.CUT:
        return _("Cuts off a part of a number or a word: the text has “%(words)s”.") % {
            "words": shortened(one["words"])
        }
    if one["kind"] == Difference.IN_APPARATUS:
        return _(
            "Stands only where no text is: in the target of a link, in mark-up or the mark of a "
            "note (“%(words)s”)."
        ) % {"words": shortened(one["words"])}
    if one["kind"] == Difference.ACROSS_BLOCKS:
        return _("Runs from the running text into a footnote, a running head or the like.")
    if one["kind"] == Difference.INVISIBLE:
        return " ".join(
            sentence % {"names": names}
            for sentence, names in (
                (
                    _("The text has what prints nothing there, and the quote has not: %(names)s."),
                    _names(one["words"]),
                ),
                (
                    _("The quote has what prints nothing, and the text has not: %(names)s."),
                    _names(one["quoted"]),
                ),
            )
            if names
        )
    if one["kind"] == Difference.LOOK_ALIKE:
        return _("Looks the same and is not: %(quoted)s in the quote, %(words)s in the text.") % {
            "quoted": full_name(one["quoted"]),
            "words": full_name(one["words"]),
        }
    return ""


def _names(characters: str) -> str:
    """The names of characters, each once, with how many times."""
    counted = Counter(map(full_name, characters))
    return ", ".join(f"{name} ({times}×)" if times > 1 else name for name, times in counted.items())


def shortened(words: str) -> str:
    """Words as a sentence repeats them: of many the beginning and the end."""
    if len(words) <= 2 * MAX_END:
        return words
    return f"{words[:MAX_END].rstrip()} … {words[-MAX_END:].lstrip()}"


def finding_of(
    quote: QuoteReading, grading: Any, doubts: Sequence[DoubtReading] = ()
) -> QuoteFinding:
    """The finding of one quote by its latest grading, None where there is none to tell.

    The grading was read with the words at its place, and its withheld places are covered.
    """
    grade = quote.grade
    words = quote.located or ""
    notes = not_printed_in_words(quote)
    if grading is not None and grading.grade == grade:
        notes += passed_over_in_words(grading.passed_over)
        if grade == Grade.AMBIGUOUS and grading.start is None:
            count = len(grading.places)
            notes.append(
                ngettext(
                    "Stands in %(count)d place of the text.",
                    "Stands in %(count)d places of the text.",
                    count,
                )
                % {"count": count}
            )
        if grading.may_name_found_in:
            notes.append(_("The words stand in “%(title)s”.") % {"title": grading.found_in.title})
    if names := invisible_characters(words):
        notes.append(_("Holds what prints nothing: %(names)s.") % {"names": ", ".join(names)})
    similar = grading.found_words if grading is not None and grade == Grade.DRIFTED else ""
    return QuoteFinding(
        label=_(grade.label),
        meaning=meaning_of(quote),
        is_verified=quote.is_verified,
        notes=notes,
        doubts=doubts,
        differing=difference_of(words, similar) if similar and words else (),
        layer=None if grading is None else grading.layer_id,
        offered="" if not similar or grading.is_covered else similar,
    )


def _tombstone(day: date) -> QuoteFinding:
    """The finding in place of a grade where words were withheld: nobody can check them now."""
    return QuoteFinding(
        label=_("Withheld"),
        meaning=_("The words were withheld on %(day)s.") % {"day": f"{day:%Y-%m-%d}"},
        is_verified=False,
        withheld_on=day,
    )


def _of_the_file(kind: str, words: str) -> str:
    """A piece of apparatus: its kind, and its words where they are few."""
    label, words = _(ApparatusKind(kind).label).lower(), words.strip()
    return f"{label} “{words}”" if 0 < len(words) <= REPEATED else label
