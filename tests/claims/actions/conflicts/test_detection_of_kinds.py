"""Kind and strength of conflicts; members by presence, entities and properties."""

import pytest

from claims.actions.catalogue import revise_entity, revise_property
from claims.actions.claims.entry import Tie, revise, withdraw
from claims.actions.conflicts.decisions import decide_conflict
from claims.actions.conflicts.record_check import record_problems
from claims.actions.verification import check_counted
from claims.models import Conflict, Entity, Property
from claims.vocabulary import ConflictStatus
from sources.actions.sources import add_series
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    say.world()


def test_one_pair_on_opposite_sides_of_zero_makes_it_a_direction() -> None:
    say.says("100")
    say.says("75")
    falling = say.says("-5")
    assert say.only().kind == "direction"

    withdraw(version=falling, by=falling.author, at=TODAY)

    assert say.only().kind == "value"


def test_what_somebody_is_said_to_assert_is_a_tension() -> None:
    say.says("100")
    say.says("75", asserted_by=("thing",))
    assert say.only().strength == "tension"

    say.says("75")

    assert say.only().strength == "contradiction"


def test_all_quotes_from_one_source_are_noted() -> None:
    paper = make.source("It says 100 here and 75 there.")
    say.says("100", evidence=[Tie(make.excerpt("100 here", of=paper))])
    say.says("75", evidence=[Tie(make.excerpt("75 there", of=paper))])
    assert say.only().same_source

    say.says("75")

    assert not say.only().same_source


def test_supporting_and_refuting_evidence_are_a_conflict_of_one_claim() -> None:
    quotes = [Tie(make.excerpt()), Tie(make.excerpt(), stance="refutes")]
    version = make.submitted(evidence=quotes)

    conflict = say.only()

    assert (conflict.kind, conflict.strength) == ("stance", "contradiction")
    assert say.parties(conflict) == {version.claim_id}
    withdraw(version=version, by=version.author, at=TODAY)
    assert say.live() == []


@pytest.mark.parametrize(
    ("one", "other", "strength"),
    [
        ("about 1 million", "100", "tension"),
        ("~75", "100", "tension"),
        ("1 trillion", "600 billion", "contradiction"),
        ("about 1000", "1100", None),
        ("about 1500", "1450", None),
    ],
)
def test_what_is_approximate_is_no_more_than_a_tension(
    one: str, other: str, strength: str | None
) -> None:
    say.says(one)
    say.says(other)

    assert Conflict.objects.values_list("strength", flat=True).first() == strength


def test_a_number_said_to_be_approximate_beside_it_is_soft_too() -> None:
    say.says("100")
    say.says("75", approximate=True)

    assert say.only().strength == "tension"


def test_texts_differ_when_they_differ_after_folding_and_are_a_tension_then() -> None:
    make.value_property("text", "said")
    for words in ("Closed", "closed.", "ｃｌｏｓｅｄ"):
        say.says(words, property="said")
    assert say.live() == []

    open_ = say.says("open", property="said")

    assert (say.only().kind, say.only().strength) == ("value", "tension")
    assert len(say.parties(say.only())) == 4
    assert open_.claim_id in say.parties(say.only())


def test_another_spelling_of_a_text_is_no_new_position() -> None:
    make.value_property("text", "said")
    say.says("Closed", property="said")
    say.says("Open", property="said")
    decide_conflict(
        conflict=say.only(),
        status=ConflictStatus.IRREDUCIBLE,
        note="The two do not agree.",
        by=make.somebody(Role.EDITOR),
        at=TODAY,
        seen_versions=[pk for one in say.only().members.all() for pk in one.versions],
        seen_decision=None,
    )

    say.says("open.", property="said")
    assert say.only().status == "irreducible"

    say.says("half open", property="said")
    assert say.only().status == "open"


