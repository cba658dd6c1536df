"""Find the words of a quote in the text of its source, or else in the texts of other sources.

Texts are long and many, so all this reads and computes before anything is locked. Who saves a match
asks `is_current` under the lock of the source, since the texts may have changed meanwhile.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sources.domain.grading.doubts import Doubt
from sources.domain.grading.quotes import FoldedText, GradedQuote, grade_quote
from sources.domain.printed_words import LeftOut, left_out_of
from sources.domain.text.spans import DoubtfulSpan, Span
from sources.domain.text.word_index import words_of_quote
from sources.extraction.kinds import has_doubts
from sources.models import Source, TextLayer
from sources.vocabulary import DoubtKind, Grade

# Other sources that have all words of a quote and are searched for it, one after the other.
MAX_CANDIDATES = 200

# Words that the index is asked for. With many, PostgreSQL takes reading all texts for cheaper, as
# its estimates leave out what it costs to unpack their words.
MAX_WORDS = 4


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """The match of a quote's words with the current text of their source.

    `layer` is the text that was searched, None where the source had none. Words that are missing
    there may stand in another source: `found_in`, in its text `found_layer`. `left_out` are the
    parts of the words that are not printed.
    """

    layer: TextLayer | None
    graded: GradedQuote
    found_in: Source | None = None
    found_layer: TextLayer | None = None
    left_out: tuple[LeftOut, ...] = ()


def folded_text(layer: TextLayer | None) -> FoldedText | None:
    """Return the text of a layer as quotes are graded in it, for one quote or many."""
    if layer is None:
        return None
    spans = [Span(span["start"], span["end"], span["kind"]) for span in layer.apparatus]
    doubts = [
        DoubtfulSpan(span["start"], span["end"], DoubtKind(span["kind"])) for span in layer.doubts
    ]
    is_looked_at = has_doubts(layer.extractor, layer.version)
    return FoldedText(layer.text, spans, doubts if is_looked_at else None)


def grade_in_text(text: FoldedText | None, exact: str, *, prefix: str, suffix: str) -> GradedQuote:
    """Grade words in a text; without one they are not located."""
    if text is None:
        return GradedQuote(grade=Grade.UNLOCATED)
    return grade_quote(exact, text, prefix=prefix, suffix=suffix)


def match_in_source(
    source: Source, exact: str, *, prefix: str = "", suffix: str = ""
) -> QuoteMatch:
    """Match words in the current text of a source; see `match_in_layer`."""
    layer = TextLayer.objects.current_of(source).first()
    return match_in_layer(source, layer, folded_text(layer), exact, prefix=prefix, suffix=suffix)


def match_in_layer(
    source: Source,
    layer: TextLayer | None,
    text: FoldedText | None,
    exact: str,
    *,
    prefix: str,
    suffix: str,
    without: Collection[int] = (),
) -> QuoteMatch:
    """Match words in a layer of a source and its folded text; search for missing ones elsewhere.

    `without` are the ids of text layers that are not searched.
    """
    graded = grade_in_text(text, exact, prefix=prefix, suffix=suffix)
    left_out = left_out_of(exact, text, place_of(graded))
    if graded.grade == Grade.MISSING:
        other = find_other_source(exact, other_than=source, without=without)
        if other is not None:
            return QuoteMatch(layer, replace(graded, grade=Grade.ELSEWHERE), *other, left_out)
    return QuoteMatch(layer, graded, left_out=left_out)


def place_of(graded: GradedQuote) -> tuple[int, int] | None:
    """Return where the words stand; of several places, where the same words stand, the first."""
    if graded.grade == Grade.AMBIGUOUS:
        return graded.places[0]
    if graded.grade.is_located and graded.start is not None and graded.end is not None:
        return graded.start, graded.end
    return None


def find_other_source(
    exact: str, *, other_than: Source, without: Collection[int] = ()
) -> tuple[Source, TextLayer] | None:
    """Find another source whose current text carries the words, and that text.

    Nobody learns of a source by it that they may not know: see `TextLayerQuerySet.elsewhere_than`.
    Each text is read by itself: most often the first has the words.
    """
    words = words_of_quote(exact)
    if not words:
        return None
    holding = list(TextLayer.objects.containing(words[:MAX_WORDS]).values_list("pk", flat=True))
    candidates = TextLayer.objects.filter(pk__in=holding).exclude(pk__in=without)
    candidates = candidates.elsewhere_than(other_than).order_by("pk")
    for pk in candidates.values_list("pk", flat=True)[:MAX_CANDIDATES]:
        layer = TextLayer.objects.filter(pk=pk).defer("words", "metadata", "pages").first()
        text = folded_text(layer)
        if layer is None or text is None:
            continue
        graded = grade_quote(exact, text, suggests=False)
        if graded.grade.is_found and not any(map(_is_of_hidden_words, graded.doubts)):
            others = Source.objects.known_with(other_than).exclude(pk=other_than.pk)
            found = others.filter(captures__blob=layer.blob_id).order_by("pk").first()
            if found is not None:
                return found, layer
    return None


def _is_of_hidden_words(doubt: Doubt) -> bool:
    """Whether a place has words that its page does not show: nobody is told that it has them."""
    return doubt.kind == DoubtKind.HIDDEN


def is_current(match: QuoteMatch, source: Source) -> bool:
    """Whether the texts in which a match was found, or not, are still the current ones.

    Exact only under the lock of the source: while it is held, no text of the source becomes
    current or is withheld.
    """
    current = TextLayer.objects.current_of(source).first_pk()
    if current != (match.layer.pk if match.layer else None):
        return False
    if match.found_in is None or match.found_layer is None:
        return True
    found = TextLayer.objects.filter(pk=match.found_layer.pk, is_current=True).exclude(text="")
    others = Source.objects.known_with(source).filter(captures__blob=match.found_layer.blob_id)
    return found.elsewhere_than(source).exists() and others.filter(pk=match.found_in.pk).exists()
