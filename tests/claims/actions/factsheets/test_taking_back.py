"""Errata and withdrawals: an edition stays, and says what the desk says of it."""

import pytest
from django.test import Client

from claims.actions.factsheets.taking_back import EditionRefused, add_erratum, withdraw_edition
from claims.models import EditionWithdrawal, Erratum
from sources.actions.permission import NotPermitted
from sources.domain.text_fields import WordsRefused
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.issued import ISSUED, issue

pytestmark = pytest.mark.django_db

PAGE = "/factsheets/sheet/1/"


def test_an_erratum_stands_on_the_edition_and_the_next_one_beside_it(client: Client) -> None:
    edition, editor = issue(make.published()), make.person(Role.EDITOR)

    for words in ("For 8% read 9%.", "For May read June."):
        add_erratum(edition=edition, words=words, by=editor, at=ISSUED)

    page = client.get(PAGE).content.decode()
    assert page.index("For 8% read 9%.") < page.index("For May read June.")
    told = client.get("/api/v1/editions/sheet/1/").json()
    assert [one["words"] for one in told["errata"]] == ["For 8% read 9%.", "For May read June."]
    assert told["state"] == "current"


def test_a_withdrawn_edition_says_why_and_stays(client: Client) -> None:
    edition = issue(make.published())

    withdraw_edition(
        edition=edition, reason="The table is wrong.", by=make.person(Role.EDITOR), at=ISSUED
    )

    page = client.get(PAGE).content.decode()
    assert "The table is wrong." in page
    assert "Words of the sheet. brief" in page
    assert client.get("/api/v1/editions/sheet/1/").json()["state"] == "withdrawn"


def test_an_edition_is_withdrawn_once_and_corrected_still() -> None:
    edition = issue(make.published())
    first, second = make.person(Role.EDITOR), make.person(Role.EDITOR)
    withdraw_edition(edition=edition, reason="The table is wrong.", by=first, at=ISSUED)

    with pytest.raises(EditionRefused, match=str(first)):
        withdraw_edition(edition=edition, reason="Another.", by=second, at=ISSUED)

    assert EditionWithdrawal.objects.get().reason == "The table is wrong."
    add_erratum(edition=edition, words="For 8% read 9%.", by=second, at=ISSUED)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER])
def test_who_is_no_editor_corrects_and_withdraws_nothing(role: Role) -> None:
    edition, by = issue(make.published()), make.person(role)

    with pytest.raises(NotPermitted):
        add_erratum(edition=edition, words="For 8% read 9%.", by=by, at=ISSUED)
    with pytest.raises(NotPermitted):
        withdraw_edition(edition=edition, reason="It is wrong.", by=by, at=ISSUED)

    assert not Erratum.objects.exists()
    assert not EditionWithdrawal.objects.exists()


def test_an_erratum_and_a_withdrawal_say_something() -> None:
    edition, by = issue(make.published()), make.person(Role.EDITOR)

    with pytest.raises(WordsRefused):
        add_erratum(edition=edition, words=" ", by=by, at=ISSUED)
    with pytest.raises(WordsRefused):
        withdraw_edition(edition=edition, reason="", by=by, at=ISSUED)


def test_no_erratum_and_no_reason_names_a_confidential_source() -> None:
    make.source(title="Minutes of the inner circle", access="staff", public_descriptor="notes")
    edition, editor = issue(make.published()), make.somebody(Role.EDITOR)
    words = "It rests on the minutes of the  Inner Circle."

    with pytest.raises(EditionRefused, match="kept confidential"):
        add_erratum(edition=edition, words=words, by=editor, at=make.TODAY)
    with pytest.raises(EditionRefused, match="kept confidential"):
        withdraw_edition(edition=edition, reason=words, by=editor, at=make.TODAY)
