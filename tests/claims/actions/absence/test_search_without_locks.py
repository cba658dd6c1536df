"""A search for an absence holds no lock, and what changes meanwhile is searched too."""

import pytest
from django.apps import apps
from django.db import OperationalError

from claims.actions.absence.dismissals import dismiss_hit
from claims.actions.absence.runs import run_absence, search_again
from claims.actions.claims.entry import revise
from claims.actions.conflicts.decisions import decide_conflict
from claims.domain.absence.absence_search import TermLocation
from claims.models import AbsenceRun, Conflict, Dismissal
from claims.vocabulary import ConflictStatus
from sources.actions.action import ReadOutdated
from sources.actions.captures.capture import capture
from sources.actions.quotes.excerpts import quote
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Source
from sources.vocabulary import Role
from tests import factories as make
from tests.claims import worlds as say
from tests.claims.absences import absent, content, dismissed, last, now_has, papers, scope_of
from tests.factories import TODAY
from tests.held_open import elsewhere, everybody_else_goes_on, held_open
from tests.worker import work

pytestmark = pytest.mark.usefixtures("cloned_database")

SEARCH = "claims.actions.absence.document_search:search_text"
STORE = "claims.actions.absence.runs:store_run"


def capture_more(key: str, text: str) -> None:
    source = Source.objects.get(key=key)
    capture(source=source, data=text.encode(), file_name="b.txt", by=make.person(), at=TODAY)


def test_nobody_waits_for_a_search() -> None:
    papers()
    version = absent("whale")

    with held_open(lambda: run_absence(scope=scope_of(version), at=TODAY), at=SEARCH):
        everybody_else_goes_on(
            lambda: make.approved(version),
            lambda: capture_more("js-2022", "Another text."),
            lambda: absent("walrus"),
        )

    assert last(version).outcome == "holds"


def test_a_text_that_comes_during_a_search_is_searched() -> None:
    papers()
    version = absent("whale")

    with held_open(lambda: run_absence(scope=scope_of(version), at=TODAY), at=SEARCH) as held:
        capture_more("js-2022", "Here is a whale.")

    assert held.result.outcome == "contradicted"
    assert Conflict.objects.get().status == "open"


def test_a_document_that_joins_during_a_search_is_searched() -> None:
    series = papers()
    version = absent("whale")
    sources = [*series.sources.order_by("memberships__position"), make.source("A whale.")]

    with held_open(lambda: run_absence(scope=scope_of(version), at=TODAY), at=SEARCH) as held:
        now_has(series, sources)

    assert (held.result.outcome, held.result.documents) == ("contradicted", 4)


def test_a_hit_that_is_dismissed_during_a_search_stays_dismissed() -> None:
    papers()
    version = absent("Siberia")

    with held_open(lambda: run_absence(scope=scope_of(version), at=TODAY), at=SEARCH):
        dismissed(version)

    assert last(version).outcome == "holds"
    assert Conflict.objects.get().status == "lapsed"


def test_a_hit_found_after_a_decision_opens_the_conflict_again() -> None:
    papers()
    version = absent("Siberia")
    capture_more("js-2022", "Siberia is cold.")
    conflict = say.only()

    with held_open(lambda: run_absence(scope=scope_of(version), at=TODAY, afresh=False), at=SEARCH):
        decide_conflict(
            conflict=conflict,
            status=ConflictStatus.CONFIRMED,
            note="",
            by=make.person(Role.EDITOR),
            at=say.later(),
            seen_versions=[version.pk],
            seen_decision=None,
        )

    assert say.only().status == "open"


