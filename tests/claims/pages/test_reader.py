"""The text of a source: who sees how much of it, where its quotes stand, and quoting from it."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.entry import Tie
from sources.actions.captures.capture import capture, set_page_offset
from sources.actions.quotes.excerpts import choose_place, quote
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Excerpt, Source
from sources.vocabulary import Grade, Role
from tests import factories
from tests.claims.pages import world
from tests.worker import work

pytestmark = pytest.mark.django_db

# Two pages; the words of one of them stand on both.
TEXT = "Page one is short.\fTrade fell by 9% in all. Page one is short, they said."


def page(client: Client, address: str, status: int = 200) -> str:
    """The HTML of a page that answers with this status, whole and inert but for our module."""
    response = client.get(address)
    assert response.status_code == status
    html: str = response.content.decode()
    reading = world.read(html)
    assert reading.unclosed == []
    assert set(reading.active) <= {"script"}
    return html


def staff_client(role: Role = Role.CONTRIBUTOR) -> Client:
    client = Client()
    client.force_login(factories.person(role))
    return client


def shown_text(html: str) -> str:
    """The text of the reader, as a script would join it."""
    pieces = re.findall(r'<(?:mark|span) data-at="(\d+)"[^>]*>(.*?)</(?:mark|span)>', html, re.S)
    text, at = "", int(pieces[0][0])
    for start, words in pieces:
        assert int(start) == at
        plain = world.read(f"<p>{words}</p>").text
        text += plain
        at += len(plain)
    return text


def marked(html: str, excerpt: Excerpt) -> str:
    """Return the marked words right after the anchor of a quote."""
    found = re.search(
        rf'id="x{excerpt.pk}"></span>(?:<span[^>]*></span>)*<mark[^>]*>(.*?)</mark>', html
    )
    assert found is not None
    return found[1]


def test_the_desk_reads_the_whole_text_and_nobody_keeps_the_answer() -> None:
    source = factories.source(TEXT)
    answer = staff_client().get(f"/sources/{source.key}/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    html = answer.content.decode()
    assert "You see this as the desk." in html
    assert shown_text(html) == TEXT


def test_the_public_reads_the_text_only_where_the_rights_allow_the_whole(client: Client) -> None:
    middle = "The middle. " * 60
    text = f"Begin here. {middle}The very end."
    for rights, is_whole in (("whole", True), ("excerpts", False)):
        source = factories.source(text, rights=rights)
        version = factories.published(evidence=[Tie(factories.excerpt("Begin here", of=source))])
        html = page(client, f"/sources/{source.key}/")
        assert ("The very end" in html) is is_whole
        assert f'href="/claims/{version.claim.ref}/"' in html
        assert "You see this as the desk" not in html
        assert "<form" not in html
        headers = client.get(f"/sources/{source.key}/").headers
        assert headers["Cache-Control"] == "no-cache"
        assert "Cookie" in headers["Vary"]


def test_a_whole_text_marks_for_the_public_only_what_is_published(client: Client) -> None:
    source = factories.source(TEXT, rights="whole", is_opened=True)
    factories.submitted(
        statement="Hidden.", evidence=[Tie(factories.excerpt("they said", of=source))]
    )
    html = page(client, f"/sources/{source.key}/")
    assert "<mark" not in html
    assert "Hidden." not in html
    at = TEXT.index("they said")
    at_the_desk = page(staff_client(), f"/sources/{source.key}/")
    assert "Hidden." in at_the_desk
    assert f'<mark data-at="{at}">they said</mark>' in at_the_desk


@pytest.mark.parametrize("door", ["", "quote/", "compare/"])
def test_no_door_tells_a_confidential_source_from_none(client: Client, door: str) -> None:
    secret = world.confidential().excerpt.source
    for ask in (client.get, client.post):
        answers = [ask(f"/sources/{key}/{door}") for key in (secret.key, "nothing-at-all")]
        assert answers[0].status_code == answers[1].status_code
        bodies = [answer.content.decode().replace(secret.key, "KEY") for answer in answers]
        assert bodies[0] == bodies[1].replace("nothing-at-all", "KEY")


def test_a_source_for_named_persons_is_closed_to_the_rest_of_the_desk() -> None:
    source = factories.source(TEXT, access="named", public_descriptor="an official")
    for door in ("", "compare/"):
        assert (
            staff_client(Role.ADMINISTRATOR).get(f"/sources/{source.key}/{door}").status_code == 404
        )
    posted = staff_client().post(f"/sources/{source.key}/quote/", {"exact": "Trade fell"})
    assert posted.status_code == 404


def test_pages_are_named_as_printed_then_by_the_offset_then_by_their_place() -> None:
    source = factories.source(TEXT)
    html = page(staff_client(), f"/sources/{source.key}/")
    assert re.findall(r'page-label">([^<]*)<', html) == ["Page 1", "Page 2"]

    single = factories.source("One sheet from the middle of a volume.")
    set_page_offset(
        capture=single.captures.get(),
        offset=140,
        by=factories.somebody(Role.CONTRIBUTOR),
        at=factories.TODAY,
    )
    html = page(staff_client(), f"/sources/{single.key}/")
    assert re.findall(r'page-label">([^<]*)<', html) == ["Page 140"]
    assert 'data-locator="p. 140"' in html


def test_quotes_are_marked_where_they_stand_overlapping_ones_too() -> None:
    source = factories.source(TEXT)
    long = factories.excerpt("Trade fell by 9% in all", of=source)
    short = factories.excerpt("fell by 9%", of=source)
    html = page(staff_client(), f"/sources/{source.key}/")
    assert shown_text(html) == TEXT
    assert (marked(html, long), marked(html, short)) == ("Trade ", "fell by 9%")
    assert 'class="twice">fell by 9%</mark>' in html
    assert f'href="#quote-{long.pk}"' in html
    assert f'id="quote-{short.pk}"' in html


def test_of_a_shortened_quote_the_gap_is_not_marked() -> None:
    source = factories.source(TEXT)
    excerpt = factories.excerpt("Trade fell … in all", of=source)
    assert excerpt.grade == Grade.ELIDED
    html = page(staff_client(), f"/sources/{source.key}/")
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", html) == ["Trade fell", "in all"]
    assert "Leaves out 2 words of the source." in html
    assert html.count(f'id="x{excerpt.pk}"') == 1


def test_an_ambiguous_quote_is_marked_once_somebody_chose_its_place() -> None:
    source = factories.source(TEXT)
    excerpt = factories.excerpt("Page one is short", of=source)
    assert excerpt.grade == Grade.AMBIGUOUS
    html = page(staff_client(), f"/sources/{source.key}/")
    assert "<mark data-at" not in html
    assert "Quotes without a place in this text" in html
    choose_place(
        excerpt=excerpt,
        place=(44, 61),
        by=factories.somebody(Role.CONTRIBUTOR),
        at=factories.TODAY,
    )
    assert '<mark data-at="44">Page one is short</mark>' in page(
        staff_client(), f"/sources/{source.key}/"
    )


def test_a_long_text_comes_in_parts_and_a_quote_leads_to_its_own(client: Client) -> None:
    text = "\n".join(f"Line {number} of a very long text." for number in range(4_000))
    source = factories.source(text, rights="whole")
    excerpt = factories.excerpt("Line 3210 of a very long text", of=source)
    claim = factories.published(evidence=[Tie(excerpt)]).claim

    first = page(client, f"/sources/{source.key}/")
    assert "Part 1 of 3" in first
    assert len(shown_text(first)) <= 50_000
    joined = "".join(
        shown_text(page(client, f"/sources/{source.key}/?part={part}")) for part in (1, 2, 3)
    )
    assert joined == text
    address = re.search(
        r'href="(/sources/[^"]*excerpt=[^"]*)"', page(client, f"/claims/{claim.ref}/")
    )
    assert address is not None
    html = page(client, address[1])
    assert address[1].endswith(f"#x{excerpt.pk}")
    assert marked(html, excerpt) == excerpt.exact
    assert 'class="asked"' in html


@pytest.mark.parametrize("query", ["part=0", "part=2", "part=x", "excerpt=-1", "part=" + "9" * 30])
def test_an_address_of_no_place_in_the_text_is_refused(query: str) -> None:
    source = factories.source(TEXT)
    assert "This cannot be shown" in page(staff_client(), f"/sources/{source.key}/?{query}", 400)


def test_a_quote_that_readers_may_not_see_gives_nothing_away(client: Client) -> None:
    source = factories.source(TEXT)
    factories.published(evidence=[Tie(factories.excerpt("Trade fell", of=source))])
    hidden = factories.excerpt("they said", of=source)
    known = page(client, f"/sources/{source.key}/?excerpt={hidden.pk}")
    assert known == page(client, f"/sources/{source.key}/?excerpt=999999999")


def test_a_list_of_quotes_begins_with_the_one_that_is_asked_for(client: Client) -> None:
    words = [f"Sentence number {number} is here." for number in range(30)]
    source = factories.source(" ".join(words))
    excerpts = [factories.excerpt(sentence, of=source) for sentence in words]
    factories.published(evidence=[Tie(excerpt) for excerpt in excerpts])
    first = excerpts[0]
    assert f'id="x{first.pk}"' not in page(client, f"/sources/{source.key}/")
    assert f'id="x{first.pk}"' in page(client, f"/sources/{source.key}/?excerpt={first.pk}")


def test_apparatus_is_shown_and_set_back() -> None:
    source = factories.source("Trade fell[^1] in all.\n\n[^1]: By 9%.")
    html = page(staff_client(), f"/sources/{source.key}/")
    assert 'class="apparatus" title="Note mark">[^1]</span>' in html


def test_what_prints_nothing_is_named_in_text_and_quote(client: Client) -> None:
    source = factories.source("Trade \u202efell\u202c by 9\u200b\u200b%.", rights="whole")
    excerpt = factories.excerpt("\u202efell\u202c by", of=source)
    claim = factories.published(evidence=[Tie(excerpt)]).claim
    html = page(client, f"/sources/{source.key}/")
    assert 'title="ZERO WIDTH SPACE ×2" data-name="ZWSP ×2">\u200b\u200b</span>' in html
    assert shown_text(html) == "Trade \u202efell\u202c by 9\u200b\u200b%."
    html = page(client, f"/claims/{claim.ref}/")
    assert 'data-name="RLO" title="RIGHT-TO-LEFT OVERRIDE">\u202e</bdi>fell' in html
    assert "Holds what prints nothing: RIGHT-TO-LEFT OVERRIDE, POP DIRECTIONAL FORMATTING." in html


def test_a_grade_says_what_was_passed_over(client: Client) -> None:
    source = factories.source("The “trade” fell[^1] by  9%.\n\n[^1]: In all.")
    excerpt = factories.excerpt('The "trade" fell by 9%.', of=source)
    claim = factories.published(evidence=[Tie(excerpt)]).claim
    html = page(client, f"/claims/{claim.ref}/")
    assert "Written otherwise: quotation marks (2×), white space." in html
    assert "Passed over in the file: note mark “[^1]”." in html


def test_a_drifted_quote_stands_word_by_word_beside_the_source() -> None:
    source = factories.source("In that year trade rose by 9 percent along the whole corridor.")
    factories.excerpt("trade fell by 9 percent along the whole corridor", of=source)
    html = page(staff_client(), f"/sources/{source.key}/")
    assert re.search(r"<del>.*fell</del>", html)
    assert re.search(r"<ins>.*rose</ins>", html)


def test_words_that_are_only_similar_are_not_marked_as_found() -> None:
    source = factories.source("Trade fell by 9% in all.")
    drifted = factories.excerpt("Trade fell by 8% in all.", of=source)

    html = page(staff_client(), f"/sources/{source.key}/?excerpt={drifted.pk}")

    assert drifted.grade == Grade.DRIFTED
    assert re.findall(r"<mark[^>]*>", html) == ['<mark class="is-similar">']
    assert "only similar: </span>Trade fell by 8% in all.</mark>" in html


def test_without_a_text_the_desk_hears_why(client: Client) -> None:
    source = factories.source(is_opened=True)
    assert "Nothing of it is captured yet." in page(staff_client(), f"/sources/{source.key}/")
    assert "No text layer" not in page(client, f"/sources/{source.key}/")


def test_a_quote_that_waits_for_a_new_text_says_so() -> None:
    source = factories.source(TEXT)
    excerpt = factories.excerpt("Trade fell", of=source)
    capture(
        source=source,
        data=f"{TEXT} More.".encode(),
        file_name="later.txt",
        by=factories.somebody(Role.CONTRIBUTOR),
        at=world.LATER,
    )
    assert "Waits to be looked for in this text." in page(staff_client(), f"/sources/{source.key}/")
    work()
    html = page(staff_client(), f"/sources/{source.key}/")
    assert marked(html, excerpt) == "Trade fell"
    assert "Waits" not in html


def test_withheld_words_are_blocks_in_the_text_for_readers_and_the_desk(client: Client) -> None:
    source = factories.source(TEXT, rights="whole", is_opened=True)
    excerpt = factories.excerpt("fell by 9%", of=source)
    asking, deciding = (factories.person(Role.ADMINISTRATOR) for _person in range(2))
    (asked,) = ask_to_withhold(
        targets=[excerpt], reason="A court order.", by=asking, at=factories.TODAY
    )
    carry_out(request=asked, by=deciding, at=factories.TODAY)
    for reader in (client, staff_client(Role.ADMINISTRATOR)):
        html = page(reader, f"/sources/{source.key}/")
        assert shown_text(html) == TEXT.replace("fell by 9%", "████ ██ ██")


# Quoting


def posted(source: Source, by: Client | None = None, **typed: Any) -> Any:
    return (by or staff_client()).post(f"/sources/{source.key}/quote/", typed)


def test_selected_words_become_a_quote_and_the_form_of_a_claim() -> None:
    source = factories.source(TEXT)
    answer = posted(
        source,
        exact="Page one is short",
        prefix="fell by 9% in all. ",
        suffix=", they said.",
        page="1",
        locator="p. 2",
    )
    excerpt = Excerpt.objects.get()
    assert (excerpt.grade, excerpt.page, excerpt.locator) == (Grade.EXACT, 1, "p. 2")
    assert answer.headers["Location"] == f"/admin/claims/claim/add/?excerpt={excerpt.pk}"


def test_line_ends_of_forms_are_those_of_texts() -> None:
    source = factories.source("One line\nand another, one line\nand others.")
    posted(source, exact="line\r\nand", prefix="another, one ", suffix=" others.")
    assert (Excerpt.objects.get().exact, Excerpt.objects.get().grade) == ("line\nand", Grade.EXACT)


def test_words_that_are_not_there_lead_to_what_to_do_about_them() -> None:
    source = factories.source(TEXT)
    answer = posted(source, exact="Nothing of the sort was ever said")
    excerpt = Excerpt.objects.get()
    assert excerpt.grade == Grade.MISSING
    assert answer.headers["Location"] == f"/admin/sources/excerpt/{excerpt.pk}/change/"


def test_a_refused_quote_keeps_what_was_typed() -> None:
    source = factories.source(TEXT)
    answer = posted(source, exact="\u200b", locator="p. 7")
    assert answer.status_code == 400
    html = answer.content.decode()
    assert "has no words" in html
    assert 'value="p. 7"' in html
    assert not Excerpt.objects.exists()


def test_nobody_quotes_without_signing_in_or_a_token(client: Client) -> None:
    source = factories.source(TEXT)
    answer = posted(source, by=client, exact="Trade fell")
    assert answer.headers["Location"] == f"/admin/login/?next=/sources/{source.key}/"
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.person())
    assert posted(source, by=strict, exact="Trade fell").status_code == 403
    assert staff_client().get(f"/sources/{source.key}/quote/").status_code == 405
    assert not Excerpt.objects.exists()


@pytest.mark.parametrize("typed", ["7", "x", "-1", "9" * 40, ""])
def test_a_page_that_the_text_does_not_have_is_found_anew(typed: str) -> None:
    source = factories.source(TEXT)
    posted(source, exact="Trade fell", page=typed)
    assert Excerpt.objects.get().page == 1


def test_the_number_of_queries_does_not_grow_with_the_quotes() -> None:
    words = [f"Sentence number {number} is here." for number in range(12)]
    source = factories.source(" ".join(words) + "\f")
    reader = staff_client()

    def rest_on(*sentences: str) -> None:
        for sentence in sentences:
            excerpt = quote(
                source=source,
                exact=sentence,
                by=factories.somebody(Role.CONTRIBUTOR),
                at=factories.TODAY,
            )
            factories.published(evidence=[Tie(excerpt)])
            factories.excerpt(f"{sentence} It is not there.", of=source)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            reader.get(f"/sources/{source.key}/")
        return len(asked)

    rest_on(*words[:2])
    few = count()
    rest_on(*words[2:])
    assert count() == few < 30
