"""Absences while several people, and the worker, are at them at the same moment."""

import pytest

from claims.actions.absence.dismissals import answer_near_miss, dismiss_hit
from claims.actions.absence.runs import run_absence
from claims.domain.absence.absence_search import TermLocation
from claims.models import AbsenceRun, Conflict, Dismissal
from factbase.models import User
from sources.vocabulary import Role
from tests import factories as make
from tests.at_once import at_once, refusals
from tests.claims.absences import absent, key_of, last, now_has, papers, scope_of
from tests.factories import TODAY
from tests.worker import work

pytestmark = pytest.mark.usefixtures("cloned_database")


def test_two_people_dismiss_a_hit_once() -> None:
    papers()
    version = absent("Siberia")
    scope, finding = scope_of(version), last(version).findings.get(source__key="js-2023")
    place = TermLocation(**finding.places[0])

    def dismiss(by: User) -> Dismissal:
        layer = finding.layer_id or 0
        return dismiss_hit(scope=scope, layer=layer, place=place, reason="A name.", by=by, at=TODAY)

    one, other = make.person(Role.REVIEWER), make.person(Role.REVIEWER)
    outcomes = at_once(lambda: dismiss(one), lambda: dismiss(other))

    (refusal,) = refusals(outcomes)
    assert "has dismissed this hit already" in refusal.message
    assert Dismissal.objects.count() == 1
    assert last(version).outcome == "holds"
    assert Conflict.objects.get().status == "lapsed"


def test_two_people_dismiss_a_hit_each() -> None:
    papers()
    version = absent("Siberia", "Arctic")
    scope = scope_of(version)
    hits = [
        (finding.layer_id or 0, TermLocation(**finding.places[0]))
        for finding in last(version).findings.filter(outcome="present")
    ]
    one, other = make.person(Role.REVIEWER), make.person(Role.REVIEWER)

    def dismiss(by: User, number: int) -> Dismissal:
        layer, place = hits[number]
        return dismiss_hit(scope=scope, layer=layer, place=place, reason="A name.", by=by, at=TODAY)

    outcomes = at_once(lambda: dismiss(one, 0), lambda: dismiss(other, 1))

    assert not refusals(outcomes)
    assert last(version).outcome == "holds"


def test_two_people_judge_the_same_words_once() -> None:
    papers()
    version = absent("pipeline")
    scope, word = scope_of(version), key_of(version, "pipelines")

    def answer(by: User) -> list[Dismissal]:
        return answer_near_miss(scope=scope, word=word, reason="Another.", by=by, at=TODAY)

    one, other = make.person(Role.REVIEWER), make.person(Role.REVIEWER)
    outcomes = at_once(lambda: answer(one), lambda: answer(other))

    (refusal,) = refusals(outcomes)
    assert "has judged these words to be something else already" in refusal.message
    assert Dismissal.objects.count() == 1
    assert last(version).outcome == "holds"


def test_words_of_a_text_that_comes_meanwhile_are_not_judged_with_the_others() -> None:
    series = papers()
    version = absent("pipeline")
    scope, word = scope_of(version), key_of(version, "pipelines")
    joins = make.source("New pipelines.", key="js-2025")
    sources = [*series.sources.order_by("memberships__position"), joins]
    by = make.person(Role.REVIEWER)

    at_once(
        lambda: now_has(series, sources),
        lambda: answer_near_miss(scope=scope, word=word, reason="Another.", by=by, at=TODAY),
    )
    work()

    run = last(version)
    assert (run.outcome, run.unanswered, run.answered) == ("unanswered", 1, 1)


def test_a_search_during_a_change_of_the_series_is_followed_by_another() -> None:
    series = papers()
    version = absent("whale")
    scope = scope_of(version)
    joins = make.source("A whale.", key="js-2025")
    sources = [*series.sources.order_by("memberships__position"), joins]

    at_once(
        lambda: now_has(series, sources),
        lambda: run_absence(scope=scope, at=TODAY),
        lambda: run_absence(scope=scope, at=TODAY),
    )
    work()

    run = last(version)
    assert (run.outcome, run.searched, run.documents) == ("contradicted", 4, 4)
    assert AbsenceRun.objects.count() == 2
    assert Conflict.objects.get().status == "open"
