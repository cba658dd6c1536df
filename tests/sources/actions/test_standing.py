"""Saying where a source stands."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps

from factbase.models import User
from sources.actions import announce
from sources.actions.permission import NotPermitted
from sources.actions.standing import set_standing, touches
from sources.domain.grading.corrections import Touch
from sources.domain.refusals import Refusal
from sources.models import Source
from sources.vocabulary import Role, Standing
from tests import factories as make

pytestmark = pytest.mark.django_db

TODAY = make.TODAY.date()


@pytest.fixture
def editor() -> User:
    return make.person(Role.EDITOR)


def stands(source: Source, standing: Standing, by: User, **given: Any) -> Source:
    given = {"on": TODAY, "reason": "The publisher says so.", **given}
    return set_standing(source=source, standing=standing, by=by, at=make.TODAY, **given)


def history_of(source: Source) -> list[tuple[Any, ...]]:
    events = apps.get_model("sources", "SourceEvent").objects.filter(id=source.pk)
    names = ("standing", "standing_on", "standing_reason", "pgh_context__user")
    return list(events.order_by("pk").values_list(*names))[1:]


def test_a_retraction_has_a_day_and_a_reason(editor: User) -> None:
    source = stands(make.source(), Standing.RETRACTED, editor, on=date(2025, 5, 1), reason=" Why. ")

    source.refresh_from_db()
    assert (source.standing, source.standing_on) == (Standing.RETRACTED, date(2025, 5, 1))
    assert source.standing_reason == "Why."


def test_what_it_was_stays_in_the_history_when_it_is_current_again(editor: User) -> None:
    source = stands(make.source(), Standing.RETRACTED, editor, reason="A mistake.")

    stands(source, Standing.CURRENT, editor, reason="It was another report.")

    assert history_of(source) == [
        ("retracted", TODAY, "A mistake.", editor.pk),
        ("current", TODAY, "It was another report.", editor.pk),
    ]


def test_who_asked_hears_of_a_change_and_of_no_repetition(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(
        announce, "standing_changed", [lambda source, by, at: heard.append(source.standing)]
    )
    source = make.source("Trade fell.")

    for _time in range(2):
        stands(source, Standing.CORRECTED, editor, passages=["Trade fell."])
    stands(source, Standing.CORRECTED, editor)

    assert heard == ["corrected", "corrected"]


@pytest.mark.parametrize("standing", list(Standing))
@pytest.mark.parametrize("reason", ["", " ", "\u200b"])
def test_no_standing_is_without_a_reason(editor: User, standing: Standing, reason: str) -> None:
    with pytest.raises(Refusal, match="reason is missing"):
        stands(make.source(), standing, editor, reason=reason)


def test_no_standing_begins_tomorrow(editor: User) -> None:
    with pytest.raises(Refusal, match="2025-06-02 is still to come"):
        stands(make.source(), Standing.RETRACTED, editor, on=TODAY + timedelta(days=1))


@pytest.mark.parametrize("standing", sorted(set(Standing) - {Standing.CORRECTED}))
def test_only_a_correction_names_passages(editor: User, standing: Standing) -> None:
    with pytest.raises(Refusal, match="Only a correction names passages"):
        stands(make.source(), standing, editor, passages=["Trade fell."])


def test_passages_are_kept_as_texts_are_each_once(editor: User) -> None:
    passages = ["Cafe\u0301 closed. ", "Caf\u00e9 closed."]

    source = stands(make.source(), Standing.CORRECTED, editor, passages=passages)

    assert source.standing_passages == ["Caf\u00e9 closed."]


def test_a_hundred_passages_are_enough(editor: User) -> None:
    with pytest.raises(Refusal, match="names 101 passages"):
        stands(
            make.source(),
            Standing.CORRECTED,
            editor,
            passages=[f"Sentence {number}." for number in range(101)],
        )


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER])
def test_it_takes_an_editor(role: Role) -> None:
    with pytest.raises(NotPermitted):
        stands(make.source(), Standing.RETRACTED, make.person(role))


def test_each_quote_is_told_what_the_correction_means_for_it(editor: User) -> None:
    source = make.source("Trade fell by 9%. Exports rose. Imports rose. Exports rose.")
    quotes = ["Trade fell by 9%.", "Exports rose.", "Imports rose.", "Not in the text at all."]
    for words in quotes:
        make.excerpt(words, of=source)

    source = stands(source, Standing.CORRECTED, editor, passages=["fell by 9%", "rose. Imports"])

    assert {excerpt.exact: touch for excerpt, touch in touches(source)} == {
        "Trade fell by 9%.": Touch.TOUCHED,
        "Exports rose.": Touch.TOUCHED,
        "Imports rose.": Touch.TOUCHED,
        "Not in the text at all.": Touch.UNLOCATED,
    }
