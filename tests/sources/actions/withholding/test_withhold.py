"""Withholding captures, texts and quotes: two people, and nothing left of the words."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, connections
from pytest_django import DjangoCaptureOnCommitCallbacks

from factbase.models import User
from sources.actions.captures.capture import capture, save_capture
from sources.actions.captures.texts import extract_text, outdated_captures, record_text
from sources.actions.permission import NotPermitted
from sources.actions.withholding.find_copies import find_copies
from sources.actions.withholding.withhold import (
    TARGETS,
    Target,
    ask_to_withhold,
    carry_out,
    decline,
    is_withheld,
)
from sources.domain.refusals import Refusal
from sources.extraction.extract import extract
from sources.models import Blob, Excerpt, TextLayer, Withholding, WithholdingRequest
from sources.vocabulary import Access, ExtractionOutcome, Grade, Role
from tests import factories as make
from tests.sources.withheld import MARKER, REASON, TEXT, asked, capture_of, layer_of, withheld

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return make.person(Role.ADMINISTRATOR)


@pytest.fixture
def editor() -> User:
    return make.person(Role.EDITOR)


# Who may ask, and who decides.


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER, Role.EDITOR])
def test_only_an_administrator_asks(role: Role) -> None:
    with pytest.raises(NotPermitted):
        asked(make.excerpt(), make.person(role))


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER])
@pytest.mark.parametrize("decide", [carry_out, decline])
def test_the_second_person_is_an_editor_at_least(
    role: Role, decide: Any, administrator: User
) -> None:
    request = asked(make.excerpt(), administrator)

    with pytest.raises(NotPermitted):
        decide(request=request, by=make.person(role), at=make.TODAY)


@pytest.mark.parametrize("decide", [carry_out, decline])
def test_nobody_decides_on_what_they_ask(decide: Any, administrator: User) -> None:
    excerpt = make.excerpt()
    request = asked(excerpt, administrator)

    with pytest.raises(Refusal, match="second person decides"):
        decide(request=request, by=administrator, at=make.TODAY)
    excerpt.refresh_from_db()
    assert excerpt.exact


@pytest.mark.parametrize("decide", [carry_out, decline])
def test_a_request_is_decided_once(decide: Any, administrator: User, editor: User) -> None:
    request = asked(make.excerpt(), administrator)
    decline(request=request, by=editor, at=make.TODAY)

    with pytest.raises(Refusal, match="decided on this request before"):
        decide(request=request, by=editor, at=make.TODAY)


def test_what_is_declined_stays_and_can_be_asked_again(administrator: User, editor: User) -> None:
    excerpt = make.excerpt()
    decline(request=asked(excerpt, administrator), by=editor, at=make.TODAY)

    asked(excerpt, administrator)

    excerpt.refresh_from_db()
    assert excerpt.exact
    assert not Withholding.objects.exists()


def test_one_request_waits_at_a_time(administrator: User) -> None:
    excerpt = make.excerpt()
    asked(excerpt, administrator)

    with pytest.raises(Refusal, match="waits for a second person already"):
        asked(excerpt, make.person(Role.ADMINISTRATOR))


def test_no_request_is_without_a_reason(administrator: User) -> None:
    with pytest.raises(Refusal, match="reason is missing"):
        asked(make.excerpt(), administrator, reason=" ")


def test_of_several_requests_all_wait_or_none(administrator: User) -> None:
    one, other = make.excerpt(), make.excerpt()
    asked(other, administrator)

    with pytest.raises(Refusal):
        ask_to_withhold(targets=[one, other], reason=REASON, by=administrator, at=make.TODAY)
    assert WithholdingRequest.objects.count() == 1


def test_who_may_not_read_a_source_neither_asks_nor_decides(
    administrator: User, editor: User
) -> None:
    secret = make.source(TEXT, access=Access.NAMED, public_descriptor="a memo")
    excerpt = make.excerpt(MARKER, of=secret)
    with pytest.raises(Refusal, match="only named persons read"):
        asked(excerpt, administrator)
    secret.readers.add(administrator)

    request = asked(excerpt, administrator)

    with pytest.raises(Refusal, match="only named persons read"):
        carry_out(request=request, by=editor, at=make.TODAY)


@pytest.mark.parametrize("kind", sorted(TARGETS))
def test_what_is_withheld_is_not_withheld_again(kind: str, administrator: User) -> None:
    source = make.source(TEXT)
    target: Target = {
        "sources_excerpt": make.excerpt(MARKER, of=source),
        "sources_textlayer": layer_of(source),
        "sources_capture": capture_of(source),
    }[kind]
    assert not is_withheld(target)

    withheld(target)

    assert is_withheld(target)
    with pytest.raises(Refusal, match="was withheld before"):
        asked(target, administrator)


# What goes, and what stays.


def test_a_quote_loses_its_words_and_keeps_its_place_and_grade() -> None:
    excerpt = make.excerpt(MARKER, of=make.source(TEXT))
    place = excerpt.gradings.get()

    withheld(excerpt)

    assert (excerpt.exact, excerpt.prefix, excerpt.suffix, excerpt.translation) == ("",) * 4
    assert excerpt.grade == Grade.EXACT
    assert (excerpt.gradings.get().start, excerpt.gradings.get().end) == (place.start, place.end)
    assert not Excerpt.objects.verified().exists()


def test_the_words_of_a_quote_stand_in_its_text_and_the_two_people_are_told(
    administrator: User, editor: User
) -> None:
    excerpt = make.excerpt(MARKER, of=make.source(TEXT))

    left = carry_out(request=asked(excerpt, administrator), by=editor, at=make.TODAY)

    assert [(copy.table, copy.column) for copy in left] == [("sources_textlayer", "text")]


def test_who_and_why_and_the_hash_of_what_was_there_stay(administrator: User, editor: User) -> None:
    excerpt = make.excerpt(MARKER, of=make.source(TEXT))

    carry_out(request=asked(excerpt, administrator), by=editor, at=make.TODAY)

    row = Withholding.objects.get(table_name="sources_excerpt", row_id=excerpt.pk)
    assert (row.reason, row.administrator, row.second_person) == (REASON, administrator, editor)
    assert len(row.sha256) == 64
    request = WithholdingRequest.objects.get()
    assert (request.is_carried_out, request.decided_by) == (True, editor)


def test_quotes_beside_it_lose_the_words_around_them() -> None:
    source = make.source(TEXT)
    beside = make.excerpt("Trade fell by 9%.", of=source)
    assert "owes nine million" in beside.prefix

    withheld(make.excerpt(MARKER, of=source))

    beside.refresh_from_db()
    assert (beside.exact, beside.prefix, beside.suffix) == ("Trade fell by 9%.", "", "")
    assert beside.grade == Grade.EXACT


def test_a_text_goes_with_its_words_and_what_gradings_quote_from_it() -> None:
    source = make.source(f"{TEXT} The  sea rose.")
    make.excerpt("The sea rose.", of=source)
    assert any(grading.passed_over for grading in layer_of(source).gradings.all())

    layer = withheld(layer_of(source))

    assert isinstance(layer, TextLayer)
    assert (layer.text, layer.metadata, layer.words) == ("", {}, [])
    assert all(grading.passed_over == [] for grading in layer.gradings.all())


def test_quotes_of_a_text_that_went_stay_and_are_no_longer_located() -> None:
    source = make.source(TEXT)
    excerpt = make.excerpt("Trade fell by 9%.", of=source)

    withheld(layer_of(source))

    excerpt.refresh_from_db()
    assert (excerpt.exact, excerpt.grade) == ("Trade fell by 9%.", Grade.UNLOCATED)


def test_quotes_are_found_in_another_text_of_the_source_that_stays() -> None:
    source = make.source(TEXT)
    excerpt = make.excerpt("Trade fell by 9%.", of=source)
    layer = layer_of(source)
    capture(
        source=source,
        data=b"Trade fell by 9%. It is another edition.",
        file_name="b.txt",
        by=make.person(),
        at=make.TODAY,
    )

    withheld(layer)

    excerpt.refresh_from_db()
    assert excerpt.grade == Grade.EXACT


def test_bytes_go_from_the_storage_when_it_is_certain(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    source = make.source(f"In this test alone. {TEXT}")  # tests side by side share the storage
    name = capture_of(source).blob.storage_name

    with django_capture_on_commit_callbacks() as callbacks:
        withheld(capture_of(source))
    assert default_storage.exists(name)
    for callback in callbacks:
        callback()

    assert not default_storage.exists(name)


def test_the_same_bytes_go_for_every_source_that_has_them() -> None:
    one, other = make.source(TEXT), make.source(TEXT)

    withheld(capture_of(one))

    for source in (one, other):
        kept = capture_of(source)
        assert (kept.file_name, kept.fetched_from, kept.archive_url) == ("", "", "")
        assert kept.response == {}
        assert not TextLayer.objects.current_of(source).exists()
    assert Blob.objects.get().pk in Withholding.objects.ids_of(Blob)


def test_the_same_bytes_are_not_kept_again() -> None:
    source = make.source(TEXT)
    withheld(capture_of(source))

    with pytest.raises(Refusal, match="withheld"):
        make.source(TEXT)


def test_a_text_that_was_withheld_is_not_drawn_again() -> None:
    source = make.source(TEXT)
    layer = layer_of(source)
    withheld(layer)

    make.source(TEXT)
    extract_text(capture=capture_of(source), at=make.TODAY)

    assert list(TextLayer.objects.all()) == [layer]
    assert list(outdated_captures()) == []


def test_a_text_that_is_being_drawn_while_its_bytes_are_withheld_is_not_kept() -> None:
    data = TEXT.encode()
    kept, _is_new = save_capture(
        source=make.source(), data=data, file_name="a.txt", by=make.person(), at=make.TODAY
    )
    extracted = extract(data, media_type="text/plain", file_name="a.txt")
    withheld(kept)

    extraction = record_text(capture=kept, extracted=extracted, at=make.TODAY)

    assert (extraction.outcome, TextLayer.objects.count()) == (ExtractionOutcome.ERROR, 0)
    assert find_copies(MARKER) == []


def test_several_quotes_of_a_source_are_withheld() -> None:
    source = make.source(TEXT)
    quotes = [make.excerpt(words, of=source) for words in (MARKER, "Trade fell by 9%.")]

    for excerpt in quotes:
        withheld(excerpt)

    assert Excerpt.objects.filter(exact="").count() == 2


def test_the_message_that_names_the_file_goes_with_it() -> None:
    source = make.source()
    kept = capture(
        source=source,
        data=b"%PDF-1.7 \x00\xff",
        file_name=f"{MARKER}.pdf",
        by=make.person(),
        at=make.TODAY,
    )
    assert MARKER in kept.extractions.get().message

    withheld(kept)

    assert find_copies(MARKER) == []


# Nothing is left.


def test_no_table_and_no_file_has_the_words_after_all_of_it_was_withheld(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    # The storage is shared with tests that run beside this one, which keep TEXT as well.
    source = make.source(f"Here alone. {TEXT}", key="report")
    beside = make.excerpt("Trade fell by 9%.", of=source)
    excerpt = make.excerpt(MARKER, of=source)
    kept = capture(
        source=source,
        data=f"Another edition. {MARKER}.".encode(),
        file_name=f"{MARKER}.txt",
        fetched_from=f"https://www.example.org/{MARKER}",
        archive_url=f"https://archive.example.org/{MARKER}",
        response={"status": 200, "headers": [["Content-Type", MARKER]]},
        by=make.person(),
        at=make.TODAY,
    )
    assert len(find_copies(MARKER)) > 5

    with django_capture_on_commit_callbacks(execute=True):
        withheld(excerpt)
        withheld(kept)
        withheld(source.captures.exclude(pk=kept.pk).get())

    for words in (MARKER, "Zanzibar", "owes nine million"):
        assert find_copies(words) == []
        assert not any(words.encode() in data for data in stored())
    beside.refresh_from_db()
    assert beside.exact == "Trade fell by 9%."


def stored() -> list[bytes]:
    """The bytes of every blob that the storage has."""
    found = []
    for blob in Blob.objects.all():
        if default_storage.exists(blob.storage_name):
            with default_storage.open(blob.storage_name) as file:
                found.append(file.read())
    return found


# The database's own guard.


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sources_excerpt SET exact = ''",
        "UPDATE sources_textlayer SET text = ''",
        "UPDATE sources_capture SET file_name = ''",
        "UPDATE sources_grading SET passed_over = '[]'",
    ],
)
def test_nothing_is_emptied_that_no_withholding_names(statement: str) -> None:
    source = make.source(f"{TEXT} The  sea rose.")
    make.excerpt("The sea rose.", of=source)

    with (
        pytest.raises(IntegrityError, match="unless it is withheld"),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE sources_textlayer SET words = '{}'", "unless it is withheld"),
        ('UPDATE sources_textlayer SET metadata = \'{"title": "T"}\'', "unless it is withheld"),
        ("UPDATE sources_capture SET response = '{\"status\": 1}'", "unless it is withheld"),
        ("UPDATE sources_capture SET kept_at = now()", "permission denied"),
        ("UPDATE sources_grading SET found_in_id = NULL", "permission denied"),
        ("UPDATE sources_withholdingrequest SET requested_by_id = 1", "keeps its"),
        ("DELETE FROM sources_withholding", "permission denied"),
    ],
)
def test_the_role_of_the_server_changes_nothing_that_is_kept(statement: str, why: str) -> None:
    excerpt = make.excerpt("The sea rose.", of=make.source(f"{TEXT} The  sea rose."))
    asked(excerpt, make.person(Role.ADMINISTRATOR))

    with pytest.raises(DatabaseError, match=why), connections["default"].cursor() as cursor:
        cursor.execute(statement)


# Two people, as they are when it is done.


@pytest.mark.parametrize("change", [{"role": Role.EDITOR}, {"is_active": False}])
def test_a_request_falls_with_its_administrator(
    change: dict[str, Any], administrator: User, editor: User
) -> None:
    request = asked(make.excerpt(), administrator)
    User.objects.filter(pk=administrator.pk).update(**change)

    with pytest.raises(Refusal, match="is no administrator any more"):
        carry_out(request=request, by=editor, at=make.TODAY)
    decline(request=request, by=editor, at=make.TODAY)


def test_who_may_not_read_a_source_does_not_decline_either(editor: User) -> None:
    secret = make.source(TEXT, access=Access.NAMED, public_descriptor="a memo")
    administrator = make.person(Role.ADMINISTRATOR)
    secret.readers.add(administrator)
    request = asked(make.excerpt(MARKER, of=secret), administrator)

    with pytest.raises(Refusal, match="only named persons read"):
        decline(request=request, by=editor, at=make.TODAY)
