"""Quoting: the words as they are, graded in the text, each place once."""

from datetime import timedelta
from typing import Any

import pytest

from factbase.models import User
from sources.actions.captures.capture import capture
from sources.actions.quotes.excerpts import ExcerptRefused, choose_place, quote
from sources.domain.refusals import Refusal
from sources.models import Excerpt, Source
from sources.vocabulary import Grade
from tests import factories as make

pytestmark = pytest.mark.django_db

TEXT = "First the trade fell by 9%, the ministry said. Then the trade fell by 9% again."


@pytest.fixture
def by() -> User:
    return make.person()


def quoted(source: Source, exact: str, by: User, **fields: Any) -> Excerpt:
    return quote(source=source, exact=exact, by=by, at=make.TODAY, **fields)


@pytest.mark.parametrize(
    ("exact", "grade"),
    [
        ("the ministry said", Grade.EXACT),
        ("the  ministry\nsaid", Grade.FOLDED),
        ("the trade fell by 9%", Grade.AMBIGUOUS),
        ("the trade fell by 8%", Grade.DRIFTED),
        ("the trade fell by -9%", Grade.DRIFTED),
        ("the budget was agreed", Grade.MISSING),
    ],
)
def test_a_quote_is_graded_in_the_text(by: User, exact: str, grade: Grade) -> None:
    excerpt = quoted(make.source(TEXT), exact, by)

    grading = excerpt.gradings.get()
    assert (excerpt.grade, grading.grade) == (grade, grade)
    if grade == Grade.EXACT:
        assert TEXT[grading.start : grading.end] == exact


def test_a_quote_without_a_text_is_not_located(by: User) -> None:
    excerpt = quoted(make.source(), "No text says this.", by)

    assert (excerpt.grade, excerpt.gradings.get().layer) == (Grade.UNLOCATED, None)


def test_what_stands_around_the_words_is_kept_with_them(by: User) -> None:
    excerpt = quoted(make.source(TEXT), "the ministry said", by)

    assert excerpt.prefix == TEXT[: TEXT.index("the ministry")]
    assert excerpt.suffix == TEXT[TEXT.index(". Then") :][:32]


def test_what_stood_around_the_words_chooses_among_places(by: User) -> None:
    source = make.source(TEXT)

    excerpt = quoted(source, "the trade fell by 9%", by, prefix="Then ")

    assert excerpt.grade == Grade.EXACT
    assert excerpt.gradings.get().start == TEXT.index("the trade", 20)


@pytest.mark.parametrize(
    "fields", [{}, {"prefix": "Then "}, {"suffix": " again"}, {"prefix": "x" * 99 + "Then "}]
)
def test_the_same_words_at_the_same_place_are_one_excerpt(by: User, fields: dict[str, str]) -> None:
    source = make.source(TEXT)

    one, two = (quoted(source, "the trade fell by 9%", by, **fields) for _ in range(2))

    assert one == two


def test_the_same_place_is_one_excerpt_however_it_was_found(by: User) -> None:
    source = make.source(TEXT)

    one = quoted(source, "the trade fell by 9%", by, prefix="Then ")
    two = quoted(source, "the trade fell by 9%", by, suffix=" again")

    assert one == two


def test_words_at_several_places_are_not_taken_for_those_at_one(by: User) -> None:
    source = make.source(TEXT)
    at_one_place = quoted(source, "the trade fell by 9%", by, prefix="Then ")

    anywhere = quoted(source, "the trade fell by 9%", by)

    assert anywhere != at_one_place
    assert anywhere.grade == Grade.AMBIGUOUS
    assert quoted(source, "the trade fell by 9%", by) == anywhere


def test_other_places_and_locators_are_other_excerpts(by: User) -> None:
    source = make.source(TEXT)
    words = "the trade fell by 9%"

    made = {
        quoted(source, words, by, prefix="Then "),
        quoted(source, words, by, prefix="First "),
        quoted(source, words, by, prefix="First ", locator="p. 4"),
    }

    assert len(made) == 3


def test_words_that_waited_for_a_text_are_the_same_excerpt_after_it(by: User) -> None:
    source = make.source()
    one = quoted(source, "the trade fell by 9%", by, prefix="Then ")
    capture(
        source=source,
        data=TEXT.encode(),
        file_name="a.txt",
        by=by,
        at=make.TODAY + timedelta(days=1),
    )

    assert quoted(source, "the trade fell by 9%", by, prefix="Then ") == one


@pytest.mark.parametrize(
    "fields",
    [
        {"exact": ""},
        {"exact": "\u200b"},
        {"exact": "a\0b"},
        {"exact": "a" * 10_000_000},
        {"locator": "p" * 61},
        {"locator": "\0"},
        {"prefix": "\0"},
        {"suffix": "\ud800"},
        {"language": "a" * 36},
        {"translation": "\0"},
        {"translated_by": "a" * 121},
        {"translation_method": "guess"},
    ],
)
def test_what_cannot_be_kept_is_refused(by: User, fields: dict[str, str]) -> None:
    with pytest.raises(Refusal) as refused:
        quoted(make.source(TEXT), by=by, **{"exact": "the ministry said", **fields})
    assert refused.value.message.endswith(".")
    assert len(refused.value.message) < 400
    assert not Excerpt.objects.exists()


def test_a_chosen_place_is_kept_with_who_chose_it(by: User) -> None:
    excerpt = quoted(make.source(TEXT), "the trade fell by 9%", by)
    places = [tuple(place) for place in excerpt.gradings.get().places]

    grading = choose_place(excerpt=excerpt, place=places[1], by=by, at=make.TODAY)

    assert (grading.start, grading.end) == places[1]
    assert (grading.grade, grading.chosen_by) == (Grade.AMBIGUOUS, by)


@pytest.mark.parametrize(
    ("exact", "place"), [("the trade fell by 9%", (0, 5)), ("the ministry said", (28, 45))]
)
def test_only_one_of_the_places_listed_is_chosen(
    by: User, exact: str, place: tuple[int, int]
) -> None:
    excerpt = quoted(make.source(TEXT), exact, by)

    with pytest.raises(ExcerptRefused, match="choose one of the places"):
        choose_place(excerpt=excerpt, place=place, by=by, at=make.TODAY)
