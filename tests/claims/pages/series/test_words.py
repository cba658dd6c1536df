"""The most used words of a series, as readers find them on the page and in files."""

import csv
import html
import io
import re

import pytest
from django.test import Client

from claims.actions.series.stop_words import save_stop_words
from claims.models import StopWords, TextWords
from sources.actions.sources import add_series
from sources.models import Series
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.counted import a_series
from tests.claims.pages import world as pages
from tests.claims.pages.series import words_world
from tests.factories import TODAY
from tests.sources.withheld import withheld
from tests.worker import work

pytestmark = pytest.mark.django_db

PAGE = "/series/quad/words/"


@pytest.fixture(scope="module", autouse=True)
def _series(module_transaction: None) -> None:
    words_world.build()


@pytest.fixture
def desk(db: None) -> Client:
    client = Client()
    client.force_login(make.person(Role.EDITOR))
    return client


def get(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.content.decode()


def panel(page: str, label: str) -> str:
    """The part of a page about one document."""
    (found,) = [
        part
        for part in re.findall(r'<section class="used".*?</section>', page, re.DOTALL)
        if label in part
    ]
    return found


def rows(part: str) -> list[tuple[str, str, str]]:
    """Word, count and frequency of each bar of a document."""
    return [
        (html.unescape(word), count, rate)
        for word, count, rate in re.findall(
            r'<a href="[^"]+" dir="auto">([^<]+)</a>.*?"count">(\d+)<.*?"rate">([\d.]+)‰',
            part,
            re.DOTALL,
        )
    ]


def test_each_document_shows_its_most_used_words_on_a_thousand(client: Client) -> None:
    page = get(client)

    assert rows(panel(page, "March 2021")) == [
        ("quad", "2", "117.65"),
        ("arctic", "1", "58.82"),
        ("arctic's", "1", "58.82"),
        ("ice", "1", "58.82"),
        ("matters", "1", "58.82"),
        ("speaks", "1", "58.82"),
        ("trade", "1", "58.82"),
    ]
    assert "17 words" in panel(page, "March 2021")
    reading = pages.read(page)
    assert reading.unclosed == []
    assert reading.active == []


def test_a_word_leads_to_its_places(client: Client) -> None:
    (address,) = re.findall(
        r'<a href="([^"]+)" dir="auto">arctic&#x27;s</a>', panel(get(client), "March 2021")
    )

    assert "1 place in 2 of 5 documents" in get(client, html.unescape(address))


def test_the_words_of_a_text_that_the_public_reads_quotes_of_are_for_the_desk(
    client: Client, desk: Client
) -> None:
    page = get(client)

    part = panel(page, "Report guarded")
    assert "12 words" in part
    assert "Readers see only quotes from it" in part
    assert rows(part) == []
    assert ("quicksilver", "1", "83.33") in rows(panel(get(desk), "Report guarded"))


def test_no_public_door_has_a_word_of_a_text_that_it_may_not_read(client: Client) -> None:
    for address in (
        PAGE,
        f"{PAGE}?document=guarded",
        f"{PAGE}?document=open",
        "/series/quad/words.csv",
        "/api/v1/series/quad/words/",
        "/series/quad/contexts/?q=the",
        "/series/quad/contexts/?topic=arctic",
        "/series/quad/contexts.csv?q=the",
        "/api/v1/series/quad/contexts/?q=the",
        "/api/v1/series/quad/contexts/?topic=arctic",
    ):
        body = get(client, address)
        for word in ("quicksilver", "feldspar", "Secret Memo", "Nobody but"):
            assert word not in body, address


def test_of_a_confidential_document_the_public_reads_the_descriptor(client: Client) -> None:
    page = get(client)

    assert "Readers know it by its description alone" in panel(page, "a diplomatic note")
    assert client.get(f"{PAGE}?document=secret").status_code == 404


def test_withheld_words_are_in_no_list(client: Client, desk: Client) -> None:
    assert "zeppelins" in get(client)

    withheld(make.excerpt("of zeppelins", of=words_world.source_of("later")))

    for reader in (client, desk):
        page = get(reader)
        assert "zeppelins" not in page
        assert "Not counted yet" in panel(page, "May 2022")
    work()
    part = panel(get(client), "May 2022")
    assert "zeppelins" not in part
    assert "13 words" in part
    assert "zeppelins" not in get(client, "/series/quad/words.csv")


def test_counts_of_words_that_were_withheld_since_are_not_used(client: Client) -> None:
    row = TextWords.objects.get(layer__blob__captures__source__key="later")
    withheld(make.excerpt("of zeppelins", of=words_world.source_of("later")))
    TextWords.objects.filter(pk=row.pk).delete()
    row.save(force_insert=True)  # as it was counted before

    assert "zeppelins" not in get(client)


def test_stop_words_are_left_out_by_language_and_told(client: Client) -> None:
    page = get(client)

    assert "the" not in [word for word, _count, _rate in rows(panel(page, "March 2021"))]
    assert re.search(r"<bdi>the</bdi>&nbsp;5\b", page)
    assert "didn&#x27;t" in page  # among those left out, for all its curly apostrophe


def test_editors_choose_what_is_left_out(client: Client) -> None:
    series = Series.objects.get(key="quad")
    save_stop_words(
        series=series,
        added=["QUAD"],
        shown=["of"],
        seen_at=None,
        by=make.somebody(Role.EDITOR),
        at=TODAY,
    )

    page = get(client)

    words = [word for word, _count, _rate in rows(panel(page, "May 2022"))]
    assert "of" in words
    assert "quad" not in words
    assert "Left out in this series besides:" in page


def test_a_course_shows_a_word_over_the_documents(client: Client) -> None:
    page = get(client)

    (numbers,) = re.findall(r'<tr><th scope="row">trade</th>(.*?)</tr>', page)
    assert re.findall(r"[\d.]+", numbers) == ["58.82", "133.33"]
    (points,) = re.findall(
        r'>trade</a>.*?<polyline points="([^"]+)"', page[page.index('class="courses"') :], re.DOTALL
    )
    assert len(points.split()) == 2


def test_the_cloud_says_how_many_of_the_words_it_shows(client: Client) -> None:
    page = get(client)

    (shown, count, total) = re.findall(r"These (\d+) words are (\d+) of (\d+) words", page)[0]
    listed = re.findall(r"<text [^>]+>([^<]+)</text>", page)
    assert (len(listed), total) == (int(shown), "32")
    assert int(count) < 32
    assert set(listed) >= {"quad", "trade", "arctic"}


def test_one_document_has_more_words_and_its_own_cloud(client: Client) -> None:
    page = get(client, f"{PAGE}?document=later")

    assert "May 2022" in page
    assert "March 2021" not in page
    assert "of 15 words" in page
    assert client.get(f"{PAGE}?document=nothing").status_code == 404


def test_languages_are_never_mixed(client: Client) -> None:
    a_series({"js-2021": "trade trade"}, key="mixed", rights="whole", is_opened=True, language="en")
    german = make.source(
        "und Handel und Handel", key="handel", language="de", rights="whole", is_opened=True
    )
    add_series(
        key="mixed",
        title="Mixed",
        sources=[words_world.source_of("js-2021"), german],
        by=make.somebody(Role.CONTRIBUTOR),
        at=TODAY,
    )
    work()

    page = get(client, "/series/mixed/words/")

    assert "Cloud: English" in page
    assert "Cloud: German" in page
    assert [word for word, _count, _rate in rows(panel(page, "handel"))] == ["handel"]


def test_words_are_a_file_with_the_denominator(client: Client) -> None:
    body = get(client, "/series/quad/words.csv")

    found = list(csv.DictReader(io.StringIO(body)))
    assert [row["word"] for row in found if row["document"] == "open"][:2] == ["quad", "arctic"]
    assert {row["words"] for row in found if row["document"] == "open"} == {"17"}
    assert [row["state"] for row in found if row["document"] == "guarded"] == ["total-only"]


def test_a_series_that_is_not_counted_says_so(client: Client) -> None:
    TextWords.objects.all().delete()

    page = get(client)

    assert "Not counted yet" in panel(page, "March 2021")
    assert '<svg class="course"' not in page


def test_the_desk_changes_the_words_that_are_left_out(desk: Client) -> None:
    (address,) = re.findall(r'href="(/[^"]*stopwords/quad/)"', get(desk))
    assert "Nobody has changed them" in get(desk, address)

    first = desk.post(address, {"added": "Quad\nice", "shown": "of", "seen_at": ""})

    assert first.status_code == 302
    row = StopWords.objects.get()
    assert (row.added, row.shown) == (["ice", "quad"], ["of"])
    page = get(desk, address)
    assert "saved them on" in page
    stale = desk.post(address, {"added": "ice", "shown": "", "seen_at": ""})
    assert "after you opened them" in stale.content.decode()
    seen = html.unescape(re.findall(r'name="seen_at" value="([^"]+)"', page)[0])
    wrong = desk.post(address, {"added": "two words", "shown": "", "seen_at": seen})
    assert "is not one word" in wrong.content.decode()
    assert desk.post(address, {"added": "", "shown": "", "seen_at": seen}).status_code == 302
    row.refresh_from_db()
    assert (row.added, row.shown) == ([], [])


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER])
def test_who_is_no_editor_changes_nothing(role: Role) -> None:
    client = Client()
    client.force_login(make.person(role))

    assert client.get("/admin/claims/stopwords/quad/").status_code == 403
    assert client.post("/admin/claims/stopwords/quad/", {"added": "ice"}).status_code == 403
    assert "stopwords/quad" not in get(client)
    assert not StopWords.objects.exists()


