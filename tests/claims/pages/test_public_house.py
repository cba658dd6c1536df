"""Citing a claim, things, sources, what was put right, and the files for programs."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import HOLD, retract, take_off
from claims.actions.conflicts.decisions import decide_conflict
from claims.actions.factsheets.taking_back import add_erratum, withdraw_edition
from claims.pages import entities
from claims.vocabulary import ConflictStatus, Mode, NoticeCode
from sources.vocabulary import Grade, Role
from tests import factories
from tests.claims.issued import issue
from tests.claims.pages import world
from tests.claims.pages.test_claim_pages import next_version

pytestmark = pytest.mark.django_db


def text(client: Client, address: str, status: int = 200) -> str:
    """The words of a page, white space collapsed."""
    response = client.get(address)
    assert response.status_code == status, address
    return " ".join(world.read(response.content.decode()).text.split())


STYLES = (
    "apa",
    "chicago-notes-bibliography",
    "modern-language-association",
    "harvard-cite-them-right",
    "bibtex",
)


@pytest.mark.parametrize("style", STYLES)
def test_a_claim_is_cited_by_its_version_with_its_original_source(
    client: Client, style: str
) -> None:
    factories.entity("ministry", label="Ministry of Fish")
    source = factories.source(
        "The river rose.", key="report", title="A Report", URL="https://example.org/report"
    )
    version = factories.published(
        statement="The river rose by two metres",
        asserted_by=("ministry",),
        evidence=[Tie(factories.excerpt("The river rose", of=source))],
    )
    address = f"/claims/{version.claim.ref}/v1/"
    words = text(client, f"{address}cite/?style={style}").replace("{", "").replace("}", "")
    assert f"Ministry of Fish: The river rose by two metres ({version.ref})" in words
    assert f"http://testserver{address}" in words
    assert "report" in words.partition("testserver")[2].lower()


def test_a_style_that_is_not_offered_is_refused_in_a_sentence(client: Client) -> None:
    version = factories.published()
    address = f"/claims/{version.claim.ref}/v1/cite/?style=vancouver"
    assert "is no style here" in text(client, address, 400)


def test_the_page_of_a_claim_runs_no_citation(client: Client) -> None:
    version = factories.published()
    html = client.get(f"/claims/{version.claim.ref}/").content.decode()
    assert f'href="/claims/{version.claim.ref}/v1/cite/"' in html
    assert "csl-" not in html


def test_what_readers_cannot_see_cannot_be_cited(client: Client) -> None:
    gone, waiting = factories.published(statement="A slander."), factories.submitted()
    by = factories.somebody(Role.EDITOR)
    take_off(claim=gone.claim, reason="A court.", by=by, at=world.LATER)
    for version in (gone, waiting):
        text(client, f"/claims/{version.claim.ref}/v1/cite/?style=bibtex", 404)


def test_a_confidential_source_is_cited_by_its_descriptor(client: Client) -> None:
    version = factories.published(evidence=[world.confidential()])
    for style in STYLES:
        words = text(client, f"/claims/{version.claim.ref}/v1/cite/?style={style}")
        assert "diplomatic note" in words.lower()
        assert "Secret" not in words
        assert "secret" not in words


def test_a_version_says_what_it_changed(client: Client) -> None:

    first = factories.published(statement="It was so.")
    next_version(first, statement="It was otherwise.", mode="estimated")
    history = text(client, f"/claims/{first.claim.ref}/").partition("Versions that were")[2]
    assert "Statement: It was [removed:] so[added:] otherwise." in history
    assert "How sure: Stated → Estimated" in history


def test_a_version_says_nothing_of_one_that_was_taken_off(client: Client) -> None:

    first = factories.published(statement="A slander.")
    by = factories.somebody(Role.EDITOR)
    take_off(claim=first.claim, reason="A court.", by=by, at=world.LATER)
    next_version(first, statement="A fact.")
    assert "slander" not in text(client, f"/claims/{first.claim.ref}/")


def test_a_thing_has_its_claims_and_those_that_it_makes(client: Client) -> None:
    built = world.build()
    factories.entity("ministry", label="Ministry of Fish")
    factories.published(statement="Fish is plenty.", asserted_by=("ministry",))
    factories.submitted(subject=built.subject.key, statement="Nobody approved it.")
    assert "Ministry of Fish" in text(client, "/entities/")
    assert "Fish is plenty." in text(client, "/entities/ministry/")
    words = text(client, f"/entities/{built.subject.key}/")
    assert "100th anniversary" in words
    assert "Nobody approved it." not in words


def test_a_thing_that_only_drafts_name_is_not_there(client: Client) -> None:
    factories.entity("hidden", label="Hidden thing")
    factories.draft(subject="hidden")
    assert "Hidden thing" not in text(client, "/entities/")
    text(client, "/entities/hidden/", 404)


def test_sources_stand_under_who_published_them(client: Client) -> None:
    read = factories.source("It rained.", title="Public work", publisher="The Paper & Sons")
    factories.source("It rained.", title="Desk's work", publisher="The Paper & Sons")
    factories.published(evidence=[Tie(factories.excerpt("It rained", of=read))])
    assert "The Paper & Sons" in text(client, "/sources/")
    words = text(client, "/sources/?publisher=The+Paper+%26+Sons")
    assert "Public work" in words
    assert "Desk's work" not in words
    text(client, "/sources/?publisher=Nobody", 404)


def test_corrections_have_what_was_retracted_and_the_reference_of_what_was_taken_off(
    client: Client,
) -> None:
    wrong, slander = factories.published(statement="Wrong."), factories.published(statement="Bad.")
    by = factories.somebody(Role.EDITOR)
    retract(claim=wrong.claim, reason="The table was misread.", by=by, at=world.LATER)
    take_off(claim=slander.claim, reason="A court.", by=by, at=world.LATER)
    words = text(client, "/corrections/")
    assert "The table was misread." in words
    assert f"{slander.claim.ref}/v1" in words
    assert "Bad." not in words
    assert "court" not in words


def test_corrections_have_errata_and_withdrawals_of_editions(client: Client) -> None:
    first, other = issue(factories.published()), issue(factories.published(), key="other")
    by = factories.somebody(Role.EDITOR)
    add_erratum(edition=first, words="Read 9, not 90.", by=by, at=world.LATER)
    withdraw_edition(edition=other, reason="It is unfounded.", by=by, at=world.LATER)
    words = text(client, "/corrections/")
    assert "Read 9, not 90." in words
    assert "It is unfounded." in words
    html = client.get("/corrections/").content.decode()
    assert 'href="/factsheets/sheet/1/"' in html
    assert 'href="/factsheets/other/1/"' in html


def test_a_claim_names_the_fact_sheets_that_have_it_now(client: Client) -> None:
    claim, other = factories.published(), factories.published()
    issue(claim)
    issue(claim, other, at=world.LATER)
    issue(claim, key="left-out", title="Left out")
    issue(other, key="left-out", title="Left out", at=world.LATER)
    withdrawn = issue(claim, key="withdrawn", title="Withdrawn sheet")
    by = factories.somebody(Role.EDITOR)
    withdraw_edition(edition=withdrawn, reason="Unfounded.", by=by, at=world.LATER)
    words = text(client, f"/claims/{claim.claim.ref}/")
    assert "In fact sheetsTrade in 2025 Edition 2" in words
    assert "Left out" not in words
    assert "Withdrawn sheet" not in words


def test_a_claim_in_many_fact_sheets_takes_as_many_queries_as_in_one(client: Client) -> None:
    version = factories.published()
    issue(version)
    address = f"/claims/{version.claim.ref}/"
    few = queries(client, address)
    for key in ("b", "c", "d"):
        issue(version, key=key)
    assert queries(client, address) == few


def test_the_reason_of_a_decision_is_for_everybody_and_its_note_for_the_staff(
    client: Client,
) -> None:
    built = world.build()
    decide(built, note="Notelock of the desk.", reason="The table was corrected later.")
    ref = built.conflict.ref
    sheet = f"/factsheets/?topic={built.topic.key}&format="
    for address in (
        f"/claims/{built.hundred.claim.ref}/",
        f"/conflicts/{ref}/",
        "/conflicts/",
        f"/api/v1/conflicts/{ref}/",
        f"/api/v1/claims/{built.hundred.claim.ref}/",
        f"{sheet}html",
        f"{sheet}html&layout=dossier",
        f"{sheet}markdown",
        f"{sheet}json",
    ):
        answer = client.get(address).content.decode()
        assert "The table was corrected later." in answer, address
        assert "Notelock" not in answer, address
    client.force_login(factories.person(Role.EDITOR))
    desk = client.get(f"/admin/claims/conflict/{built.conflict.conflict_id}/change/")
    assert "Notelock of the desk. For everybody: The table was corrected later." in (
        desk.content.decode()
    )


def test_a_reason_that_may_speak_of_what_was_taken_off_is_told_to_nobody(client: Client) -> None:
    built = world.build()
    decide(built, note="A note.", reason="The slander is untrue.")
    by = factories.somebody(Role.EDITOR)
    take_off(claim=built.seventy_five.claim, reason="A court.", by=by, at=world.LATER)
    ref = built.conflict.ref
    for address in (
        f"/claims/{built.hundred.claim.ref}/",
        f"/conflicts/{ref}/",
        f"/api/v1/conflicts/{ref}/",
    ):
        assert "slander" not in client.get(address).content.decode(), address


def decide(built: world.World, *, note: str, reason: str) -> None:
    """Resolve the conflict of a world: the hundred stands."""
    conflict = built.conflict.conflict
    decide_conflict(
        conflict=conflict,
        status=ConflictStatus.RESOLVED,
        note=note,
        reason=reason,
        standing_claims=[built.hundred.claim_id],
        seen_versions=[version for one in conflict.members.all() for version in one.versions],
        seen_decision=None,
        by=factories.somebody(Role.EDITOR),
        at=world.LATER,
    )


def test_the_legend_has_every_grade_mode_and_public_notice(client: Client) -> None:
    words = text(client, "/about/")
    told = [one for one in NoticeCode if one not in (NoticeCode.UNREVIEWED, NoticeCode.FLAGGED)]
    for one in (*Grade, *Mode, *(one for one in told if not one.is_of_source)):
        if one != NoticeCode.TAKEN_OFF:
            assert str(one.label) in words
            assert str(one.meaning) in words


def test_the_site_maps_name_what_is_published_alone(client: Client) -> None:
    shown, held = factories.published(), factories.approved(factories.submitted(), publish_at=HOLD)
    index = client.get("/sitemap.xml").content
    maps = re.findall("<loc>([^<]+)</loc>", index.decode())
    found = "".join(
        client.get(address.removeprefix("http://testserver")).content.decode() for address in maps
    )
    assert f"http://testserver/claims/{shown.claim.ref}/<" in found
    assert f"/claims/{held.claim.ref}/<" not in found
    assert "http://testserver/about/<" in found


def test_programs_find_robots_the_icon_and_a_card(client: Client) -> None:
    version = factories.published(statement='He said "no" & left.')
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
    assert client.get("/favicon.ico").status_code == 302
    html = client.get(f"/claims/{version.claim.ref}/").content.decode()
    (title,) = re.findall('<meta property="og:title" content="([^"]*)">', html)
    assert title.startswith("The desk states")
    assert title.endswith("He said &quot;no&quot; &amp; left.")
    (image,) = re.findall('<meta property="og:image" content="http://testserver([^"]*)">', html)
    assert finders.find(image.removeprefix("/static/"))


def test_a_history_of_many_versions_takes_as_many_queries_as_one_of_few(client: Client) -> None:

    version = factories.published(statement="It was so.")
    address = f"/claims/{version.claim.ref}/"
    version = next_version(version, statement="Version 2")
    few = queries(client, address)
    for number in range(3, 6):
        version = next_version(version, statement=f"Version {number}")
    assert queries(client, address) == few


def queries(client: Client, address: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_entities_go_on_page_by_page_past_those_that_are_not_public(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entities, "PER_PAGE", 2)
    shown, secret = [], factories.source(access="staff", public_descriptor="a diplomatic note")
    for number in range(5):
        shown.append(factories.entity(f"shown-{number}", label=f"Shown {number}"))
        factories.published(subject=f"shown-{number}")
        for name in ("a", "b"):
            factories.entity(f"hidden-{number}-{name}", label=f"Hidden {number}{name}")
    whole = factories.entity("whole", label="The whole")
    factories.entity("part", label="The part", part_of=whole)
    factories.published(subject="part")
    factories.entity("memo", label="Hidden memo", kind="document", source=secret)

    found, address = "", "/entities/"
    for _page in range(4):
        page = client.get(address).content.decode()
        found += page
        link = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"/entities/{link[1]}" if link else ""
    assert address == ""
    assert re.findall(r"<bdi>(Shown \d|The \w+)</bdi>", found) == [
        *("The part", "The whole", "Shown 3", "Shown 4", "Shown 1", "Shown 2", "Shown 0"),
    ]
    assert "Hidden" not in found
    text(client, "/entities/memo/", 404)
    text(client, "/entities/hidden-0-a/", 404)
    assert "part of The whole" in text(client, "/entities/part/")
