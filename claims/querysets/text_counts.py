"""Reads of counts of texts: which are right as the texts are now, and the jobs that make them."""

from collections.abc import Iterable, Sequence

# The names of the jobs that count: what is missing in a series, and one text.
SERIES_JOB = "claims.count_series"
TEXT_JOB = "claims.count_text"

# Spans of a text that are withheld, half-open in code points, ascending.
Spans = tuple[tuple[int, int], ...]


def withheld_spans(spans: Iterable[Sequence[int]]) -> Spans:
    """Withheld spans in the one form that is stored and compared: each once, ascending."""
    return tuple(sorted({(span[0], span[1]) for span in spans}))