def test_the_api_has_the_same_words(client: Client) -> None:
    told = client.get("/api/v1/series/quad/words/?limit=2").json()

    first = told["documents"][0]
    assert (first["text"], first["total"], first["state"]) == ("open", 17, "listed")
    assert first["words"][0] == {"word": "quad", "count": 2, "per_thousand": 117.65}
    assert len(first["words"]) == 2
    assert [one["state"] for one in told["documents"]] == [
        *("listed", "listed", "total-only", "not-shown", "no-text")
    ]


def test_the_api_has_the_same_lines(client: Client) -> None:
    address = "/api/v1/series/quad/contexts/"

    told = client.get(f"{address}?q=Quad&sort=right").json()

    assert [(one["text"], one["words"]) for one in told["results"]] == [
        *(("open", "Quad"), ("open", "Quad"), ("later", "Quad"))
    ]
    assert (told["searched"], told["places"], told["next"]) == (2, 3, None)
    for query in (
        "",
        "q=a&topic=b",
        "q=A+OR+B",
        "topic=nothing",
        "q=a&sort=up",
        "q=a&from=secret",
        "qq=a",
    ):
        assert client.get(f"{address}?{query}").status_code == 400, query
    assert client.get("/api/v1/series/nothing/contexts/?q=a").status_code == 404
