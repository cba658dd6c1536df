"""The history of every record as a page: who changed what, when, and the record as on a day."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.actions.catalogue import revise_entity, revise_property, revise_topic
from factbase.accounts.people import change_account, open_account
from factbase.models import User
from sources.actions.sources import revise_source
from sources.actions.standing import set_standing
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Publisher, Source, SourceReader
from sources.vocabulary import Access, Role, Standing
from tests import factories as make
from tests.claims.admin.claims.test_comparing import words
from tests.claims.admin.entry.test_pages import staff_client

pytestmark = pytest.mark.django_db

LATER = make.TODAY + timedelta(days=1)


def history(client: Client, row: Any, query: str = "") -> Any:
    meta = row._meta
    return client.get(f"/admin/{meta.app_label}/{meta.model_name}/{row.pk}/history/{query}")


def told(page: Any) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Who changed what, the latest first; of the entry all that was in it."""
    return [
        (entry.by, [(part.label, part.before, part.after) for part in entry.changes])
        for entry in page.context["entries"]
    ]


@pytest.fixture
def editor() -> User:
    return make.person(Role.EDITOR, name="ann")


@pytest.fixture
def desk() -> Client:
    return staff_client(make.person())


def test_an_entity_tells_who_changed_what_word_by_word(desk: Client, editor: User) -> None:
    whole, entity = make.entity("asia", label="Asia"), make.entity("china", label="China")
    revise_entity(
        entity=entity, by=editor, at=LATER, label="PR China", part_of=whole, aliases=["Zhongguo"]
    )

    page = history(desk, entity)

    assert told(page) == [
        (
            "Ann",
            [
                ("Label", "China", "PR China"),
                ("Aliases", "", "Zhongguo"),
                ("Part of", "", "Asia"),
            ],
        ),
        ("Some-Contributor", [("Label", "", "China"), ("Kind", "", "Concept")]),
    ]
    assert "[+PR +]China" in words(page)
    assert "2025-06-02 12:00 UTC" in words(page)
    assert "part_of" not in page.content.decode()


def test_a_property_and_a_topic_tell_their_changes(desk: Client, editor: User) -> None:
    prop, topic = make.number_property("change", label="change"), make.topic("Trade")
    revise_property(property=prop, by=editor, at=LATER, single_valued=False, bases=["real"])
    revise_topic(topic=topic, by=editor, at=LATER, name="Foreign trade", parent=make.topic("Money"))

    assert told(history(desk, prop))[0] == (
        "Ann",
        [("One value at a time", "yes", "no"), ("Bases", "", "real")],
    )
    assert told(history(desk, topic))[0] == (
        "Ann",
        [("Name", "Trade", "Foreign trade"), ("Parent", "", "Money")],
    )


def test_a_source_tells_its_record_its_standing_and_its_publisher(
    desk: Client, editor: User
) -> None:
    source = make.source(key="paper", title="The paper", abstract="Short.")
    record = {**source.csl, "title": "The white paper", "publisher": "Xinhua", "abstract": "Long."}
    revise_source(source=source, record=record, by=editor, at=LATER)
    set_standing(
        source=source,
        standing=Standing.RETRACTED,
        on=LATER.date(),
        reason="Made up.",
        by=editor,
        at=LATER,
    )

    page = history(desk, source)

    standing, record_change, entered = told(page)
    assert ("Standing", "Current", "Retracted") in standing[1]
    assert ("Reason for the standing", "", "Made up.") in standing[1]
    assert record_change[1] == [
        ("Title", "The paper", "The white paper"),
        ("Publisher", "", "Xinhua"),
        ("CSL-JSON", "abstract: Short.", "abstract: Long."),
    ]
    assert ("Title", "", "The paper") in entered[1]
    publisher = Publisher.objects.get(name="Xinhua")
    assert told(history(desk, publisher))[0][1][0] == ("Name", "", "Xinhua")


def test_a_record_is_shown_as_it_was_on_a_day(desk: Client, editor: User) -> None:
    entity = make.entity("china", label="China")
    revise_entity(entity=entity, by=editor, at=LATER, label="PR China")

    def then(day: str) -> Any:
        return history(desk, entity, f"?on={day}").context["then"]

    assert dict(then("2025-06-01").facts)["Label"] == "China"
    assert dict(then("2025-06-02").facts)["Label"] == "PR China"
    assert (then("2025-07-01").by, then("2025-07-01").since) == ("Ann", LATER)
    assert then("2025-05-31") is None
    assert "It was not on record yet." in words(history(desk, entity, "?on=2025-05-31"))


@pytest.mark.parametrize("day", ["2999-01-01", "soon", ""])
def test_a_day_that_is_none_or_not_over_is_refused_at_its_field(desk: Client, day: str) -> None:
    page = history(desk, make.entity(), f"?on={day}")

    assert page.context["form"].errors["on"]
    assert page.context["then"] is None


