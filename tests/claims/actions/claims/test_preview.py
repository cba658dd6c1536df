"""The preview of a claim says what detection finds once it is submitted, and nothing is written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from claims.actions.catalogue import revise_entity
from claims.actions.claims.entry import Stale, propose, revise
from claims.actions.claims.preview import UNSAVED, preview_submission
from claims.actions.claims.publication import HOLD, retract
from claims.actions.claims.workflow import StepRefused
from claims.domain.content import Content, PremiseGiven
from claims.models import Claim, Conflict, ConflictMember, Entity, Version
from claims.readings.other_bases import on_another_basis
from claims.readings.similar import similar_to
from claims.vocabulary import Resemblance, Status
from sources.actions.sources import add_series
from sources.models import Excerpt
from sources.vocabulary import Role
from tests import factories as make
from tests.at_once import at_once
from tests.claims import worlds as say

# A conflict as far as it is previewed: its kind, its strength and the versions in it of others.
Party = tuple[str, str, frozenset[int]]


def previewed(content: Content, claim: Claim | None = None, seen: int = 0) -> set[Party]:
    by = make.somebody(Role.CONTRIBUTOR)
    preview = preview_submission(content=content, by=by, at=make.TODAY, claim=claim, seen=seen)
    mine = claim.pk if claim else UNSAVED
    return {
        (
            one.kind,
            one.strength,
            frozenset(
                pk
                for (claim_id, _key), versions in one.members.items()
                if claim_id != mine
                for pk in versions
            ),
        )
        for one in preview.found
    }


def recorded(version: Version) -> set[Party]:
    """The live conflicts of a version's claim on record."""
    own = ConflictMember.objects.open().filter(claim=version.claim)
    found = set()
    for conflict in Conflict.objects.filter(pk__in=own.values("conflict")):
        others = conflict.members.filter(left_at__isnull=True).exclude(claim=version.claim)
        versions = [pk for row in others.values_list("versions", flat=True) for pk in row]
        found.add((conflict.kind, conflict.strength, frozenset(versions)))
    return found


