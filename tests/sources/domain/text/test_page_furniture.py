"""Running heads and page numbers within a sentence, and lines that only look like them."""

import time

import pytest

from sources.domain.grading.quotes import grade_quote
from sources.domain.text.apparatus import find_apparatus
from sources.domain.text.pages import find_pages
from sources.domain.text.spans import Span
from sources.vocabulary import Grade

HALF = "In the years since then both of the parties have agreed on"
REST = "of the pipeline that they had planned."
REPEATED = "The route of it runs through the north of both countries."
RUNNING = f"That is so because the r{REPEATED[5:-1]}, and it is long."
HEAD = "THE EXAMPLE REVIEW"


def furniture(text: str) -> list[tuple[str, str]]:
    """The apparatus that has words or counts pages, as pairs of kind and characters."""
    return [
        (span.kind, text[span.start : span.end])
        for span in find_apparatus(text)
        if span.is_quotable or span.kind == "page-number"
    ]


# Footnotes


def test_a_paragraph_that_begins_with_a_marked_number_is_a_footnote_without_its_mark() -> None:
    text = f"{HALF} this.¹\n\n¹ See the list.\n\n{REST}"

    assert furniture(text) == [("footnote", " See the list.")]


def test_marks_within_a_footnote_cut_it_in_pieces() -> None:
    text = f"{HALF} this.¹\n\n¹ See *the list* of it.\n\n{REST}"

    assert furniture(text) == [
        ("footnote", " See "),
        ("footnote", "the list"),
        ("footnote", " of it."),
    ]


NO_FOOTNOTES = [
    # Nothing is marked before it.
    f"{HALF} it.\n\n¹ See the list.\n\n{REST}",
    f"{HALF} it.\n\n¹ See the list.\n\n{REST} So it is¹ then.",
    # Two paragraphs begin with the mark: one of them may be running text.
    f"{HALF} it.¹\n\n¹ They did not agree.\n\n{REST}\n\n¹ See the list.",
    # The second line may be a paragraph of the text.
    f"{HALF} it.¹\n\n¹ See the list.\nThey did not agree.\n\n{REST}",
    # A number that may be an exponent, with no note beside it.
    f"{HALF} it in 2025².\n\n² Not so.\n\n{REST}",
    # An item of a list.
    f"{HALF} it.¹\n\n1 They did not agree.\n\n{REST}",
]


@pytest.mark.parametrize("text", NO_FOOTNOTES)
def test_a_paragraph_is_no_footnote_without_proof(text: str) -> None:
    assert furniture(text) == []


def test_a_note_whose_mark_may_be_an_exponent_is_proven_by_the_one_beside_it() -> None:
    text = f"{HALF} it.¹ In 2025² it went on.\n\n¹ See the list.\n\n² See there.\n\n{REST}"

    assert furniture(text) == [("footnote", " See the list."), ("footnote", " See there.")]


# Running heads without pages


def headed(head: str, *, parting: int, times: int = 3) -> str:
    """A text with a line that stands alone so many times, often between halves of a sentence."""
    parted = [f"{HALF}\n\n{head}\n\n{REST}" for _ in range(parting)]
    whole = [f"{HALF} parts {REST}\n\n{head}" for _ in range(times - parting)]
    return "\n\n".join([*parted, *whole, f"{HALF} parts {REST}"])


def test_capitals_that_return_between_halves_of_sentences_are_a_running_head() -> None:
    assert furniture(headed(HEAD, parting=2)) == [("running-head", HEAD)] * 3


NO_HEADS = [
    headed(HEAD, parting=2, times=2),
    headed(HEAD, parting=1, times=5),
    headed("The Example Review", parting=3),
    headed("NOT", parting=3),
    headed("NOT BY FAR AND IN NO CASE.", parting=3),
    headed("BUT NOT,\nBY FAR", parting=3),
    headed(HEAD, parting=0, times=5),
]


@pytest.mark.parametrize("text", NO_HEADS)
def test_a_line_that_may_be_text_is_no_running_head(text: str) -> None:
    assert furniture(text) == []


# Lines at the edges of pages


def paged(*edges: tuple[str, str]) -> str:
    """Pages parted by form feeds, each with these first and last lines."""
    return "\f".join(
        f"{first}\nThis is page {'abcdefgh'[index]} of it and\nit goes on\n{last}"
        for index, (first, last) in enumerate(edges)
    )


def test_lines_that_return_at_the_edges_of_three_pages_are_heads_and_count_them() -> None:
    text = paged(("The Review", "7"), ("The Review", "8"), ("The Review", "9"))

    assert furniture(text) == [
        ("running-head", "The Review"),
        ("page-number", "7"),
        ("running-head", "The Review"),
        ("page-number", "8"),
        ("running-head", "The Review"),
        ("page-number", "9"),
    ]