def test_of_an_account_neither_address_nor_password_is_shown(editor: User) -> None:
    administrator = make.person(Role.ADMINISTRATOR)
    passwords = ("a-long-secret-9", "another-secret-9")
    account = open_account(
        username="bo",
        display_name="Bo",
        role=Role.CONTRIBUTOR,
        email="bo@old.example",
        password=passwords[0],
        by=administrator,
        at=make.TODAY,
    )
    change_account(
        user=account,
        display_name="Bo Li",
        role=Role.REVIEWER,
        email="bo@new.example",
        is_active=True,
        by=administrator,
        at=LATER,
        password=passwords[1],
    )

    page = history(staff_client(administrator), account)
    then = history(staff_client(administrator), account, "?on=2025-06-01")

    assert told(page)[0][1] == [
        ("Display name", "Bo", "Bo Li"),
        ("Role", "Contributor", "Reviewer"),
        ("Email address", "", "changed; it is not shown here"),
    ]
    for shown in (page, then):
        assert ".example" not in shown.content.decode()
        assert "secret" not in shown.content.decode()
    assert history(staff_client(editor), account).status_code == 403


def test_the_history_of_what_one_may_not_know_is_nowhere() -> None:
    secret = make.source(key="memo", access=Access.NAMED, public_descriptor="a memo")
    entity = make.entity("the-memo", kind="document", source=secret)
    knowing = make.person()
    SourceReader.objects.create(source=secret, reader=knowing)

    for row in (secret, entity):
        assert history(staff_client(knowing), row).status_code == 200
        assert history(staff_client(make.person(Role.ADMINISTRATOR)), row).status_code == 404


def test_a_history_names_nothing_that_its_reader_may_not_know(editor: User) -> None:
    secret = make.source(
        key="memo", title="Plan Ulysses", access=Access.NAMED, public_descriptor="a memo"
    )
    stands_for_it = make.entity("plan", label="Plan Ulysses", kind="document", source=secret)
    part = make.entity("annex", label="Annex", part_of=stands_for_it)
    was = make.entity("report", label="Plan Ulysses, draft", kind="document")
    revise_entity(entity=stands_for_it, by=editor, at=LATER, source=None, label="A plan")
    revise_entity(entity=was, by=editor, at=LATER, source=secret)
    knowing = make.person()
    SourceReader.objects.create(source=secret, reader=knowing)

    kept = staff_client(make.person())
    shown = {row: history(kept, row).content.decode() for row in (stands_for_it, part)}

    assert "Ulysses" in history(staff_client(knowing), stands_for_it).content.decode()
    assert "A plan" in shown[stands_for_it]
    assert "one that you may not know" in shown[stands_for_it]
    for page in shown.values():
        assert "Ulysses" not in page
    then = history(kept, stands_for_it, "?on=2025-06-01").content.decode()
    assert "Ulysses" not in then
    assert history(kept, was).status_code == 404


def test_withheld_passages_are_told_as_withheld(desk: Client, editor: User) -> None:
    source = make.source("He is a spy. Trade fell.")
    set_standing(
        source=source,
        standing=Standing.CORRECTED,
        on=make.TODAY.date(),
        reason="It was another.",
        passages=["He is a spy"],
        by=editor,
        at=make.TODAY,
    )
    excerpt = make.excerpt("He is a spy.", of=source)
    (asked, *_others) = ask_to_withhold(
        targets=[excerpt], reason="Why.", by=make.person(Role.ADMINISTRATOR), at=LATER
    )
    carry_out(request=asked, by=make.person(Role.ADMINISTRATOR), at=LATER)

    page = history(desk, source)

    assert "spy" not in page.content.decode()
    assert "Withheld" in page.content.decode()


def test_a_long_history_asks_as_often_as_a_short_one(desk: Client, editor: User) -> None:
    short, long = make.entity(label="One"), make.entity(label="Two")

    def queries(row: Any) -> int:
        with CaptureQueriesContext(connection) as found:
            assert history(desk, row, "?on=2025-06-30").status_code == 200
        return len(found)

    for row, times in ((short, 2), (long, 9)):
        for number in range(times):
            whole = make.entity()
            revise_entity(entity=row, by=editor, at=LATER, label=f"It {number}", part_of=whole)

    assert queries(long) == queries(short)


def test_pages_of_records_lead_to_their_history(desk: Client) -> None:
    source: Source = make.source(publisher="Xinhua")
    rows: list[Any] = [
        make.entity(),
        make.topic(),
        make.number_property(),
        source,
        source.publisher,
    ]

    for row in rows:
        address = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}"
        assert f'"{address}/history/"' in desk.get(f"{address}/change/").content.decode()
