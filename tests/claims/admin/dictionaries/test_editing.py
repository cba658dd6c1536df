"""Writing the topic dictionary of a series through the pages of the desk."""

from typing import Any

import pytest

from claims.models import DictionaryVersion, Topic
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.admin.dictionaries.kept import a_series, entry, rows_on, save, typed
from tests.claims.admin.entry.test_pages import staff_client

pytestmark = pytest.mark.django_db

PAGE = "/admin/claims/series/quad/dictionary/"
ARCTIC = {"topic": "arctic", "terms": "Arctic\r\n\r\nАрктик* | RU\r\n", "note": "The region."}


def post(*rows: dict[str, Any], **fields: Any) -> Any:
    """The answer to an editor who sends these rows."""
    return staff_client(make.person(Role.EDITOR)).post(PAGE, typed(*rows, **fields), follow=True)


def test_a_dictionary_is_saved_as_it_was_typed_and_comes_back_into_the_form() -> None:
    series = a_series()

    page = post(ARCTIC, {"topic": " Ukraine ", "terms": "Ukraine"}, save="1", note="Begun.")

    version = DictionaryVersion.objects.get()
    assert version.dictionary.entries == (
        entry("arctic", "Arctic", ("Арктик*", "ru"), note="The region."),
        entry("ukraine", "Ukraine"),
    )
    assert (version.series, version.number, version.note) == (series, 1, "Begun.")
    assert rows_on(page) == [("arctic", ["Arctic", "Арктик* | ru"]), ("ukraine", ["Ukraine"])]
    assert "Version 1 is saved." in page.content.decode()


def test_what_is_saved_again_unchanged_makes_no_version() -> None:
    save(a_series(), entry("arctic", "Arctic"))

    page = post({"topic": "arctic", "terms": "Arctic"}, save="1", seen_number=1)

    assert DictionaryVersion.objects.count() == 1
    assert "Nothing changed" in page.content.decode()


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        ({"terms": "North Pole\r\n* | ru"}, "terms", "term 2: A * in “*” stands alone"),
        ({"terms": "a OR b"}, "terms", "“OR”"),
        ({"terms": "North Pole | xx"}, "terms", "“xx” is no language"),
        ({"terms": ""}, "terms", "has no terms"),
        ({"topic": "artic"}, "topic", "nearest one is “arctic”"),
        ({"topic": ""}, "topic", "names no topic"),
        ({"topic": "ukraine"}, "topic", "stands twice"),
        ({"note": "x" * 501}, "__all__", "501 characters"),
    ],
)
def test_what_is_refused_stands_at_its_field_and_nothing_typed_is_lost(
    row: dict[str, str], field: str, said: str
) -> None:
    a_series()
    first = {"topic": "ukraine", "terms": "Ukraine\r\nUkrainian people"}

    page = post(first, ARCTIC | row, save="1", note="A note of mine.")

    assert not DictionaryVersion.objects.exists()
    refused = page.context["topics"][1].row
    assert said in " ".join(refused.errors[field])
    assert page.context["topics"][0].row.errors == {}
    text = page.content.decode()
    for there in ("Ukrainian people", "A note of mine.", said):
        assert there in text
    assert 'aria-invalid="true"' in text or field == "__all__"


def test_an_editor_is_told_who_saved_meanwhile_and_can_save_after_reading_it() -> None:
    series, other = a_series(), make.person(Role.EDITOR, name="olga")
    save(series, entry("arctic", "Arctic"), by=other)

    told = post({"topic": "arctic", "terms": "Arctic\r\npolar region"}, save="1", seen_number=0)

    assert told.status_code == 409
    assert DictionaryVersion.objects.count() == 1
    text = told.content.decode()
    assert "Olga saved version 1 at" in text
    assert told.context["differing"] == [("Arctic", "Arctic", "Arctic\npolar region")]
    assert rows_on(told) == [("arctic", ["Arctic", "polar region"])]
    seen = told.context["form"]["seen_number"].value()
    post({"topic": "arctic", "terms": "Arctic\r\npolar region"}, save="1", seen_number=seen)
    assert [one.number for one in DictionaryVersion.objects.of_series(series)] == [2, 1]


@pytest.mark.parametrize(
    ("pressed", "order"),
    [
        ({"move-topic": "2:up"}, ["b", "a", "c"]),
        ({"move-topic": "2:down"}, ["a", "c", "b"]),
        ({"move-topic": "1:up"}, ["a", "b", "c"]),
        ({"move-topic": "3:down"}, ["a", "b", "c"]),
        ({"move-topic": "nonsense"}, ["a", "b", "c"]),
        ({"drop-topic": "2"}, ["a", "c"]),
        ({"drop-topic": "9"}, ["a", "b", "c"]),
        ({"add-topic": "1"}, ["a", "b", "c", ""]),
    ],
)
def test_a_button_arranges_the_topics_and_saves_nothing(
    pressed: dict[str, str], order: list[str]
) -> None:
    a_series()

    page = post(*({"topic": topic, "terms": "* is kept as typed"} for topic in "abc"), **pressed)

    assert [topic for topic, _terms in rows_on(page)] == order
    assert rows_on(page)[0][1] == ["* is kept as typed"]
    assert not DictionaryVersion.objects.exists()


def test_a_topic_that_is_not_there_is_entered_in_its_place() -> None:
    a_series()

    refused = post({"topic": "Northern Sea Route", "terms": "Sevmorput"}, save="1")
    entered = post({"topic": "Northern Sea Route", "terms": "Sevmorput"}, **{"make-topic": "1"})

    assert "Enter “Northern Sea Route” as a new topic" in refused.content.decode()
    assert Topic.objects.get(key="northern-sea-route").name == "Northern Sea Route"
    assert rows_on(entered) == [("northern-sea-route", ["Sevmorput"])]
    assert not DictionaryVersion.objects.exists()


def test_what_would_change_is_shown_before_it_is_saved() -> None:
    save(a_series(), entry("arctic", "Arctic"), entry("ukraine", "Ukraine"))

    page = post(
        {"topic": "arctic", "terms": "polar region | en", "note": "Cold."},
        changes="1",
        seen_number=1,
    )

    assert page.context["changes"] == [
        "Arctic: now with “polar region” (en); without “Arctic”; with the note “Cold.”.",
        "Ukraine: left out, with 1 term.",
    ]
    assert DictionaryVersion.objects.count() == 1


def test_the_form_can_be_filled_in_from_an_older_version() -> None:
    series = a_series()
    save(series, entry("arctic", "Arctic"))
    save(series, entry("arctic", "polar region"))

    page = staff_client(make.person(Role.EDITOR)).get(f"{PAGE}?version=1")

    assert rows_on(page) == [("arctic", ["Arctic"])]
    assert page.context["form"]["seen_number"].value() == 2
    assert page.context["changes"] == ["Arctic: now with “Arctic”; without “polar region”."]


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER])
def test_who_may_not_save_a_dictionary_reads_it(role: Role) -> None:
    save(a_series(), entry("arctic", "Arctic", "polar region"))
    client = staff_client(make.person(role))

    page = client.get(PAGE)

    assert "polar region" in page.content.decode()
    assert '<form method="post"' not in page.content.decode().partition('id="content"')[2]
    assert client.post(PAGE, typed(ARCTIC, save="1")).status_code == 403
    assert DictionaryVersion.objects.count() == 1
