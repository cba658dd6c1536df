"""Searches for what is said to be absent: what they find, when they run, and what follows."""

from datetime import timedelta
from typing import Any

import pytest

from claims.actions.absence.dismissals import dismiss_hit
from claims.actions.absence.runs import run_absence
from claims.actions.claims.entry import revise, submit, withdraw
from claims.actions.claims.publication import retract
from claims.actions.conflicts import detection
from claims.actions.conflicts.decisions import decide_conflict
from claims.actions.conflicts.record_check import record_problems
from claims.domain.absence.absence_search import TermLocation
from claims.models import AbsenceRun, Conflict, PublicConflict, Version
from claims.vocabulary import ConflictStatus
from sources.actions.captures.capture import capture
from sources.actions.permission import NotPermitted
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.domain.refusals import Refusal
from sources.models import Series, Source
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims import absences
from tests.claims import worlds as say
from tests.claims.absences import PAPERS, absent, content, dismissed, last, now_has, scope_of
from tests.factories import TODAY
from tests.worker import work

pytestmark = pytest.mark.django_db

LATER = TODAY + timedelta(days=1)


@pytest.fixture
def papers() -> Series:
    return absences.papers()


def says(version: Version) -> tuple[str, int, int]:
    run = last(version)
    return run.outcome, run.searched, run.documents


def words_found(version: Version) -> list[tuple[str, str]]:
    """The words of each hit, with the key of their document."""
    return [
        (finding.source.key, finding.layer.text[place["start"] : place["end"]])  # type: ignore[union-attr] # places are in a text
        for finding in last(version).findings.order_by("source").select_related("layer", "source")
        for place in finding.places
    ]


def test_what_no_document_has_holds(papers: Series) -> None:
    version = absent("whale")

    assert says(version) == ("holds", 3, 3)
    assert say.live() == []


def test_what_a_document_has_is_contradicted_at_its_place(papers: Series) -> None:
    version = absent("Taiwan", "Power of Siberia-2")

    assert says(version) == ("contradicted", 3, 3)
    assert words_found(version) == [("js-2023", "Power of Siberia - 2")]
    (place,) = last(version).findings.get(source__key="js-2023").places
    assert place["term"] == 1
    conflict = say.only()
    assert (conflict.kind, conflict.strength) == ("absence", "contradiction")
    assert say.parties(conflict) == {version.claim_id}
    flag = version.claim.flags.get()
    assert (flag.kind, flag.source) == ("absence-hit", Source.objects.get(key="js-2023"))


def test_a_document_without_text_is_counted_as_not_searched(papers: Series) -> None:
    make.source(key="js-2025")
    version = absent("whale", sources=("js-2022", "js-2023", "js-2025"))

    assert says(version) == ("partly", 2, 3)


def test_what_rests_on_nothing_searched_does_not_hold(papers: Series) -> None:
    make.source(key="js-2025")

    assert says(absent("whale", sources=("js-2025",))) == ("unsearched", 0, 1)


def test_a_prefix_finds_words_that_go_on(papers: Series) -> None:
    assert says(absent("pipeline"))[0] == "unanswered"
    assert words_found(absent("pipeline", matching="prefix")) == [("js-2023", "pipelines")]


def test_what_comes_close_is_listed_and_is_no_hit(papers: Series) -> None:
    version = absent("pipeline")

    (near,) = last(version).findings.get(source__key="js-2023").near_misses
    assert PAPERS["js-2023"][near["start"] : near["end"]] == "pipelines"
    assert near["why"] == "inflected"


def test_any_of_the_texts_of_a_document_contradicts(papers: Series) -> None:
    source = Source.objects.get(key="js-2024")
    version = absent("whale")
    capture(source=source, data=b"A whale.", file_name="b.txt", by=make.person(), at=LATER)
    work()

    assert says(version) == ("contradicted", 3, 3)
    assert last(version).findings.filter(source=source).count() == 2


