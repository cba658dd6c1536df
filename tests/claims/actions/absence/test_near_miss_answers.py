"""Judging what comes close to something absent, before the absence is approved."""

import json
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from claims.actions.absence.dismissals import DismissalRefused, answer_near_miss
from claims.actions.absence.document_search import is_as_searched
from claims.actions.absence.runs import run_absence
from claims.actions.claims.entry import revise
from claims.actions.claims.publication import retract
from claims.actions.claims.review import decide
from claims.domain.approval import ApprovalRefused
from claims.models import AbsenceRun, AbsenceScope, Version
from claims.readings.absences import absence_text, search_states_of
from claims.vocabulary import Decision
from sources.actions.captures.capture import capture
from sources.actions.permission import NotPermitted
from sources.actions.sources import add_series
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.models import Source
from sources.vocabulary import Access, Role
from tests import factories as make
from tests.claims import worlds as say
from tests.claims.absences import absent, answered, content, key_of, last, scope_of
from tests.factories import TODAY
from tests.worker import work

pytestmark = pytest.mark.django_db

migration = import_module("claims.migrations.0021_search_afresh_for_near_misses")
LATER = TODAY + timedelta(days=1)
SERIES = Path(__file__).resolve().parents[5] / "shared" / "data" / "series"
needs_series = pytest.mark.skipif(
    not SERIES.is_dir(), reason="the five statements are not beside the project"
)

# Short statements, of which one is spelled as the British do.
STATEMENTS = {
    "quad-2021": "We affirm the complete denuclearization of the peninsula.",
    "quad-2022": "The denuclearization of the peninsula. Peace in the South China Sea.",
    "quad-2023": "We reaffirm the complete denuclearisation of the peninsula.",
    "quad-2024": "Denuclearization, as before. On the South China Sea we agree.",
}
BRITISH = "denuclearisation"


def in_a_series(texts: dict[str, str]) -> None:
    """These texts in a series, of which claims may say that it mentions something."""
    by = make.somebody(Role.CONTRIBUTOR)
    sources = [make.source(text, key=key) for key, text in texts.items()]
    series = add_series(key="papers", title="Statements", sources=sources, by=by, at=TODAY)
    make.entity("papers", kind="series", series=series)
    make.value_property("presence", "mentions")


@pytest.fixture
def statements() -> None:
    in_a_series(STATEMENTS)


def approve(version: Version, *, note: str = "") -> None:
    """Approve it, with no help of the factory: what comes close stays as it is."""
    decide(
        version=version,
        decision=Decision.APPROVE,
        by=make.somebody(Role.EDITOR),
        at=TODAY,
        content_hash=version.content_hash,
        note=note,
        judgements={},
    )


def refusal(version: Version) -> str:
    with pytest.raises(ApprovalRefused) as refused:
        approve(version)
    assert refused.value.code == "near_miss_unanswered"
    return refused.value.message


def sentence(version: Version) -> str:
    return absence_text(search_states_of([version])[version.pk])


def outcome(version: Version) -> str:
    return search_states_of([version])[version.pk].outcome


