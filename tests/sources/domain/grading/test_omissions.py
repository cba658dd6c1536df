"""Insertions and omissions allowed in a quote, and those that change its meaning."""

import pytest

from sources.domain.grading.quotes import grade_quote

LIES = [
    # The desk's words in the place of what happened, who, or when
    ("Trade [rose] by 9%", "Trade fell by 9%"),
    ("Trade … [rose] by 9%", "Trade fell by 9%"),
    ("Trade [rose] … by 9%", "Trade, he said, fell by 9%"),
    ("Trade [rose]", "Trade in May fell by 9%"),
    ("[Imports] fell by 9%", "Exports fell by 9%"),
    ("… [Imports] fell by 9%", "Exports fell by 9%"),
    ("[Trade rose to] 9%", "Trade fell by 9%"),
    ("agreed [with Russia]", "agreed with China today"),
    ("agreed [with Russia] …", "agreed with China today"),
    ("met [Putin]", "met Xi"),
    ("The [peace] plan", "The war plan"),
    ("[Most] agreed", "All agreed"),
    ("It [was] falling", "It is falling"),
    # The desk's words behind a negation
    ("[It] agree", "It did not, as Mr. Xi wished, agree"),
    # What belongs to a number
    ("nine … ships", "nine million ships"),
    ("lost … nine ships", "lost at least nine ships"),
    ("rose … 9%", "rose from 5% to 9%"),
    ("fell by 9 … in May", "fell by 9 dollars in May"),
]


@pytest.mark.parametrize(("quote", "text"), LIES)
def test_a_shortened_quote_that_says_something_else_is_not_verified(quote: str, text: str) -> None:
    assert not grade_quote(quote, text).grade.is_located
    assert not grade_quote(quote, f"So it was. {text}.").grade.is_located


HONEST = [
    ("[The partners] agreed", "They agreed"),
    ("[The partners] agreed", "In May they agreed"),
    ("and [the EU] agreed", "and they agreed"),
    ("[Xi] said", "On Monday he said"),
    ("[The] Union", "the Union"),
    ("[President] Xi said", "Xi said"),
    ("[China’s] trade fell", "Its trade fell"),
    ("He met [Putin]", "He met him in May"),
    ("agreed [with Russia]", "They agreed."),
    ("agreed [with Russia]", "They agreed on Monday"),
    ("they agreed [with Russia] on", "they agreed on Monday"),
    ("It fell [sic]", "It fell in May"),
    ("Trade [in goods] fell", "Trade fell"),
    ("[Путин] сказал", "Он сказал"),
    ("They agreed … [Putin] said", "They agreed on it. He said so"),
    ("Trade fell … [and] rose", "Trade fell by 9% in May and rose"),
]


@pytest.mark.parametrize(("quote", "text"), HONEST)
def test_the_desk_may_name_what_a_pronoun_stands_for(quote: str, text: str) -> None:
    assert grade_quote(quote, text).grade.is_located


def test_the_desks_words_beside_an_outer_mark_of_omission_are_kept() -> None:
    graded = grade_quote("… [Putin] said so [to Xi] …", "Then he said so, it is told.")

    assert [(each.kind, each.quoted) for each in graded.passed_over] == [
        ("insertion", "[Putin]"),
        ("insertion", "[to Xi]"),
    ]
