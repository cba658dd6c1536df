"""Words in context, as readers find them on the pages and in files."""

import csv
import html
import io
import re
from urllib.parse import quote

import pytest
from django.test import Client

from claims.models import TopicCount
from claims.readings import series_contexts
from sources.models import Series
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.counted import a_series, has_dictionary
from tests.claims.pages import world as pages
from tests.claims.pages.series import words_world
from tests.sources.withheld import withheld

pytestmark = pytest.mark.django_db

PAGE = "/series/quad/contexts/"


@pytest.fixture(scope="module", autouse=True)
def _series(module_transaction: None) -> None:
    words_world.build()


@pytest.fixture
def desk(db: None) -> Client:
    client = Client()
    client.force_login(make.person(Role.EDITOR))
    return client


def lines(page: str) -> list[tuple[str, ...]]:
    """The lines of a page: document, before, words, after."""
    rows = re.findall(r'<tr role="row">(<td.*?)</tr>', page, re.DOTALL)
    return [
        tuple(
            " ".join(html.unescape(re.sub(r"<[^>]+>", "", cell)).split())
            for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)[:4]
        )
        for row in rows
    ]


def get(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content
    return response.content.decode()


def test_each_place_of_typed_words_stands_on_a_line_with_its_neighbours(client: Client) -> None:
    page = get(client, f"{PAGE}?q=Quad")

    assert [(line[0], line[1][-4:], line[2], line[3][:14]) for line in lines(page)] == [
        ("March 2021", "The", "Quad", "speaks of the "),
        ("March 2021", " the", "Quad", ", and trade do"),
        ("May 2022", " The", "Quad", "speaks of trad"),
    ]
    assert "3 places in 2 of 5 documents searched" in page
    reading = pages.read(page)
    assert reading.unclosed == []
    assert reading.active == []


def test_lines_sort_by_the_nearest_word_on_either_side(client: Client) -> None:
    left = get(client, f"{PAGE}?q=speak*&sort=left")
    right = get(client, f"{PAGE}?q=Quad&sort=right")

    assert [line[1].split()[-1] for line in lines(left)] == ["didn’t", "Quad", "Quad"]
    assert [line[3].split()[:3] for line in lines(right)] == [
        [",", "and", "trade"],
        ["speaks", "of", "the"],
        ["speaks", "of", "trade"],
    ]


def test_the_places_of_a_topic_are_those_that_were_counted(client: Client) -> None:
    page = get(client, f"{PAGE}?topic=arctic")

    assert [line[:3] for line in lines(page)] == [
        ("March 2021", "The Quad speaks of the", "Arctic"),
        ("March 2021", "The Quad speaks of the Arctic. The", "Arctic"),
    ]
    get(client, f"{PAGE}?topic=nothing", 404)


def test_a_line_leads_to_the_words_in_their_text(client: Client) -> None:
    page = get(client, f"{PAGE}?q=zeppelins")

    (address,) = re.findall(r'class="words"[^>]*><a href="([^"#]+)#x0"', page)

    assert "zeppelins</mark>" in get(client, html.unescape(address))


def test_who_enters_claims_goes_on_from_a_line_to_a_new_claim(client: Client, desk: Client) -> None:
    make.entity("open-document", kind="document", source=words_world.source_of("open"))
    make.value_property("presence", "mentions")
    page = get(desk, f"{PAGE}?topic=arctic&sort=left")
    form = re.findall(r'<form method="post" action="([^"]+)">(.*?)</form>', page, re.DOTALL)[0]
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))

    response = desk.post(form[0], {name: html.unescape(value) for name, value in sent.items()})

    assert html.unescape(sent["exact"]) == (
        "The Arctic’s ice matters to the Quad, and trade does too."
    )
    assert response.status_code == 302
    assert "/admin/claims/claim/add/?excerpt=" in response["Location"]
    for told in ("subject=open-document", "property=mentions", "aspect=arctic", "value=present"):
        assert told in response["Location"]
    assert '<form method="post"' not in get(client, f"{PAGE}?topic=arctic")


def test_a_text_that_the_public_reads_quotes_of_is_not_searched_for_it(
    client: Client, desk: Client
) -> None:
    page = get(client, f"{PAGE}?q=quicksilver")

    assert lines(page) == []
    assert "0 places in 2 of 5 documents searched" in page
    assert "not searched: readers see only quotes from it" in page
    assert [line[2] for line in lines(get(desk, f"{PAGE}?q=quicksilver"))] == ["quicksilver"]
    assert lines(get(client, f"{PAGE}?topic=arctic")) == lines(get(client, f"{PAGE}?q=Arctic"))


