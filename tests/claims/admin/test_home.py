"""The desk's home page: what waits for somebody."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from claims.actions.claims.entry import Tie
from factbase.models import User
from sources.actions.standing import set_standing
from sources.actions.withholding.withhold import ask_to_withhold
from sources.vocabulary import Access, Role, Standing
from tests import factories as make
from tests.claims import worlds

pytestmark = pytest.mark.django_db


def home(person: User) -> str:
    client = Client()
    client.force_login(person)
    page: str = client.get("/admin/").content.decode()
    return page


def asked(**access: str) -> User:
    """Somebody who asks that a quote be withheld, and may read its source."""
    source = make.source("Trade fell by 9%.", **access)
    administrator = make.person(Role.ADMINISTRATOR)
    source.readers.add(administrator)
    excerpt = make.excerpt("Trade fell by 9%.", of=source)
    ask_to_withhold(targets=[excerpt], reason="Why.", by=administrator, at=make.TODAY)
    return administrator


@pytest.mark.parametrize("role", list(Role))
def test_what_waits_for_a_second_person_is_counted_for_reviewers(role: Role) -> None:
    make.submitted()
    make.draft()

    page = home(make.person(role))

    assert ("1 claim waits for a second person" in page) == role.includes(Role.REVIEWER)


def test_open_conflicts_are_counted_with_the_age_of_the_oldest() -> None:
    worlds.world()
    assert "0 open conflicts</a></li>" in home(make.person())

    for value in "12":
        worlds.says(value)

    days = (timezone.now() - worlds.only().opened_at).days
    assert days > 1
    assert f"1 open conflict</a>: the oldest for {days} days" in home(make.person())


@pytest.mark.parametrize("role", list(Role))
def test_requests_that_wait_are_counted_for_those_who_may_decide(role: Role) -> None:
    asked()

    page = home(make.person(role))

    assert ("1 request to withhold waits" in page) == role.includes(Role.EDITOR)


def test_requests_about_sources_for_named_persons_are_counted_for_these() -> None:
    asked()
    named = asked(access=Access.NAMED, public_descriptor="a memo")

    assert "2 requests to withhold wait" in home(named)
    assert "1 request to withhold waits" in home(make.person(Role.EDITOR))


def test_open_flags_are_counted_and_each_line_leads_to_what_it_counts() -> None:
    asked()
    source = make.source("Exports rose.")
    make.published(evidence=[Tie(make.excerpt("Exports rose.", of=source))])
    make.submitted()
    thing = make.entity()
    for _ in range(2):
        prop = make.number_property()
        for value in "12":
            make.published(subject=thing.key, property=prop.key, value=value)
    editor = make.person(Role.EDITOR)
    set_standing(
        source=source,
        standing=Standing.RETRACTED,
        on=date(2025, 5, 1),
        reason="It was made up.",
        by=editor,
        at=make.TODAY,
    )
    client = Client()
    client.force_login(editor)

    page = home(editor)

    assert "1 open flag<" in page
    counted = page.partition('aria-label="What waits"')[2].partition("</ul>")[0]
    lists = [client.get(address) for address in re.findall(r'href="([^"]+)"', counted)]
    assert [found.status_code for found in lists] == [200, 200, 200, 200]
    claims, conflicts, *others = lists
    assert [len(found.context["rows"]) for found in (claims, conflicts)] == [1, 2]
    assert [found.context["cl"].result_count for found in others] == [1, 1]