@pytest.mark.parametrize(
    ("term", "code"), [("*", "bare_star"), ("Арктика NEAR/900 Россия", "distance"), ("-", "empty")]
)
def test_a_term_that_cannot_be_searched_is_refused(papers: Series, term: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        make.submitted(content(term), evidence=[])
    assert refused.value.code.startswith(code)


def test_a_document_that_joins_the_series_is_searched(papers: Series) -> None:
    version = absent("whale")
    joins = make.source("Here is a whale.", key="js-2025")
    sources = [*papers.sources.order_by("memberships__position"), joins]
    now_has(papers, sources)

    assert says(version) == ("holds", 3, 3)
    work()

    assert says(version) == ("contradicted", 4, 4)
    now_has(papers, sources[:-1])
    work()
    assert says(version) == ("holds", 3, 3)
    assert say.live() == []


def test_changed_terms_are_searched_for(papers: Series) -> None:
    version = absent("whale")
    changed = revise(
        claim=version.claim,
        content=content("roads"),
        evidence=[],
        by=make.person(),
        at=LATER,
        seen=1,
        submit_it=True,
    )
    work()

    assert says(changed)[0] == "contradicted"
    assert say.only().kind == "absence"


def test_a_search_that_finds_the_same_leaves_no_row(papers: Series) -> None:
    version = absent("Siberia")
    run = run_absence(scope=scope_of(version), at=LATER)

    assert run == last(version)
    assert (run.run_at, AbsenceRun.objects.count()) == (last(version).run_at, 1)


def test_a_draft_is_searched_and_in_no_conflict_until_it_is_submitted(papers: Series) -> None:
    version = absent("Siberia", submit_it=False)
    assert says(version)[0] == "contradicted"
    assert say.live() == []

    submit(version=version, by=make.person(), at=LATER)

    assert say.only().kind == "absence"
    withdraw(version=version, by=version.author, at=LATER)
    assert say.live() == []


def test_a_retracted_claim_is_not_searched_again(papers: Series) -> None:
    version = absent("whale")
    retract(claim=version.claim, reason="Wrong.", by=make.person(Role.EDITOR), at=LATER)
    now_has(papers, [])
    work()

    assert says(version) == ("holds", 3, 3)


def test_a_dismissed_hit_stands_no_more(papers: Series) -> None:
    version = absent("Siberia")
    by = make.person(Role.REVIEWER)

    dismissal = dismissed(version, by=by)

    assert says(version) == ("holds", 3, 3)
    finding = last(version).findings.get(source__key="js-2023")
    assert (finding.outcome, finding.hits, finding.dismissed) == ("absent", 0, 1)
    assert finding.places[0]["dismissal"] == dismissal.pk
    assert Conflict.objects.get().status == "lapsed"
    flag = version.claim.flags.get()
    assert (flag.closed_by, flag.closed_at) == (by, TODAY)
    run_absence(scope=scope_of(version), at=LATER)
    assert says(version) == ("holds", 3, 3)


def test_words_that_were_withheld_leave_nothing_said_to_hold(papers: Series) -> None:
    source = Source.objects.get(key="js-2023")
    words = PAPERS["js-2023"]
    quote = make.excerpt(words, of=source)
    version = absent("Siberia")
    (asked,) = ask_to_withhold(
        targets=[quote], reason="Why.", by=make.person(Role.ADMINISTRATOR), at=TODAY
    )
    carry_out(request=asked, by=make.person(Role.EDITOR), at=TODAY)
    work()

    assert says(version) == ("partly", 2, 3)


def test_a_dismissal_closes_no_flag_of_a_hit_that_stands_in_another_version(
    papers: Series,
) -> None:
    published = make.approved(absent("Siberia", sources=("js-2023",)))
    following = revise(
        claim=published.claim,
        content=content("energy", sources=("js-2024",)),
        evidence=[],
        by=make.person(),
        at=LATER,
        seen=1,
        submit_it=True,
    )
    work()
    open_flags = published.claim.flags.filter(closed_at=None)
    assert open_flags.count() == 2

    dismissed(following)

    assert [*open_flags.values_list("source__key", flat=True)] == ["js-2023"]


def test_a_dismissal_does_not_hold_in_a_new_text(papers: Series) -> None:
    version = absent("Siberia")
    dismissed(version)
    text = PAPERS["js-2023"] + " And more."
    source = Source.objects.get(key="js-2023")
    capture(source=source, data=text.encode(), file_name="b.txt", by=make.person(), at=LATER)
    work()

    assert says(version)[0] == "contradicted"
    assert version.claim.flags.filter(closed_at=None).count() == 1


def test_a_dismissal_holds_for_the_same_term_in_the_next_version(papers: Series) -> None:
    version = absent("Siberia")
    dismissed(version)
    by = make.person()
    for number, terms in enumerate((("whale", "Siberia"), ("Power of Siberia",)), start=1):
        version = revise(
            claim=version.claim, content=content(*terms), evidence=[], by=by, at=LATER, seen=number
        )
        work()
        assert says(version)[0] == ("holds" if number == 1 else "contradicted")


def test_a_hit_is_dismissed_once_and_only_where_there_is_one(papers: Series) -> None:
    version = absent("Siberia")
    finding = last(version).findings.get(source__key="js-2023")
    place = TermLocation(**finding.places[0])
    given: dict[str, Any] = {
        "scope": scope_of(version),
        "layer": finding.layer_id,
        "by": make.person(Role.EDITOR),
    }
    with pytest.raises(Refusal, match="no hit at that place"):
        dismiss_hit(**given, place=TermLocation(0, 3, 0), reason="So.", at=LATER)
    with pytest.raises(Refusal, match="reason"):
        dismiss_hit(**given, place=place, reason=" ", at=LATER)
    with pytest.raises(NotPermitted):
        dismiss_hit(**{**given, "by": make.person()}, place=place, reason="So.", at=LATER)
    dismiss_hit(**given, place=place, reason="So.", at=LATER)

    with pytest.raises(Refusal, match="dismissed this hit already"):
        dismiss_hit(**given, place=place, reason="So.", at=LATER)


def test_another_document_with_a_hit_opens_a_decided_conflict_again(papers: Series) -> None:
    version = make.submitted(content("Siberia"), evidence=[])
    run_absence(scope=scope_of(version), at=TODAY)
    make.approved(version)
    decide_conflict(
        conflict=say.only(),
        status=ConflictStatus.CONFIRMED,
        note="",
        by=make.person(Role.EDITOR),
        at=LATER,
        seen_versions=[version.pk],
        seen_decision=None,
    )
    later = LATER + timedelta(days=1)
    run_absence(scope=scope_of(version), at=later)
    assert {say.only().status, PublicConflict.objects.get().status} == {"confirmed"}
    joins = make.source("Siberia is cold.", key="js-2025")
    now_has(papers, [*papers.sources.all(), joins])
    run_absence(scope=scope_of(version), at=later)

    assert {say.only().status, PublicConflict.objects.get().status} == {"open"}
    assert record_problems(at=later) == []


def test_readers_see_the_conflict_of_a_published_absence_alone(papers: Series) -> None:
    version = absent("Siberia")
    assert not PublicConflict.objects.exists()

    make.approved(version)

    shown = PublicConflict.objects.get()
    assert (shown.kind, shown.status, shown.number) == ("absence", "open", say.only().pk)
    dismissed(version)
    shown.refresh_from_db()
    assert shown.status == "lapsed"


def test_a_flag_names_a_confidential_source_by_what_stands_for_it(papers: Series) -> None:
    hidden = make.source(
        "Siberia.", key="hidden", access=Access.NAMED, public_descriptor="A paper of a ministry"
    )
    version = absent("Siberia", sources=(hidden.key,))

    assert version.claim.flags.get().cause.endswith("was found in A paper of a ministry")


def test_detecting_all_anew_finds_what_is_on_record(papers: Series) -> None:
    absent("Siberia")
    make.approved(absent("roads"))
    absent("whale")

    assert record_problems(at=LATER) == []
    assert not detection.detect_all(at=LATER)
    assert {conflict.kind for conflict in say.live()} == {"absence"}