def test_of_a_confidential_document_the_public_reads_the_descriptor(
    client: Client, desk: Client
) -> None:
    for query in ("q=feldspar", "topic=arctic", "q=Arctic&sort=left"):
        page = get(client, f"{PAGE}?{query}")
        assert "a diplomatic note" in page
        assert "Secret Memo" not in page
        assert "memo speaks" not in page

    assert [line[2] for line in lines(get(desk, f"{PAGE}?q=feldspar"))] == ["feldspar"]


def test_words_that_cannot_be_read_are_refused_at_the_field(client: Client) -> None:
    page = get(client, f"{PAGE}?q={quote('Arctic OR Russia')}", 400)

    assert 'aria-invalid="true"' in page
    assert "is no operator that is known" in html.unescape(page)
    assert 'value="Arctic OR Russia"' in page
    assert "one of the two" in get(client, f"{PAGE}?q=ice&topic=arctic", 400)


@pytest.mark.parametrize("query", ["sort=up", "from=open&at=x", "from=..%2F", "at=5"])
def test_an_address_that_no_page_has_is_refused(client: Client, query: str) -> None:
    get(client, f"{PAGE}?q=Quad&{query}", 400)


def test_a_document_that_the_reader_may_not_know_begins_no_page(
    client: Client, desk: Client
) -> None:
    get(client, f"{PAGE}?q=Quad&from=secret", 404)
    get(client, f"{PAGE}?q=Quad&from=nothing", 404)
    get(desk, f"{PAGE}?q=Quad&from=secret")
    get(client, "/series/nothing/contexts/?q=Quad", 404)


def test_withheld_words_are_neither_found_nor_shown(client: Client, desk: Client) -> None:
    withheld(make.excerpt("of zeppelins", of=words_world.source_of("later")))

    for reader in (client, desk):
        assert lines(get(reader, f"{PAGE}?q=zeppelins")) == []
        (line,) = lines(get(reader, f"{PAGE}?q={quote('Trade matters')}"))
        assert "zeppelins" not in line[3]
        assert lines(get(reader, f"{PAGE}?q={quote('and It')}")) == []  # on both sides of them


def test_places_of_a_topic_in_withheld_words_wait_to_be_counted_again(client: Client) -> None:
    excerpt = make.excerpt("Trade matters", of=words_world.source_of("later"))
    row = TopicCount.objects.get(layer__blob__captures__source__key="later")
    withheld(excerpt)
    row.save()  # as it was counted before

    page = get(client, f"{PAGE}?topic=trade")

    assert [line[0] for line in lines(page)] == ["March 2021"]
    assert "not counted yet" in page


def test_no_more_than_a_limit_is_searched_for_a_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series_contexts, "MAX_SEARCHED", 50)
    seen, searched, query = [], [], "?q=of"

    for _page in range(9):
        page = get(client, f"{PAGE}{query}")
        seen += lines(page)
        searched += re.findall(r"(\d) of 5 documents searched</strong>", page)
        following = re.search(r'<a rel="next" href="([^"]+)"', page)
        if following is None:
            break
        query = html.unescape(following[1])

    assert [line[0] for line in seen] == ["March 2021", "May 2022", "May 2022", "May 2022"]
    assert searched == ["1", "1", "1", "1"]


def test_lines_go_on_within_a_document_of_many_places(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = lines(get(client, f"{PAGE}?q=the"))
    monkeypatch.setattr(series_contexts, "MAX_LINES", 2)
    seen, query, pages_read = [], "?q=the", 0

    while query:
        page = get(client, f"{PAGE}{query}")
        seen += lines(page)
        pages_read += 1
        following = re.search(r'<a rel="next" href="([^"]+)"', page)
        query = html.unescape(following[1]) if following else ""

    assert seen == whole
    assert pages_read == 3


def test_lines_are_a_file_that_no_spreadsheet_takes_for_formulas(client: Client) -> None:
    a_series({"js-2021": "=SUM(A1) is no formula."}, rights="whole", is_opened=True)

    (row,) = csv.DictReader(io.StringIO(get(client, "/series/papers/contexts.csv?q=is")))

    assert (row["document"], row["before"], row["words"]) == ("js-2021", "'=SUM(A1) ", "is")
    assert "/sources/js-2021/?text=" in row["address"]


def test_a_file_says_where_its_lines_go_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series_contexts, "MAX_LINES", 2)

    body = get(client, "/series/quad/contexts.csv?q=Quad")

    *_rows, last = csv.reader(io.StringIO(body))
    assert "2 places in 1 of 5 documents searched" in last[0]
    assert last[-1].endswith("/series/quad/contexts.csv?q=Quad&sort=text&from=later&at=0")


def test_a_topic_of_a_later_dictionary_is_found_once_it_is_counted(client: Client) -> None:
    has_dictionary(Series.objects.get(key="quad"), ice=["ice"], trade=["trade"])

    assert [line[2] for line in lines(get(client, f"{PAGE}?topic=ice"))] == ["ice"]
    get(client, f"{PAGE}?topic=arctic", 404)
