"""Two people act on one file, text or quote at the same moment: one after the other."""

import threading
from typing import Any

import pytest

from claims.actions.claims.entry import Tie
from claims.actions.claims.review import JudgementGiven, decide
from claims.vocabulary import Decision, Status
from factbase.models import User
from sources.actions.bibliography import import_bibliography, preview_bibliography
from sources.actions.captures.capture import capture, save_capture
from sources.actions.captures.texts import record_text
from sources.actions.publishers import merge_publishers
from sources.actions.quotes.excerpts import quote
from sources.actions.quotes.grading import grade_source_again
from sources.actions.sources import add_source
from sources.actions.withholding.find_copies import find_copies
from sources.actions.withholding.withhold import Target, ask_to_withhold, carry_out
from sources.domain.bibliography.file_records import FileRecord
from sources.domain.bibliography.formats import Format
from sources.extraction.extracted import ExtractedText
from sources.models import (
    Blob,
    Capture,
    Excerpt,
    Grading,
    Publisher,
    Source,
    TextLayer,
    WithholdingRequest,
)
from sources.vocabulary import Grade, Role
from tests import factories as make
from tests.at_once import at_once, refusals

pytestmark = pytest.mark.usefixtures("cloned_database")

MARKER = "Zanzibar-Quixote owes nine million"
TEXT = f"Nothing before it. {MARKER}.  Trade fell by 9%. Nothing after it."


def asked(target: Target) -> WithholdingRequest:
    (request,) = ask_to_withhold(
        targets=[target], reason="A court.", by=make.person(Role.ADMINISTRATOR), at=make.TODAY
    )
    return request


def extracted(version: str, text: str) -> ExtractedText:
    return ExtractedText("plain-text", version, text, (), (), {})


def test_of_two_texts_of_a_file_one_is_current() -> None:
    source, by = make.source(), make.person()
    kept, _is_new = save_capture(
        source=source, data=TEXT.encode(), file_name="a.txt", by=by, at=make.TODAY
    )

    outcomes = at_once(
        *(
            lambda version=version: record_text(
                capture=kept, extracted=extracted(version, f"{TEXT} {version}"), at=make.TODAY
            )
            for version in ("101", "102", "103")
        )
    )

    assert not refusals(outcomes)
    assert TextLayer.objects.count() == 3
    assert TextLayer.objects.filter(is_current=True).count() == 1


def test_a_quote_of_the_text_that_is_replaced_is_found_in_the_new_one() -> None:
    source, by = make.source(TEXT), make.person()
    kept = source.captures.get()

    at_once(
        lambda: quote(source=source, exact="Trade fell by 9%", by=by, at=make.TODAY),
        lambda: record_text(
            capture=kept, extracted=extracted("101", "Trade fell by 9% again."), at=make.TODAY
        ),
    )
    grade_source_again(source=source, at=make.TODAY)

    latest = Grading.objects.order_by("-pk").first()
    assert latest is not None
    assert latest.layer == TextLayer.objects.current_of(source).get()
    assert latest.grade == Grade.EXACT


def test_quotes_are_graded_again_while_a_claim_on_them_is_approved() -> None:
    source = make.source(TEXT)
    words = ("Trade fell by 9%", "Nothing before it", "Nothing after it")
    versions = [
        make.submitted(evidence=[Tie(make.excerpt(one, of=source)) for one in words])
        for _number in range(2)
    ]
    capture(
        source=source,
        data=b"Trade fell by 9%. Nothing before it, nothing after it.",
        file_name="b.txt",
        by=make.person(),
        at=make.TODAY,
    )
    reviewers = [make.person(Role.REVIEWER) for _version in versions]

    outcomes = at_once(
        lambda: grade_source_again(source=source, at=make.TODAY),
        *(
            lambda version=version, by=by: decide(
                version=version,
                decision=Decision.APPROVE,
                by=by,
                at=make.TODAY,
                content_hash=version.content_hash,
                judgements={
                    piece.pk: JudgementGiven(makes_claim=True) for piece in version.evidence.all()
                },
            )
            for version, by in zip(versions, reviewers, strict=True)
        ),
    )

    assert len(refusals(outcomes)) == 2  # a quote is gone from the text
    for version in versions:
        version.refresh_from_db()
        assert version.status == Status.SUBMITTED
        assert version.claim.flags.count() == 1


