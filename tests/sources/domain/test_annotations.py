"""Quotes in the terms of the Web Annotation model."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.annotations import (
    CONTEXT,
    Placed,
    Quoted,
    State,
    Translated,
    annotation,
    collection,
    document,
    page,
)
from sources.domain.grading.quotes import context, find_places, grade_quote
from sources.vocabulary import Grade, TranslationMethod

AT = datetime(2025, 6, 1, 12, tzinfo=UTC)
MOTIVATIONS = {"linking", "highlighting", "describing", "identifying", "commenting", "assessing"}


def quoted(**fields: Any) -> Quoted:
    told: dict[str, Any] = {
        "address": "https://desk.example/api/v1/annotations/1/",
        "exact": "trade fell",
        "source": "https://example.org/report",
        "record": "https://desk.example/api/v1/sources/report/",
        "generator": "https://desk.example/",
        "created": AT,
    }
    return Quoted(**{**told, **fields})


def selectors(**fields: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = annotation(quoted(**fields))["target"]["selector"]
    return found


def bodies(**fields: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = annotation(quoted(**fields)).get("body", [])
    return found


def test_an_annotation_has_what_the_model_requires() -> None:
    told = document(annotation(quoted(claims=["https://desk.example/api/v1/claims/C1/"])))

    assert told["@context"] == CONTEXT
    assert (told["type"], told["id"]) == (
        "Annotation",
        "https://desk.example/api/v1/annotations/1/",
    )
    assert told["motivation"] == "linking"
    assert told["target"]["source"] == "https://example.org/report"
    assert {body["purpose"] for body in told["body"]} <= MOTIVATIONS


def test_nothing_unknown_is_sent_as_null() -> None:
    told = annotation(quoted())

    assert None not in told.values()
    assert told["motivation"] == "highlighting"
    assert not {"body", "creator"} & set(told)


def test_verified_words_are_selected_by_position_and_by_wording() -> None:
    position, words = selectors(place=Placed(3, 13, "In ", " in"))

    assert position == {"type": "TextPositionSelector", "start": 3, "end": 13}
    assert words["type"] == "TextQuoteSelector"
    assert (words["exact"], words["prefix"], words["suffix"]) == ("trade fell", "In ", " in")


def test_words_without_a_place_are_selected_by_wording_alone() -> None:
    told = annotation(quoted(prefix="In ", state=State(AT, "https://archive.example/1")))["target"]

    assert [one["type"] for one in told["selector"]] == ["TextQuoteSelector"]
    assert "state" not in told


def test_words_that_stand_in_several_places_select_within_the_chosen_one_only() -> None:
    (position,) = selectors(place=Placed(3, 13, is_chosen=True))

    assert (position["type"], position["start"]) == ("TextPositionSelector", 3)
    assert position["refinedBy"] == {"type": "TextQuoteSelector", "exact": "trade fell"}


def test_a_page_of_a_pdf_is_a_fragment_that_the_words_refine() -> None:
    *_others, on_page = selectors(place=Placed(3, 13, pdf_page=4))

    assert (on_page["type"], on_page["value"]) == ("FragmentSelector", "page=4")
    assert on_page["conformsTo"] == "http://tools.ietf.org/rfc/rfc8118"
    assert on_page["refinedBy"]["type"] == "TextQuoteSelector"


def test_a_capture_is_the_state_in_which_the_words_stood_there() -> None:
    at = datetime(2025, 6, 1, 14, tzinfo=timezone(timedelta(hours=2))).astimezone(UTC)
    told = annotation(quoted(place=Placed(3, 13), state=State(at, "https://archive.example/1")))

    assert told["target"]["state"] == {
        "type": "TimeState",
        "sourceDate": "2025-06-01T12:00:00Z",
        "cached": "https://archive.example/1",
    }


def test_of_withheld_words_nothing_is_selected_and_the_day_is_told() -> None:
    told = annotation(
        quoted(exact="", place=Placed(3, 13), state=State(AT, "x"), withheld_on=date(2025, 7, 1))
    )

    assert not {"selector", "state"} & set(told["target"])
    assert [body["value"] for body in told["body"]] == ["The words were withheld on 2025-07-01."]


@pytest.mark.parametrize(
    ("method", "creator", "is_by_machine"),
    [
        (TranslationMethod.HUMAN, {"type": "Person", "name": "A. B."}, False),
        (TranslationMethod.MACHINE, {"type": "Software", "name": "A. B."}, True),
        (TranslationMethod.REVISED, {"type": "Person", "name": "A. B."}, True),
        (None, {"name": "A. B."}, False),
    ],
)
def test_a_translation_names_who_made_it_and_whether_a_machine_did(
    method: TranslationMethod | None, creator: dict[str, str], is_by_machine: bool
) -> None:
    (body,) = bodies(translation=Translated("Handel spadł", "A. B.", method))

    assert (body["type"], body["value"]) == ("TextualBody", "Handel spadł")
    assert body["creator"] == creator
    assert ("generator" in body) is is_by_machine


def test_a_list_holds_its_first_page_and_each_page_names_the_next() -> None:
    first = page("https://a/#first", "https://a/", [annotation(quoted())], "https://a/?cursor=x")
    told = collection("https://a/", first)

    assert (told["type"], told["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert told["first"]["partOf"] == told["id"]
    assert told["first"]["next"] == "https://a/?cursor=x"
    assert "next" not in page("https://a/?cursor=x", "https://a/", [], None)


LETTERS = st.text("ab 𝒜é\u200f\n.", max_size=40)


@given(before=LETTERS, after=LETTERS)
def test_wording_and_position_select_the_same_place(before: str, after: str) -> None:
    words = "𝒯rade fell by 9% in May"
    text = f"{before} {words} {after}"
    start = len(before) + 1
    prefix, suffix = context(text, start, start + len(words))
    position, quote = selectors(
        exact=words, place=Placed(start, start + len(words), prefix, suffix)
    )

    there = (position["start"], position["end"])
    assert text[slice(*there)] == quote["exact"]
    around = quote.get("prefix", ""), quote.get("suffix", "")
    assert find_places(quote["exact"], text, *around) == [there]
    graded = grade_quote(quote["exact"], text, prefix=around[0], suffix=around[1])
    assert (graded.grade, graded.start, graded.end) == (Grade.EXACT, *there)
