"""The SQL of detection held against the rule: over pairs of small random worlds, and by name."""

import itertools
import random
import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.range import Range as PgRange

from claims.actions.catalogue import revise_entity
from claims.actions.claims.content_rows import read_content
from claims.actions.claims.entry import Tie, propose, revise, submit
from claims.domain.conflicts.detection_key import detection_key
from claims.domain.conflicts.disagreement import Compared, EntityPath, disagree
from claims.domain.conflicts.grouping import Edge, EdgeEnd, FoundSet, join
from claims.domain.conflicts.pairs import find_edges
from claims.domain.conflicts.period_ends import period_ends
from claims.domain.content import Content
from claims.domain.values.whole_dates import whole_dates
from claims.models import Asserter, Claim, Conflict, Entity, Review, Version
from claims.querysets.compared import update_comparison_columns
from claims.querysets.disagreements import candidate_keys, compared_rows, neighbouring_keys
from claims.vocabulary import Decision, Mode, PropertyTime, ValueKind
from sources.actions.sources import add_series
from sources.domain.ranges import Range
from sources.vocabulary import Role
from tests import factories as make
from tests.factories import TODAY

pytestmark = pytest.mark.django_db

# Few values, periods and claims, so that much of what is drawn meets.
VALUES = {
    "share": ["100", "75", "-9", ">0", "<=75", "75..100", "0..0", "~75", "-8.5..75"],
    "change": ["9", "-9", ">0", "-5..5", "9.1", "<0"],
    "meetings": ["11", "12", "~30", ">20"],
    "date": ["2025-05-07", "2025-05-08", "2025-05", "2025-05-07?", "../2025-05-07"],
    "visit": ["2025-05-07/2025-05-10", "7–9 May 2025", "May 2025", "since 7 May 2025", "2025"],
    "true": ["true", "false"],
    "said": ["blue", "Blue.", "green", "red"],
    "seat": ["france", "paris", "lyon", "berlin", "lutetia"],
    "mentions": ["present", "absent"],
    "many": ["1", "2"],
}
PERIODS = [
    "",
    "2024",
    "2024-03",
    "2024/2025",
    "2025",
    "2024?",
    "2022/..",
    "../2024-03",
    "2024-03/..",
]
SUBJECTS = ["thing", "old-thing"]
MODES = [[Mode.STATED], [Mode.STATED, Mode.ESTIMATED], [Mode.STATED, Mode.EXPECTED]]
DOCUMENTS = ["first", "second", "third", "yearly", "other-series"]


@dataclass(frozen=True)
class Said:
    """The first content of a claim, and another one in a version that waits."""

    content: Content
    next: Content | None
    is_published: bool


@st.composite
def contents(draw: Any, prop: str, periods: list[str], modes: list[Mode]) -> Content:
    mode = draw(st.sampled_from(modes))
    return Content(
        statement="So it is said.",
        subject=draw(st.sampled_from(DOCUMENTS if prop == "mentions" else SUBJECTS)),
        property=prop,
        value=draw(st.sampled_from(VALUES[prop])),
        period=draw(st.sampled_from(periods)),
        mode=mode,
        asserted_by=("thing",) if mode.needs_asserter or draw(st.integers(0, 5)) == 5 else (),
    )


@st.composite
def worlds(draw: Any) -> list[Said]:
    """One property and few periods each, so that most claims meet."""
    prop = draw(st.sampled_from(sorted(VALUES)))
    periods = draw(st.lists(st.sampled_from(PERIODS), min_size=1, max_size=3))
    modes = draw(st.sampled_from(MODES))
    said = contents(prop, periods, modes)
    return [
        Said(draw(said), draw(said) if draw(st.integers(0, 2)) == 2 else None, draw(st.booleans()))
        for _ in range(draw(st.integers(3, 7)))
    ]