def rows() -> dict[str, int]:
    """How many rows each table has."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def nothing_there() -> None:
    pass


def two_that_disagree() -> None:
    say.says("100")
    say.says("75")


def one_of_the_same_value() -> None:
    say.says("9")


def growth() -> None:
    say.publishes("20", period="2025")


def of_a_merged_subject() -> None:
    twin = make.entity("twin")
    say.says("100", subject="twin")
    thing = Entity.objects.get(key="thing")
    by = make.somebody(Role.EDITOR)
    revise_entity(entity=twin, merged_into=thing, by=by, at=make.TODAY)


def two_sets_that_it_joins() -> None:
    say.says("100", period="2024")
    say.says("90", period="2024")
    say.says("100", period="2025")
    say.says("80", period="2025")


WORLDS: list[tuple[Callable[[], Any], dict[str, Any]]] = [
    (nothing_there, {}),
    (two_that_disagree, {}),
    (two_that_disagree, {"asserted_by": ("thing",)}),
    (two_that_disagree, {"mode": "planned", "asserted_by": ("thing",)}),
    (one_of_the_same_value, {}),
    (growth, {"period": "2025-01/2025-06", "value": "-9"}),
    (of_a_merged_subject, {}),
    (two_sets_that_it_joins, {"period": "2024/2025"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("happens", "fields"), WORLDS)
def test_a_new_claim_is_previewed_as_it_is_found(
    happens: Callable[[], Any], fields: dict[str, Any]
) -> None:
    say.world()
    happens()
    content = say.content(**{"value": "9", **fields})
    before = rows()

    preview = previewed(content)

    assert rows() == before
    by = make.somebody(Role.CONTRIBUTOR)
    entered = propose(content=content, evidence=[], by=by, at=make.TODAY, submit_it=True)
    assert preview == recorded(entered)


@pytest.mark.django_db
def test_a_preview_uses_up_no_number_that_people_see() -> None:
    say.world()
    say.says("100", period="2024")
    say.says("75", period="2024")
    first, last = say.only().pk, say.says("100")
    content = say.content("9")

    assert previewed(content)

    entered = say.says("9")
    assert entered.claim_id == last.claim_id + 1
    assert [conflict.pk for conflict in say.live()] == [first, first + 1]


@pytest.mark.django_db
@pytest.mark.parametrize("subject", ["papers", "paper-1"])
def test_a_series_and_its_documents_are_previewed_together(subject: str) -> None:
    paper = make.source(key="paper-1")
    make.entity("paper-1", kind="document", source=paper)
    by = make.somebody(Role.CONTRIBUTOR)
    series = add_series(key="papers", title="Papers", sources=[paper], by=by, at=make.TODAY)
    make.entity("papers", kind="series", series=series)
    make.value_property("presence", "mentions")
    other = {"papers": "paper-1", "paper-1": "papers"}[subject]
    said = say.says("absent", subject=other, property="mentions")

    preview = previewed(say.content("present", subject=subject, property="mentions"))

    assert preview == {("presence", "contradiction", frozenset([said.pk]))}


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["9", "20", "75", "100"])
@pytest.mark.parametrize("is_published", [False, True])
def test_the_next_version_is_previewed_beside_the_published_one(
    value: str, *, is_published: bool
) -> None:
    say.world()
    mine = (say.publishes if is_published else say.says)("20")
    say.says("75")
    before = rows()

    preview = previewed(say.content(value), mine.claim, mine.number)

    assert rows() == before
    mine.refresh_from_db()
    assert mine.status == (Status.APPROVED if is_published else Status.SUBMITTED)
    assert preview == recorded(say.now_says(mine, value))


@pytest.mark.django_db
def test_what_cannot_be_entered_is_refused_as_it_would_be() -> None:
    say.world()
    version = say.publishes("20")

    with pytest.raises(Stale):
        previewed(say.content("9"), version.claim, 0)
    retract(claim=version.claim, reason="Why.", by=make.person(Role.EDITOR), at=make.TODAY)
    with pytest.raises(StepRefused):
        previewed(say.content("9"), version.claim, 1)
    assert not Excerpt.objects.filter(pk__lt=0).exists()


def property_of(kind: str, **more: Any) -> None:
    make.entity("whole")
    make.entity("part", part_of=make_entity("whole"))
    make.entity("other")
    make.value_property(kind, "said", **more)


def make_entity(key: str) -> Entity:
    return Entity.objects.get(key=key)


# Kinds of values: those there, each with more fields, and the one that is previewed.
OF_KINDS: list[tuple[str, list[tuple[str, dict[str, Any]]], str, dict[str, Any]]] = [
    ("quantity", [("100", {}), ("75", {}), ("9", {})], "9", {}),
    ("quantity", [("~100", {}), ("9", {})], "~95", {}),
    ("quantity", [("100", {"mode": "estimated"})], "9", {"period": "2025"}),
    ("quantity", [("100", {"period": "2025"})], "9", {"period": "2025?"}),
    ("quantity", [("100", {"period": "2025"})], "9", {"period": "About 2025"}),
    ("quantity", [("100", {"period": "2025-05/2025-08"})], "9", {"period": "mid-2025"}),
    ("quantity", [("100", {"period": "2025"})], "9", {"period": "January – December 2025"}),
    ("quantity", [("100", {"basis": "nominal"})], "9", {"basis": "real"}),
    ("quantity", [("100", {})], "90..110", {"approximate": True}),
    ("count", [("11", {}), (">20", {})], "<5", {}),
    ("count", [("11", {})], "~12", {}),
    ("date", [("2025-05-07", {}), ("2025?", {})], "2025-06", {}),
    ("date", [("2025-05-07", {})], "2025-06?", {}),
    ("date", [("7 May 2025", {})], "late 2025", {}),
    ("date", [("7 May 2025", {})], "7. Mai 2025", {}),
    ("truth", [("true", {}), ("true", {"period": "2025"})], "false", {}),
    ("entity", [("whole", {}), ("other", {})], "part", {}),
    ("entity", [("part", {})], "whole", {}),
    ("text", [("red", {}), ("blue", {})], "Red", {}),
    ("presence", [("present", {})], "absent", {}),
]


@pytest.mark.django_db
@pytest.mark.parametrize("is_single", [True, False])
@pytest.mark.parametrize(("kind", "there", "value", "fields"), OF_KINDS)
def test_a_preview_says_of_each_kind_what_is_found(
    kind: str,
    there: list[tuple[str, dict[str, Any]]],
    value: str,
    fields: dict[str, Any],
    *,
    is_single: bool,
) -> None:
    make.entity("thing")
    property_of(kind, single_valued=is_single)
    for other, more in there:
        say.says(other, property="said", statement=f"It is {other}.", **more)
    content = say.content(value, property="said", statement=f"It is {value}.", **fields)
    by = make.somebody(Role.CONTRIBUTOR)

    found = previewed(content)
    draft = preview_submission(content=content, by=by, at=make.TODAY).version
    similar, bases = alike(draft), on_other_bases(draft)

    entered = propose(content=content, evidence=[], by=by, at=make.TODAY, submit_it=True)
    entered = Version.objects.in_position().get(pk=entered.pk)
    assert found == recorded(entered)
    assert draft.detection_key == entered.detection_key
    assert similar == alike(entered)
    assert bases == on_other_bases(entered)


def alike(version: Version) -> list[tuple[int, Resemblance, int, tuple[str, ...]]]:
    reader = make.somebody(Role.CONTRIBUTOR)
    return [
        (one.version.pk, one.resemblance, one.score, one.differs)
        for one in similar_to(version, reader=reader, at=make.TODAY)
    ]


def on_other_bases(version: Version) -> list[int]:
    reader = make.somebody(Role.CONTRIBUTOR)
    others = on_another_basis([version], reader=reader, at=make.TODAY, is_public=False)
    return [one.pk for one in others.get(version.pk, ())]


@pytest.mark.django_db
def test_the_first_presence_of_a_document_is_previewed_with_all_that_its_series_joins() -> None:
    papers = [make.source(key=f"paper-{number}") for number in (1, 2)]
    for paper in papers:
        make.entity(paper.key, kind="document", source=paper)
    by = make.somebody(Role.CONTRIBUTOR)
    series = add_series(key="papers", title="Papers", sources=papers, by=by, at=make.TODAY)
    make.entity("papers", kind="series", series=series)
    make.value_property("presence", "mentions")
    for subject, value in (("paper-1", "present"), ("papers", "absent"), ("paper-2", "absent")):
        say.says(value, subject=subject, property="mentions")
    content = say.content("present", subject="paper-2", property="mentions")

    found = previewed(content)

    entered = propose(content=content, evidence=[], by=by, at=make.TODAY, submit_it=True)
    assert found == recorded(entered)


@pytest.mark.django_db
def test_a_computed_value_is_previewed_as_it_is_found() -> None:
    say.world()
    base = say.says("100", statement="It was 100.", period="2024")
    say.says("75", period="2025")
    premise = PremiseGiven(base.ref, base.content_hash, f"{base.ref} / 2")
    content = say.content("", statement="It halved.", period="2025", premises=(premise,))

    found = previewed(content)

    by = make.somebody(Role.CONTRIBUTOR)
    entered = propose(content=content, evidence=[], by=by, at=make.TODAY, submit_it=True)
    assert found == recorded(entered)
    assert found


@pytest.mark.django_db
def test_a_version_on_hold_gives_way_to_the_previewed_one() -> None:
    say.world()
    mine = say.publishes("20")
    say.says("75")
    on_hold = make.approved(say.now_says(mine, "100"), publish_at=HOLD)

    found = previewed(say.content("76"), mine.claim, on_hold.number)

    assert found == recorded(say.now_says(on_hold, "76"))


@pytest.mark.django_db
def test_a_preview_only_reads_and_locks_nothing() -> None:
    say.world()
    mine = say.publishes("20")
    say.says("75")
    base = say.says("100", statement="It was 100.", period="2024")
    premise = PremiseGiven(base.ref, base.content_hash)
    content = say.content("9", premises=(premise,))

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
        before = locks()
        assert previewed(content)
        assert previewed(content, mine.claim, mine.number)
        after = locks()
        transaction.set_rollback(True)

    assert after - before <= {("relation", "AccessShareLock")}


def locks() -> set[tuple[str, str]]:
    """Kinds and modes of the locks that this connection holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT locktype, mode FROM pg_locks WHERE pid = pg_backend_pid()")
        return set(cursor.fetchall())


