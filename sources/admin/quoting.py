"""A quote's grade in plain words, and the places to choose from."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sources.models import Excerpt, Grading
from sources.readings.quote_findings import QuoteFinding, quote_findings, shortened
from sources.readings.quotes import quote_of
from sources.readings.reader import Reader
from sources.readings.redacted_text import redacted_text
from sources.vocabulary import Grade

# How much text is shown around a place.
AROUND = 160


@dataclass(frozen=True)
class QuoteLocation:
    """A place where the words of a quote stand, with the text around it."""

    start: int
    end: int
    before: str
    words: str
    after: str
    is_chosen: bool = False


def describe_grade(excerpt: Excerpt) -> str:
    """Describe the quote's grade, and say what to do about it."""
    sentences = {
        Grade.EXACT: _("The words stand in the text, character for character."),
        Grade.FOLDED: _(
            "The same words stand in the text; they differ only in white space, quotation marks, "
            "dashes or the like."
        ),
        Grade.ELIDED: _(
            "All parts of the quote stand in the text, in this order. Who approves a claim on it "
            "reads what is left out, and confirms it."
        ),
        Grade.AMBIGUOUS: _(
            "The words stand in several places of the text. Choose the one you mean below, or "
            "quote a few words more."
        ),
        Grade.UNLOCATED: _(
            "There is no text of this source to search yet. Upload its text; the quote is then "
            "looked for by itself."
        ),
        Grade.DRIFTED: _(
            "Only something similar stands in the text. Compare the words, digits and signs with "
            "the source and quote it again."
        ),
        Grade.ELSEWHERE: _("The words do not stand in this source but in another one."),
        Grade.MISSING: _(
            "The words do not stand in the text of this source. Copy them from the text, with "
            "every digit and sign, and quote again; or check that it is the right source."
        ),
    }
    return sentences[Grade(excerpt.grade)]


def describe_finding(excerpt: Excerpt, reader: Reader) -> str:
    """Describe the quote's grade with the reasons for it, and the words to quote instead."""
    finding = finding_of_excerpt(excerpt, reader)
    sentences = [describe_grade(excerpt), *finding.notes]
    if finding.offered:
        offered = shortened(finding.offered)
        sentences.append(_("Quote instead: “%(words)s”.") % {"words": offered})
    return " ".join(sentences)


def finding_of_excerpt(excerpt: Excerpt, reader: Reader) -> QuoteFinding:
    """The finding of one quote."""
    quote = quote_of(excerpt, reader)
    return quote_findings([quote], reader).of(quote)


def places(grading: Grading | None) -> list[QuoteLocation]:
    """The places of an ambiguous quote, with what stands around them."""
    if grading is None or grading.layer is None or not grading.places:
        return []
    text = redacted_text(grading.layer, with_hidden=True)
    return [
        _place(text, start, end, is_chosen=(start, end) == (grading.start, grading.end))
        for start, end in grading.places
    ]


def where(grading: Grading | None) -> QuoteLocation | None:
    """The one place of a quote, with what stands around it."""
    if grading is None or grading.layer is None or grading.start is None or grading.end is None:
        return None
    return _place(
        redacted_text(grading.layer, with_hidden=True), grading.start, grading.end, is_chosen=True
    )


def _place(text: str, start: int, end: int, *, is_chosen: bool) -> QuoteLocation:
    """A place with the text around it."""
    return QuoteLocation(
        start=start,
        end=end,
        before=("…" if start > AROUND else "") + text[max(0, start - AROUND) : start],
        words=text[start:end],
        after=text[end : end + AROUND] + ("…" if end + AROUND < len(text) else ""),
        is_chosen=is_chosen,
    )
