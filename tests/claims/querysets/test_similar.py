"""Which versions share enough with a statement to be compared with it."""

from typing import Any

import pytest

from claims.models import Version
from claims.querysets.similar import MAX_RARE, Among, same_answer, sharing_words
from tests import factories as make

pytestmark = pytest.mark.django_db

DESK = Among()


def said(*statements: str) -> list[Version]:
    return [make.submitted(statement=statement, evidence=[]) for statement in statements]


def many(word: str) -> None:
    """So many versions with the word that it is no rare one; nothing else is in any two."""
    said(*(f"{word} {word}{number}x" for number in range(MAX_RARE + 1)))


def refs(statement: str) -> set[str]:
    found = sharing_words(statement, among=DESK)
    return {version.statement for version in Version.objects.filter(pk__in=found)}


def test_a_rare_word_makes_a_candidate_whatever_its_case_and_diacritics() -> None:
    said("The Zażółć pipeline stood still.", "Something else.")

    assert refs("Who built ZAZOLC?") == {"The Zażółć pipeline stood still."}


def test_a_common_word_alone_makes_none() -> None:
    many("trade")

    assert refs("trade talks") == set()
    assert refs("trade") == set()


def test_two_words_that_are_not_rare_make_one_together() -> None:
    many("trade")
    many("gas")
    said("Of trade and of gas.")

    assert refs("gas for trade") == {"Of trade and of gas."}


def test_all_words_together_make_one_though_each_is_common() -> None:
    many("trade")
    many("fell")
    said("Trade fell.")

    assert "Trade fell." in refs("trade fell")


@pytest.mark.parametrize("statement", ["", "…", "'; & | ! ( :* \\ <->", "it's o'clock & “more”"])
def test_any_signs_can_be_asked_for(statement: str) -> None:
    said("More of it.")

    assert refs(statement) <= {"More of it."}


def test_a_clause_without_spaces_is_one_word() -> None:
    said("2025年，中俄贸易额下降。", "中俄贸易额下降了百分之九。")

    assert refs("据报道，中俄贸易额下降。") == {"2025年，中俄贸易额下降。"}


def test_for_the_public_only_what_it_reads_makes_a_candidate() -> None:
    said("The Zamok pipeline.")
    shown = make.published(statement="The Zamok bridge.")

    assert sharing_words("Zamok", among=Among(make.TODAY)) == [shown.pk]


def test_the_same_value_of_the_same_question_makes_one_whatever_the_words() -> None:
    make.entity("china")
    make.entity("prc")
    make.number_property("trade")
    asked: dict[str, Any] = {"subject": "china", "property": "trade", "period": "2025"}
    mine = make.submitted(statement="It fell.", value="-9%", **asked)
    same = make.submitted(statement="A decline.", value="−9%", **asked)
    make.submitted(statement="Otherwise.", value="-8%", **asked)
    make.submitted(statement="Earlier.", value="-9%", **{**asked, "period": "2024"})
    make.submitted(statement="Of another.", value="-9%", **{**asked, "subject": "prc"})

    mine.refresh_from_db()
    assert same_answer(mine) == [same.pk]
