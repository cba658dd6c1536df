"""Translations of quotes: who may write them, what they must say, and what never changes."""

from datetime import timedelta
from typing import Any

import pghistory
import pytest

from claims.actions.claims.entry import Tie
from claims.actions.claims.publication import HOLD, retract, take_off
from claims.models import Version
from factbase.models import User
from sources.actions.permission import NotPermitted
from sources.actions.quotes.excerpts import quote
from sources.actions.quotes.translations import TranslationRefused, translate
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.domain.refusals import Refusal
from sources.models import Excerpt
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db

LATER = make.TODAY + timedelta(days=1)


def translated(excerpt: Excerpt, by: User, **fields: Any) -> Excerpt:
    made = {"translation": "Trade fell.", "translated_by": "Apertium 3.8", "method": "machine"}
    return translate(excerpt=excerpt, by=by, **{"at": LATER, **made, **fields})


def test_a_translation_is_kept_with_who_made_it_and_how() -> None:
    excerpt = translated(make.excerpt(), make.person())

    excerpt.refresh_from_db()
    assert excerpt.translation == "Trade fell."
    assert (excerpt.translated_by, excerpt.translation_method) == ("Apertium 3.8", "machine")


def test_the_words_stay_as_they_are() -> None:
    excerpt = make.excerpt()
    before = (excerpt.exact, excerpt.prefix, excerpt.suffix, excerpt.grade)

    translated(excerpt, make.person())

    excerpt.refresh_from_db()
    assert (excerpt.exact, excerpt.prefix, excerpt.suffix, excerpt.grade) == before


def test_every_wording_stays_in_its_history_with_who_wrote_it() -> None:
    excerpt, first, second = make.excerpt(), make.person(), make.person()
    translated(excerpt, first)
    translated(excerpt, second, translation="Trade declined.")

    events = pghistory.models.Events.objects.tracks(excerpt).order_by("pgh_id")  # type: ignore[no-untyped-call]  # has no types
    wordings = [(one.pgh_data["translation"], one.pgh_context) for one in events]

    assert [words for words, _who in wordings][-2:] == ["Trade fell.", "Trade declined."]
    assert [who["user"] for _words, who in wordings][-2:] == [first.pk, second.pk]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"translated_by": ""}, "no_translator"),
        ({"method": ""}, "no_method"),
        ({"translation": " "}, "no_translation"),
        ({"method": "guess"}, "unknown_method"),
        ({"translation": "\0"}, "unreadable"),
        ({"translated_by": "a" * 121}, "too_long"),
    ],
)
def test_a_translation_that_does_not_say_enough_is_refused(
    fields: dict[str, str], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        translated(make.excerpt(), make.person(), **fields)

    assert refused.value.code == code


def test_a_translation_can_be_taken_away() -> None:
    excerpt = translated(make.excerpt(), make.person())

    nothing = {"translation": "", "translated_by": "", "method": ""}
    assert translated(excerpt, make.person(), **nothing).translation == ""


def test_an_account_that_is_closed_translates_nothing() -> None:
    by = make.person()
    by.is_active = False

    with pytest.raises(NotPermitted):
        translated(make.excerpt(), by)


def test_withheld_words_are_not_translated() -> None:
    excerpt = make.excerpt()
    (asked,) = ask_to_withhold(
        targets=[excerpt], reason="A court.", by=make.person(Role.ADMINISTRATOR), at=make.TODAY
    )
    carry_out(request=asked, by=make.person(Role.EDITOR), at=make.TODAY)

    with pytest.raises(TranslationRefused, match="withheld"):
        translated(excerpt, make.person(Role.EDITOR))


def on_hold(**fields: Any) -> Version:
    return make.approved(make.submitted(**fields), publish_at=HOLD)


def to_come(**fields: Any) -> Version:
    return make.approved(make.submitted(**fields), publish_at=LATER + timedelta(days=9))


@pytest.mark.parametrize(
    ("made", "is_bound"),
    [
        (make.draft, False),
        (make.submitted, False),
        (make.published, True),
        (on_hold, True),
        (to_come, True),
    ],
)
def test_what_a_second_person_approved_only_an_editor_translates(made: Any, is_bound: bool) -> None:
    excerpt = make.excerpt()
    made(evidence=[Tie(excerpt)])

    for role in (Role.CONTRIBUTOR, Role.REVIEWER):
        if is_bound:
            with pytest.raises(TranslationRefused, match="only an editor"):
                translated(excerpt, make.person(role), translation=f"By a {role}.")
        else:
            translated(excerpt, make.person(role), translation=f"By a {role}.")
    translated(excerpt, make.person(Role.EDITOR), translation="By an editor.")

    excerpt.refresh_from_db()
    assert excerpt.translation == "By an editor."


def test_what_readers_no_longer_see_is_free_again() -> None:
    excerpt, editor = make.excerpt(), make.person(Role.EDITOR)
    version = make.published(evidence=[Tie(excerpt)])
    take_off(claim=version.claim, reason="A slip.", by=editor, at=LATER)

    translated(excerpt, make.person(), at=LATER + timedelta(hours=1))


def test_what_is_retracted_stays_readable_and_bound() -> None:
    excerpt, editor = make.excerpt(), make.person(Role.EDITOR)
    version = make.published(evidence=[Tie(excerpt)])
    retract(claim=version.claim, reason="A slip.", by=editor, at=LATER)

    with pytest.raises(TranslationRefused, match="only an editor"):
        translated(excerpt, make.person(), at=LATER + timedelta(hours=1))


def test_the_same_translation_again_is_no_change() -> None:
    excerpt = translated(make.excerpt(), make.person())
    make.published(evidence=[Tie(excerpt)])

    translated(excerpt, make.person())


def test_a_translation_that_comes_with_a_known_quote_is_not_lost() -> None:
    excerpt = make.excerpt()

    again = quote(
        source=excerpt.source,
        exact=excerpt.exact,
        translation="Satz.",
        translated_by="Ada",
        translation_method="human",
        by=make.person(),
        at=make.TODAY,
    )

    assert again == excerpt
    assert again.translation == "Satz."
