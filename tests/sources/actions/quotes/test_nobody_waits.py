"""Texts are searched and quotes graded without a lock; what changed meanwhile is graded anew."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from claims.actions.claims.entry import Tie, revise, withdraw
from claims.actions.claims.publication import HOLD, publish
from claims.actions.claims.review import JudgementGiven, NotReadable, decide
from claims.domain.approval import ApprovalRefused
from claims.domain.content import Content
from claims.models import Version
from claims.vocabulary import Decision, Status
from sources.actions.action import Clock, ReadOutdated
from sources.actions.captures.capture import capture
from sources.actions.quotes import excerpts, grading, matching
from sources.actions.quotes.excerpts import QuoteRequest, choose_place, quote, search_quote
from sources.actions.quotes.grading import grade_source_again
from sources.actions.sources import revise_source
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.domain.refusals import Refusal
from sources.models import Excerpt, Grading, Source, TextLayer, WithholdingRequest
from sources.tasks import grade_in_background
from sources.vocabulary import Access, Grade, Role
from tests import factories as make
from tests.held_open import elsewhere, everybody_else_goes_on, held_open

pytestmark = pytest.mark.usefixtures("cloned_database")

SEARCH = "sources.actions.quotes.matching:find_other_source"
GRADE = "sources.actions.quotes.grading:match_in_layer"
LOCK_TO_WITHHOLD = "sources.actions.withholding.withhold:locked"
WORDS = "The partners agreed to raise deliveries by 9% in 2025."
TEXT = f"Before it. {WORDS} After it."
LATER = make.TODAY + timedelta(days=1)
HOUR = timedelta(hours=1)


def quoted(source: Source, exact: str = WORDS, **fields: Any) -> Excerpt:
    by = make.somebody(Role.CONTRIBUTOR)
    return quote(source=source, exact=exact, by=by, at=make.TODAY, **fields)


def replace_text(source: Source, text: str) -> None:
    """Another text of the source becomes current; its quotes wait to be graded in it."""
    data, by = text.encode(), make.somebody(Role.CONTRIBUTOR)
    capture(source=source, data=data, file_name="new.txt", by=by, at=LATER)


def approve(version: Version, *, now: Clock | None = None) -> object:
    return decide(
        version=version,
        decision=Decision.APPROVE,
        by=make.somebody(Role.REVIEWER),
        at=LATER,
        content_hash=version.content_hash,
        judgements={piece.pk: JudgementGiven(makes_claim=True) for piece in version.evidence.all()},
        now=now,
    )


def request_to_withhold(target: Any) -> WithholdingRequest:
    by = make.somebody(Role.ADMINISTRATOR)
    (request,) = ask_to_withhold(targets=[target], reason="A court.", by=by, at=make.TODAY)
    return request


def revise_access(source: Source, access: Access) -> None:
    """An editor says who may know of a source."""
    revise_source(
        source=source,
        record=source.csl,
        access=access,
        public_descriptor="An official",
        by=make.somebody(Role.EDITOR),
        at=LATER,
    )


def is_graded_right(excerpt: Excerpt) -> bool:
    """Whether the quote's grade is that of its latest grading, in the current text."""
    excerpt.refresh_from_db()
    latest = Grading.objects.filter(excerpt=excerpt).newest().get()
    current = TextLayer.objects.current_of(excerpt.source).first_pk()
    return (latest.layer_id, latest.grade) == (current, excerpt.grade)


# Nobody waits.


def test_nobody_waits_for_a_search_in_other_texts() -> None:
    make.source(TEXT, key="other")
    source = make.source("Nothing of the kind.")

    with held_open(lambda: quoted(source), at=SEARCH) as held:
        everybody_else_goes_on(
            lambda: quoted(source, "Nothing of the kind"),
            lambda: grade_source_again(source=source, at=LATER),
        )

    assert held.result.grade == Grade.ELSEWHERE
    assert held.result.gradings.get().found_in == Source.objects.get(key="other")


def test_nobody_waits_for_a_source_that_is_graded_again() -> None:
    source = make.source(f"{WORDS} That was all of it then.")
    excerpt, gone = quoted(source), quoted(source, "That was all of it then.")
    version = make.submitted(evidence=[Tie(excerpt)])
    replace_text(source, f"Else. {WORDS}")

    with held_open(lambda: grade_source_again(source=source, at=LATER), at=GRADE):
        everybody_else_goes_on(
            lambda: approve(version),
            lambda: quoted(source, "Else."),
            lambda: replace_text(source, f"Other. {WORDS}"),
        )

    assert (is_graded_right(excerpt), is_graded_right(gone)) == (True, True)
    assert (excerpt.grade, gone.grade) == (Grade.EXACT, Grade.MISSING)


