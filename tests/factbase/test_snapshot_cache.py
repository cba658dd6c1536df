"""A kept answer is that of the view, and ends with the first write or publication after it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from claims.actions.catalogue import revise_entity
from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import retract, take_off
from claims.models import Entity, Version
from factbase.api.router import LISTS
from factbase.api.throttle import AnonymousThrottle
from factbase.snapshot_cache import OVERHEAD, Answer, Answers, Period
from sources.actions.sources import revise_source
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Excerpt, Source
from sources.vocabulary import Access, Role, Standing
from tests import factories as make
from tests.claims.pages import world
from tests.held_open import elsewhere, held_open

pytestmark = pytest.mark.usefixtures("cloned_database")

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def _is_on(settings: Settings) -> None:
    settings.SNAPSHOT_CACHE_BYTES = 2**20
    cache.clear()


@pytest.fixture
def claim() -> Version:
    """A published claim about an entity, with a quote from a source."""
    source = make.source("In May trade fell by 9%.", key="report", title="The ministry's report")
    make.entity("china", kind="country")
    make.number_property("trade-change", time="over")
    return make.published(
        statement="Trade fell by 9%.",
        subject="china",
        property="trade-change",
        value="-9%",
        period="2025-05",
        topics=[make.topic("Trade")],
        evidence=[Tie(make.excerpt("trade fell by 9%", of=source))],
    )


# How often an answer is asked for again while others write.
MAX_ATTEMPTS = 300


def addresses(claim: Version) -> list[str]:
    """Pages and lists that show the claim."""
    ref = claim.claim.ref
    return [
        "/",
        f"/claims/{ref}/",
        "/sources/report/",
        "/topics/",
        "/api/v1/claims/",
        f"/api/v1/claims/{ref}/",
        f"/api/v1/claims/{ref}/versions/",
        "/api/v1/sources/",
        "/api/v1/entities/",
        "/api/v1/excerpts/",
        "/api/v1/annotations/",
        "/api/v1/bibliography/",
    ]


def queries(client: Client, address: str, **sent: Any) -> list[str]:
    """The queries that an answer takes."""
    with CaptureQueriesContext(connection) as counted:
        client.get(address, **sent)
    return [query["sql"] for query in counted]


def is_kept(client: Client, address: str, **sent: Any) -> bool:
    """Whether the answer is there: the one query is for the state of the database."""
    made = queries(client, address, **sent)
    return len(made) == 1 and "pg_current_snapshot" in made[0]


def comes_to_be_kept(client: Client, address: str) -> bool:
    """Whether an answer is kept once nobody writes: other tests write to the same server."""
    for _attempt in range(MAX_ATTEMPTS):
        client.get(address)
        if is_kept(client, address):
            return True
    return False


def read(client: Client, address: str) -> tuple[int, bytes]:
    """The page that a reader sees at an address."""
    response: Any = client.get(address)
    return response.status_code, response.content


# --- A hit ---------------------------------------------------------------------------------


def test_the_second_answer_is_the_first_and_takes_one_query(claim: Version) -> None:
    client = Client()
    for address in addresses(claim):
        for _attempt in range(MAX_ATTEMPTS):
            first = client.get(address)
            assert first.status_code == 200, address
            with CaptureQueriesContext(connection) as counted:
                second = client.get(address)
            if len(counted) == 1:
                break

        assert len(counted) == 1, address
        assert (second.content, dict(second.headers)) == (first.content, dict(first.headers))


def test_the_answer_is_that_of_a_server_that_keeps_none(claim: Version, settings: Settings) -> None:
    client = Client()
    kept = {address: [client.get(address) for _ in range(2)][1] for address in addresses(claim)}
    settings.SNAPSHOT_CACHE_BYTES = 0

    for address, response in kept.items():
        plain = Client().get(address)
        assert (response.content, dict(response.headers)) == (plain.content, dict(plain.headers))


@pytest.mark.parametrize("size", [0, 2**20])
def test_who_has_the_answer_is_told_so_in_304(
    claim: Version, settings: Settings, size: int
) -> None:
    settings.SNAPSHOT_CACHE_BYTES = size
    for address in addresses(claim):
        tag = Client().get(address).headers["ETag"]
        client = Client()
        for _ in range(2):
            again = client.get(address, headers={"if-none-match": tag})
            assert (again.status_code, again.content) == (304, b""), address
            assert again.headers["ETag"] == tag
            assert again.headers["Cache-Control"] == "no-cache"
        assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_an_answer_is_kept_for_what_its_address_and_accept_say(claim: Version) -> None:
    client = Client()
    assert client.get("/api/v1/claims/").status_code == 200
    assert client.get("/api/v1/claims/", headers={"accept": "text/html"}).status_code == 406
    assert (
        b"http://localhost/" in client.get("/api/v1/claims/", headers={"host": "localhost"}).content
    )
    assert client.get("/api/v1/claims/", headers={"host": "evil.example"}).status_code == 400
    assert b"https://testserver/" in client.get("/api/v1/claims/", secure=True).content
    assert client.get("/api/v1/claims/?limit=x").status_code == 400


def test_requests_that_a_kept_answer_meets_are_counted(
    claim: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AnonymousThrottle, "THROTTLE_RATES", {"anon": "3/min"})
    client = Client()

    answers = [client.get("/api/v1/topics/").status_code for _ in range(5)]

    assert answers == [200, 200, 200, 429, 429]
    cache.clear()


# --- No other reader -----------------------------------------------------------------------


def test_nobody_with_a_cookie_or_an_authorization_gets_or_leaves_an_answer(claim: Version) -> None:
    client, staff = Client(), Client()
    staff.force_login(make.person(Role.EDITOR))
    with_cookie = Client(headers={"cookie": "theme=dark"})
    for address in addresses(claim):
        staff.get(address)
        with_cookie.get(address)
        client.get(address, headers={"authorization": "Basic abc"})
        assert not is_kept(client, address), address
        assert comes_to_be_kept(client, address), address
        assert not is_kept(staff, address), address
        assert not is_kept(with_cookie, address), address
        assert not is_kept(client, address, headers={"authorization": "Basic abc"}), address


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/factsheets/?topic=trade",
        "/factsheets/?topic=trade",
        "/api/v1/claims/C999/",
        "/claims/C999/",
        "/admin/login/",
    ],
)
def test_what_is_made_for_a_moment_or_refused_is_not_kept(claim: Version, address: str) -> None:
    client = Client()
    client.get(address)

    assert not is_kept(client, address)


def test_a_transaction_around_the_request_keeps_nothing(claim: Version) -> None:
    client = Client()
    with transaction.atomic():
        read(client, "/api/v1/sources/")
        make.source(key="inside", is_opened=True)
        assert b'"inside"' in client.get("/api/v1/sources/").content
        transaction.set_rollback(True)

    assert b'"inside"' not in client.get("/api/v1/sources/").content


# --- Writes --------------------------------------------------------------------------------


def publish(claim: Version) -> None:
    make.published(statement="Another one.", subject="china")


def take_off_the_claim(claim: Version) -> None:
    by = make.somebody(Role.EDITOR)
    take_off(claim=claim.claim, reason="A court order.", by=by, at=make.TODAY)


def retract_the_claim(claim: Version) -> None:
    by = make.somebody(Role.EDITOR)
    retract(claim=claim.claim, reason="It was wrong.", by=by, at=make.TODAY)


def close_the_source(claim: Version) -> None:
    revise_source(
        source=Source.objects.get(key="report"),
        record={"type": "report", "title": "The ministry's report"},
        by=make.somebody(Role.EDITOR),
        at=make.TODAY,
        access=Access.STAFF,
        public_descriptor="A paper seen by the desk",
    )


def retract_the_source(claim: Version) -> None:
    make.stands(Source.objects.get(key="report"), Standing.RETRACTED)


def withhold_the_quote(claim: Version) -> None:
    asking = make.person(Role.ADMINISTRATOR)
    asked = ask_to_withhold(
        targets=[Excerpt.objects.get()], reason="A court order.", by=asking, at=make.TODAY
    )
    carry_out(request=asked[0], by=make.person(Role.ADMINISTRATOR), at=make.TODAY)


def merge_the_entity(claim: Version) -> None:
    revise_entity(
        entity=Entity.objects.get(key="china"),
        merged_into=make.entity("prc", label="The People's Republic"),
        by=make.somebody(Role.EDITOR),
        at=make.TODAY,
    )


WRITES = [
    publish,
    take_off_the_claim,
    retract_the_claim,
    close_the_source,
    retract_the_source,
    withhold_the_quote,
    merge_the_entity,
]


@pytest.mark.parametrize("write", WRITES)
def test_whatever_is_committed_is_in_the_next_answer(
    claim: Version, settings: Settings, write: Callable[[Version], None]
) -> None:
    client = Client()
    before = {address: read(client, address) for address in addresses(claim)}
    assert all(comes_to_be_kept(client, address) for address in before)

    elsewhere(lambda: write(claim))
    after = {address: read(client, address) for address in before}

    settings.SNAPSHOT_CACHE_BYTES = 0
    assert after == {address: read(Client(), address) for address in before}
    assert after != before


def test_a_write_while_an_answer_is_made_leaves_no_old_answer(claim: Version) -> None:
    client = Client()
    # The claims of the page are read; its topics are not.
    with held_open(lambda: read(client, "/"), at="claims.pages.search:published_topics") as held:
        make.published(statement="Said in the meantime.")
        held.go_on()
        assert b"Said in the meantime." not in held.result[1]

    assert b"Said in the meantime." in client.get("/").content


def test_a_transaction_in_progress_is_no_obstacle_and_is_seen_when_it_ends(claim: Version) -> None:
    client = Client()

    def publish_slowly() -> None:
        with transaction.atomic():
            make.published(statement="Said at last.")
            end_of_transaction()

    with held_open(publish_slowly, at=f"{__name__}:end_of_transaction") as held:
        before = read(client, "/")
        assert comes_to_be_kept(client, "/")
        held.go_on()

    assert b"Said at last." not in before[1]
    assert b"Said at last." in client.get("/").content


def end_of_transaction() -> None:
    """A point at which a test holds a transaction."""


# --- The clock -----------------------------------------------------------------------------


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = NOON


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    standing = Clock()
    monkeypatch.setattr(timezone, "now", lambda: standing.now)
    return standing


def test_a_publication_is_seen_at_the_moment_at_which_it_begins(
    claim: Version, clock: Clock
) -> None:
    begins = NOON + timedelta(hours=1)
    waiting = make.submitted(statement="Said at one o'clock.", topics=[make.topic("Summits")])
    make.approved(waiting, at=NOON, publish_at=begins)
    client = Client()
    shown = ["/", "/topics/", "/api/v1/claims/", "/api/v1/topics/", "/api/v1/excerpts/"]
    before = {address: read(client, address) for address in shown}

    clock.now = begins - MICROSECOND
    assert all(comes_to_be_kept(client, address) for address in shown)
    clock.now = begins
    assert all(read(client, address) != before[address] for address in shown)
    assert all(comes_to_be_kept(client, address) for address in shown)

    # A clock that is set back is no way to an answer of a later time.
    clock.now = begins - MICROSECOND
    assert {address: read(client, address) for address in shown} == before


def test_a_publication_that_begins_while_an_answer_is_made_leaves_no_old_answer(
    claim: Version, clock: Clock
) -> None:
    begins = NOON + timedelta(hours=1)
    make.approved(make.submitted(statement="Said at one."), at=NOON, publish_at=begins)
    client = Client()
    with held_open(lambda: read(client, "/"), at="claims.pages.search:published_topics"):
        clock.now = begins

    assert b"Said at one." in client.get("/").content


def test_nothing_that_is_kept_depends_on_the_time_otherwise(claim: Version, clock: Clock) -> None:
    asked = [*addresses(claim), *world.build().addresses]
    asked += [f"/api/v1/{name}/" for name in LISTS]
    before = {address: Client().get(address) for address in asked}
    kept = {
        address: response.content
        for address, response in before.items()
        if response.headers["Cache-Control"] == "no-cache"
    }
    assert [address for address in asked if address not in kept] == [
        "/factsheets/",
        "/factsheets/?topic=diplomacy&style=apa",
    ]

    clock.now = NOON + timedelta(days=400)
    assert {address: Client().get(address).content for address in kept} == kept


# --- The memory ----------------------------------------------------------------------------

FOR_EVER = Period("1:1:", NOON, None)


def test_the_answers_unused_for_longest_make_room() -> None:
    answers = Answers(3 * (OVERHEAD + 100))
    for name in "abc":
        answers.put((name,), Answer(b"x" * 100, {}), FOR_EVER)
    answers.get(("a",), "1:1:", NOON)
    answers.put(("d",), Answer(b"x" * 100, {}), FOR_EVER)
    answers.put(("d",), Answer(b"x" * 100, {}), FOR_EVER)

    assert [name for name in "abcd" if answers.get((name,), "1:1:", NOON)] == ["a", "c", "d"]


def test_an_answer_that_takes_much_of_the_memory_is_not_kept(
    claim: Version, settings: Settings
) -> None:
    settings.SNAPSHOT_CACHE_BYTES = 16 * 300
    client = Client()
    small, large = "/api/v1/properties/?limit=1&value_kind=truth", "/api/v1/claims/"
    for address in (small, large):
        client.get(address)

    assert comes_to_be_kept(client, small)
    assert not is_kept(client, large)


@pytest.mark.parametrize(
    ("state", "at", "is_inside"),
    [
        ("1:1:", NOON, True),
        ("1:1:", NOON + MICROSECOND, True),
        ("1:1:", NOON - MICROSECOND, False),
        ("1:1:", NOON + timedelta(hours=1), False),
        ("1:2:", NOON, False),
        (None, NOON, False),
    ],
)
def test_a_period_is_half_open_and_of_one_state(
    state: str | None, at: datetime, is_inside: bool
) -> None:
    assert Period("1:1:", NOON, NOON + timedelta(hours=1)).has(state, at) is is_inside
