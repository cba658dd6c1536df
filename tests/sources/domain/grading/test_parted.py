"""Quotes over a word that the end of a line parts, with the hyphen and without it."""

import pytest

from sources.domain.grading.quotes import FoldedText, grade_quote
from sources.domain.text.line_hyphens import line_hyphen_doubts
from sources.domain.text.word_index import distinct_words, words_of_quote
from sources.extraction.layer import as_layer
from sources.extraction.reader_types import Content
from sources.vocabulary import DoubtKind, Grade

# Of the words behind a hyphen this language has these.
WORDS = {"sign", "term", "dumping", "known"}
TEXT = (
    "It obliges the minister to re-\nsign the letter. It is the long-\nterm view of the Sino-\n"
    "Russian body that the anti-\ndumping duty stays, for infor-\nmation of the ministry, which is "
    "well-\nknown, on COVID-\n19 and co-\noperation. They wrote of cooperation and well-known."
)


def text_of(text: str) -> FoldedText:
    return FoldedText(text, (), line_hyphen_doubts(text, WORDS.__contains__))


@pytest.mark.parametrize(
    ("quote", "doubts"),
    [
        ("obliges the minister to re-sign the letter", []),
        ("obliges the minister to resign the letter", ["-\n"]),
        ("the long-term view of the Sino-Russian body", []),
        ("the longterm view", ["-\n"]),
        ("anti-dumping duty stays, for information of", []),
        ("anti-dumping duty stays, for infor-mation of", []),
        ("anti\u2010dumping duty stays, for information of", []),
        ("antidumping duty stays, for information of", ["-\n"]),
        ("which is well-known, on COVID-19 and cooperation", []),
        ("which is wellknown", ["-\n"]),
        ("on COVID-19 and co-operation.", []),
    ],
)
def test_a_quote_is_folded_and_in_doubt_where_two_words_may_be_meant(
    quote: str, doubts: list[str]
) -> None:
    graded = grade_quote(quote, text_of(TEXT))

    assert graded.grade is Grade.FOLDED
    assert [doubt.words for doubt in graded.doubts] == doubts
    assert {doubt.kind for doubt in graded.doubts} <= {DoubtKind.LINE_END_HYPHEN}


@pytest.mark.parametrize(
    "quote",
    [
        "wellknown and well-known",
        "the-minister to",
        "They wrote of co-operation",
        "sign the letter",
    ],
)
def test_only_the_hyphen_of_a_line_end_may_be_left_out(quote: str) -> None:
    assert grade_quote(quote, text_of(TEXT)).grade in (Grade.DRIFTED, Grade.MISSING)


def test_in_a_text_whose_line_ends_nobody_looked_at_every_one_is_in_doubt() -> None:
    graded = grade_quote("for information of", TEXT)

    assert [doubt.kind for doubt in graded.doubts] == [DoubtKind.LINE_END_HYPHEN]


def test_without_a_dictionary_the_document_alone_decides() -> None:
    text = "The co-\noperation of ministers on infor-\nmation is called cooperation."
    doubts = line_hyphen_doubts(text)

    assert [text[: doubt.start].split()[-1] for doubt in doubts] == ["infor"]


def test_a_word_parted_by_the_end_of_a_page_is_found() -> None:
    text = "It is the opera-\n\ftional experience that counts."

    assert grade_quote("the operational experience", text_of(text)).grade is Grade.FOLDED


def test_a_shortened_quote_reads_on_over_a_word_that_is_surely_parted() -> None:
    graded = grade_quote("the anti-dumping duty […] information of the ministry", text_of(TEXT))

    assert graded.grade is Grade.ELIDED
    assert [doubt.kind for doubt in graded.doubts] == [DoubtKind.GAP]


PAGES = [
    "They met in May and spoke of trade.",
    "It obliges the minister to re-",
    "sign the letter, which he did.",
    "Nobody spoke of the pipeline.",
]
FOOT = "\f".join(f"{page}\n\n{number}\n" for number, page in enumerate(PAGES, 12))


@pytest.mark.parametrize(
    ("quote", "doubts"),
    [
        ("the minister to re-sign the letter", []),
        ("the minister to resign the letter", [DoubtKind.LINE_END_HYPHEN]),
    ],
)
def test_a_word_parted_over_the_foot_of_a_page_is_in_doubt(
    quote: str, doubts: list[DoubtKind]
) -> None:
    layer = as_layer(Content(FOOT))

    graded = grade_quote(quote, FoldedText(layer.text, layer.apparatus, layer.doubts))

    assert graded.grade is Grade.FOLDED
    assert [doubt.kind for doubt in graded.doubts] == doubts
    assert set(words_of_quote(quote)) <= set(distinct_words(layer.text, layer.apparatus))


def test_a_shortened_quote_reads_on_over_the_foot_of_a_page() -> None:
    pages = [*PAGES[:1], "It obliges him to give infor-", "mation.", "Nobody wrote information."]
    layer = as_layer(Content("\f".join(f"{page}\n\n{at}\n" for at, page in enumerate(pages, 12))))

    graded = grade_quote(
        "obliges … to give information",
        FoldedText(layer.text, layer.apparatus, layer.doubts),
    )

    assert graded.grade is Grade.ELIDED
    assert [doubt.kind for doubt in graded.doubts] == [DoubtKind.GAP]
