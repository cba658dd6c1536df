"""The page of a series with its matrix, its files, and who reads what of them."""

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sources.actions.sources import open_source
from sources.models import Series, Source, TextLayer
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.counted import a_series, has_dictionary
from tests.claims.pages import world
from tests.claims.pages.test_valid_html import faults_of

pytestmark = pytest.mark.django_db

FILES = ("csv", "xlsx", "svg", "json")
API = "/api/v1/series/papers/matrix/"


def public_series(texts: dict[str, str] | None = None, **record: Any) -> Series:
    """A series of documents that the public reads."""
    return a_series(texts, is_opened=True, **record)


def staff_client(role: Role = Role.EDITOR) -> Client:
    client = Client()
    client.force_login(make.person(role))
    return client


def page(client: Client, address: str = "/series/papers/") -> str:
    """The HTML of a page, whole, inert and valid."""
    response = client.get(address)
    assert response.status_code == 200, address
    html: str = response.content.decode()
    reading = world.read(html)
    assert reading.unclosed == []
    assert reading.active == []
    assert list(faults_of(html)) == []
    return html


def words_of(html: str) -> str:
    return " ".join(world.read(html).text.split())


def test_the_page_has_topics_down_and_documents_across(client: Client) -> None:
    has_dictionary(public_series(), arctic=["Arctic"], trade=["trade"])

    html = page(client)

    words = words_of(html)
    assert "Arctic, 2023: 2 places first last" in words
    assert "Arctic, 2022: ∅ absent" in words
    assert "counted with the dictionary papers/1" in words
    assert "6 words" in words
    assert re.findall(r'href="(/series/papers/topics/[^"]+)"', html)[:2] == [
        "/series/papers/topics/arctic/js-2022/",
        "/series/papers/topics/arctic/js-2023/",
    ]
    assert "Documents, in order" in words


def test_without_a_dictionary_the_page_has_documents_and_for_editors_the_way_to_one(
    client: Client,
) -> None:
    public_series()

    html = page(client)
    assert "matrix-frame" not in html
    assert "dictionary" not in html
    assert "js-2023" in html

    assert "/admin/claims/series/papers/dictionary/" in page(staff_client())
    assert "/admin/claims/series/papers/dictionary/" not in page(staff_client(Role.CONTRIBUTOR))


def test_a_document_without_a_text_says_so_and_the_desk_is_led_to_capturing_one(
    client: Client,
) -> None:
    has_dictionary(public_series({"js-2022": "Arctic.", "js-2023": ""}), arctic=["Arctic"])

    html = page(client)
    assert "Arctic, 2023: not searched" in words_of(html)
    assert "Not searched: there is no text" in html
    assert "/admin/" not in html

    source = Source.objects.get(key="js-2023")
    assert f"/admin/sources/source/{source.pk}/change/" in page(staff_client())


def test_what_is_not_counted_yet_says_so_with_the_progress(client: Client) -> None:
    series = public_series()
    version = has_dictionary(series, arctic=["Arctic"])
    version.counts.filter(layer__blob__captures__source__key="js-2022").delete()

    words = words_of(page(client))

    assert "Counting goes on: 2 of 3 texts are counted." in words
    assert "Arctic, 2022: not counted yet" in words


def test_a_version_of_the_dictionary_has_a_permanent_address(client: Client) -> None:
    series = public_series()
    has_dictionary(series, arctic=["Arctic"])
    has_dictionary(series, energy=["energy"])

    assert "Arctic, 2023: 2 places" in words_of(page(client, "/series/papers/matrix/1/"))
    assert "To version 2, the current one" in page(client, "/series/papers/matrix/1/")
    assert "the current one" not in page(client, "/series/papers/matrix/2/")
    assert "Energy, 2024: 1 place" in words_of(page(client))
    assert client.get("/series/papers/matrix/3/").status_code == 404
    assert client.get("/series/papers/matrix/3.csv").status_code == 404
    assert client.get("/series/papers/matrix/3.json").status_code == 404
    assert client.get("/series/nothing/matrix/1.csv").status_code == 404


def test_files_and_api_have_the_hashes_of_text_and_dictionary(client: Client) -> None:
    version = has_dictionary(public_series(rights="whole"), arctic=["Arctic"])
    current = client.get(API).json()

    rows = csv.DictReader(io.StringIO(client.get("/series/papers/matrix/1.csv").content.decode()))
    found = {row["document"]: row for row in rows}
    assert {row["dictionary_sha256"] for row in found.values()} == {version.sha256}
    assert current["dictionary"]["sha256"] == version.sha256
    for document in current["documents"]:
        row = found[document["column"]]
        assert row["text_sha256"] == document["text_sha256"]
        assert row["words"] == str(document["words"])
    assert client.get("/series/papers/matrix/1.json").json() == current
    assert client.get(f"{API}?number=1").json() == current
    assert current["url"] == "http://testserver/series/papers/matrix/1.json"


