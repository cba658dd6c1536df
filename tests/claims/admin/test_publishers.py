"""The judgement of the publisher behind a quote, where the desk reviews and decides."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.entry import Tie
from claims.models import Conflict, Version
from sources.actions.publishers import judge_publisher
from sources.models import Publisher, Source
from sources.vocabulary import Access, Reliability, Role
from tests import factories as make
from tests.claims import worlds as say
from tests.claims.admin.claims.test_review import page_of
from tests.claims.admin.entry.test_pages import staff_client

pytestmark = pytest.mark.django_db

REASON = "It prints corrections."
TOLD = "B – usually reliable"


def conflict_page() -> str:
    return f"/admin/claims/conflict/{Conflict.objects.get().pk}/change/"


def judged_source(publisher: str = "OSW", **access: str) -> Source:
    source = make.source("It is 9%.", publisher=publisher, **access)
    judge_publisher(
        publisher=Publisher.objects.get(name=publisher),
        reliability=Reliability.B,
        reason=REASON,
        by=make.somebody(Role.EDITOR),
        at=make.TODAY,
    )
    return source


def says(value: str, *sources: Source) -> Version:
    return say.says(value, evidence=[Tie(make.excerpt("It is 9%.", of=one)) for one in sources])


def test_the_review_and_the_conflict_tell_how_reliable_the_publisher_is() -> None:
    say.world()
    version = says("9%", judged_source())
    say.says("20%")
    client = staff_client(make.person(Role.REVIEWER))

    for address in (conflict_page(), page_of(version) + "change/"):
        page = client.get(address).content.decode()
        for told in (TOLD, REASON, make.TODAY.date().isoformat()):
            assert told in page, address


def test_of_a_source_for_named_persons_neither_page_tells_the_publisher() -> None:
    say.world()
    source = judged_source("Secret Press", access=Access.NAMED, public_descriptor="a memo")
    version = says("9%", source)
    say.says("20%")
    client = staff_client(make.person(Role.EDITOR))

    for address in (conflict_page(), page_of(version) + "change/"):
        page = client.get(address).content.decode()
        assert "a memo" in page
        for secret in ("Secret Press", REASON, TOLD):
            assert secret not in page


def test_more_publishers_cost_no_more_queries() -> None:
    say.world()
    first, *others = [judged_source(f"Press {n}") for n in range(4)]
    few, many = says("9%", first), says("9%", *others)
    client = staff_client(make.person(Role.REVIEWER))
    client.get(page_of(few) + "change/")

    counts = []
    for version in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(page_of(version) + "change/")
        counts.append(len(queries))

    assert counts[1] <= counts[0]