def test_a_claim_that_its_only_source_refutes_is_held_against_no_other() -> None:
    paper = make.source("Not 50, as was said: it is 20.")
    quote = make.excerpt("Not 50, as was said: it is 20", of=paper)
    refuted = say.says("50", evidence=[Tie(quote, stance="refutes")])
    say.publishes("20", evidence=[Tie(quote)])
    say.says("70", evidence=[Tie(make.excerpt(), stance="context")])

    assert say.live() == []
    assert say.seen() == []
    assert record_problems(at=TODAY) == []

    supported = say.publishes("50")

    assert say.claims_of(refuted, supported) & say.parties(say.only()) == say.claims_of(supported)
    assert not say.only().same_source
    assert check_counted().problems == []


def test_evidence_on_both_sides_counts_as_support() -> None:
    paper = make.source("Some say 50. It is 20.")
    quotes = [
        Tie(make.excerpt("Some say 50", of=paper)),
        Tie(make.excerpt("It is 20", of=paper), stance="refutes"),
    ]
    divided = say.says("50", evidence=quotes)
    say.says("20")

    assert sorted(one.kind for one in say.live()) == ["stance", "value"]
    assert all(divided.claim_id in say.parties(one) for one in say.live())


def test_a_claim_without_evidence_is_still_compared() -> None:
    say.says("50", evidence=[])
    say.says("20")

    assert say.only().kind == "value"


def test_support_takes_a_claim_into_a_conflict_and_its_loss_out_of_it() -> None:
    say.says("20")
    refuted = say.says("50", evidence=[Tie(make.excerpt(), stance="refutes")])
    assert say.live() == []

    supported = revise(
        claim=refuted.claim,
        content=say.content("50"),
        evidence=[Tie(make.excerpt())],
        by=make.somebody(Role.CONTRIBUTOR),
        at=TODAY,
        seen=1,
        submit_it=True,
    )
    assert refuted.claim_id in say.parties(say.only())

    revise(
        claim=refuted.claim,
        content=say.content("50"),
        evidence=[Tie(make.excerpt(), stance="context")],
        by=make.somebody(Role.CONTRIBUTOR),
        at=TODAY,
        seen=supported.number,
        submit_it=True,
    )
    assert say.live() == []


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("until March 2025", "since March 2025", False),
        ("until 2025", "since 2025", False),
        ("until 2025", "since March 2025", False),
        ("until March 2025", "since February 2025", True),
        ("until 15 March 2025", "since 2025-03-15", True),
        ("until March 2025", "March 2025", True),
    ],
)
def test_periods_that_merely_touch_in_a_month_or_year_are_no_conflict(
    one: str, other: str, found: bool
) -> None:
    say.publishes("100", period=one)
    say.publishes("75", period=other)

    assert bool(say.live()) is bool(say.seen()) is found
    assert record_problems(at=TODAY) == []


def test_of_many_who_touch_those_alone_are_party_who_overlap() -> None:
    before = [say.says(value, period="until March 2025") for value in ("100", "100", "100")]
    after = [say.says(value, period="since March 2025") for value in ("75", "75", "75")]
    assert say.live() == []

    between = say.says("1", period="2025-02/2025-04")

    assert say.parties(say.only()) == say.claims_of(*before, *after, between)


@pytest.fixture
def papers() -> None:

    sources = [make.source(key=f"paper-{number}") for number in (1, 2)]
    for source in sources:
        make.entity(source.key, kind="document", source=source)
    series = add_series(
        key="papers",
        title="Papers",
        sources=sources,
        by=make.somebody(Role.CONTRIBUTOR),
        at=TODAY,
    )
    make.entity("papers", kind="series", series=series)
    make.value_property("presence", "mentions")


@pytest.mark.usefixtures("papers")
def test_a_series_and_its_documents_are_one_question() -> None:
    absent = say.says("absent", subject="papers", property="mentions")
    present = [say.says("present", subject=f"paper-{n}", property="mentions") for n in (1, 2)]
    conflict = say.only()
    assert conflict.kind == "presence"
    assert say.parties(conflict) == say.claims_of(absent, *present)

    withdraw(version=absent, by=absent.author, at=TODAY)

    assert say.live() == []