def test_files_come_with_their_names_and_types(client: Client) -> None:
    has_dictionary(public_series(), arctic=["Arctic"])

    for suffix, kind in (
        ("csv", "text/csv; charset=utf-8"),
        ("svg", "image/svg+xml; charset=utf-8"),
        ("json", "application/json"),
    ):
        answer = client.get(f"/series/papers/matrix/1.{suffix}")
        assert answer.headers["Content-Type"] == kind
        assert "default-src" in answer.headers["Content-Security-Policy"]
    name = client.get("/series/papers/matrix/1.xlsx").headers["Content-Disposition"]
    assert name == 'attachment; filename="papers.1.xlsx"'


@pytest.mark.parametrize("typed", ["0", "x", "1.5", "9" * 20, "-1"])
def test_a_number_that_is_none_is_refused_by_the_api(client: Client, typed: str) -> None:
    has_dictionary(public_series(), arctic=["Arctic"])
    answer = client.get(f"{API}?number={typed}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "number"


def doors() -> list[str]:
    """Every address that could tell of a document of the series."""
    return [
        "/series/papers/",
        "/series/papers/matrix/1/",
        *(f"/series/papers/matrix/1.{suffix}" for suffix in FILES),
        API,
        *(f"/series/papers/topics/arctic/{column}/" for column in ("js-2022", "memo", ".2")),
    ]


def telling(client: Client, *marks: str) -> list[str]:
    """The doors that tell one of the marks, but for those that answer that there is nothing."""
    found = []
    for address in doors():
        answer = client.get(address)
        body = answer.content.decode("utf-8", "replace")
        if address.endswith("xlsx") and answer.status_code == 200:
            body = "".join(_parts_of(answer.content))
        body = body.replace(address, "")
        found += [address for mark in marks if mark in body]
    return found


def _parts_of(workbook: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        return [file.read(name).decode("utf-8", "replace") for name in file.namelist()]


@pytest.mark.parametrize("access", ["staff", "named"])
def test_no_door_tells_the_public_of_a_confidential_document(client: Client, access: str) -> None:
    series = public_series({"js-2022": "The Arctic."})
    memo = make.source(
        "The Arctic is Quillfeather. Arctic, Arctic.",
        key="memo",
        title="The Quillfeather memo",
        access=access,
        public_descriptor="a diplomatic note",
        issued="2019-04-03",
    )
    series.members.create(source=memo, position=2)
    has_dictionary(series, arctic=["Arctic"])
    marks = ("Quillfeather", "memo", "2019", _sha_of(memo))

    assert telling(client, *marks) == []
    assert client.get("/series/papers/topics/arctic/memo/").status_code == 404
    if access == "staff":
        assert "/series/papers/" in telling(staff_client(), "Quillfeather")
        assert f"{API}" in telling(staff_client(), _sha_of(memo))
    else:
        assert telling(staff_client(Role.ADMINISTRATOR), *marks) == []


def _sha_of(source: Source) -> str:
    layer = TextLayer.objects.current_of(source).get()
    return str(layer.text_sha256)


def test_no_door_tells_the_public_of_a_document_on_which_nothing_public_rests(
    client: Client,
) -> None:
    series = a_series({"js-2022": "The Arctic."})
    open_source(
        source=Source.objects.get(key="js-2022"), by=make.somebody(Role.EDITOR), at=make.TODAY
    )
    plan = make.source("The Arctic.", key="memo", title="The Quillfeather plan")
    series.members.create(source=plan, position=2)
    has_dictionary(series, arctic=["Arctic"])

    assert telling(client, "Quillfeather", "memo") == []
    assert len(telling(staff_client(), "Quillfeather")) > 4


def test_a_series_that_is_not_known_has_no_matrix(client: Client) -> None:
    has_dictionary(a_series(), arctic=["Arctic"])

    assert {client.get(address).status_code for address in doors()} == {404}


def test_the_answers_to_staff_are_kept_by_nobody() -> None:
    has_dictionary(public_series(), arctic=["Arctic"])
    client = staff_client()
    for address in ("/series/papers/", "/series/papers/matrix/1.csv"):
        assert client.get(address).headers["Cache-Control"] == "private, no-store"


def test_the_number_of_queries_does_not_grow_with_documents_topics_or_claims(
    client: Client,
) -> None:
    few = public_series({"js-2022": "Trade."}, key="few")
    has_dictionary(few, trade=["trade"])
    many = public_series({f"many-{year}": "Trade and the Arctic." for year in range(2001, 2007)})
    has_dictionary(many, trade=["trade"], arctic=["Arctic"], energy=["energy"])
    for year in range(2001, 2004):
        make.published(
            subject=f"many-{year}-document",
            property="papers-mentions",
            aspect="trade",
            value="present",
        )
    make.published(
        subject="js-2022-document", property="few-mentions", aspect="trade", value="present"
    )

    for reader in (client, staff_client()):
        for suffix in ("", "matrix/1/", "matrix/1.csv", "matrix/1.json", "matrix/1.svg"):
            counted = [queries(reader, f"/series/{key}/{suffix}") for key in ("few", "papers")]
            assert counted[0] == counted[1], suffix


def queries(client: Client, address: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    return len(asked)


def test_the_page_searches_no_text(client: Client) -> None:
    has_dictionary(public_series(), arctic=["Arctic"])

    with CaptureQueriesContext(connection) as asked:
        client.get("/series/papers/")

    assert not [
        one["sql"] for one in asked if '"sources_textlayer"."text"' in one["sql"].split("FROM")[0]
    ]
