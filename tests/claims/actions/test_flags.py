"""Closing flags."""

from datetime import timedelta

import pytest

from claims.actions.flags import FlagRefused, close_flag
from claims.models import Flag
from claims.vocabulary import FlagKind
from sources.actions.permission import NotPermitted
from sources.domain.text_fields import WordsRefused
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db


def flag() -> Flag:
    claim = make.published().claim
    return Flag.objects.create(
        claim=claim, kind=FlagKind.SOURCE_STANDING, cause="It was corrected", opened_at=make.TODAY
    )


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR])
def test_a_reviewer_closes_a_flag_with_a_note(role: Role) -> None:
    opened, by = flag(), make.person(role)
    later = make.TODAY + timedelta(hours=1)

    close_flag(flag=opened, note=" The table does not matter here. ", by=by, at=later)

    opened.refresh_from_db()
    assert (opened.closed_at, opened.closed_by) == (later, by)
    assert opened.closing_note == "The table does not matter here."


def test_a_contributor_closes_no_flag() -> None:
    opened = flag()

    with pytest.raises(NotPermitted):
        close_flag(flag=opened, note="Seen.", by=make.person(), at=make.TODAY)

    opened.refresh_from_db()
    assert opened.closed_at is None


@pytest.mark.parametrize("note", ["", " \n", "\u200b"])
def test_a_flag_is_not_closed_without_a_note(note: str) -> None:
    with pytest.raises(WordsRefused, match="The note is missing"):
        close_flag(flag=flag(), note=note, by=make.person(Role.REVIEWER), at=make.TODAY)


def test_a_second_close_is_refused_with_who_closed_it_and_when() -> None:
    opened, first = flag(), make.person(Role.REVIEWER, name="first-one")
    close_flag(flag=opened, note="Seen.", by=first, at=make.TODAY)

    with pytest.raises(FlagRefused, match="First-One closed this flag at 2025-06-01 12:00 UTC"):
        close_flag(flag=opened, note="Again.", by=make.person(Role.EDITOR), at=make.TODAY)

    opened.refresh_from_db()
    assert opened.closing_note == "Seen."
