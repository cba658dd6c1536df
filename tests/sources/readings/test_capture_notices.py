"""The pages that the warnings about a text name."""

from sources.readings.capture_notices import pages_with
from sources.vocabulary import DoubtKind


def test_pages_are_named_for_the_spans_of_a_kind_that_reach_into_them() -> None:
    pages = [{"index": n, "label": "", "start": 10 * n, "end": 10 * n + 9} for n in range(4)]
    doubts = [
        {"kind": DoubtKind.HIDDEN, "start": 12, "end": 22},
        {"kind": DoubtKind.GIBBERISH, "start": 30, "end": 31},
        {"kind": DoubtKind.HIDDEN, "start": 9, "end": 10},  # between two pages
    ]

    assert pages_with(doubts, pages, DoubtKind.HIDDEN) == [2, 3]
    assert pages_with(doubts, pages, DoubtKind.GIBBERISH) == [4]
    assert pages_with([], pages, DoubtKind.HIDDEN) == []
