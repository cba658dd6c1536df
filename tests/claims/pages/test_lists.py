"""Search, topics, conflicts, sources, series and sheets: what is listed, and what is refused."""

import re

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import take_off
from claims.actions.conflicts.decisions import open_editorial
from claims.domain.content import Content
from sources.actions.origins import add_origin
from sources.vocabulary import OriginKind, Role
from tests import factories
from tests.claims.pages import world

pytestmark = pytest.mark.django_db


def page(client: Client, address: str, status: int = 200) -> str:
    """The HTML of a page that answers with this status."""
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def refs(html: str) -> list[str]:
    """The claims of a list, in order."""
    return re.findall(r'<span class="ref">(C\d+)</span>', html)


def test_an_empty_database_says_that_nothing_is_published_yet(client: Client) -> None:
    factories.submitted()
    for address in ("/", "/topics/", "/conflicts/", "/factsheets/"):
        html = page(client, address)
        assert 'class="empty"' in html
        assert refs(html) == []


def test_a_search_finds_words_without_case_and_diacritics(client: Client) -> None:
    version = factories.published(statement="Jarosław wrote about the Éclair summit.")
    factories.published(statement="Somebody else wrote.")
    assert refs(page(client, "/?q=JAROSLAW+eclair")) == [version.claim.ref]
    assert refs(page(client, "/?q=wrote+-jaroslaw")) != [version.claim.ref]


def test_a_search_without_a_hit_says_what_there_is(client: Client) -> None:
    built = world.build()
    html = page(client, "/?q=nothinghasthis")
    assert "No published claim has all of these words" in html
    assert f'href="/topics/{built.topic.key}/"' in html


@pytest.mark.parametrize(
    "typed",
    [
        "'",
        '"',
        "a & | !",
        "%",
        "\\",
        "<->",
        ":*",
        "-",
        "' OR 1=1 --",
        "x" * 200,
        "😀",
        "Ⅸ",
        "\u202e",
    ],
)
def test_a_search_takes_whatever_can_be_typed(client: Client, typed: str) -> None:
    factories.published()
    response = client.get("/", {"q": typed})
    assert response.status_code == 200
    assert world.read(response.content.decode()).unclosed == []


@pytest.mark.parametrize(
    "query",
    [{"q": "x" * 301}, {"after": "x"}, {"after": "-1"}, {"after": "9" * 19}],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(
    client: Client, query: dict[str, str]
) -> None:
    response = client.get("/", query)
    assert response.status_code == 400
    assert "This cannot be shown" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("C17", "/claims/C17/"),
        ("c17/v2", "/claims/C17/v2/"),
        (" K5 ", "/conflicts/K5/"),
    ],
)
def test_a_reference_leads_to_its_page(client: Client, typed: str, address: str) -> None:
    response = client.get("/", {"q": typed})
    assert (response.status_code, response.headers["Location"]) == (302, address)


def test_long_lists_go_on_without_gaps_or_doubles(client: Client) -> None:
    topic = factories.topic("Long")
    expected = [
        factories.published(statement=f"Long {number}.", topics=[topic]).claim.ref
        for number in range(23)
    ]
    for address in ("/?q=long", f"/topics/{topic.key}/"):
        first = page(client, address)
        link = re.search(r'rel="next" href="([^"]+)"', first)
        assert link is not None
        second = page(client, address.partition("?")[0] + link[1].replace("&amp;", "&"))
        assert refs(first) + refs(second) == expected[::-1]
        assert 'rel="next"' not in second


def test_a_conflict_stands_with_both_sides_on_its_page_and_on_its_claims(client: Client) -> None:
    built = world.build()
    for address in (
        "/conflicts/",
        f"/conflicts/{built.conflict.ref}/",
        f"/claims/{built.hundred.claim.ref}/",
        f"/claims/{built.seventy_five.claim.ref}/",
    ):
        html = page(client, address)
        assert built.hundred.statement in html, address
        assert built.seventy_five.statement in html, address
        assert ">100</bdi>" in html, address
        assert ">75</bdi>" in html, address
    assert "Disputed" in page(client, f"/topics/{built.topic.key}/")
    assert "Disputed" not in page(client, f"/claims/{built.calm.claim.ref}/")


def test_a_conflict_whose_other_side_is_not_published_is_none(client: Client) -> None:
    prop = factories.value_property("count")
    subject = factories.entity()
    version = factories.published(subject=subject.key, property=prop.key, value="1")
    factories.submitted(subject=subject.key, property=prop.key, value="2")
    assert "Disputed" not in page(client, f"/claims/{version.claim.ref}/")
    assert "No published claims are in conflict" in page(client, "/conflicts/")


def test_a_conflict_that_lost_a_side_says_so_and_keeps_the_other(client: Client) -> None:
    built = world.build()
    ref = built.conflict.ref
    take_off(
        claim=built.hundred.claim,
        reason="A court.",
        by=factories.somebody(Role.EDITOR),
        at=world.LATER,
    )
    html = page(client, f"/conflicts/{ref}/")
    assert "This conflict is over." in html
    assert f"{built.hundred.claim.ref} was taken off the public pages." in html
    assert "75th anniversary" in html
    assert "100th anniversary" not in html
    assert ">100</bdi>" not in html
    assert "Disputed" not in page(client, f"/claims/{built.seventy_five.claim.ref}/")


