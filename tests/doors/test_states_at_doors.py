"""At each door where a state can be told, it is told, and in the same words.

The words are those of the readings: a claim's notice, a source's standing, a decision. All states
stand beside each other in one world, which is made once; each claim is alone under its topic.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client

from claims.actions.claims.entry import Tie
from claims.readings.claims import ClaimReading, read_claims
from claims.readings.notices import Notice
from claims.vocabulary import NoticeCode
from sources.readings.reader import Reader as AskedBy
from sources.readings.standing import standing_of
from sources.vocabulary import Grade, Role
from tests import factories as make
from tests.claims.issued import issue
from tests.doors.doors import DESK, DOORS, PAGES, Door, Reader, sheets_of
from tests.doors.file_words import has, normalized
from tests.doors.states import (
    DESCRIPTOR,
    HIDDEN_REASON,
    HIDDEN_TITLE,
    HIDDEN_WORDS,
    LAST,
    REASON,
    STATES,
    WITHHELD_WORDS,
    Case,
    State,
    alone,
)
from tests.factories import TODAY
from tests.golden.clock import stopped

pytestmark = pytest.mark.django_db

# A sheet leaves the house: it has nothing of what was taken off, and no notes of the desk.
NOT_IN_SHEETS = (NoticeCode.TAKEN_OFF, NoticeCode.FLAGGED)
EARLIER = TODAY - timedelta(hours=1)
DRAFT = "Zeppelins carried the freight."
DRAFT_TITLE = "Logbook of the zeppelins"
# In the words that the states of the closing list are known by, whatever the readings say.
KNOWN_BY = {
    "source retracted": "The source was retracted on 30 May 2025: It was found out later.",
    "source withdrawn": "The source was withdrawn on 30 May 2025: It was found out later.",
    "corrected": "The source was corrected on 30 May 2025: It was found out later.",
    "superseded": "A later edition replaced the source on 30 May 2025: It was found out later.",
    "decided against": "Does not stand (K",
    "decided for": "Upheld (K",
    "without support": "No supporting source stands behind this claim.",
    "unsearched": "Not searched: there is no text of the document.",
}
# What a claim in good standing on a source in good standing has nothing of.
SIGNS = (
    "The source was",
    "A later edition replaced",
    "expression of concern",
    "oes not stand (",
    "Upheld (",
    "Disputed (",
    "o supporting source",
    "ot searched",
    "been searched",
    "searched again",
    "were withheld",
    "no longer stands",
    "Retracted on",
    "A conflict ended",
)


@dataclass
class World:
    """The cases by the name of their state, one in good standing, and who reads them."""

    cases: Mapping[str, Case]
    good: Case
    public: Reader = field(default_factory=lambda: Reader(Client()))
    desk: Reader = field(default_factory=lambda: Reader(Client()))
    doors: dict[str, Door] = field(default_factory=dict)

    def reader_of(self, *, is_desk: bool) -> Reader:
        """An editor, or the public."""
        return self.desk if is_desk else self.public


@pytest.fixture(scope="module")
def world(module_transaction: None) -> World:
    """All states, each after an edition was issued on the claim as it was before."""
    with stopped(TODAY):
        good = alone()
        issue(good.version, key=good.edition, at=EARLIER)
        make.draft(
            statement=DRAFT,
            evidence=[Tie(make.excerpt(DRAFT, of=make.source(DRAFT, title=DRAFT_TITLE)))],
            topics=[good.version.claim.topics.get()],
        )
        names = [name for name in STATES if name not in LAST]
        made = World({name: brought_about(STATES[name]) for name in (*names, *LAST)}, good)
        made.desk.client.force_login(make.somebody(Role.EDITOR))
        on_sheet = [
            case.ref
            for name, case in made.cases.items()
            if not STATES[name].for_desk and STATES[name].code not in NOT_IN_SHEETS
        ]
        made.doors = {**DOORS, **sheets_of(on_sheet)}
    return made


def brought_about(state: State) -> Case:
    """The case of a state, after an edition was issued on its claim as it was before."""
    case = state.begin()
    if case.version.is_published(TODAY):
        issue(case.version, key=case.edition, at=EARLIER)
    state.come(case)
    case.source.refresh_from_db()
    return case


@pytest.fixture(autouse=True)
def _quiet_and_at_noon(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The clock stands when the states were made, and answers of 404 fill no log."""
    caplog.set_level(logging.ERROR, logger="django.request")
    cache.clear()
    with stopped(TODAY):
        yield


