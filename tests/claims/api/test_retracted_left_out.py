"""Pages of claims without the retracted ones among them."""

import pytest
from django.test import Client
from django.utils import timezone

from claims.actions.claims.publication import retract
from sources.vocabulary import Role
from tests import factories as make


@pytest.fixture
def among_retracted(db: None, client: Client) -> list[str]:
    """Two claims that stand, the higher reference first, with retracted ones between and below."""
    claims = [make.published(statement=f"Kelp has {number}.").claim for number in range(5)]
    for number in (0, 2, 3):
        by = make.somebody(Role.EDITOR)
        retract(claim=claims[number], reason="Wrong.", by=by, at=timezone.now())
    return [claims[4].ref, claims[1].ref]


@pytest.mark.parametrize("spare", [0, 1, 2, 9])
@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("asked", ["", "q=kelp&", "ordering=recorded&"])
def test_pages_among_retracted_claims_are_full_and_the_last_one_is_told(
    among_retracted: list[str],
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    asked: str,
    limit: int,
    spare: int,
) -> None:
    monkeypatch.setattr("claims.api.claims.SPARE_ROWS", spare)
    pages: list[list[str]] = []
    url = f"/api/v1/claims/?{asked}limit={limit}"
    while url:
        body = client.get(url).json()
        pages.append([one["ref"] for one in body["results"]])
        assert body["retracted_left_out"] is True
        url = body["next"]

    expected = among_retracted[::-1] if "ordering" in asked else among_retracted
    assert pages == [expected[start : start + limit] for start in range(0, 2, limit)]