def test_a_side_whose_time_has_ended_makes_no_conflict_before_the_background_follows(
    client: Client,
) -> None:
    built = world.build()
    replaced = revise(
        claim=built.hundred.claim,
        content=Content("The title names no number."),
        evidence=[Tie(factories.excerpt())],
        by=factories.somebody(Role.CONTRIBUTOR),
        at=factories.TODAY,
        seen=1,
        submit_it=True,
    )
    factories.approved(replaced, publish_at=world.LATER)

    assert f"/conflicts/{built.conflict.ref}/" not in page(client, "/conflicts/")
    assert "No longer a conflict" in page(client, f"/conflicts/{built.conflict.ref}/")


def test_evidence_for_and_against_stands_on_two_sides(client: Client) -> None:
    version = factories.published(
        statement="It rained.",
        evidence=[
            Tie(factories.excerpt("It rained all day")),
            Tie(factories.excerpt("It was dry"), stance="refutes"),
        ],
    )
    html = page(client, f"/claims/{version.claim.ref}/")
    assert "Do its sources bear it out?" in html
    sides = html.partition('<div class="sides">')[2].partition("</section>\n</div>")[0]
    assert sides.index("It rained all day") < sides.index("It was dry")
    assert html.count('class="side"') == 2


def test_an_editorial_conflict_asks_its_question(client: Client) -> None:
    one, other = factories.published(statement="Low."), factories.published(statement="Deepened.")
    open_editorial(
        claims=[one.claim, other.claim],
        question="Is it low, or has it deepened?",
        by=factories.somebody(Role.EDITOR),
        at=world.LATER,
    )
    html = page(client, "/conflicts/")
    assert "Is it low, or has it deepened?" in html
    assert html.count('class="side"') == 2


def test_a_source_shows_its_quotes_with_a_little_around_them(client: Client) -> None:
    before, after = "before " * 100, " after" * 100
    source = factories.source(f"START {before}the very words{after} END")
    version = factories.published(evidence=[Tie(factories.excerpt("the very words", of=source))])
    html = page(client, f"/sources/{source.key}/")
    assert "<mark>the very words</mark>" in html
    assert f'href="/claims/{version.claim.ref}/"' in html
    around = re.search(r'<p lang="[^"]*" dir="auto">(.*?)</p>|<p dir="auto">(.*?)</p>', html, re.S)
    assert around is not None
    shown = world.read(around[0]).text.replace("the very words", "").replace("…", "")
    assert 200 < len(shown) <= 300
    assert "START" not in html


def test_a_quote_at_the_edge_of_a_text_is_shown_up_to_it(client: Client) -> None:
    source = factories.source("First words stand here.")
    factories.published(evidence=[Tie(factories.excerpt("First words", of=source))])
    html = page(client, f"/sources/{source.key}/")
    assert '"auto"><mark>First words</mark> stand here.</p>' in html


def test_a_source_shows_no_quote_of_what_is_not_published(client: Client) -> None:
    source = factories.source("First words. Other words.", is_opened=True)
    factories.submitted(evidence=[Tie(factories.excerpt("First words", of=source))])
    assert "First words" not in page(client, f"/sources/{source.key}/")


def test_a_source_names_a_confidential_origin_by_its_descriptor(client: Client) -> None:
    source, secret = factories.source("Words.", is_opened=True), world.confidential().excerpt.source
    add_origin(
        source=source,
        origin=secret,
        kind=OriginKind.DIGEST,
        by=factories.somebody(Role.CONTRIBUTOR),
        at=factories.TODAY,
    )
    html = page(client, f"/sources/{source.key}/")
    assert "a diplomatic note" in html
    assert "Secret Memo" not in html


def test_a_topic_of_drafts_alone_is_not_there(client: Client) -> None:
    topic = factories.topic("Secret plans")
    factories.submitted(topics=[topic])
    page(client, f"/topics/{topic.key}/", 404)
    assert "Secret plans" not in page(client, "/") + page(client, "/topics/")


@pytest.mark.parametrize("style", ["chicago-notes-bibliography", "apa", "ieee"])
def test_a_sheet_of_a_topic_is_shown_with_both_sides(client: Client, style: str) -> None:
    built = world.build()
    html = page(client, f"/factsheets/?topic={built.topic.key}&style={style}")
    assert '<article class="factsheet"' in html
    assert built.conflict.ref in html
    assert world.read(html).active == []
    assert client.get("/factsheets/sheet.css").headers["Content-Type"].startswith("text/css")


def test_a_sheet_can_be_kept_as_a_file(client: Client) -> None:
    built = world.build()
    for form, ending in (("html", "html"), ("markdown", "md")):
        response = client.get(f"/factsheets/?topic={built.topic.key}&format={form}")
        assert response.status_code == 200
        assert f'filename="diplomacy.{ending}"' in response.headers["Content-Disposition"]
        assert "http://testserver/claims/" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("topic=diplomcy", "The nearest is “diplomacy”"),
        ("topic=diplomacy&style=apaa", "No citation style is called"),
        ("topic=diplomacy&style=../../etc/passwd", "No citation style is called"),
        ("topic=diplomacy&format=epub", "is no format"),
        ("topic=diplomacy&layout=long", "is no layout"),
        ("entity=nobody", "about the entity"),
    ],
)
def test_a_sheet_that_cannot_be_made_says_why(client: Client, query: str, words: str) -> None:
    world.build()
    assert words in page(client, f"/factsheets/?{query}", 400)