@pytest.mark.usefixtures("cloned_database")
def test_a_claim_that_is_being_saved_is_previewed_without_waiting() -> None:
    say.world()
    version = say.says("20")
    say.says("75")

    with transaction.atomic():
        Claim.objects.select_for_update().get(pk=version.claim_id)
        (found,) = at_once(lambda: previewed(say.content("9"), version.claim, 1))

    by = make.somebody(Role.CONTRIBUTOR)
    revise(claim=version.claim, content=say.content("9"), evidence=[], by=by, at=make.TODAY, seen=1)
    assert [kind for kind, _strength, _versions in found] == ["value"]


@pytest.mark.usefixtures("cloned_database")
def test_a_lost_connection_is_an_error() -> None:
    say.world()

    def ask_after_the_connection_is_lost() -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        assert connection.connection is not None
        connection.connection.close()
        try:
            return previewed(say.content("9"))
        except OperationalError:
            return "lost"

    assert at_once(ask_after_the_connection_is_lost) == ["lost"]


@pytest.mark.django_db
def test_a_draft_that_nothing_supports_is_previewed_in_no_conflict() -> None:
    say.world()
    say.says("20")
    by = make.somebody(Role.CONTRIBUTOR)

    def found(*stances: str) -> int:
        preview = preview_submission(
            content=say.content("50"), by=by, at=make.TODAY, stances=stances
        )
        return len(preview.found)

    assert found("refutes") == found("context", "refutes") == 0
    assert found() == found("supports") == found("supports", "refutes") == 1


@pytest.mark.django_db
def test_texts_and_touching_periods_are_previewed_as_they_are_found() -> None:
    say.world()
    make.value_property("text", "said")
    say.says("Closed", property="said", period="until March 2025")

    for value, period in (("closed.", "2025-01"), ("open", "since March 2025")):
        assert previewed(say.content(value, property="said", period=period)) == set()
    ((kind, strength, _versions),) = previewed(say.content("open", property="said", period="2025"))

    assert (kind, strength) == ("value", "tension")