def test_a_number_in_a_running_head_may_count_the_pages() -> None:
    text = paged(("4 | The Review", "a"), ("5 | The Review", "b"), ("6 | The Review", "c"))

    assert [words for _, words in furniture(text)] == [f"{n} | The Review" for n in (4, 5, 6)]


def test_the_pages_of_a_layer_part_its_text_as_form_feeds_do() -> None:
    text = paged(("The Review", "– 7 –"), ("The Review", "– 8 –"), ("The Review", "– 9 –"))
    joined = text.replace("\f", "\n")

    assert find_apparatus(joined, find_pages(text)) == find_apparatus(text)
    assert find_apparatus(joined) == ()


def broken(
    *,
    heads: tuple[str, str] = ("", ""),
    feet: tuple[str, str] = ("", ""),
    before: str = "and that no further strike delays the work of the",
    after: str = "northern yards, which build four of them so far.",
) -> str:
    """Two pages with a sentence over the page break."""
    return (
        f"{heads[0]}\n\nThe fleet grew by eleven ships in the first half\n{before}\n{feet[0]}\f"
        f"{heads[1]}\n\n{after}\nThe budget for it stays.\n{feet[1]}"
    )


TWICE = [
    (broken(heads=("The Review", "The Review")), ["The Review"] * 2),
    (broken(heads=("Review, p. 1", "Review, p. 2")), ["Review, p. 1", "Review, p. 2"]),
    (broken(feet=("The Review", "The Review")), ["The Review"] * 2),
    (broken(feet=("1", "2")), ["1", "2"]),
    (
        broken(heads=("The Review", "The Review"), feet=("- 1 -", "- 2 -")),
        ["The Review", "- 1 -", "The Review", "- 2 -"],
    ),
    (
        broken(
            heads=("年度报告，海运部", "年度报告，海运部"),
            before="该部预计下半年交付的船舶至少与上半年持平，前提是造船厂",
            after="按时交付，并且没有新的罢工延误北方船厂的工作，船厂目前在建",
        ),
        ["年度报告，海运部"] * 2,
    ),
]


@pytest.mark.parametrize(("text", "lines"), TWICE)
def test_a_line_on_two_pages_is_a_head_where_it_parts_a_sentence(
    text: str, lines: list[str]
) -> None:
    assert [words for _, words in furniture(text)] == lines


HEADS = ("The Review", "The Review")
NOT_TWICE = [
    # The sentence has an end, or another begins.
    broken(heads=HEADS, before="and that no further strike delays the work of it."),
    broken(heads=HEADS, after="Northern yards build four of them, and so it goes on."),
    # It is as long as a line of the sentence, which it may be.
    broken(heads=("The work of the northern and southern yards of it",) * 2),
    # It stands on one page, or ends like a sentence, or begins within one.
    broken(heads=("The Review", "")),
    broken(heads=("The Review", "The Report")),
    broken(heads=("Not at all.", "Not at all.")),
    broken(heads=("and not for all", "and not for all")),
    # Numbers that are none of these pages.
    broken(feet=("7", "8")),
    broken(feet=("2", "1")),
    broken(feet=("1%", "2%")),
]


@pytest.mark.parametrize("text", NOT_TWICE)
def test_a_line_on_two_pages_is_text_without_proof(text: str) -> None:
    assert furniture(text) == []


def test_a_sentence_over_a_page_break_is_found_past_the_head_of_the_page() -> None:
    text = broken(heads=("Ministry of Ports - Review", "Ministry of Ports - Review"))

    graded = grade_quote(
        "delays the work of the northern yards", text, apparatus=find_apparatus(text)
    )

    assert graded.grade is Grade.FOLDED
    assert [each.kind for each in graded.passed_over if each.kind == "running-head"]


NO_EDGES = [
    paged(("The Review", "7"), ("The Review", "8")),
    paged(("", "7"), ("", "9"), ("", "12")),
    paged(("", "-7"), ("", "-8"), ("", "-9")),
    paged(("", "7%"), ("", "8%"), ("", "9%")),
    paged(("", "$7"), ("", "$8"), ("", "$9")),
    paged(("", "1.7"), ("", "1.8"), ("", "1.9")),
    paged(("Not at all.", ""), ("Not at all.", ""), ("Not at all.", "")),
    paged(("and not for all", ""), ("and not for all", ""), ("and not for all", "")),
    paged(("Not", ""), ("Not", ""), ("Not", "")),
    paged(("The Review 5", ""), ("The Review 9", ""), ("The Review 2", "")),
]


@pytest.mark.parametrize("text", NO_EDGES)
def test_a_line_at_the_edge_of_a_page_is_text_without_proof(text: str) -> None:
    assert furniture(text) == []