def test_nobody_waits_for_quotes_that_are_graded_before_a_decision() -> None:
    source = make.source(TEXT)
    version = make.submitted(evidence=[Tie(quoted(source))])
    replace_text(source, f"Else. {WORDS}")

    with held_open(lambda: approve(version), at=GRADE):
        everybody_else_goes_on(
            lambda: quoted(source, "Else."), lambda: grade_source_again(source=source, at=LATER)
        )

    version.refresh_from_db()
    assert version.status == Status.APPROVED


@pytest.mark.parametrize("kind", ["quote", "text"])
def test_nobody_waits_for_what_a_withholding_searches(kind: str) -> None:
    source = make.source(f"{TEXT} Nothing else.")
    excerpt, near = quoted(source), quoted(source, "After it.")
    if kind == "quote":
        replace_text(source, f"Again. {TEXT}")
    request = request_to_withhold(
        excerpt if kind == "quote" else TextLayer.objects.current_of(source).get()
    )
    by = make.somebody(Role.EDITOR)

    with held_open(lambda: carry_out(request=request, by=by, at=LATER), at=GRADE):
        everybody_else_goes_on(lambda: quoted(source, "Nothing else."))

    near.refresh_from_db()
    assert near.grade == (Grade.EXACT if kind == "quote" else Grade.UNLOCATED)
    assert is_graded_right(Excerpt.objects.get(exact="Nothing else."))


# What changed meanwhile is graded anew.


def test_a_text_that_is_replaced_while_it_is_quoted_is_searched_anew() -> None:
    source = make.source("Nothing of the kind.")

    with held_open(lambda: quoted(source), at=SEARCH) as held:
        elsewhere(lambda: replace_text(source, TEXT))

    assert held.result.grade == Grade.EXACT
    assert is_graded_right(held.result)


def test_a_quote_gets_no_better_grade_than_the_text_that_replaces_its_own() -> None:
    source, by = make.source(TEXT), make.somebody(Role.CONTRIBUTOR)
    match = search_quote(QuoteRequest(source, WORDS))
    replace_text(source, "Nothing of the kind.")

    excerpt = quote(source=source, exact=WORDS, match=match, by=by, at=LATER)

    assert match.graded.grade == Grade.EXACT
    assert excerpt.grade == Grade.MISSING
    assert is_graded_right(excerpt)


def test_a_source_that_is_closed_meanwhile_is_named_by_no_grade() -> None:
    other = make.source(TEXT)
    source = make.source("Nothing of the kind.")
    by = make.somebody(Role.CONTRIBUTOR)
    match = search_quote(QuoteRequest(source, WORDS))
    revise_access(other, Access.STAFF)

    excerpt = quote(source=source, exact=WORDS, match=match, by=by, at=LATER)

    assert match.found_in == other
    assert (excerpt.grade, excerpt.gradings.get().found_in) == (Grade.MISSING, None)


def test_a_place_that_is_chosen_while_a_quote_is_graded_again_stays_chosen() -> None:
    text = "First it fell by 9%. Then it fell by 9%."
    source = make.source(text)
    excerpt, by = quoted(source, "it fell by 9%"), make.somebody(Role.CONTRIBUTOR)
    replace_text(source, f"{text} At last.")
    start = text.index("it fell", 20)
    place = (start, start + len("it fell by 9%"))

    with held_open(lambda: grade_source_again(source=source, at=LATER), at=GRADE):
        elsewhere(lambda: choose_place(excerpt=excerpt, place=place, by=by, at=LATER))

    latest = Grading.objects.filter(excerpt=excerpt).newest().get()
    assert is_graded_right(excerpt)
    assert (latest.chosen_by, (latest.start, latest.end)) == (by, place)


def test_a_quote_that_is_withheld_while_it_is_graded_again_stays_without_words() -> None:
    source = make.source(TEXT)
    excerpt = quoted(source)
    replace_text(source, f"Before it. {WORDS.replace('9%', '8%')}")
    request, by = request_to_withhold(excerpt), make.somebody(Role.EDITOR)
    count = excerpt.gradings.count()

    with held_open(lambda: grade_source_again(source=source, at=LATER), at=GRADE):
        elsewhere(lambda: carry_out(request=request, by=by, at=LATER))
        count = excerpt.gradings.count()

    excerpt.refresh_from_db()
    assert (excerpt.exact, excerpt.gradings.count()) == ("", count)


def test_a_text_that_is_withheld_while_a_claim_on_it_is_approved_lets_nobody_approve() -> None:
    source = make.source(TEXT)
    version = make.submitted(evidence=[Tie(quoted(source))])
    replace_text(source, f"Else. {WORDS}")
    by = make.somebody(Role.EDITOR)
    requests = [request_to_withhold(layer) for layer in TextLayer.objects.order_by("pk")]

    def withhold_all() -> None:
        for request in requests:
            carry_out(request=request, by=by, at=LATER)

    with pytest.raises(ApprovalRefused), held_open(lambda: approve(version), at=GRADE):
        elsewhere(withhold_all)

    version.refresh_from_db()
    assert version.status == Status.SUBMITTED


