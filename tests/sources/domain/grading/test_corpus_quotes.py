"""Quotes of real documents, typed as a reader sees them: across notes, links and page breaks."""

from functools import cache
from pathlib import Path

import pytest

from sources.domain.grading.quotes import FoldedText, GradedQuote, grade_quote
from sources.vocabulary import Grade
from tests import plain

CORPUS = Path(__file__).parents[4].parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="The test corpus is not beside the project."
)

FILE = "pism-strategic-file-142.txt"
SPOTLIGHT = "pism-spotlight-brotherhood-of-arms.txt"
SUMMIT = "osw-ideological-consolidation.txt"

CROSSING = [
    ("note", FILE, "The issuing of joint statements by the leaders of China and Russia"),
    ("note", FILE, "notably in 1997, 2005, and 2008. However, these documents took on"),
    ("note", FILE, "The war in Ukraine itself was directly addressed by the two countries"),
    ("note", FILE, "after the Israeli and U.S. attacks on Iranian facilities in June 2025"),
    ("note", FILE, "they liken the situation in the 1940s to the current times. Both sides"),
    ("markup", SPOTLIGHT, "to mark the 80th anniversary of the end of World War II"),
    ("link", SPOTLIGHT, "in the context of the start of U.S.-Russian talks on the war in Ukraine"),
    ("link", SPOTLIGHT, "Compared to the 2022-2024 documents, the current statements"),
    ("link", SPOTLIGHT, "which could refer to both AUKUS in the Asia-Pacific region and possible"),
    ("emphasis", FILE, 'M. Przychodniak, "China Embracing a Global South Strategy," PISM Bulletin'),
    ("pull-quote", FILE, "They reflect the more assertive nature of China's foreign policy, part"),
    ("pull-quote", FILE, 'but in 2023 and 2024, support was added for "Chinese measures"'),
    ("pull-quote", FILE, "similarly in 2024, support for China's Global AI Governance Initiative"),
    ("pull-quote", FILE, "the possible lifting of U.S. sanctions on Russia are in the interests"),
    (
        "footnote",
        FILE,
        "announcements of further development of pipeline infrastructure, especially",
    ),
    ("footnote", FILE, "including a call to refrain from interfering in Russia's internal affairs"),
    ("footnote", FILE, "references to the regional situation reflect the Chinese rather than"),
    ("pull-quote", FILE, 'of "democracy" and "authoritarianism" applied to both countries by'),
    ("running-head", FILE, "to strategic cooperation. A new perspective for China and Russia"),
]


@cache
def layer_of(name: str) -> FoldedText:
    """The text of a document of the corpus with its apparatus."""
    return plain.layer_of((CORPUS / name).read_bytes())


def graded(name: str, quote: str) -> GradedQuote:
    return grade_quote(quote, layer_of(name))


@pytest.mark.parametrize(("kind", "name", "quote"), CROSSING)
def test_a_quote_typed_as_seen_is_folded_and_says_what_it_passed_over(
    kind: str, name: str, quote: str
) -> None:
    grading = graded(name, quote)

    assert len(quote.split()) <= 40
    assert grading.grade is Grade.FOLDED
    assert kind in {each.kind for each in grading.passed_over}


@pytest.mark.parametrize(("kind", "name", "quote"), CROSSING)
def test_such_a_quote_with_a_word_put_in_or_left_out_is_not_verified(
    kind: str, name: str, quote: str
) -> None:
    words = quote.split()
    middle = len(words) // 2

    with_not = " ".join([*words[:middle], "not", *words[middle:]])
    without = " ".join([*words[:middle], *words[middle + 1 :]])

    assert not graded(name, with_not).grade.is_located
    assert not graded(name, without).grade.is_located


WORDS_OF_APPARATUS = [
    "The text is based on the contents of statements in Chinese",
    "A new perspective for China and Russia on US policy opened with Donald Trump's second term.",
    "The documents reflect the more assertive nature of China's foreign policy",
    "Similar Chinese demands were described as incompatible with international law",
]


@pytest.mark.parametrize("quote", WORDS_OF_APPARATUS)
def test_the_words_of_footnotes_and_pull_quotes_are_found_at_one_place(quote: str) -> None:
    grading = graded(FILE, quote)

    assert grading.grade is Grade.EXACT
    assert grading.start is not None
    assert layer_of(FILE).text[grading.start : grading.end] == quote


def test_a_sentence_that_a_pull_quote_repeats_is_found_in_the_running_text() -> None:
    grading = graded(FILE, "The ideological commonality thread also includes China's and Russia's")

    assert grading.grade is Grade.EXACT
    assert grading.end is not None
    assert layer_of(FILE).text.startswith(" positions on culture", grading.end)
    assert "These were mentioned in 2023" in layer_of(FILE).text[grading.end : grading.end + 120]


NOT_VERIFIED = [
    # The file has "operationalexperience", and nobody may put in the space.
    (SUMMIT, "and the sharing of operational experience."),
    # The words of a footnote are not those of the running text.
    (FILE, "announcements of further A. Dyner, \"'Victory Day' Celebrations in Russia,\""),
    # A head that stands there once may be words.
    (SPOTLIGHT, "in the context of Russia's actions in Ukraine are different both from other"),
]


def test_a_mark_behind_a_year_that_goes_on_between_its_neighbours_is_passed_over() -> None:
    words = "2025 (Xi's subsequent visit to Moscow) indicate an intensification of relations"

    grading = graded(FILE, words)  # ⁶, between ⁵ and ⁷

    assert (grading.grade, grading.doubts) == (Grade.FOLDED, ())
    assert [(each.kind, each.words) for each in grading.passed_over] == [("note", "⁶")]


@pytest.mark.parametrize(("name", "quote"), NOT_VERIFIED)
def test_in_doubt_nothing_is_passed_over(name: str, quote: str) -> None:
    assert graded(name, quote).grade is Grade.DRIFTED


def test_no_paragraph_is_taken_for_a_pull_quote_but_those_that_are() -> None:
    layer = layer_of(FILE)
    pull_quotes = [
        layer.text[span.start : span.end].split()[:4]
        for span in layer.apparatus
        if span.kind == "pull-quote"
    ]

    assert pull_quotes == [
        ["The", "documents", "reflect", "the"],
        ["Sino-Russian", "cooperation", "in", "the"],
        ["The", "ideological", "commonality", "thread"],
        ["The", "context", "of", "modern"],
        ["A", "new", "perspective", "for"],
    ]