@pytest.fixture
def stage() -> Tie:
    """Entities and properties of all kinds; the evidence that everything rests on."""
    by = make.somebody(Role.CONTRIBUTOR)
    thing = make.entity("thing")
    revise_entity(entity=make.entity("old-thing"), merged_into=thing, by=by, at=TODAY)
    france = make.entity("france", kind="country")
    make.entity("berlin", kind="place")
    paris = make.entity("paris", kind="place", part_of=france)
    make.entity("lyon", kind="place", part_of=france)
    revise_entity(entity=make.entity("lutetia", kind="place"), merged_into=paris, by=by, at=TODAY)
    papers = [make.source(key=f"paper-{number}") for number in range(3)]
    for key, paper in zip(DOCUMENTS, papers, strict=False):
        make.entity(key, kind="document", source=paper)
    yearly = add_series(key="yearly", title="Yearly", sources=papers[:2], by=by, at=TODAY)
    other = add_series(key="other", title="Other", sources=papers[1:], by=by, at=TODAY)
    make.entity("yearly", kind="series", series=yearly)
    make.entity("other-series", kind="series", series=other)
    make.number_property("share")
    make.number_property("change", time="over")
    make.number_property("many", single_valued=False)
    make.value_property("count", "meetings", time="over")
    for kind, key in (
        ("date", "date"),
        ("truth", "true"),
        ("text", "said"),
        ("entity", "seat"),
        ("presence", "mentions"),
    ):
        make.value_property(kind, key)
    make.value_property("date", "visit", date_extent="whole")
    return Tie(make.excerpt())