@pytest.mark.parametrize("name", STATES)
def test_every_door_says_it_in_the_same_words(name: str, world: World) -> None:
    state, case = STATES[name], world.cases[name]
    doors = world.doors | of_the_desk(state, case)
    silent = [
        f"{door}: {text}"
        for door, how in doors.items()
        if (text := silence_of(door, how, state, case, world))
    ]

    assert not silent, "\n\n".join(silent)


def of_the_desk(state: State, case: Case) -> dict[str, Door]:
    """The sheets of a state that only the desk is told of."""
    if not state.for_desk or state.code in NOT_IN_SHEETS:
        return {}
    return {
        f"{name} of the desk": Door("claim", address_with_submitted(door))
        for name, door in sheets_of([case.ref]).items()
        if name.endswith(("HTML", "Markdown"))
    }


def address_with_submitted(door: Door) -> Callable[[Case], str]:
    """The address of a sheet for the desk."""
    return lambda case: f"{door.address(case)}&include_submitted=true"


def silence_of(name: str, door: Door, state: State, case: Case, world: World) -> str:
    """The words that a door lacks, with what it does say; empty where it says them."""
    is_desk = name in DESK or (state.for_desk and door.about != "edition")
    address = door.address(case)
    expected = [] if address is None else words_at(name, door, state, case, is_desk=is_desk)
    if address is None or not expected:
        return ""
    text = world.reader_of(is_desk=is_desk).text_at(address)
    lacking = [words for words in expected if not has(text, words)]
    return f"{lacking!r} is not in {address}: {text[:3000]}" if lacking else ""


def words_at(name: str, door: Door, state: State, case: Case, *, is_desk: bool) -> list[str]:
    """The words that a door has to say; none where the state cannot be told there."""
    if door.about == "edition":
        is_issued = state.edition is not None
        return [state.edition(case)] if is_issued and state.edition else []
    if name in PAGES and (state.for_desk or not is_known_to_public(door, case)):
        return []  # public pages are the public's, whoever reads them
    if door.about == "correction":
        return words_of_correction(state, case, is_desk=is_desk)
    if door.about in ("source", "cited source", "quote") and state.grade is None:
        return words_of_source(state, case, is_desk=is_desk)
    if state.for_desk and name.startswith(("brief", "dossier", "sheet")) and "desk" not in name:
        return []
    if state.grade is not None:
        return words_of_grade(name, door, state.grade)
    claim = reading_of(case, is_desk=is_desk)
    if state.code is None:
        is_of_public = door.about == "claim" and not is_desk and not door.is_list
        return [DESCRIPTOR] if is_of_public else []
    notice = notice_of(claim, state.code)
    if door.about == "conflict":
        return words_of_conflict(door, notice, claim)
    if not door.is_list:
        return [notice.sentence]
    # A list has the gravest notice in full.
    headline = [notice.sentence] if notice is claim.headline else []
    return [*headline, notice.code.label] if door.has_badges else headline


def notice_of(claim: ClaimReading, code: NoticeCode) -> Notice:
    """The notice of that kind."""
    notice = next((one for one in claim.notices if one.code == code), None)
    assert notice is not None, f"The reading has no notice {code}: {claim.notices}"
    return notice


