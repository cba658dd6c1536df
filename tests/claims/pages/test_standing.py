"""Where a source stands, as readers see it."""

from datetime import date

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from sources.actions.standing import set_standing
from sources.actions.withholding.withhold import ask_to_withhold, carry_out
from sources.vocabulary import Access, Role, Standing
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_readers_see_the_standing_with_its_day_reason_and_passages() -> None:
    source = make.source("Trade fell by 9%. Exports rose.", key="report")
    version = make.published(evidence=[Tie(make.excerpt("Exports rose.", of=source))])
    set_standing(
        source=source,
        standing=Standing.CORRECTED,
        on=date(2025, 5, 1),
        reason="The table was wrong.",
        passages=["Trade fell by 9%."],
        by=make.person(Role.EDITOR),
        at=make.TODAY,
    )
    client = Client()

    page = client.get("/sources/report/").content.decode()
    claim = client.get(f"/claims/{version.claim.ref}/").content.decode()
    data = client.get("/api/v1/sources/report/").json()

    for words in ("Corrected", "1 May 2025", "The table was wrong.", "Trade fell by 9%."):
        assert words in page
    assert "Corrected" in claim
    assert data["standing"]["code"] == "corrected"
    assert data["standing"]["since"] == "2025-05-01"
    assert data["standing_passages"] == ["Trade fell by 9%."]


def test_a_passage_that_was_withheld_keeps_its_place_on_pages_in_the_api_and_in_the_history() -> (
    None
):
    source = make.source("Trade fell by 9%. Exports rose.", key="report")
    make.published(evidence=[Tie(make.excerpt("Exports rose.", of=source))])
    set_standing(
        source=source,
        standing=Standing.CORRECTED,
        on=date(2025, 5, 1),
        reason="The table was wrong.",
        passages=["Trade fell by 9%."],
        by=make.person(Role.EDITOR),
        at=make.TODAY,
    )
    (asked,) = ask_to_withhold(
        targets=[make.excerpt("Trade fell by 9%.", of=source)],
        reason="A court said so.",
        by=make.person(Role.ADMINISTRATOR),
        at=make.TODAY,
    )
    editor = make.person(Role.EDITOR)
    carry_out(request=asked, by=editor, at=make.TODAY)
    client, desk = Client(), Client()
    desk.force_login(editor)

    page = client.get("/sources/report/").content.decode()
    data = client.get("/api/v1/sources/report/").json()
    standing = desk.get(f"/admin/sources/source/{source.pk}/standing/")

    assert "[a passage that was withheld]" in page
    assert data["standing_passages"] == [""]
    assert [then.passages for then in standing.context["standings"]] == [[""]]
    assert standing.content.decode().count("A passage that was withheld") == 2
    assert standing.context["form"].initial["passages"] == []


SENTENCE = "The source was retracted on 1 May 2025: The data were made up."


def test_a_claim_says_beside_the_quote_that_its_source_was_retracted(client: Client) -> None:
    source = make.source("Trade fell.", key="report")
    version = make.published(evidence=[Tie(make.excerpt("Trade fell.", of=source))])
    make.stands(source, Standing.RETRACTED)

    for path in (f"/claims/{version.claim.ref}/", "/sources/report/"):
        assert SENTENCE in client.get(path).content.decode()


def test_of_a_confidential_source_the_public_reads_the_kind_of_standing_alone(
    client: Client,
) -> None:
    secret = make.source("Trade fell.", access=Access.STAFF, public_descriptor="a memo")
    version = make.published(evidence=[Tie(make.excerpt("Trade fell.", of=secret))])
    make.stands(secret, Standing.CONCERN)

    page = client.get(f"/claims/{version.claim.ref}/").content.decode()

    assert "The publisher of a confidential source issued an expression of concern." in page
    assert "2025-05-01" not in page
    assert "1 May 2025" not in page
    assert "made up" not in page
