"""Taking the terms of an absence from the dictionary of its series, at the form of a claim."""

from typing import Any

import pytest

from claims.actions.series.dictionaries import save_dictionary
from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm
from claims.models import Claim
from sources.actions.sources import add_series
from sources.models import Series
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.admin.entry.test_pages import ADD, staff_client, typed

pytestmark = pytest.mark.django_db

TERMS = (DictionaryTerm("polar region"), DictionaryTerm("Арктик*", "ru"))


def a_series(key: str = "quad") -> Series:
    """A series of one document with a dictionary of one topic."""
    by = make.somebody(Role.EDITOR)
    source = make.source(key=f"{key}-2024")
    series = add_series(key=key, title=key.title(), sources=[source], by=by, at=make.TODAY)
    dictionary = Dictionary((DictionaryEntry("arctic", TERMS),))
    save_dictionary(
        series=series, dictionary=dictionary, note="", seen_number=0, by=by, at=make.TODAY
    )
    return series


def taken(**fields: Any) -> Any:
    """The page after the button was pressed with these fields."""
    data = typed(**{"take-terms": "1", "absence_matching": "prefix"} | fields)
    return staff_client(make.person()).post(ADD, data)


def terms_on(page: Any) -> list[str]:
    return str(page.context["form"]["absence_terms"].value() or "").splitlines()


@pytest.mark.parametrize(
    "fields",
    [
        {"absence_series": "quad"},
        {"absence_series": "Quad"},
        {"absence_sources": "quad-2024"},
        {"subject": "the-document"},
        {"subject": "the-series"},
    ],
)
def test_the_terms_of_the_aspect_are_copied_into_the_form(fields: dict[str, str]) -> None:
    make.topic("Arctic")
    series = a_series()
    source = series.sources.get()
    make.entity("the-document", kind="document", source=source)
    make.entity("the-series", kind="series", series=series)

    page = taken(aspect="Arctic", statement="Nothing is said of it.", **fields)

    assert terms_on(page) == ["polar region", "Арктик* | ru"]
    assert page.context["form"]["absence_matching"].value() == "words"
    assert page.context["form"]["statement"].value() == "Nothing is said of it."
    text = page.content.decode()
    assert "2 terms were taken from the dictionary quad/1." in text
    assert not Claim.objects.exists()


def test_terms_that_are_there_stay_and_are_not_repeated() -> None:
    make.topic("Arctic")
    a_series()

    page = taken(
        aspect="arctic", absence_series="quad", absence_terms="North Pole\r\nАрктик* | ru\r\n"
    )

    assert terms_on(page) == ["North Pole", "Арктик* | ru", "polar region"]
    assert page.context["form"]["absence_matching"].value() == "prefix"
    assert "1 term was taken" in page.content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"absence_series": "quad"}, "Fill in the aspect first"),
        ({"aspect": "arctic"}, "Name the series, or documents of one"),
        ({"aspect": "arctic", "absence_series": "quid"}, "There is no series"),
        ({"aspect": "trade", "absence_series": "quad"}, "no terms for the topic trade"),
        ({"aspect": "arctic", "absence_sources": "nothing"}, "There is no source"),
    ],
)
def test_a_sentence_says_why_nothing_was_taken(fields: dict[str, str], said: str) -> None:
    for name in ("Arctic", "Trade"):
        make.topic(name)
    a_series()

    page = taken(absence_terms="North Pole", **fields)

    assert terms_on(page) == ["North Pole"]
    assert said in page.content.decode()


def test_the_series_is_named_where_several_have_terms_for_the_topic() -> None:
    make.topic("Arctic")
    first, second = a_series(), a_series("quid")
    by = make.somebody(Role.CONTRIBUTOR)
    shared = first.sources.get()
    add_series(
        key="quid",
        title="Quid",
        sources=[shared, second.sources.get()],
        by=by,
        at=make.TODAY,
    )

    page = taken(aspect="arctic", absence_sources=shared.key)

    assert "Several series have terms" in page.content.decode()


def test_a_saved_absence_keeps_the_terms_that_were_taken() -> None:
    make.topic("Arctic")
    series = a_series()
    make.value_property("presence", "mentions")
    make.entity("the-document", kind="document", source=series.sources.get())
    fields = {"aspect": "arctic", "subject": "the-document", "absence_series": "quad"}
    page = taken(**fields)

    form = {name: page.context["form"][name].value() for name in ("absence_terms",)}
    answer = staff_client(make.person()).post(
        ADD,
        typed(draft="1", property="mentions", value="absent", absence_matching="words", **fields)
        | form,
    )

    assert answer.status_code == 302
    scope = Claim.objects.get().versions.get().absence_scope
    assert [(term["text"], term.get("language", "")) for term in scope.terms] == [
        ("polar region", ""),
        ("Арктик*", "ru"),
    ]