@pytest.mark.usefixtures("statements")
class TestASpelling:
    def test_it_cannot_be_approved_as_absent_before_the_other_spelling_is_judged(self) -> None:
        version = absent("denuclearization", sources=("quad-2023",))

        assert outcome(version) == "unanswered"
        assert "1 place comes close and has not been judged yet." in sentence(version)
        assert f"“{BRITISH}”" in refusal(version)
        assert last(version).findings.get().outcome == "unanswered"
        assert say.live() == []

        answered(version, BRITISH)
        approve(version)

        assert outcome(version) == "holds"
        assert sentence(version).endswith(
            "1 place comes close; judged to be something else by a reviewer."
        )

    def test_with_both_spellings_it_is_present_in_all(self) -> None:
        version = absent("denuclearization", BRITISH)

        assert outcome(version) == "contradicted"
        assert [one.outcome for one in last(version).findings.all()] == ["present"] * 4

    def test_one_answer_is_for_each_place_of_the_word_in_the_texts_searched(self) -> None:
        version = absent(BRITISH, sources=("quad-2021", "quad-2022", "quad-2024"))

        rows = answered(version, "DENUCLEARIZATION")

        assert {row.finding.source.key for row in rows} == {"quad-2021", "quad-2022", "quad-2024"}
        for row in rows:
            layer = row.finding.layer
            assert layer is not None
            words = layer.text[row.place["start"] : row.place["end"]]
            assert words.lower() == "denuclearization"
        assert last(version).answered == 3
        assert is_as_searched(scope_of(version))

    def test_an_answer_holds_in_later_runs_and_versions_and_no_run_is_made_anew(self) -> None:
        version = absent("denuclearization", sources=("quad-2023",))
        answered(version, BRITISH)
        run = last(version)

        assert run_absence(scope=scope_of(version), at=LATER) == run
        changed = revise(
            claim=version.claim,
            content=content("denuclearization", "whale", sources=("quad-2023",)),
            evidence=[],
            by=make.person(),
            at=LATER,
            seen=1,
            submit_it=True,
        )
        work()
        assert outcome(changed) == "holds"

    def test_in_a_later_text_the_answer_does_not_count(self) -> None:
        version = absent("denuclearization", sources=("quad-2023",))
        answered(version, BRITISH)
        source = Source.objects.get(key="quad-2023")
        capture(
            source=source, data=b"Denuclearisation.", file_name="b.txt", by=make.person(), at=LATER
        )

        assert outcome(version) == "outdated"
        assert "have not been searched as they are now" in refusal(version)
        work()
        assert outcome(version) == "unanswered"
        run = last(version)
        assert (run.unanswered, run.answered) == (1, 1)

    def test_while_a_new_text_comes_its_words_wait_for_an_answer_of_their_own(self) -> None:
        version = absent("denuclearization", sources=("quad-2023",))
        source = Source.objects.get(key="quad-2023")
        capture(
            source=source, data=b"Denuclearisation.", file_name="b.txt", by=make.person(), at=LATER
        )

        assert len(answered(version, BRITISH)) == 1
        assert outcome(version) == "unanswered"
        assert len(answered(version, BRITISH)) == 1
        assert outcome(version) == "holds"

    def test_words_that_nobody_found_or_that_are_judged_are_refused(self) -> None:
        version = absent("denuclearization", sources=("quad-2023",))
        word = key_of(version, BRITISH)
        answered(version, BRITISH)

        for key, code in ((word, "answered_already"), ("0" * 16, "no_near_miss")):
            with pytest.raises(DismissalRefused) as refused:
                answer_near_miss(
                    scope=scope_of(version),
                    word=key,
                    reason="So.",
                    by=make.somebody(Role.REVIEWER),
                    at=TODAY,
                )
            assert refused.value.code == code

    def test_who_is_no_reviewer_judges_nothing(self) -> None:
        version = absent("denuclearization", sources=("quad-2023",))

        with pytest.raises(NotPermitted):
            answered(version, BRITISH, by=make.somebody(Role.CONTRIBUTOR))

    def test_what_was_never_searched_is_not_approved(self) -> None:
        version = make.submitted(content("whale"), evidence=[])

        assert "have not been searched as they are now" in refusal(version)
        work()
        approve(version)

    def test_what_somebody_says_is_absent_asks_for_their_words_or_a_note(self) -> None:
        make.entity("institute", kind="organisation")
        said = make.submitted(replace(content("whale"), asserted_by=("institute",)), evidence=[])
        work()

        with pytest.raises(ApprovalRefused) as refused:
            approve(said)
        assert refused.value.code == "note_missing"
        approve(said, note="Said at the hearing of 3 May.")


@pytest.mark.usefixtures("statements")
class TestALongerName:
    def test_not_leaves_it_out_and_lists_it(self) -> None:
        version = absent('China NOT "South China Sea"')

        assert outcome(version) == "holds"
        left_out = [
            (finding.source.key, stored["why"])
            for finding in last(version).findings.order_by("source")
            for stored in finding.near_misses
        ]
        assert left_out == [("quad-2022", "left-out"), ("quad-2024", "left-out")]
        approve(version)

    def test_without_not_it_contradicts(self) -> None:
        assert outcome(absent("China")) == "contradicted"


