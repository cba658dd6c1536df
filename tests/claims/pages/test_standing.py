"""Where a source stands, as readers see it."""

from datetime import date

import pytest
from django.test import Client

from claims.actions.entry import Tie
from sources.actions.standing import set_standing
from sources.vocabulary import Role, Standing
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
    assert data["standing"] == "corrected"
    assert data["standing_on"] == "2025-05-01"
    assert data["standing_passages"] == ["Trade fell by 9%."]
