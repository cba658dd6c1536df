"""At each door where a state can be told, it is told, and in the same words.

The words are those of the readings: a claim's notice, a source's standing, a decision.
"""

import logging
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client

from claims.readings.claims import ClaimReading, read_claims
from claims.readings.notices import Notice
from claims.vocabulary import NoticeCode
from sources.readings.reader import Reader
from sources.readings.standing import standing_of
from sources.vocabulary import Role
from tests import factories as make
from tests.doors.doors import DESK, DOORS, PAGES, SHEETS, Door, normalized, text_at
from tests.doors.states import DESCRIPTOR, REASON, STATES, TITLE, WORDS, Case, State
from tests.factories import TODAY
from tests.golden.clock import stopped

pytestmark = pytest.mark.django_db

# A sheet leaves the house: it has nothing of what was taken off, and no notes of the desk.
NOT_IN_SHEETS = (NoticeCode.TAKEN_OFF, NoticeCode.FLAGGED)


@pytest.fixture(autouse=True)
def _quiet_and_at_noon(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The clock stands when the state was made, and answers of 404 fill no log."""
    caplog.set_level(logging.ERROR, logger="django.request")
    cache.clear()
    with stopped(TODAY):
        yield


@pytest.mark.parametrize("name", STATES)
def test_every_door_says_it_in_the_same_words(name: str) -> None:
    state = STATES[name]
    case = state.build()
    case.source.refresh_from_db()
    silent = {door: text for door in DOORS if (text := silence_of(door, state, case))}

    assert not silent, "\n\n".join(f"{door}: {text}" for door, text in silent.items())


def silence_of(name: str, state: State, case: Case) -> str:
    """The words that a door lacks, with all that it does say; empty where it says them."""
    door = DOORS[name]
    is_desk = name in DESK or state.for_desk
    words, address = words_at(name, state, case), door.address(case)
    if words is None or address is None:
        return ""
    if name in SHEETS and is_desk:
        address += "&include_submitted=true"
    text = text_at(client_of(is_desk=is_desk), address)
    return "" if normalized(words) in text else f"{normalized(words)!r} is not in: {text}"


@pytest.mark.parametrize("name", ["confidential", "confidential, source retracted"])
def test_no_public_door_names_a_confidential_source(name: str) -> None:
    case = STATES[name].build()
    public = client_of(is_desk=False)

    for door, how in DOORS.items():
        address = None if door in DESK else how.address(case)
        if address is not None:
            text = text_at(public, address, status=None).replace(address, "")
            for secret in (TITLE, WORDS, REASON, case.source.key):
                assert secret not in text, door


def client_of(*, is_desk: bool) -> Client:
    """The browser of an editor, or of the public."""
    client = Client()
    if is_desk:
        client.force_login(make.somebody(Role.EDITOR))
    return client


def reading_of(case: Case, *, is_desk: bool) -> ClaimReading:
    """The claim as the reader may know it."""
    account = make.somebody(Role.EDITOR) if is_desk else AnonymousUser()
    return read_claims([case.version.pk], Reader(account, TODAY))[0]


def words_at(name: str, state: State, case: Case) -> str | None:
    """The words that a door has to say; None where the state cannot be told there."""
    door, is_desk = DOORS[name], name in DESK or state.for_desk
    if name in PAGES and (state.for_desk or not is_known_to_public(door, case)):
        return None  # public pages are the public's, whoever reads them
    if name in SHEETS and state.code in NOT_IN_SHEETS:
        return None
    if door.about in ("source", "quote"):
        return words_of_source(state, case, is_desk=is_desk)
    claim = reading_of(case, is_desk=is_desk)
    if state.code is None:
        is_of_public = door.about == "claim" and not is_desk and not door.is_list
        return DESCRIPTOR if is_of_public else None
    notice = next((one for one in claim.notices if one.code == state.code), None)
    assert notice is not None, f"The reading has no notice {state.code}: {claim.notices}"
    if door.about == "conflict":
        return words_of_conflict(door, notice, claim)
    # A list has the gravest notice alone.
    return notice.sentence if notice is claim.headline or not door.is_list else None


def is_known_to_public(door: Door, case: Case) -> bool:
    """Whether there is a page: none is of a source that the public may not know."""
    return not case.source.is_confidential or door.about not in ("source", "quoting claim")


def words_of_source(state: State, case: Case, *, is_desk: bool) -> str | None:
    """The words for a door to a source or a quote; nobody is told of one he may not know."""
    if (case.source.is_confidential and not is_desk) or not state.of_source:
        return None
    standing = standing_of(case.source)
    return standing.sentence if standing else None


def words_of_conflict(door: Door, notice: Notice, claim: ClaimReading) -> str | None:
    """The words of a conflict: its state without its name, or what weighs against a party."""
    if notice.code == NoticeCode.DISPUTED:
        return claim.conflicts[0].status.meaning
    if notice.code in (NoticeCode.UPHELD, NoticeCode.DOES_NOT_STAND):
        return claim.conflicts[0].decision_text
    if notice.code == NoticeCode.CONFLICT_ENDED and not door.is_list:
        return claim.former_conflicts[0].conflict.decision_text
    # A list of conflicts is one of questions; what weighs against a party stands on their pages.
    return None if door.is_list else notice.sentence
