"""Variants of the terms of a dictionary: offered at the desk, and added by choice alone."""

from typing import Any

import pytest

from claims.models import DictionaryVersion
from sources.actions.sources import add_series
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.admin.dictionaries.kept import a_series, rows_on, typed
from tests.claims.admin.entry.test_pages import staff_client

pytestmark = pytest.mark.django_db

PAGE = "/admin/claims/series/quad/dictionary/"
VARIANTS = f"{PAGE}variants/"


def variants_of(line: str, **asked: str) -> dict[str, Any]:
    """The answer to the script of the editor about a line."""
    answer = staff_client(make.person()).get(VARIANTS, {"line": line, **asked})
    found: dict[str, Any] = answer.json()
    return found


def lines_of(answer: dict[str, Any]) -> list[str]:
    return [variant["line"] for variant in answer["variants"]]


def test_other_spellings_are_offered_in_the_language_of_the_term() -> None:
    a_series()

    assert "denuclearisation | en" in lines_of(variants_of("denuclearization | en"))


def test_a_term_without_a_language_is_looked_up_in_that_of_the_documents() -> None:
    series, by = a_series(), make.somebody(Role.CONTRIBUTOR)
    english = make.source("The Arctic.", language="en-GB")
    assert "denuclearisation" not in lines_of(variants_of("denuclearization"))

    add_series(key=series.key, title="Quad", sources=[english], by=by, at=make.TODAY)

    assert "denuclearisation" in lines_of(variants_of("denuclearization"))


def test_words_in_other_letters_are_looked_for_in_texts_of_all_languages() -> None:
    a_series()

    found = lines_of(variants_of("Лавров | ru"))

    assert "Lavrov" in found


def test_han_characters_of_the_other_kind_are_offered_without_a_script() -> None:
    a_series()

    assert lines_of(variants_of("台湾 | zh-Hans")) == ["臺灣 | zh", "台灣 | zh"]


def test_other_forms_are_offered_where_they_are_asked_for() -> None:
    a_series()

    plain, forms = variants_of("sanction | en"), variants_of("sanction | en", forms="1")

    assert "sanctions | en" not in lines_of(plain)
    assert "sanctions | en" in lines_of(forms)


@pytest.mark.parametrize(
    ("line", "said"),
    [("* | ru", "stands alone"), ("a OR b", "“OR”"), ("word | xx", "“xx” is no language")],
)
def test_a_term_that_cannot_be_read_is_refused_while_it_is_typed(line: str, said: str) -> None:
    a_series()

    answer = variants_of(line)

    assert said in answer["refusal"]
    assert answer["variants"] == []


def test_nothing_is_offered_for_nothing() -> None:
    a_series()

    assert variants_of("  ") == {"term": "", "variants": [], "refusal": ""}


def test_without_a_script_a_button_offers_variants_and_another_adds_the_chosen() -> None:
    a_series()
    client = staff_client(make.person(Role.EDITOR))
    row = {"topic": "arctic", "terms": "denuclearization | en\r\n*\r\n"}

    offered = client.post(PAGE, typed({"topic": "ukraine"}, row, offer="2"))
    taken = client.post(PAGE, typed(row, take="1", pick=["denuclearisation | en", "* "]))

    text = offered.content.decode()
    assert 'value="denuclearisation | en"' in text
    assert "stands alone" in text
    assert rows_on(offered)[1] == ("arctic", ["denuclearization | en", "*"])
    assert rows_on(taken) == [("arctic", ["denuclearization | en", "*", "denuclearisation | en"])]
    assert not DictionaryVersion.objects.exists()


def test_a_variant_that_is_there_already_is_not_offered() -> None:
    a_series()
    terms = "denuclearization | en\r\ndenuclearisation | en"

    page = staff_client(make.person(Role.EDITOR)).post(
        PAGE, typed({"topic": "arctic", "terms": terms}, offer="1")
    )

    lines = [one.line for offer in page.context["topics"][0].offers for one in offer.variants]
    assert "denuclearisation | en" not in lines
    assert "denuclearization | en" not in lines
