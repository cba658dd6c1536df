"""Queues of review: what waits for a person, and in which order."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions.claims.entry import Tie, revise
from claims.actions.claims.publication import retract
from claims.actions.factsheets.keeping import start_sheet
from claims.domain.content import PremiseGiven
from claims.domain.factsheets.content import SectionContent, SheetContent
from claims.domain.review_queue import parse_queue_name
from claims.models import Version
from claims.readings.review_queues import read_queue
from factbase.models import User
from sources.models import SourceReader
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims import worlds as say
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


def queue(name: str, person: User) -> list[int]:
    return list(read_queue(parse_queue_name(name), person).claims)


def claims_of(*versions: Version) -> list[int]:
    return [version.claim_id for version in versions]


def test_what_was_written_first_comes_first() -> None:
    new, old = make.submitted(at=TODAY), make.submitted(at=TODAY - timedelta(days=9))

    assert queue("age", make.person(Role.REVIEWER)) == claims_of(old, new)


def test_nothing_waits_that_the_person_may_not_decide_on() -> None:
    reviewer = make.person(Role.REVIEWER)
    waiting = make.submitted()
    make.draft()
    make.published()
    make.submitted(by=reviewer)
    taken_back = make.submitted()
    retract(claim=taken_back.claim, reason="Wrong.", by=make.person(Role.EDITOR), at=TODAY)

    assert queue("age", reviewer) == claims_of(waiting)
    assert queue("age", make.person(Role.CONTRIBUTOR)) == []


def test_a_wording_that_a_reviewer_suggests_waits_for_the_author_of_the_one_before() -> None:
    author, other = make.somebody(Role.CONTRIBUTOR), make.person(Role.CONTRIBUTOR)
    say.world()
    version = say.says("9%")
    row = [Tie(piece.excerpt) for piece in version.evidence.select_related("excerpt__source")]
    revise(
        claim=version.claim,
        content=say.content("8%"),
        evidence=row,
        by=make.person(Role.REVIEWER),
        at=TODAY,
        seen=1,
        submit_it=True,
    )

    assert queue("age", author) == claims_of(version)
    assert queue("age", other) == []


def test_a_claim_on_a_source_for_named_persons_waits_for_these_alone() -> None:
    letter = make.source("He resigned.", access=Access.NAMED, public_descriptor="a letter")
    version = make.submitted(evidence=[Tie(make.excerpt("He resigned.", of=letter))])
    named, outside = make.person(Role.REVIEWER), make.person(Role.ADMINISTRATOR)
    SourceReader.objects.create(source=letter, reader=named)

    for name in ("age", "needed", f"source:{letter.key}"):
        assert queue(name, named) == claims_of(version)
        assert queue(name, outside) == []


def test_a_queue_of_a_source_follows_its_text_whatever_the_order_of_entry() -> None:
    source = make.source("First this. Then that. At last the third.")
    words = ["Then that.", "Not in it at all, by any means.", "At last the third.", "First this."]
    second, nowhere, third, first = (
        make.submitted(evidence=[Tie(make.excerpt(each, of=source))]) for each in words
    )
    make.submitted()

    found = queue(f"source:{source.key}", make.person(Role.REVIEWER))

    assert found == claims_of(first, second, third, nowhere)


def test_a_queue_of_a_topic_has_its_claims_alone() -> None:
    topic = make.topic("Trade")
    filed = make.submitted(topics=[topic])
    make.submitted()

    assert queue(f"topic:{topic.key}", make.person(Role.REVIEWER)) == claims_of(filed)
    assert queue("topic:no-such-topic", make.person(Role.REVIEWER)) == []


def test_what_sheets_name_and_claims_rest_on_comes_first() -> None:
    plain, named, rested_on = make.submitted(), make.submitted(), make.submitted()
    editor = make.person(Role.EDITOR)
    sections = (
        SectionContent(claims=(named.claim.ref,)),
        SectionContent(claims=(named.claim.ref,)),
    )
    start_sheet(key="one", content=SheetContent("One", sections=sections), by=editor, at=TODAY)
    for _ in range(2):
        premise = PremiseGiven(rested_on.ref, rested_on.content_hash)
        make.draft(premises=(premise,), evidence=[])

    assert queue("needed", make.person(Role.REVIEWER)) == claims_of(rested_on, named, plain)


def test_a_queue_asks_as_often_for_many_as_for_few() -> None:
    person, topic, source = make.person(Role.REVIEWER), make.topic(), make.source("So it is.")
    names = ["age", "needed", f"topic:{topic.key}", f"source:{source.key}"]

    def asked() -> list[int]:
        counts = []
        for name in names:
            with CaptureQueriesContext(connection) as captured:
                queue(name, person)
            counts.append(len(captured))
        return counts

    tie = Tie(make.excerpt("So it is.", of=source))
    make.submitted(topics=[topic], evidence=[tie])
    few = asked()
    for _ in range(4):
        make.submitted(topics=[topic], evidence=[tie])

    assert asked() == few
    assert max(few) <= 3
