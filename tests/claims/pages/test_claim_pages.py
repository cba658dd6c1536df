"""The pages of a claim: who says what, on which words, and in which state."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.content_rows import stored_content
from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import HOLD, retract, take_off
from claims.domain.content import Absence, Described, PremiseGiven, Term
from claims.models import PublicConflict, Version
from claims.pages.presenters import citation_of
from sources.actions.origins import add_origin
from sources.actions.sources import add_series
from sources.models import Source
from sources.readings.reader import Reader
from sources.readings.sources import source_of
from sources.vocabulary import OriginKind, Role
from tests import factories
from tests.claims import worlds
from tests.claims.pages import world

pytestmark = pytest.mark.django_db

EVEN_LATER = world.LATER + timedelta(days=1)


def page(client: Client, address: str, status: int = 200) -> str:
    """The HTML of a page that answers with this status."""
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def text(client: Client, address: str, status: int = 200) -> str:
    """The words of a page, white space collapsed."""
    return " ".join(world.read(page(client, address, status)).text.split())


def next_version(version: Version, *, statement: str, **changes: Any) -> Version:
    """The next version of the claim, approved and published a day later."""
    stored, _quotes = stored_content(version)
    revised = revise(
        claim=version.claim,
        content=type(stored)(**{**vars(stored), "statement": statement, **changes}),
        evidence=[Tie(piece.excerpt) for piece in version.evidence.all()],
        by=factories.somebody(Role.CONTRIBUTOR),
        at=world.LATER,
        seen=version.number,
        submit_it=True,
    )
    return factories.approved(revised, at=world.LATER)


def test_who_says_it_stands_before_what(client: Client) -> None:
    factories.entity("al-jazeera", label="Al Jazeera", kind="organisation")
    version = factories.published(
        statement="A pact is unlikely.",
        asserted_by=("al-jazeera", Described("a senior official")),
        mode="assessed",
    )
    heading = (
        page(client, f"/claims/{version.claim.ref}/").partition("<h1")[2].partition("</h1>")[0]
    )
    words = " ".join(world.read(f"<h1{heading}</h1>").text.split())
    assert words == "Al Jazeera › a senior official (assessed): A pact is unlikely."
    assert "not that it is so" in text(client, f"/claims/{version.claim.ref}/")


def test_a_value_stands_as_typed_as_understood_and_as_the_source_has_it(client: Client) -> None:
    prop = factories.number_property("change", label="year-on-year change", time="over")
    subject = factories.entity("trade", label="Trade")
    version = factories.published(
        statement="Trade fell by about 9%.",
        subject=subject.key,
        property=prop.key,
        value="−9%",
        as_written="decreased by nearly 9%",
        approximate=True,
        period="2025-01/2025-06",
    )
    words = text(client, f"/claims/{version.claim.ref}/")
    assert "−9% (understood as −10 to under −8 percent)" in words
    assert "“decreased by nearly 9%”" in words
    assert "January 2025 to June 2025" in words


def test_each_quote_leads_to_its_source(client: Client) -> None:
    source = factories.source(
        "So it is written here.",
        key="the-report",
        title="The Report",
        URL="https://example.org/report",
        author=[{"given": "Ann", "family": "Author"}],
    )
    excerpt = factories.excerpt("it is written", of=source)
    version = factories.published(evidence=[Tie(excerpt)])
    html = page(client, f"/claims/{version.claim.ref}/")
    assert "“it is written”" in html
    assert 'href="/sources/the-report/"' in html
    assert 'href="https://example.org/report"' in html
    assert "Exact" in html
    assert "Ann Author" in html


def test_words_of_readers_and_sources_are_never_markup(client: Client) -> None:
    hostile = '<script>alert(1)</script> & "quoted" \u202etfel'
    source = factories.source(f"{hostile} stands here.", title=f"Title {hostile}")
    version = factories.published(
        statement=hostile, evidence=[Tie(factories.excerpt("stands here", of=source))]
    )
    for address in (f"/claims/{version.claim.ref}/", f"/sources/{source.key}/", "/"):
        html = page(client, address)
        assert "<script>" not in html
        assert world.read(html).active == []


def test_an_address_that_no_reader_should_follow_is_no_link() -> None:
    record = Source(key="a", title="A", url="javascript:alert(1)", access="public")
    assert citation_of(source_of(record, Reader(None, factories.TODAY))).url == ""


@pytest.mark.parametrize("state", ["draft", "submitted", "on hold", "to come"])
def test_what_readers_never_saw_is_not_there(client: Client, state: str) -> None:
    version = factories.draft() if state == "draft" else factories.submitted()
    if state == "on hold":
        factories.approved(version, publish_at=HOLD)
    if state == "to come":
        factories.approved(version, publish_at=factories.TODAY.replace(year=2999))
    page(client, f"/claims/{version.claim.ref}/", 404)
    page(client, f"/claims/{version.claim.ref}/v1/", 404)


def test_the_next_version_replaces_and_the_one_before_says_how_it_stands(client: Client) -> None:
    first = factories.published(statement="It was so.")
    next_version(first, statement="It was otherwise.")
    ref = first.claim.ref
    assert "It was otherwise." in page(client, f"/claims/{ref}/")
    answer, _history, history = text(client, f"/claims/{ref}/").partition("Versions that were")
    assert "It was so." not in answer
    assert "Statement: It was [removed:] so[added:] otherwise." in history
    earlier = page(client, f"/claims/{ref}/v1/")
    assert "It was so." in earlier
    assert "This is an earlier version" in earlier
    assert f'href="/claims/{ref}/"' in earlier
    assert "an earlier version" not in page(client, f"/claims/{ref}/v2/")
    assert text(client, f"/claims/{ref}/").index(f"{ref}/v2 2 June") < text(
        client, f"/claims/{ref}/"
    ).index(f"{ref}/v1 1 June")


def test_a_retracted_claim_stays_marked_with_the_reason(client: Client) -> None:
    version = factories.published(statement="It was so.")
    retract(
        claim=version.claim,
        reason="The table was misread.",
        by=factories.somebody(Role.EDITOR),
        at=world.LATER,
    )
    html = page(client, f"/claims/{version.claim.ref}/")
    assert "<s>It was so.</s>" in html
    assert "The table was misread." in html
    assert "Retracted" in page(client, "/")


def test_what_was_taken_off_is_a_line_that_says_so(client: Client) -> None:
    first = factories.published(statement="A slander.")
    ref = first.claim.ref
    take_off(
        claim=first.claim, reason="A court.", by=factories.somebody(Role.EDITOR), at=world.LATER
    )
    for address in (f"/claims/{ref}/", f"/claims/{ref}/v1/"):
        html = page(client, address, 410)
        assert f"{ref} was taken off the public pages" in html
        assert "slander" not in html
        assert "court" not in html
    assert "slander" not in page(client, "/?q=slander").replace('value="slander"', "").replace(
        "<bdi>slander</bdi>", ""
    ).replace("slander · Search", "")
    page(client, f"/claims/{ref}/v2/", 410)


def test_it_comes_back_as_the_next_version_and_the_other_stays_off(client: Client) -> None:
    first = factories.published(statement="A slander.")
    ref = first.claim.ref
    take_off(
        claim=first.claim, reason="A court.", by=factories.somebody(Role.EDITOR), at=world.LATER
    )
    next_version(first, statement="A fact.")
    assert "A fact." in page(client, f"/claims/{ref}/")
    assert "slander" not in page(client, f"/claims/{ref}/")
    assert "was taken off" in page(client, f"/claims/{ref}/")
    page(client, f"/claims/{ref}/v1/", 410)
    page(client, f"/claims/{ref}/v3/", 404)


def test_a_premise_that_was_taken_off_is_not_named(client: Client) -> None:
    premise = factories.published(statement="A slander.")
    given = PremiseGiven(premise.ref, premise.content_hash)
    version = factories.published(statement="It follows.", premises=(given,))
    address = f"/claims/{version.claim.ref}/"
    assert premise.ref in page(client, address)
    take_off(
        claim=premise.claim, reason="A court.", by=factories.somebody(Role.EDITOR), at=world.LATER
    )
    assert premise.ref not in page(client, address)


def test_an_absence_says_what_was_looked_for_and_where(client: Client) -> None:
    documents = [factories.source(key=f"statement-{year}") for year in (2024, 2025)]
    series = add_series(
        key="statements",
        title="Joint statements",
        sources=documents,
        by=factories.somebody(Role.CONTRIBUTOR),
        at=factories.TODAY,
    )
    subject = factories.entity("the-series", kind="series", series=series)
    prop = factories.value_property("presence", "mentions")
    version = factories.published(
        subject=subject.key,
        property=prop.key,
        value="absent",
        absence=Absence(terms=(Term("西伯利亚力量", "zh"), Term("pipeline")), series="statements"),
    )
    html = page(client, f"/claims/{version.claim.ref}/")
    assert '<li lang="zh" dir="auto">西伯利亚力量</li>' in html
    assert 'href="/series/statements/"' in html
    assert "absent" in html
    assert version.claim.ref in page(client, "/series/statements/")


def test_a_confidential_source_is_its_descriptor_and_nothing_else(client: Client) -> None:
    tie = world.confidential()
    source = tie.excerpt.source
    document = factories.entity("secret-doc", kind="document", label="The Memo", source=source)
    version = factories.published(
        statement="The note says so.",
        subject=document.key,
        evidence=[tie],
        asserted_by=(document.key,),
    )
    for address in (
        "/",
        f"/claims/{version.claim.ref}/",
        f"/claims/{version.claim.ref}/v1/",
    ):
        html = page(client, address)
        for secret in (
            "Nobody may read",
            "Secret Memo",
            "The Memo",
            "secret-memo",
            "secret.example",
        ):
            assert secret not in html, (address, secret)
        assert "March 2024" not in html
        assert "a diplomatic note" in html
    client.force_login(factories.person(Role.ADMINISTRATOR))
    assert "Secret" not in page(client, f"/claims/{version.claim.ref}/")
    client.logout()
    page(client, "/sources/secret-memo/", 404)


def test_a_page_has_its_json_beside_it(client: Client) -> None:
    version = factories.published()
    html = page(client, f"/claims/{version.claim.ref}/")
    address = f"/api/v1/claims/{version.claim.ref}/"
    assert f'<link rel="alternate" type="application/json" href="{address}">' in html
    assert client.get(address).status_code == 200


def test_copies_of_one_source_are_counted_once_and_named(client: Client) -> None:
    version = factories.on_two_copies()
    counted = "2 independent origins (3 documents, 2 publishers)."
    shared = "“The paper”, “The portal” share an origin and count once."

    assert f"{counted} {shared}" in text(client, f"/claims/{version.claim.ref}/")
    assert "2 independent origins" in text(client, "/")
    assert "secret" not in page(client, f"/claims/{version.claim.ref}/")


def test_a_conflict_counts_the_origins_of_each_side_and_lists_other_bases(client: Client) -> None:
    worlds.world()
    wire, reprint = factories.source("It is 100."), factories.source("It is 100!")
    add_origin(
        source=reprint,
        origin=wire,
        kind=OriginKind.REPRINT,
        by=factories.somebody(Role.CONTRIBUTOR),
        at=factories.TODAY,
    )
    for paper, words in ((wire, "It is 100."), (reprint, "It is 100!")):
        tie = Tie(factories.excerpt(words, of=paper))
        worlds.publishes("100", basis="gross", evidence=[tie])
    worlds.publishes("75", basis="gross")
    net = worlds.publishes("50", basis="net")
    ref = PublicConflict.objects.get().ref

    words = text(client, f"/conflicts/{ref}/")
    sides = client.get(f"/api/v1/conflicts/{ref}/").json()["sides"]

    assert words.count("1 independent origin ") == 2
    assert f"no party to this conflict. {net.claim}" in words
    assert [
        (len(side["claims"]), side["independent_support"]["independent"]) for side in sides
    ] == [(2, 1), (1, 1)]
    assert [side["independent_support"]["documents"] for side in sides] == [2, 1]


def test_a_value_on_another_basis_stands_beside_it_and_is_no_conflict(client: Client) -> None:
    worlds.world()
    gross, net = worlds.publishes("100", basis="gross"), worlds.publishes("75", basis="net")

    words = text(client, f"/claims/{gross.claim.ref}/")

    assert (
        f"On another basis Measured otherwise, so no conflict with this claim. {net.claim}" in words
    )
    assert "75" in words
    assert "(net)" in words
    assert "Disputed" not in words


def test_a_value_for_another_time_stands_beside_one_without_a_period(client: Client) -> None:
    worlds.world()
    never, dated = worlds.publishes("100"), worlds.publishes("75", period="2024")

    for one, other in ((never, dated), (dated, never)):
        words = text(client, f"/claims/{one.claim.ref}/")
        assert "Without a period Either this claim or these are bound to no time" in words
        assert other.claim.ref in words
        assert "Disputed" not in words


def test_all_notices_stand_on_the_page_the_gravest_first_with_where_they_lead(
    client: Client,
) -> None:
    worlds.world()
    worlds.publishes("100")
    retracted = worlds.publishes("75")
    editor = factories.somebody(Role.EDITOR)
    retract(claim=retracted.claim, reason="A slip.", by=editor, at=world.LATER)
    ref = PublicConflict.objects.get().ref

    html = page(client, f"/claims/{retracted.claim.ref}/")
    notices = html.partition('class="notices"')[2].partition("</div>")[0]

    assert re.findall(r'<li class="is-([a-z-]+)">', notices) == ["retracted", "conflict-ended"]
    assert f'<a href="/conflicts/{ref}/">' in notices
    assert "Retracted on 2 June 2025: A slip." in text(client, "/")


def test_a_list_has_a_value_as_written_before_how_it_was_understood(client: Client) -> None:
    prop = factories.number_property("change", label="year-on-year change", time="over")
    factories.published(
        statement="Trade fell.",
        subject=factories.entity("trade", label="Trade").key,
        property=prop.key,
        value="−9%",
        as_written="decreased by nearly 9%",
        approximate=True,
        period="2025",
    )

    said = "“decreased by nearly 9%” −9% (understood as −10 to under −8 percent)"
    assert f"year-on-year change: {said}" in text(client, "/")