@pytest.mark.usefixtures("statements")
class TestConfidentialAndWithheldTexts:
    def test_who_may_not_read_a_text_judges_nothing_in_it_and_learns_no_word(self) -> None:
        kept = make.source(
            "Denuclearisation.", key="kept", access=Access.NAMED, public_descriptor="A paper"
        )
        version = absent("denuclearization", sources=("quad-2023", "kept"))
        other, named = make.person(Role.REVIEWER), make.reader_of([kept])

        assert len(answered(version, BRITISH, by=other)) == 1
        assert outcome(version) == "unanswered"
        message = refusal(version)
        assert "a document that you may not read" in message
        assert BRITISH not in message

        assert len(answered(version, BRITISH, by=named)) == 1
        assert outcome(version) == "holds"

    def test_withheld_words_take_their_answer_with_them(self) -> None:
        source = Source.objects.get(key="quad-2023")
        excerpt = make.excerpt("the complete denuclearisation of", of=source)
        version = absent("denuclearization", sources=("quad-2023",))
        (row,) = answered(version, BRITISH)

        (asked,) = ask_to_withhold(
            targets=[excerpt], reason="Why.", by=make.person(Role.ADMINISTRATOR), at=LATER
        )
        carry_out(request=asked, by=make.person(Role.EDITOR), at=LATER)

        row.refresh_from_db()
        assert (row.place, row.reason) == ({}, "")
        assert all(not found.near_misses for found in last(version).findings.all())
        work()
        assert last(version).answered == 0
        assert outcome(version) == "unsearched"


def run_from_before(version: Version) -> AbsenceRun:
    """The last run, as it was made when near misses had no answers."""
    return AbsenceRun.objects.create(
        scope=scope_of(version), run_at=LATER, outcome="holds", searched=1, documents=1
    )


@pytest.mark.usefixtures("statements")
class TestARunFromBeforeThereWereAnswers:
    def test_it_says_nothing_of_today(self) -> None:
        version = absent("denuclearization", sources=("quad-2023",))
        run_from_before(version)
        scope = scope_of(version)

        assert outcome(version) == "outdated"
        assert [one.pk for one in AbsenceScope.objects.to_answer()] == [scope.pk]
        assert not is_as_searched(scope)
        run_absence(scope=scope, at=LATER, afresh=False)
        assert outcome(version) == "unanswered"

    def test_the_migration_queues_another_once(self) -> None:
        version = make.approved(absent("denuclearization", sources=("quad-2023",)))
        other = make.approved(absent("whale", sources=("quad-2023",)))
        retracted = make.approved(absent("seal", sources=("quad-2023",)))
        run_from_before(version)
        run_from_before(retracted)
        retract(claim=retracted.claim, reason="So.", by=make.somebody(Role.EDITOR), at=LATER)
        work()
        kept = last(other)

        for _time in range(2):
            with connection.cursor() as cursor:
                cursor.execute(migration.QUEUE)
        jobs = ProcrastinateJob.objects.filter(status="todo")
        assert [job.args for job in jobs] == [{"scope": scope_of(version).pk, "afresh": True}]
        work()
        assert outcome(version) == "holds"
        assert last(other) == kept


@needs_series
def test_the_five_statements_are_judged_before_anything_is_absent_from_them() -> None:
    names = json.loads((SERIES / "expected.json").read_text())["documents"]
    in_a_series({name: (SERIES / f"{name}.txt").read_text() for name in names})
    version = absent("denuclearization", sources=("quad-2023-05",))

    assert f"“{BRITISH}”" in refusal(version)
    both = absent("denuclearization", BRITISH)
    assert [one.outcome for one in last(both).findings.all()] == ["present"] * 5

    assert outcome(absent("China")) == "contradicted"
    china = absent('China NOT "South China Sea" NOT "East and South China Seas"')
    run = last(china)
    left_out = [
        stored
        for finding in run.findings.all()
        for stored in finding.near_misses
        if stored["why"] == "left-out"
    ]
    assert len(left_out) == 7
    make.judged_near_misses(china)
    assert outcome(china) == "holds"
    approve(china)