def test_a_dismissal_searches_new_texts_without_a_lock() -> None:
    papers()
    version = absent("Siberia")
    capture_more("js-2022", "Siberia is cold.")
    finding = last(version).findings.get(source__key="js-2023")
    reviewer = make.person(Role.REVIEWER)

    def dismiss() -> None:
        dismiss_hit(
            scope=scope_of(version),
            layer=finding.layer_id or 0,
            place=TermLocation(**finding.places[0]),
            reason="A name.",
            by=reviewer,
            at=TODAY,
            now=say.later,
        )

    with held_open(dismiss, at=SEARCH):
        everybody_else_goes_on()

    run = last(version)
    assert (run.outcome, run.run_at) == ("contradicted", say.later())
    assert Dismissal.objects.get().dismissed_at == say.later()
    assert set(run.findings.filter(hits__gt=0).values_list("source__key", flat=True)) == {"js-2022"}


def test_a_version_that_is_replaced_during_a_search_is_compared_no_more() -> None:
    papers()
    version = make.approved(absent("whale"))
    capture_more("js-2022", "Here is a whale.")
    scope = scope_of(version)

    def search() -> AbsenceRun:
        return run_absence(scope=scope, at=TODAY, now=lambda: say.later(2))

    with held_open(search, at=SEARCH) as held:
        by = make.person()
        after = revise(
            claim=version.claim,
            content=content("walrus"),
            evidence=[],
            by=by,
            at=say.later(),
            seen=version.number,
            submit_it=True,
        )
        run_absence(scope=scope_of(after), at=say.later())
        make.approved(after, at=say.later())

    version.refresh_from_db()
    after.refresh_from_db()
    assert (version.is_compared, after.is_compared) == (False, True)
    assert held.result.run_at == say.later(2)


def test_words_that_are_withheld_while_a_run_is_stored_are_in_no_finding() -> None:
    papers()
    version = make.submitted(content("Arctic"), evidence=[])
    excerpt = quote(
        source=Source.objects.get(key="js-2022"),
        exact="They speak of the Arctic and of trade.",
        by=make.person(),
        at=TODAY,
    )
    administrator, editor = make.person(Role.ADMINISTRATOR), make.person(Role.EDITOR)
    (request,) = ask_to_withhold(targets=[excerpt], reason="A court.", by=administrator, at=TODAY)

    def withhold() -> None:
        carry_out(request=request, by=editor, at=TODAY)

    waits = pytest.raises(OperationalError, match="lock timeout")
    with held_open(lambda: run_absence(scope=scope_of(version), at=TODAY), at=STORE), waits:
        elsewhere(withhold)
    withhold()

    finding = last(version).findings.get(source__key="js-2022")
    assert (finding.hits, finding.places) == (1, [])


@pytest.fixture
def one_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    """A change during a search is a change during every attempt."""
    monkeypatch.setattr("sources.actions.action.MAX_ATTEMPTS", 1)


@pytest.mark.usefixtures("one_attempt")
def test_a_search_whose_documents_never_rest_is_refused() -> None:
    papers()
    version = make.submitted(content("whale"), evidence=[])

    refused = pytest.raises(ReadOutdated, match="change while they are searched")
    with refused, held_open(lambda: run_absence(scope=scope_of(version), at=TODAY), at=SEARCH):
        capture_more("js-2022", "Another text.")

    assert not AbsenceRun.objects.exists()


@pytest.mark.usefixtures("one_attempt")
def test_a_search_whose_documents_never_rest_is_left_to_the_queue() -> None:
    papers()
    version = make.submitted(content("whale"), evidence=[])
    by = make.person()

    def search() -> AbsenceRun | None:
        return search_again(scope=scope_of(version), by=by, at=TODAY)

    with held_open(search, at=SEARCH) as held:
        capture_more("js-2022", "Another text.")

    assert held.result is None
    assert not AbsenceRun.objects.exists()
    work()
    assert last(version).outcome == "holds"


def test_the_history_of_a_run_and_a_dismissal_names_what_was_done() -> None:
    papers()
    version = absent("Siberia")
    (run,) = AbsenceRun.objects.all()

    dismissed(version)

    flags = apps.get_model("claims", "FlagEvent").objects.order_by("pgh_id")
    assert [event.pgh_context["action"] for event in flags] == ["run_absence", "dismiss_hit"]
    assert run.outcome == "contradicted"
