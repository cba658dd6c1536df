"""Two versions compared: their parts, their quotes, and which quote took the place of which."""

from hypothesis import given
from hypothesis import strategies as st

from claims.readings.changes import (
    QuoteChange,
    change_texts,
    compare_parts,
    compare_quotes,
    with_replacements,
)
from claims.readings.claims import EvidenceReading
from claims.vocabulary import Mode, Stance
from tests.claims.told import changed, claim, quote

BEFORE = claim(1, "Trade fell by 9%.")
WHOLE = quote("paper", "Trade fell by 9% in the first half.", number=1)
CUT = quote("paper", "Trade fell by 9%", number=2)
OTHER = quote("paper", "Exports rose.", number=3)
ELSEWHERE = quote("another", "Trade fell by 9%", number=4)

QUOTES = st.builds(
    quote,
    st.sampled_from(["paper", "another"]),
    st.sampled_from(["Trade fell by 9%", "Trade fell by 9% in all", "Exports rose."]),
    number=st.integers(1, 6),
    stance=st.sampled_from(list(Stance)),
)
EVIDENCE = st.lists(QUOTES, max_size=5, unique_by=lambda piece: piece.quote.number).map(tuple)


def pairs(
    before: tuple[EvidenceReading, ...], after: tuple[EvidenceReading, ...]
) -> list[tuple[EvidenceReading | None, EvidenceReading | None]]:
    old, new = changed(BEFORE, evidence=before), changed(BEFORE, evidence=after)
    return [(one.before, one.after) for one in with_replacements(compare_quotes(old, new))]


def test_a_quote_that_was_cut_is_one_change() -> None:
    assert pairs((WHOLE,), (CUT,)) == [(WHOLE, CUT)]


def test_a_quote_with_other_words_or_of_another_source_takes_no_place() -> None:
    assert pairs((WHOLE,), (OTHER,)) == [(WHOLE, None), (None, OTHER)]
    assert pairs((WHOLE,), (ELSEWHERE,)) == [(WHOLE, None), (None, ELSEWHERE)]


def test_a_quote_takes_the_place_of_one_alone() -> None:
    again = quote("paper", "Trade fell by 9% in the first half", number=5)
    assert pairs((WHOLE, again), (CUT,)) == [(WHOLE, CUT), (again, None)]


@given(EVIDENCE, EVIDENCE)
def test_every_quote_that_came_or_went_is_told_once(
    before: tuple[EvidenceReading, ...], after: tuple[EvidenceReading, ...]
) -> None:
    old, new = changed(BEFORE, evidence=before), changed(BEFORE, evidence=after)
    told = with_replacements(compare_quotes(old, new))
    plain = compare_quotes(old, new)

    def numbers(changes: list[QuoteChange], side: str) -> list[int]:
        found = (getattr(change, side) for change in changes)
        return sorted(piece.quote.number for piece in found if piece is not None)

    assert numbers(told, "before") == numbers(plain, "before")
    assert numbers(told, "after") == numbers(plain, "after")


def test_another_authority_counts_where_it_is_asked_for() -> None:
    old, new = changed(BEFORE, evidence=(WHOLE,)), changed(BEFORE, id=7, evidence=(WHOLE,))

    assert compare_quotes(old, new) == []
    assert compare_quotes(old, new, {(7, 1): "The ministry"}) == [QuoteChange(WHOLE, WHOLE)]


def test_parts_that_differ_are_told_in_the_words_of_the_page() -> None:
    after = changed(BEFORE, mode=Mode.ESTIMATED, language="de")

    assert [
        (part.label, part.before, part.after)
        for part in compare_parts(BEFORE, after)
        if part.differs
    ] == [("How sure", "Stated", "Estimated"), ("Language", "en", "de")]
    assert change_texts(BEFORE, after) == ["How sure: Stated → Estimated", "Language: en → de"]