# Pull quotes


def test_sentences_between_two_halves_that_stand_in_the_text_nearby_are_a_pull_quote() -> None:
    text = f"{HALF}\n\n{REPEATED}\n\n{REST}\n\n{RUNNING}"

    assert furniture(text) == [("pull-quote", REPEATED)]


def test_a_pull_quote_may_repeat_the_very_sentence_that_it_parts() -> None:
    half = "It has been clear that the route of it runs through the north"
    text = f"{half}\n\n{REPEATED}\n\nof both countries. They know."

    assert furniture(text) == [("pull-quote", REPEATED)]


def test_the_second_half_may_begin_with_a_name_where_the_first_is_prose_that_stops_short() -> None:
    half = "They have agreed on it. In the years since then there has been support for China's"
    text = f"{half}\n\n{REPEATED}\n\nGlobal Initiative and more.\n\n{RUNNING}"

    assert furniture(text) == [("pull-quote", REPEATED)]


def test_a_pull_quote_may_begin_with_other_words() -> None:
    text = (
        f"{HALF}\n\nThe line runs on the old route through the north of both countries.\n\n{REST}"
        "\n\nIt runs on the old route through the north of both countries."
    )

    assert [kind for kind, _ in furniture(text)] == ["pull-quote"]


NO_PULL_QUOTES = [
    # Its words stand nowhere else, or only in another paragraph that parts a sentence.
    f"{HALF}\n\n{REPEATED}\n\n{REST}",
    f"{HALF}\n\n{REPEATED}\n\n{REST}\n\n{HALF}\n\n{REPEATED}\n\n{REST}",
    # One word differs, one is left out, one is added.
    f"{HALF}\n\n{REPEATED.replace('runs', 'never runs')}\n\n{REST}\n\n{RUNNING}",
    f"{HALF}\n\n{REPEATED.replace('both', 'no')}\n\n{REST}\n\n{RUNNING}",
    f"{HALF}\n\n{REPEATED.replace('runs', 'not')}\n\n{REST}\n\n{RUNNING}",
    # The sentence before has an end, or is a heading; the one behind begins anew, or is an item.
    f"{HALF} it.\n\n{REPEATED}\n\n{REST}\n\n{RUNNING}",
    f"{HALF}:\n\n{REPEATED}\n\n{REST}\n\n{RUNNING}",
    f"{HALF};\n\n{REPEATED}\n\n{REST}\n\n{RUNNING}",
    f"The pipeline\n\n{REPEATED}\n\n{REST}\n\n{RUNNING}",
    f"# {HALF}\n\n{REPEATED}\n\n{REST}\n\n{RUNNING}",
    f"{HALF}\n\n{REPEATED}\n\nThe rest of it.\n\n{RUNNING}",
    f"{HALF}\n\n{REPEATED}\n\na) {REST}\n\n{RUNNING}",
    f"{HALF}\n\n{REPEATED}\n\n- {REST}\n\n{RUNNING}",
    # It is no sentence of its own, or too short to be sure.
    f"{HALF}\n\n{REPEATED.lower()}\n\n{REST}\n\n{RUNNING}",
    f"{HALF}\n\n{REPEATED[:-1]}\n\n{REST}\n\n{RUNNING}",
    f"{HALF}\n\nNot so.\n\n{REST}\n\nNot so. {RUNNING}",
]


@pytest.mark.parametrize("text", NO_PULL_QUOTES)
def test_a_paragraph_is_no_pull_quote_without_proof(text: str) -> None:
    assert furniture(text) == []


# All texts

HOSTILE = [
    "¹" * 1_000_000 + "\n\n¹ A note.",
    "word¹ " * 166_000 + "\n\n¹ A note.",
    "\n¹ a" * 250_000,
    "[" * 1_000_000,
    "*" * 1_000_000,
    "*a* " * 250_000,
    "<" * 1_000_000,
    "<b>" * 166_000 + "</b>" * 125_000,
    "[a](#) " * 143_000,
    "[a](#(b)" * 125_000,
    "\n" * 1_000_000,
    "a\n\n" * 333_000,
    "AAAA BBBB\n\n" * 90_000,
    " " * 1_000_000,
    "\f" * 1_000_000,
    "The Review\nof it\n5\f" * 50_000,
    f"{HALF}\n\n{REPEATED}\n\n{REST}\n\n" * 6_000,
    f"{HALF}\n\n{REPEATED}\n\n{REST}\n\n" * 450 + RUNNING * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_megabyte_of_marks_is_read_in_linear_time(text: str) -> None:
    find_apparatus("warm up")

    began = time.process_time()
    spans = find_apparatus(text)

    assert time.process_time() - began < 3  # well under one second on an idle machine
    assert all(isinstance(span, Span) for span in spans)
