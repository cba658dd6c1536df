"""Dictionaries as files at the desk, and the history of their versions."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.domain.series.dictionary_files import read_dictionary_file
from claims.models import DictionaryVersion
from sources.actions.sources import add_series
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims.admin.dictionaries.kept import a_series, entry, rows_on, save, typed
from tests.claims.admin.entry.test_pages import staff_client

pytestmark = pytest.mark.django_db

PAGE = "/admin/claims/series/quad/dictionary/"


def read_file(name: str, content: str | bytes, *rows: dict[str, Any]) -> Any:
    """The page after an editor read a file into the form that has these rows."""
    data = content if isinstance(content, bytes) else content.encode()
    sent = typed(*rows, **{"import": "1", "file": SimpleUploadedFile(name, data)})
    return staff_client(make.person(Role.EDITOR)).post(PAGE, sent)


def test_a_file_fills_in_the_form_and_says_what_it_changes() -> None:
    save(a_series(), entry("arctic", "Arctic"), entry("ukraine", "Ukraine"))

    page = read_file("new.csv", "topic,term,language\narctic,Arctic,\nukraine,Україн*,uk\n")

    assert rows_on(page) == [("arctic", ["Arctic"]), ("ukraine", ["Україн* | uk"])]
    assert page.context["changes"] == ["Ukraine: now with “Україн*” (uk); without “Ukraine”."]
    assert DictionaryVersion.objects.count() == 1


def test_what_is_wrong_in_a_file_stands_at_its_topic() -> None:
    a_series()

    page = read_file("new.yaml", "topics:\n- topic: artic\n  terms: [Arctic, '*']\n")

    errors = page.context["topics"][0].row.errors
    assert "nearest one is “arctic”" in errors["topic"][0]
    assert "“*”" in errors["terms"][0]
    assert rows_on(page) == [("artic", ["Arctic", "*"])]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.yaml", "topics: [*a]", "a.yaml, line 1"),
        ("a.csv", "word\nx", "a.csv, line 1: the head"),
        ("a.csv", b"\xff\xfea", "is not UTF-8"),
        ("a.yaml", b"a" * 600_001, "At most 600,000 are read"),
        ("a.csv", "topic,term\n" + "".join(f"t{n},x\n" for n in range(201)), "201 topics"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_what_was_typed(
    name: str, content: str | bytes, said: str
) -> None:
    a_series()

    page = read_file(name, content, {"topic": "arctic", "terms": "typed by hand"})

    assert said in page.content.decode()
    assert rows_on(page) == [("arctic", ["typed by hand"])]


def test_a_file_of_an_older_version_or_another_series_says_so() -> None:
    series = a_series()
    for term in ("Arctic", "polar region"):
        save(series, entry("arctic", term))

    older = read_file("a.yaml", "series: quad\nnumber: 1\ntopics: []")
    other = read_file("a.yaml", "series: quid\nnumber: 1\ntopics: []")

    assert "exported as version 1; the newest is 2" in older.content.decode()
    assert "it is of the series quid" in other.content.decode()


def test_every_version_is_exported_as_it_was() -> None:
    series = a_series()
    first = save(series, entry("arctic", "Arctic", ("Арктик*", "ru"), note="Cold."))
    save(series, entry("ukraine", "Ukraine"))
    client = staff_client(make.person())

    for form in ("yaml", "csv"):
        answer = client.get(f"{PAGE}1.{form}")
        assert answer["Content-Disposition"].endswith(f'filename="quad-dictionary-1.{form}"')
        read = read_dictionary_file(answer.content, file=f"a.{form}")
        assert read.dictionary == first.dictionary
    assert read_dictionary_file(client.get(f"{PAGE}2.yaml").content).number == 2
    assert client.get(f"{PAGE}1.exe").status_code == 404
    assert client.get(f"{PAGE}3.yaml").status_code == 404


def test_the_history_tells_who_changed_what() -> None:
    series, by = a_series(), make.person(Role.EDITOR, name="olga")
    save(series, entry("arctic", "Arctic"))
    save(series, entry("arctic", "Arctic", "polar region"), by=by, note="The region, too.")

    page = staff_client(make.person()).get(f"{PAGE}versions/").content.decode()

    for there in (
        "Olga",
        "The region, too.",
        "Arctic: now with “polar region”.",
        "Arctic: new, with “Arctic”.",
    ):
        assert there in page


def test_the_list_has_every_series_with_its_version() -> None:
    save(a_series(), entry("arctic", "Arctic", "polar region"))
    a_series("quid", topics=())
    client = staff_client(make.person())

    page = client.get("/admin/claims/dictionaryversion/").content.decode()

    assert "quad/1: 1 topic, 2 terms" in page
    assert "none yet" in page
    version = DictionaryVersion.objects.get()
    led = client.get(f"/admin/claims/dictionaryversion/{version.pk}/change/")
    assert led.headers["Location"] == f"{PAGE}1/"


def test_the_list_asks_the_same_however_many_series_there_are() -> None:
    client = staff_client(make.person())

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/admin/claims/dictionaryversion/")
        return len(asked)

    save(a_series(), entry("arctic", "Arctic"))
    one = queries()
    for key in ("quid", "quod"):
        save(a_series(key, topics=()), entry("arctic", "Arctic"))

    assert queries() == one


def test_the_page_of_a_series_leads_to_its_dictionary() -> None:
    series = a_series()

    page = staff_client(make.person()).get(f"/admin/sources/series/{series.pk}/change/")

    assert f'href="{PAGE}"' in page.content.decode()


def test_nobody_opens_the_dictionary_of_a_series_that_they_may_not_know() -> None:
    hidden = make.source(access=Access.NAMED, public_descriptor="A paper")
    by = make.somebody(Role.CONTRIBUTOR)
    add_series(key="secret", title="Secret", sources=[hidden], by=by, at=make.TODAY)
    client = staff_client(make.person(Role.EDITOR))

    assert client.get("/admin/claims/series/secret/dictionary/").status_code == 404
    assert client.get("/admin/claims/series/secret/dictionary/versions/").status_code == 404
    assert "Secret" not in client.get("/admin/claims/dictionaryversion/").content.decode()


def test_the_public_signs_in_first() -> None:
    a_series()

    for address in (PAGE, f"{PAGE}versions/", f"{PAGE}1.yaml"):
        assert Client().get(address).status_code == 302
