"""The grammar of a list's parameters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.query import MAX_WORDS, Clause, QueryRefused, read_clause, write_clause
from sources.domain.query_values import is_within_date, is_within_number

READ = {
    "trade": Clause(("trade",)),
    " trade , energy ": Clause(("trade", "energy")),
    "!trade": Clause(("trade",), is_negated=True),
    "! trade,energy": Clause(("trade", "energy"), is_negated=True),
    "none": Clause((), or_none=True),
    "!none": Clause((), or_none=True, is_negated=True),
    "2025,none": Clause(("2025",), or_none=True),
    '"none"': Clause(("none",)),
    '"Smith, Sons",Reuters': Clause(("Smith, Sons", "Reuters")),
    '"the ""Daily""" , x': Clause(('the "Daily"', "x")),
    '"!a"': Clause(("!a",)),
    '5" pipe': Clause(('5" pipe',)),
    "−9%": Clause(("−9%",)),
}
REFUSED = {
    "": "empty_word",
    "   ": "empty_word",
    "!": "empty_word",
    "a,": "empty_word",
    ",a": "empty_word",
    "a,,b": "empty_word",
    '""': "empty_word",
    "a,!b": "misplaced_not",
    "!!a": "misplaced_not",
    '"a': "unclosed",
    '"a" b': "unclosed",
    "a" * 3_000: "too_long",
    "a," * MAX_WORDS + "a": "too_many",
}


@pytest.mark.parametrize(("written", "clause"), READ.items())
def test_a_parameter_is_read_as_a_clause(written: str, clause: Clause) -> None:
    assert read_clause(written) == clause


@pytest.mark.parametrize(("written", "code"), REFUSED.items())
def test_what_is_no_clause_is_refused_in_sentences(written: str, code: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        read_clause(written)

    assert refused.value.code == code
    assert refused.value.message.endswith(".")
    assert len(refused.value.message) < 300


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("May 7, 2025", ("May 7, 2025",)),
        ("May 7–10, 2025", ("May 7–10, 2025",)),
        ("May 7, 2025, 2024", ("May 7, 2025", "2024")),
        ("2025-05-07, 2024", ("2025-05-07", "2024")),
        ("H1 2025,2024", ("H1 2025", "2024")),
        ("7 May 2025, 2024", ("7 May 2025", "2024")),
    ],
)
def test_the_comma_of_a_day_in_american_order_parts_no_words(
    written: str, words: tuple[str, ...]
) -> None:
    assert read_clause(written, is_within_word=is_within_date).words == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("9,1%", ("9,1%",)),
        ("1,000,000", ("1,000,000",)),
        ("9%,10%", ("9%", "10%")),
        ("9, 10", ("9", "10")),
    ],
)
def test_the_comma_inside_a_number_parts_no_words(written: str, words: tuple[str, ...]) -> None:
    assert read_clause(written, is_within_word=is_within_number).words == words


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=20)
clauses = st.builds(
    Clause,
    st.lists(words.filter(str.strip), max_size=5).map(tuple),
    or_none=st.booleans(),
    is_negated=st.booleans(),
).filter(lambda clause: clause.words or clause.or_none)


@given(clauses)
def test_what_is_written_is_read_as_the_same_clause(clause: Clause) -> None:
    written = write_clause(clause)

    assert read_clause(written) == clause
    assert read_clause(written, is_within_word=is_within_date) == clause
    assert read_clause(written, is_within_word=is_within_number) == clause


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_a_sentence(written: str) -> None:
    try:
        clause = read_clause(written)
    except QueryRefused as refusal:
        sentence = refusal.message
    else:
        sentence = ""
        assert clause.words or clause.or_none
        assert read_clause(write_clause(clause)) == clause
    assert not sentence or sentence.endswith(".")