@contextmanager
def undone() -> Iterator[None]:
    """Roll back all changes made in the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def enter(said: Said, tie: Tie) -> None:
    by = make.somebody(Role.CONTRIBUTOR)
    first = propose(content=said.content, evidence=[tie], by=by, at=TODAY, submit_it=True)
    if said.is_published:
        make.approved(first)
    if said.next is not None and said.next != said.content:
        second = revise(
            claim=first.claim, content=said.next, evidence=[tie], by=by, at=TODAY, seen=1
        )
        submit(version=second, by=by, at=TODAY)


def by_rule(versions: Iterable[Version], *, public: bool = False) -> list[FoundSet]:
    """The sets by the rule, over all pairs of these versions."""
    seen = [compared(version) for version in versions]
    edges = []
    for one, other in itertools.combinations(seen, 2):
        what = disagree(one, other)
        if what is not None:
            edges.append(Edge(side(one), side(other), what, TODAY if public else None))
    return join(edges)


def side(version: Compared) -> EdgeEnd:
    return EdgeEnd((version.claim, version.key), version.version)


def compared(version: Version) -> Compared:
    """A version as the rule sees it, read row by row."""
    prop, subject = version.property, surviving(version.subject)
    assert prop is not None
    kind = ValueKind(prop.value_kind)
    aspect = version.aspect.key if version.aspect else None
    value: Any = version.truth if version.value_text is None else version.value_text
    if version.amount is not None or version.dates is not None:
        value = days(version.amount or version.dates)
    if prop.date_extent == "whole":
        value = whole_dates(version.value)
    if version.value_entity is not None:
        value = place(version.value_entity)
    neighbouring_keys = linked(subject) if kind == ValueKind.PRESENCE else []
    return Compared(
        claim=version.claim_id,
        version=version.pk,
        key=detection_key(subject.key, prop.key, aspect, version.basis),
        kind=kind,
        time=PropertyTime(prop.time),
        value=value,
        single_valued=prop.single_valued,
        is_prospective=Mode(version.mode).is_prospective,
        is_soft=version.asserters.exists()
        or version.mode in ("estimated", "assessed")
        or "?" in version.period
        or "?" in version.value
        or "~" in version.value,
        period=days(version.period_days),
        ends=period_ends(version.period),
        linked=frozenset(
            detection_key(entity.key, prop.key, aspect, version.basis)
            for entity in neighbouring_keys
        ),
    )


def days(given: Any) -> Any:
    if given is None:
        return None
    return Range(given.lower, given.upper, given.lower_inc, given.upper_inc)


def surviving(entity: Entity | None) -> Entity:
    assert entity is not None
    return surviving(entity.merged_into) if entity.merged_into else entity


def place(entity: Entity) -> EntityPath:
    entity = surviving(entity)
    above = [entity.key]
    up = entity.part_of
    while up is not None:
        up = surviving(up)
        above.append(up.key)
        up = up.part_of
    return EntityPath(tuple(reversed(above)))


def linked(entity: Entity) -> list[Entity]:
    if entity.source:
        return list(Entity.objects.filter(series__members__source=entity.source))
    if entity.series:
        return list(Entity.objects.filter(source__memberships__series=entity.series))
    return []


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(worlds())
def test_the_sql_finds_the_sets_of_the_rule(stage: Tie, world: list[Said]) -> None:
    with undone():
        for said in world:
            enter(said, stage)

        rows = Version.objects.filter(is_compared=True)
        expected = by_rule(rows)
        assert found() == expected
        shown = found(public=True)
        assert shown == by_rule(rows.published(TODAY), public=True)
        assert on_record() == sorted(
            (one.kind, one.strength, sorted(one.members), sorted(one.versions)) for one in expected
        )


def found(keys: Collection[str] | None = None, *, public: bool = False) -> list[FoundSet]:
    """The sets that detection finds under these keys, or under all."""
    read = compared_rows(candidate_keys() if keys is None else keys, at=TODAY)
    return join(find_edges(read, public=public))


def on_record() -> list[tuple[Any, ...]]:
    """The live records, kept one claim at a time."""
    live = []
    for conflict in Conflict.objects.live():
        members = list(conflict.members.filter(left_at__isnull=True))
        live.append(
            (
                conflict.kind,
                conflict.strength,
                sorted((member.claim_id, member.answers or "") for member in members),
                sorted(version for member in members for version in member.versions),
            )
        )
    return sorted(live)


def test_the_sql_finds_the_sets_of_the_rule_in_many_dense_worlds(stage: Tie) -> None:
    """Written as rows, since it takes hundreds of worlds to meet every way to hang together.

    Each world has a basis of its own, so that no two of them meet.
    """
    chance = random.Random(9)  # noqa: S311 - drawn, not secret
    write([version for basis in range(60) for version in dense_world(chance, str(basis))])

    for public in (False, True):
        rows = Version.objects.filter(is_compared=True)
        rows = rows.published(TODAY) if public else rows
        by_basis: dict[str, list[Version]] = {}
        for version in rows.select_related("property", "subject__source", "subject__series"):
            by_basis.setdefault(version.basis, []).append(version)
        expected = sorted(
            (one for group in by_basis.values() for one in by_rule(group, public=public)),
            key=lambda one: min(one.members),
        )
        assert found(public=public) == expected
        some = {v.detection_key or "" for v in rows if v.basis < "2"}
        assert found(some, public=public) == [
            one for one in expected if {key for _claim, key in one.members} <= some
        ]


def dense_world(chance: random.Random, basis: str) -> list[tuple[int, Version, bool]]:
    """Claims on one property, with few values and periods: number, version, whether it is soft."""
    prop = chance.choice(sorted(VALUES))
    values = chance.sample(VALUES[prop], min(len(VALUES[prop]), chance.randint(2, 6)))
    subjects = DOCUMENTS if prop == "mentions" else SUBJECTS
    subjects = chance.sample(subjects, chance.randint(2, len(subjects)))
    periods, modes = chance.sample(PERIODS, chance.randint(1, 3)), chance.choice(MODES)
    softness = chance.choice([0, 0.3, 0.8])
    versions = []
    for number in range(chance.choice([2, 4, 8, 16])):
        for turn in range(1, chance.choice([2, 2, 3])):
            mode = chance.choice(modes)
            content = Content(
                statement="So it is said.",
                subject=chance.choice(subjects),
                property=prop,
                basis=basis,
                value=chance.choice(values),
                period=chance.choice(periods),
                mode=mode,
                asserted_by=("thing",) if mode.needs_asserter else (),
            )
            version = Version(number=turn, **read_content(content).columns)
            soft = mode.needs_asserter or chance.random() < softness
            versions.append((number, version, soft))
    return versions


def write(drawn: list[tuple[int, Version, bool]]) -> None:
    """The claims with these versions: the first published where there is another, else by turns."""
    author, reviewer = make.somebody(Role.CONTRIBUTOR), make.somebody(Role.REVIEWER)
    claims: dict[tuple[str, int], Claim] = {}
    for number, version, _soft in drawn:
        version.claim = claims.setdefault(
            (version.basis, number), Claim(uuid=uuid.uuid4(), created_at=TODAY, created_by=author)
        )
        version.author, version.recorded_at, version.status = author, TODAY, "submitted"
        version.content_hash, version.hash_format, version.salt = "0", 1, "0"
    Claim.objects.bulk_create(claims.values())
    first = [(version, soft) for _number, version, soft in drawn if version.number == 1]
    second = [(version, soft) for _number, version, soft in drawn if version.number == 2]
    write_versions(first)
    followed = {version.claim.pk for version, _soft in second}
    shown = [v for turn, (v, _soft) in enumerate(first) if v.claim.pk in followed or turn % 2]
    Review.objects.bulk_create(
        Review(
            version=version,
            author=author,
            content_hash="0",
            reviewer=reviewer,
            decision=Decision.APPROVE,
            decided_at=TODAY,
        )
        for version in shown
    )
    Version.objects.filter(pk__in=[version.pk for version in shown]).update(
        status="approved", published=PgRange(TODAY, None, "[)")
    )
    write_versions(second)
    update_comparison_columns(None, at=TODAY)


def write_versions(versions: list[tuple[Version, bool]]) -> None:
    thing = Entity.objects.get(key="thing")
    Version.objects.bulk_create(version for version, _soft in versions)
    Asserter.objects.bulk_create(
        Asserter(version=version, position=0, entity=thing) for version, soft in versions if soft
    )


def test_the_sql_gives_the_keys_that_the_rule_gives(stage: Tie) -> None:
    topic = make.topic("Rail & Züge")
    for aspect in (None, topic.key):
        make.submitted(
            subject="old-thing", property="share", value="1", aspect=aspect, basis="übrig\nzwei"
        )

    keys = Version.objects.order_by("pk").values_list("detection_key", flat=True)

    assert list(keys) == [
        detection_key("thing", "share", aspect, "übrig zwei") for aspect in (None, topic.key)
    ]


def test_a_document_leads_to_its_series_and_a_series_to_its_documents(stage: Tie) -> None:
    keys = {}
    for name in DOCUMENTS:
        version = make.submitted(subject=name, property="mentions", value="present")
        version.refresh_from_db()
        keys[version.detection_key or ""] = name

    def names_beside(name: str) -> set[str]:
        (key,) = (key for key, subject in keys.items() if subject == name)
        return {keys[other] for other in neighbouring_keys([key])[key]}

    assert names_beside("first") == {"yearly"}
    assert names_beside("second") == {"yearly", "other-series"}
    assert names_beside("yearly") == {"first", "second"}


def test_a_question_of_one_key_costs_no_more_than_its_own_versions(stage: Tie) -> None:
    make.submitted(subject="thing", property="share", value="100")
    make.submitted(subject="thing", property="share", value="75")
    make.submitted(subject="thing", property="change", value="9")
    version = make.submitted(subject="thing", property="change", value="-9")
    version.refresh_from_db()

    (one,) = found([version.detection_key or ""])

    assert one.kind == "direction"