@pytest.mark.parametrize("kind", ["capture", "text"])
def test_no_words_stay_of_a_text_that_is_withheld_while_it_is_quoted(kind: str) -> None:
    source, by, editor = make.source(TEXT), make.person(), make.person(Role.EDITOR)
    target: Target = (
        source.captures.get() if kind == "capture" else TextLayer.objects.current_of(source).get()
    )
    request = asked(target)

    outcomes = at_once(
        # What it leaves out of the text is kept with the grade.
        lambda: quote(source=source, exact="Nothing before it … fell by 9%", by=by, at=make.TODAY),
        lambda: carry_out(request=request, by=editor, at=make.TODAY),
    )

    assert not refusals(outcomes)
    assert find_copies(MARKER) == []
    assert Excerpt.objects.get().grade == Grade.UNLOCATED


def test_a_quote_that_is_withheld_while_it_is_made_again_stays_empty() -> None:
    source, by, editor = make.source(TEXT), make.person(), make.person(Role.EDITOR)
    request = asked(make.excerpt(MARKER, of=source))

    at_once(
        lambda: quote(source=source, exact=MARKER, by=by, at=make.TODAY),
        lambda: carry_out(request=request, by=editor, at=make.TODAY),
    )

    assert not Excerpt.objects.exclude(exact="").exists()


def test_a_text_that_becomes_current_while_a_quote_is_withheld_is_covered() -> None:
    source, editor = make.source(TEXT), make.person(Role.EDITOR)
    excerpt = make.excerpt(MARKER, of=source)
    request, kept = asked(excerpt), source.captures.get()

    at_once(
        lambda: carry_out(request=request, by=editor, at=make.TODAY),
        lambda: record_text(
            capture=kept, extracted=extracted("101", f"Again. {TEXT}"), at=make.TODAY
        ),
    )

    layer = TextLayer.objects.current_of(source).get()
    assert layer.version == "101"
    ((start, end),) = Grading.objects.withheld_places({layer.pk})[layer.pk]
    assert layer.text[start:end] == MARKER


def test_a_file_that_is_withheld_while_another_source_keeps_it_leaves_no_name() -> None:
    one, other, by = make.source(TEXT), make.source(), make.person()
    request, editor = asked(one.captures.get()), make.person(Role.EDITOR)

    at_once(
        lambda: carry_out(request=request, by=editor, at=make.TODAY),
        lambda: capture(
            source=other, data=TEXT.encode(), file_name=f"{MARKER}.txt", by=by, at=make.TODAY
        ),
    )

    assert find_copies(MARKER) == []
    assert not Capture.objects.exclude(file_name="").exists()
    assert Blob.objects.count() == 1


def test_the_same_bibliography_is_taken_in_once() -> None:
    records = [
        FileRecord({"id": f"book-{number}", "type": "book", "title": f"Book {number}"})
        for number in range(5)
    ]

    def bring(by: User) -> Any:
        entries = preview_bibliography(records=records, form=Format.CSL_JSON, by=by, at=make.TODAY)
        ready.wait()
        return import_bibliography(
            records=records,
            form=Format.CSL_JSON,
            marks=[entry.mark for entry in entries],
            choices={},
            by=by,
            at=make.TODAY,
        )

    ready = threading.Barrier(2)
    one, other = make.person(), make.person()

    outcomes = at_once(lambda: bring(one), lambda: bring(other))

    assert [refusal.code for refusal in refusals(outcomes)] == ["stale_preview"]
    assert Source.objects.count() == len(records)


def test_two_publishers_do_not_go_into_each_other() -> None:
    one, other = (Publisher.objects.create(name=name) for name in ("OSW", "Eastern Studies"))
    by = make.person(Role.EDITOR)

    outcomes = at_once(
        *(
            lambda pair=pair: merge_publishers(
                publisher=pair[0], into=pair[1], reason="One.", by=by, at=make.TODAY
            )
            for pair in ((one, other), (other, one))
        )
    )

    assert [refusal.code for refusal in refusals(outcomes)] == ["merged_already"]
    assert Publisher.objects.surviving().count() == 1


def test_a_source_entered_while_its_publisher_is_merged_goes_to_the_survivor() -> None:
    one, other = (Publisher.objects.create(name=name) for name in ("OSW", "Eastern Studies"))
    by, editor = make.person(), make.person(Role.EDITOR)

    outcomes = at_once(
        lambda: merge_publishers(
            publisher=one, into=other, reason="One.", by=editor, at=make.TODAY
        ),
        *(
            lambda key=key: add_source(
                record={"id": key, "type": "report", "title": key, "publisher": "OSW"},
                by=by,
                at=make.TODAY,
            )
            for key in ("a", "b", "c")
        ),
    )

    assert not refusals(outcomes)
    assert set(Source.objects.values_list("publisher", flat=True)) == {other.pk}
