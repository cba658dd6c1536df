"""The desk's home page: what waits for somebody."""

import re
from datetime import date

import pytest
from django.test import Client

from claims.actions.entry import Tie
from factbase.models import User
from sources.actions.standing import set_standing
from sources.actions.withholding import ask_to_withhold
from sources.vocabulary import Access, Role, Standing
from tests import factories as make

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
    assert [found.status_code for found in lists] == [200, 200]
    assert [found.context["cl"].result_count for found in lists] == [1, 1]
