"""Visibility of versions: the public sees the published one, staff the latest, and no more."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.actions.claims.entry import Tie, revise, withdraw
from claims.actions.claims.publication import HOLD, NOW, When, retract, take_off
from claims.actions.claims.review import decide
from claims.domain.content import Content
from claims.models import Claim, Version
from claims.querysets.derived_columns import newest_mismatches
from claims.querysets.versions import VersionQuerySet
from claims.vocabulary import Decision
from sources.domain.ranges import Range
from sources.domain.search.typed import read_search
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db

T0 = make.TODAY
T1, T2, T3 = (T0 + timedelta(days=days) for days in (1, 2, 3))
NOBODY = AnonymousUser()


def following(claim: Claim, *, at: datetime = T1, submit_it: bool = True) -> Version:
    latest = claim.versions.order_by("-number")[0]
    return revise(
        claim=claim,
        content=Content(f"Wording {latest.number + 1}."),
        evidence=[Tie(make.excerpt())],
        by=make.somebody(Role.CONTRIBUTOR),
        at=at,
        seen=latest.number,
        submit_it=submit_it,
    )


def approved_after(claim: Claim, *, at: datetime, publish_at: When = NOW) -> Version:
    return make.approved(following(claim, at=at), at=at, publish_at=publish_at)


def taken_off(claim: Claim) -> None:
    take_off(claim=claim, reason="Why.", by=make.person(Role.EDITOR), at=T1)


def rejected(claim: Claim) -> None:
    version = following(claim)
    decide(
        version=version,
        decision=Decision.REJECT,
        by=make.person(Role.REVIEWER),
        at=T1,
        content_hash=version.content_hash,
        note="No.",
    )


def withdrawn(claim: Claim) -> None:
    version = following(claim)
    withdraw(version=version, by=version.author, at=T1)


# What happened to a claim whose first version was published → numbers of the versions that the
# public and the desk see a day later, and those that the public may ever have seen.
HISTORIES: dict[str, tuple[Callable[[Claim], object], int | None, int, set[int]]] = {
    "nothing": (lambda claim: None, 1, 1, {1}),
    "a draft": (lambda claim: following(claim, submit_it=False), 1, 2, {1}),
    "a submitted version": (following, 1, 2, {1}),
    "a rejected version": (rejected, 1, 2, {1}),
    "a withdrawn version": (withdrawn, 1, 1, {1}),
    "an approved version": (lambda claim: approved_after(claim, at=T1), 2, 2, {1, 2}),
    "a version on hold": (lambda claim: approved_after(claim, at=T1, publish_at=HOLD), 1, 2, {1}),
    "a time to come": (lambda claim: approved_after(claim, at=T1, publish_at=T3), 1, 2, {1}),
    "a time that came": (lambda claim: approved_after(claim, at=T1, publish_at=T2), 2, 2, {1, 2}),
    "taken off": (taken_off, None, 1, set()),
}


@pytest.mark.parametrize("history", HISTORIES)
def test_one_version_of_a_claim_is_shown(history: str) -> None:
    happened, to_the_public, to_the_desk, ever = HISTORIES[history]
    claim = make.published(at=T0).claim
    happened(claim)
    shown, asked = Version.objects, [NOBODY, make.person(), make.person(is_staff=False)]

    public, desk, outsider = (list(shown.visible_to(reader, T2)) for reader in asked)

    assert [version.number for version in public] == ([to_the_public] if to_the_public else [])
    assert outsider == public
    assert [version.number for version in desk] == [to_the_desk]
    assert {version.number for version in shown.ever_published(T2)} == ever
    assert newest_mismatches() == []


@pytest.mark.parametrize(
    ("at", "number"),
    [(T0 - timedelta(seconds=1), None), (T0, 1), (T2 - timedelta(seconds=1), 1), (T2, 2), (T3, 2)],
)
def test_at_any_time_one_version_at_most_is_published(at: datetime, number: int | None) -> None:
    claim = make.published(at=T0).claim
    approved_after(claim, at=T1, publish_at=T2)

    numbers = [version.number for version in Version.objects.published(at)]

    assert numbers == ([number] if number else [])


def test_what_was_taken_off_is_shown_at_no_time() -> None:
    claim = make.published(at=T0).claim
    taken_off(claim)

    assert not Version.objects.visible_to(NOBODY, T0).exists()
    assert not Version.objects.visible_to(NOBODY, T1).exists()


def test_a_retracted_claim_stays_readable() -> None:
    claim = make.published(at=T0).claim
    retract(claim=claim, reason="Wrong.", by=make.person(Role.EDITOR), at=T1)

    assert Version.objects.visible_to(NOBODY, T2).get().claim == claim
    assert Version.objects.with_status("retracted", T2).get().claim == claim
    assert not Version.objects.with_status("published", T2).exists()


def test_a_claim_of_which_all_was_withdrawn_shows_the_desk_its_last_version() -> None:
    version = make.draft()
    withdraw(version=version, by=version.author, at=T0)

    assert Version.objects.newest().get() == version


def test_what_follows_a_version_that_was_withdrawn_is_the_newest() -> None:
    version = make.draft()
    withdraw(version=version, by=version.author, at=T0)
    second = following(version.claim)

    assert Version.objects.newest().get() == second
    withdraw(version=second, by=second.author, at=T1)
    assert Version.objects.newest().get() == second
    assert newest_mismatches() == []


@pytest.fixture
def world() -> Version:
    """A published claim, whose next version says something else of everything; and a bare one.

    v1 (published): Trade fell by 9% in 2025, says the ministry; filed under Trade, cites report
    v2 (submitted): Kelp grew in 1999, says the other desk; cites other
    """
    for key in ("trade", "ministry", "kelp", "other-desk"):
        make.entity(key)
    change, growth = make.number_property("change"), make.number_property("growth")
    make.published(statement="A bare statement.", at=T0)
    version = make.published(
        statement="Trade fell by Łódź standards.",
        subject="trade",
        property=change.key,
        value="-9%",
        period="2025",
        asserted_by=("ministry",),
        topics=[make.topic("Trade")],
        evidence=[Tie(make.excerpt("It fell.", of=make.source("It fell.", key="report")))],
        at=T0,
    )
    revise(
        claim=version.claim,
        content=Content(
            "Kelp grew.",
            subject="kelp",
            property=growth.key,
            value="5%",
            period="1999",
            asserted_by=("other-desk",),
        ),
        evidence=[Tie(make.excerpt("It grew.", of=make.source("It grew.", key="other")))],
        by=make.somebody(Role.CONTRIBUTOR),
        at=T1,
        seen=1,
        submit_it=True,
    )
    return version


def in_year(year: int) -> Range[date]:
    return Range(date(year, 1, 1), date(year + 1, 1, 1), lower_closed=True, upper_closed=False)


def searched(rows: VersionQuerySet, words: str) -> VersionQuerySet:
    return rows.found_by(read_search(words), NOBODY)


# A filter → what finds the published version, and what the one that waits.
FILTERS: dict[str, Callable[[VersionQuerySet, bool], VersionQuerySet]] = {
    "about a subject": lambda rows, new: rows.about("kelp" if new else "trade"),
    "about an asserter": lambda rows, new: rows.about("other-desk" if new else "ministry"),
    "of a property": lambda rows, new: rows.of_property("growth" if new else "change"),
    "in a period": lambda rows, new: rows.overlapping(in_year(1999 if new else 2025)),
    "citing a source": lambda rows, new: rows.citing("other" if new else "report"),
    "with words": lambda rows, new: searched(rows, "kelp" if new else "lodz"),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_finds_what_the_reader_may_see_and_nothing_else(name: str, world: Version) -> None:
    find = FILTERS[name]
    public = Version.objects.visible_to(NOBODY, T2)
    desk = Version.objects.visible_to(make.person(), T2)

    assert list(find(public, False)) == [world]
    assert list(find(public, True)) == []
    assert [version.number for version in find(desk, True)] == [2]
    assert list(find(desk, False)) == []


def test_topics_are_the_claim_s_over_all_its_versions(world: Version) -> None:
    assert Version.objects.visible_to(NOBODY, T2).under_topic("trade").get() == world
    assert Version.objects.visible_to(make.person(), T2).under_topic("trade").get().number == 2


@pytest.mark.parametrize("status", ["draft", "submitted", "rejected", "superseded"])
def test_the_public_finds_no_status_before_publication(world: Version, status: str) -> None:
    assert not Version.objects.visible_to(NOBODY, T2).with_status(status, T2).exists()


def test_a_reference_finds_its_version(world: Version) -> None:
    assert Version.objects.by_ref(world.ref).get() == world


@pytest.mark.parametrize("ref", ["", "C", "C1", "C1/v", "C1/v٣", "c1/v1", "C-1/v1", "C1/v1/v1"])
def test_what_is_no_reference_finds_nothing(world: Version, ref: str) -> None:
    assert not Version.objects.by_ref(ref).exists()


@pytest.mark.parametrize("words", ['"trade', "trade:*", "trade & |", "<-> trade", "trade\\"])
def test_signs_of_the_database_s_own_searches_are_no_words(world: Version, words: str) -> None:
    rows = Version.objects.visible_to(NOBODY, T2)
    assert list(searched(rows, words)) == list(searched(rows, "trade"))


def test_a_filter_over_related_rows_finds_a_version_once(world: Version) -> None:
    source = make.source("One thing. Another thing.", key="twice")
    quotes = [Tie(make.excerpt(words, of=source)) for words in ("One thing.", "Another thing.")]
    version = make.published(evidence=quotes, at=T0)

    assert list(Version.objects.citing("twice")) == [version]


def disagreeing(value: str, *, approve: bool) -> Version:
    version = make.submitted(subject="trade", property="change", value=value, period="2025", at=T0)
    return make.approved(version, at=T0) if approve else version


@pytest.mark.parametrize("both_published", [True, False])
def test_a_dispute_with_what_waits_is_nothing_to_the_public(both_published: bool) -> None:
    make.entity("trade")
    make.number_property("change")
    published = disagreeing("-9%", approve=True)
    disagreeing("9%", approve=both_published)

    public = Version.objects.visible_to(NOBODY, T2).disputed(NOBODY, T2)
    desk = Version.objects.newest().disputed(make.person(), T2)

    assert desk.count() == 2
    assert public.count() == (2 if both_published else 0)
    shown = Version.objects.visible_to(NOBODY, T2).in_full(NOBODY, T2).get(pk=published.pk)
    assert len(shown.open_memberships) == (1 if both_published else 0)


@pytest.mark.parametrize("is_staff", [True, False])
def test_a_claim_is_read_whole_in_a_constant_number_of_queries(
    is_staff: bool, django_assert_num_queries: Callable[[int], object]
) -> None:
    reader = make.person(is_staff=is_staff)

    def read() -> int:
        rows = Version.objects.visible_to(reader, T2).in_full(reader, T2).order_by("pk")
        for version in rows:
            assert version.claim.ref
            seen = [
                [topic.name for topic in version.claim.topics.all()],
                [(link.entity, link.description) for link in version.asserters.all()],
                [piece.excerpt.source.title for piece in version.evidence.all()],
            ]
            owner = version.claim if is_staff else version
            assert all(seen)
            assert not [premise.rests_on.claim.ref for premise in version.premises.all()]
            assert not [member.conflict.kind for member in owner.open_memberships]
        return len(rows)

    make.published(topics=[make.topic()], asserted_by=(make.entity().key,), at=T0)
    with django_assert_num_queries(7):  # type: ignore[attr-defined] # a context manager
        assert read() == 1
    for _ in range(4):
        make.published(topics=[make.topic()], asserted_by=(make.entity().key,), at=T0)
    with django_assert_num_queries(7):  # type: ignore[attr-defined] # as above
        assert read() == 5


def test_the_next_change_is_the_next_moment_at_which_anything_begins_or_ends() -> None:
    """T0 ── first ──> T2 ── second ──> …, which was approved at T1; nothing else is due."""
    first = make.published(at=T0)
    assert Version.objects.next_change(T0) is None
    approved_after(first.claim, at=T1, publish_at=T2)
    draft = make.draft()

    before = T0 - timedelta(microseconds=1)
    moments = [Version.objects.next_change(at) for at in (before, T0, T1, T2, T3)]

    assert draft.published is None
    assert moments == [T0, T2, T2, None, None]


def test_the_next_change_includes_the_end_of_a_publication_that_nothing_follows() -> None:
    version = make.published(at=T0)
    taken_off(version.claim)

    assert Version.objects.next_change(T0) == T1