def reading_of(case: Case, *, is_desk: bool) -> ClaimReading:
    """The claim as the reader may know it."""
    account = make.somebody(Role.EDITOR) if is_desk else AnonymousUser()
    return read_claims([case.version.pk], AskedBy(account, TODAY))[0]


def is_known_to_public(door: Door, case: Case) -> bool:
    """Whether there is a page: none is of a source that the public may not know."""
    return not case.source.is_confidential or door.about not in ("source", "quoting claim")


def words_of_source(state: State, case: Case, *, is_desk: bool) -> list[str]:
    """The words for a door to a source or a quote; nobody is told of one he may not know."""
    if (case.source.is_confidential and not is_desk) or not state.of_source:
        return []
    standing = standing_of(case.source)
    return [standing.sentence] if standing else []


def words_of_grade(name: str, door: Door, grade: Grade) -> list[str]:
    """The words for a quote that is not verified: its grade, which programs read as a code."""
    is_whole = door.about in ("claim", "quote") and not door.is_list
    if name in DESK or not is_whole:
        return []
    is_code = name.startswith("API") and "annotation" not in name
    return [grade.value if is_code else grade.label]


def words_of_correction(state: State, case: Case, *, is_desk: bool) -> list[str]:
    """The words for the list of what was taken back."""
    if state.code == NoticeCode.RETRACTED:
        return [notice_of(reading_of(case, is_desk=is_desk), state.code).sentence]
    return words_of_source(state, case, is_desk=is_desk)


def words_of_conflict(door: Door, notice: Notice, claim: ClaimReading) -> list[str]:
    """The words of a conflict: its state without its name, or what weighs against a party."""
    if notice.code == NoticeCode.DISPUTED:
        return [claim.conflicts[0].status.meaning]
    if notice.code in (NoticeCode.UPHELD, NoticeCode.DOES_NOT_STAND):
        return [claim.conflicts[0].decision_text]
    if notice.code == NoticeCode.CONFLICT_ENDED and not door.is_list:
        return [claim.former_conflicts[0].conflict.decision_text]
    # A list of conflicts is one of questions; what weighs against a party stands on their pages.
    return [] if door.is_list else [notice.sentence]


@pytest.mark.parametrize("name", KNOWN_BY)
def test_the_readings_say_it_in_these_words(name: str, world: World) -> None:
    claim = reading_of(world.cases[name], is_desk=False)

    code = STATES[name].code
    assert code is not None
    assert KNOWN_BY[name] in notice_of(claim, code).sentence


def test_no_door_says_any_of_it_of_a_claim_in_good_standing(world: World) -> None:
    good = world.good
    lists_of_all = ("page: list", "page: sources of a publisher", "page: corrections")
    doors = {**{n: d for n, d in DOORS.items() if n not in lists_of_all}, **sheets_of([good.ref])}

    for name, door in doors.items():
        address = door.address(good)
        if address is None:
            continue
        text = world.reader_of(is_desk=name in DESK).text_at(address)
        if name not in DESK:
            assert not [sign for sign in SIGNS if has(text, sign)], f"{name}: {text[:3000]}"
        if door.about == "edition" and "API" not in name:
            assert "Current: it is the newest edition" in text


def test_no_public_door_tells_a_draft_a_confidential_source_or_withheld_words(
    world: World,
) -> None:
    secrets = [DRAFT, DRAFT_TITLE, HIDDEN_TITLE, HIDDEN_WORDS, HIDDEN_REASON, WITHHELD_WORDS]
    secrets += [world.cases["confidential"].source.key]
    public = {name: door for name, door in world.doors.items() if name not in DESK}

    for case in (*world.cases.values(), world.good):
        for name, door in public.items():
            address = door.address(case)
            if address is None:
                continue
            text = world.public.text_at(address, status=None).replace(address, "")
            told = [secret for secret in secrets if has(text, secret)]
            assert not told, f"{name} tells {told}"
    assert normalized(REASON) in "".join(world.public.read.values())
