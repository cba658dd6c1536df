"""What is foreseen of a claim is what detection finds once it is submitted, and nothing stays."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from claims.actions.catalogue import revise_entity
from claims.actions.claims.entry import Stale, propose, revise
from claims.actions.claims.preview import as_if_submitted
from claims.actions.claims.publication import retract
from claims.actions.claims.workflow import StepRefused
from claims.domain.content import Content
from claims.models import Claim, Conflict, ConflictMember, Entity, Version
from claims.vocabulary import Status
from sources.actions.sources import add_series
from sources.models import Excerpt
from sources.vocabulary import Role
from tests import factories as make
from tests.at_once import at_once
from tests.claims import worlds as say

# A conflict as far as it is foreseen: its kind, its strength and the versions in it of others.
Party = tuple[str, str, frozenset[int]]


def foreseen(content: Content, claim: Claim | None = None, seen: int = 0) -> set[Party]:
    by = make.somebody(Role.CONTRIBUTOR)
    with as_if_submitted(content=content, by=by, at=make.TODAY, claim=claim, seen=seen) as as_if:
        mine = as_if.version.claim_id
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
            for one in as_if.found
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
def test_a_new_claim_is_foreseen_as_it_is_found(
    happens: Callable[[], Any], fields: dict[str, Any]
) -> None:
    say.world()
    happens()
    content = say.content(**{"value": "9", **fields})
    before = rows()

    ahead = foreseen(content)

    assert rows() == before
    by = make.somebody(Role.CONTRIBUTOR)
    entered = propose(content=content, evidence=[], by=by, at=make.TODAY, submit_it=True)
    assert ahead == recorded(entered)


@pytest.mark.django_db
def test_looking_ahead_uses_up_no_number_that_people_see() -> None:
    say.world()
    say.says("100", period="2024")
    say.says("75", period="2024")
    first, last = say.only().pk, say.says("100")
    content = say.content("9")

    assert foreseen(content)

    entered = say.says("9")
    assert entered.claim_id == last.claim_id + 1
    assert [conflict.pk for conflict in say.live()] == [first, first + 1]


@pytest.mark.django_db
@pytest.mark.parametrize("subject", ["papers", "paper-1"])
def test_a_series_and_its_documents_are_foreseen_together(subject: str) -> None:
    paper = make.source(key="paper-1")
    make.entity("paper-1", kind="document", source=paper)
    by = make.somebody(Role.CONTRIBUTOR)
    series = add_series(key="papers", title="Papers", sources=[paper], by=by, at=make.TODAY)
    make.entity("papers", kind="series", series=series)
    make.value_property("presence", "mentions")
    other = {"papers": "paper-1", "paper-1": "papers"}[subject]
    said = say.says("absent", subject=other, property="mentions")

    ahead = foreseen(say.content("present", subject=subject, property="mentions"))

    assert ahead == {("presence", "contradiction", frozenset([said.pk]))}


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["9", "20", "75", "100"])
@pytest.mark.parametrize("is_published", [False, True])
def test_the_next_version_is_foreseen_beside_the_published_one(
    value: str, *, is_published: bool
) -> None:
    say.world()
    mine = (say.publishes if is_published else say.says)("20")
    say.says("75")
    before = rows()

    ahead = foreseen(say.content(value), mine.claim, mine.number)

    assert rows() == before
    mine.refresh_from_db()
    assert mine.status == (Status.APPROVED if is_published else Status.SUBMITTED)
    assert ahead == recorded(say.now_says(mine, value))


@pytest.mark.django_db
def test_what_cannot_be_entered_is_refused_as_it_would_be() -> None:
    say.world()
    version = say.publishes("20")

    with pytest.raises(Stale):
        foreseen(say.content("9"), version.claim, 0)
    retract(claim=version.claim, reason="Why.", by=make.person(Role.EDITOR), at=make.TODAY)
    with pytest.raises(StepRefused):
        foreseen(say.content("9"), version.claim, 1)
    assert not Excerpt.objects.filter(pk__lt=0).exists()


@pytest.mark.usefixtures("cloned_database")
def test_nobody_waits_long_for_a_claim_that_is_being_saved() -> None:
    say.world()
    version = say.says("20")

    def save_slowly_while_somebody_looks() -> Any:
        with transaction.atomic():
            Claim.objects.select_for_update().get(pk=version.claim_id)
            return at_once(lambda: _outcome(version))[0]

    assert save_slowly_while_somebody_looks() == "waited in vain"
    by = make.somebody(Role.CONTRIBUTOR)
    revise(claim=version.claim, content=say.content("9"), evidence=[], by=by, at=make.TODAY, seen=1)


def _outcome(version: Version) -> str:
    try:
        foreseen(say.content("9"), version.claim, 1)
    except OperationalError:
        return "waited in vain"
    return "foreseen"


@pytest.mark.usefixtures("cloned_database")
def test_who_looks_ahead_holds_up_nobody_who_enters_the_same_question() -> None:
    say.world()
    say.says("20")
    by = make.somebody(Role.CONTRIBUTOR)

    with as_if_submitted(content=say.content("9"), by=by, at=make.TODAY):
        (entered,) = at_once(lambda: say.says("75"))

    assert entered.status == Status.SUBMITTED
    assert len(say.live()) == 1