def test_a_version_that_is_withdrawn_while_its_quotes_are_graded_is_not_decided() -> None:
    source, author = make.source(TEXT), make.person()
    version = make.submitted(evidence=[Tie(quoted(source))], by=author)
    replace_text(source, f"Else. {WORDS}")

    refused = pytest.raises(Refusal, match="withdrawn")
    with refused, held_open(lambda: approve(version), at=GRADE):
        elsewhere(lambda: withdraw(version=version, by=author, at=LATER))


@pytest.mark.parametrize("step", ["grade_source_again", "decide"])
def test_a_source_that_is_closed_while_it_is_graded_is_quoted_in_no_flag(step: str) -> None:
    source = make.source(TEXT, key="secret-paper")
    excerpt = quoted(source)
    version = make.submitted(evidence=[Tie(excerpt)])
    replace_text(source, "Nothing of the kind.")

    def grade() -> None:
        if step == "decide":
            with suppress(ApprovalRefused, NotReadable):
                approve(version)
        else:
            grade_source_again(source=source, at=LATER)

    with held_open(grade, at=GRADE):
        elsewhere(lambda: revise_access(Source.objects.get(pk=source.pk), Access.NAMED))
    grade_source_again(source=source, at=LATER)

    cause = version.claim.flags.get().cause
    assert (WORDS in cause, "secret-paper" in cause) == (False, False)
    assert "An official" in cause


def test_a_source_that_is_closed_while_a_quote_of_it_is_withheld_is_named_in_no_flag() -> None:
    source = make.source(TEXT, key="secret-paper")
    excerpt = quoted(source)
    version = make.submitted(evidence=[Tie(excerpt)])
    request, by = request_to_withhold(excerpt), make.somebody(Role.EDITOR)

    with held_open(lambda: carry_out(request=request, by=by, at=LATER), at=LOCK_TO_WITHHOLD):
        elsewhere(lambda: revise_access(Source.objects.get(pk=source.pk), Access.NAMED))

    cause = version.claim.flags.get().cause
    assert ("secret-paper" in cause, "An official" in cause) == (False, True)


def test_a_source_that_is_opened_while_it_is_quoted_names_only_open_ones() -> None:
    make.source(TEXT, access=Access.STAFF, public_descriptor="An official")
    source = make.source(
        "Nothing of the kind.", access=Access.STAFF, public_descriptor="An official"
    )

    with held_open(lambda: quoted(source), at=SEARCH) as held:
        elsewhere(lambda: revise_access(Source.objects.get(pk=source.pk), Access.PUBLIC))

    assert held.result.grade == Grade.MISSING


def test_a_version_that_is_published_while_the_next_one_is_graded_stays_in_the_history() -> None:
    source = make.source(TEXT)
    tie = Tie(quoted(source))
    first = make.approved(make.submitted(evidence=[tie]), publish_at=HOLD)
    second = revise(
        claim=first.claim,
        content=Content(statement="Another wording."),
        evidence=[tie],
        by=make.somebody(Role.CONTRIBUTOR),
        at=make.TODAY,
        seen=first.number,
        submit_it=True,
    )
    replace_text(source, f"Else. {WORDS}")
    noon, evening, editor = LATER + HOUR, LATER + 2 * HOUR, make.somebody(Role.EDITOR)

    with held_open(lambda: approve(second, now=lambda: evening), at=GRADE):
        elsewhere(lambda: publish(version=first, by=editor, at=noon))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.published.lower, first.published.upper) == (noon, evening)
    assert second.published.lower == evening


# A text that never rests.


def test_a_quote_is_refused_where_the_text_is_another_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = make.source(TEXT)
    search = matching.match_in_source

    def replaced_meanwhile(*args: Any, **kwargs: Any) -> Any:
        match = search(*args, **kwargs)
        replace_text(source, f"{TEXT} {next(make.numbers)}")
        return match

    monkeypatch.setattr(excerpts, "match_in_source", replaced_meanwhile)

    with pytest.raises(ReadOutdated) as refused:
        quoted(source)
    assert refused.value.code == "text_changed"
    assert not Excerpt.objects.exists()


def test_a_source_whose_text_is_another_each_time_is_graded_by_a_later_job(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = make.source(TEXT)
    excerpt = quoted(source)
    compute = grading.compute_regradings

    def replaced_meanwhile(*args: Any, **kwargs: Any) -> Any:
        regradings = compute(*args, **kwargs)
        replace_text(source, f"Nothing. {next(make.numbers)}")
        return regradings

    monkeypatch.setattr(grading, "compute_regradings", replaced_meanwhile)
    with pytest.raises(ReadOutdated) as refused:
        grade_in_background(source.pk)
    monkeypatch.undo()

    job = ProcrastinateJob.objects.latest("pk").procrastinate_job
    assert job.task_name == "sources.grade_source_again"
    assert grade_in_background.get_retry_exception(refused.value, job) is not None
    grade_in_background(source.pk)
    assert is_graded_right(excerpt)
    assert excerpt.grade == Grade.MISSING