@pytest.mark.usefixtures("papers")
def test_two_documents_do_not_disagree_with_each_other() -> None:
    say.says("absent", subject="paper-1", property="mentions")
    say.says("present", subject="paper-2", property="mentions")

    assert say.live() == []


def test_claims_about_an_entity_and_the_one_it_was_merged_into_meet() -> None:
    twin = make.entity("twin")
    one, other = say.says("100"), say.says("75", subject="twin")
    assert say.live() == []

    revise_entity(
        entity=twin,
        merged_into=Entity.objects.get(key="thing"),
        by=make.somebody(Role.EDITOR),
        at=TODAY,
    )

    assert say.parties(say.only()) == say.claims_of(one, other)


def test_a_conflict_stays_on_record_when_its_subject_is_merged() -> None:
    survivor = make.entity("survivor")
    say.says("100")
    say.says("75")
    record = say.only()

    revise_entity(
        entity=Entity.objects.get(key="thing"),
        merged_into=survivor,
        by=make.somebody(Role.EDITOR),
        at=TODAY,
    )

    assert say.only() == record
    assert record_problems(at=TODAY) == []


def test_a_property_with_several_values_has_no_conflicts() -> None:
    say.says("100")
    say.says("75")
    record = say.only()
    prop = Property.objects.get(key="share")

    revise_property(property=prop, single_valued=False, by=make.somebody(Role.EDITOR), at=TODAY)
    assert say.live() == []
    revise_property(property=prop, single_valued=True, by=make.somebody(Role.EDITOR), at=TODAY)

    assert say.live() == [record]


def test_values_on_two_bases_do_not_disagree() -> None:
    say.says("100", basis="nominal")
    say.says("75", basis="real")
    say.says("50")

    assert say.live() == []


def test_another_basis_takes_a_claim_out_of_its_conflict() -> None:
    one, other = say.says("100"), say.says("75")
    record = say.only()

    say.now_says(other, "75", basis="real")
    assert say.live() == []
    say.now_says(one, "100", basis="real")

    assert say.only() != record  # it is another question
    assert say.parties(say.only()) == say.claims_of(one, other)
    assert record_problems(at=TODAY) == []


def test_two_spellings_of_a_listed_basis_are_one_question() -> None:
    prop = Property.objects.get(key="share")
    revise_property(
        property=prop, bases=["nominal", "real"], by=make.somebody(Role.EDITOR), at=TODAY
    )
    one, other = say.says("100", basis="Real"), say.says("75", basis=" real ")

    assert (one.basis, other.basis) == ("real", "real")
    assert say.parties(say.only()) == say.claims_of(one, other)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (("100", "2024"), ("45", "2024-01/2024-06"), None),
        (("11", "2013/2025-05"), ("12", "2013/2026"), None),
        (("20..25", "2024"), ("25..30", "2024"), None),
        (("-9", "2025-01/2025-06"), (">0", "2025"), ("direction", "tension")),
        (("100", "2024"), ("45", "2024"), ("value", "contradiction")),
    ],
)
def test_totals_and_changes_are_compared_over_equal_periods(
    one: tuple[str, str], other: tuple[str, str], found: tuple[str, str] | None
) -> None:
    make.number_property("total", unit="", time="over")

    for value, period in (one, other):
        say.says(value, property="total", subject="thing", period=period)

    assert Conflict.objects.values_list("kind", "strength").first() == found


def test_a_majority_decides_nothing() -> None:
    for _copy in range(5):
        say.says("100", property="share")
    alone = say.says("75", property="share")

    conflict = say.only()

    assert conflict.status == "open"
    assert alone.claim_id in say.parties(conflict)
    assert len(say.parties(conflict)) == 6
