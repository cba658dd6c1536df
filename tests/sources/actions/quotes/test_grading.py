"""Grading again when a text changes, and looking for words in other sources."""

from datetime import timedelta
from typing import Any

import pytest

from factbase.models import User
from sources.actions.captures.capture import capture
from sources.actions.quotes.excerpts import quote
from sources.actions.quotes.grading import grade_source_again
from sources.models import Excerpt, Source
from sources.vocabulary import Access, Grade
from tests import factories as make
from tests.worker import work

pytestmark = pytest.mark.django_db

LATER = make.TODAY + timedelta(days=1)
WORDS = "The partners agreed to raise deliveries by 9% in 2025."


@pytest.fixture
def by() -> User:
    return make.person()


def quoted(source: Source, exact: str, by: User) -> Excerpt:
    return quote(source=source, exact=exact, by=by, at=make.TODAY)


def test_words_of_another_source_are_elsewhere_and_name_it(by: User) -> None:
    other = make.source(f"Before it. {WORDS} After it.", key="other")
    make.source("Nothing of the kind.")

    excerpt = quoted(make.source("Something else altogether stands here."), WORDS, by)

    assert excerpt.grade == Grade.ELSEWHERE
    assert excerpt.gradings.get().found_in == other


@pytest.mark.parametrize(
    ("typed", "grade"),
    [
        ("“The partners agreed to raise deliveries by 9% in 2025.”", Grade.ELSEWHERE),
        ("The partners agreed to raise deliveries by 9%\nin 2025.", Grade.ELSEWHERE),
        ("The partners agreed to raise deliveries by 8% in 2025.", Grade.MISSING),
        ("The partners agreed not to raise deliveries by 9% in 2025.", Grade.MISSING),
    ],
)
def test_only_the_very_words_are_elsewhere(by: User, typed: str, grade: Grade) -> None:
    make.source(f"Before it. “{WORDS}” After it.")

    assert quoted(make.source("Something else."), typed, by).grade == grade


CONFIDENTIAL: list[dict[str, Any]] = [
    {"access": Access.STAFF, "public_descriptor": "An official"},
    {"access": Access.NAMED, "public_descriptor": "An official"},
]


@pytest.mark.parametrize("access", CONFIDENTIAL)
def test_what_the_public_may_not_know_is_no_elsewhere_of_a_public_source(
    by: User, access: dict[str, Any]
) -> None:
    make.source(f"Before it. {WORDS}", **access)

    assert quoted(make.source("Something else."), WORDS, by).grade == Grade.MISSING


def test_the_desk_is_told_of_a_confidential_source_by_another_one(by: User) -> None:
    other = make.source(f"Before it. {WORDS}", **CONFIDENTIAL[0])

    excerpt = quoted(make.source("Something else.", **CONFIDENTIAL[0]), WORDS, by)

    assert excerpt.gradings.get().found_in == other


def test_grading_again_is_work_in_the_background(by: User) -> None:
    source = make.source(WORDS)
    excerpt = quoted(source, WORDS, by)

    capture(source=source, data=b"Nothing of it.", file_name="b.txt", by=by, at=LATER)
    excerpt.refresh_from_db()
    before = excerpt.grade
    jobs = work()
    excerpt.refresh_from_db()

    assert (before, jobs, excerpt.grade) == (Grade.EXACT, 1, Grade.MISSING)


def test_a_source_without_quotes_makes_no_work(by: User) -> None:
    make.source(WORDS)

    assert work() == 0


def test_grading_again_what_is_the_same_leaves_no_new_row(by: User) -> None:
    source = make.source(WORDS)
    excerpt = quoted(source, WORDS, by)

    grade_source_again(source=source, at=LATER)

    assert excerpt.gradings.count() == 1


def test_words_that_another_source_has_now_are_found_there(by: User) -> None:
    first = make.source(f"Before it. {WORDS}")
    source = make.source("Something else.")
    excerpt = quoted(source, WORDS, by)
    first.access, first.public_descriptor = Access.STAFF, "An official"
    first.save()
    second = make.source(f"Before that. {WORDS}")

    grade_source_again(source=source, at=LATER)

    found = [grading.found_in for grading in excerpt.gradings.order_by("pk")]
    assert found == [first, second]


def test_the_most_similar_words_are_kept_with_a_drifted_quote(by: User) -> None:
    source = make.source(f"Before it. {WORDS} After it.")
    excerpt = quoted(source, WORDS, by)

    changed = f"Before it. {WORDS.replace('9%', '8%')} After it.".encode()
    capture(source=source, data=changed, file_name="b.txt", by=by, at=LATER)
    work()

    grading = excerpt.gradings.order_by("-pk")[0]
    assert grading.grade == Grade.DRIFTED
    assert grading.layer is not None
    found = grading.layer.text[grading.start : grading.end]
    assert "by 8% in 2025" in found
    assert grading.score is not None
    assert 0.7 < grading.score < 1
