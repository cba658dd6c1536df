"""The standing of its sources beside a claim in the API."""

from typing import Any

import pytest
from django.test import Client

from claims.actions.claims.entry import Tie
from claims.models import Version
from sources.models import Source
from sources.vocabulary import Access, Role, Standing
from tests import factories as make

pytestmark = pytest.mark.django_db


def claim_on(source: Source) -> Version:
    return make.published(evidence=[Tie(make.excerpt("Trade fell.", of=source))])


def evidence(client: Client, version: Version) -> Any:
    (piece,) = client.get(f"/api/v1/claims/{version.claim.ref}/").json()["evidence"]
    return piece


@pytest.mark.parametrize("standing", [one for one in Standing if one != Standing.CURRENT])
def test_evidence_says_the_standing_of_its_source(client: Client, standing: Standing) -> None:
    source = make.source("Trade fell.")
    version = claim_on(source)
    make.stands(source, standing)

    piece = evidence(client, version)

    assert piece["standing"]["code"] == standing
    assert "1 May 2025: The data were made up." in piece["standing"]["sentence"]
    assert piece["source"]["standing"] == piece["standing"]


def test_evidence_of_a_source_that_is_current_says_nothing(client: Client) -> None:
    piece = evidence(client, claim_on(make.source("Trade fell.")))

    assert (piece["standing"], piece["source"]["standing"]) == (None, None)


def test_of_a_confidential_source_the_public_is_told_the_kind_alone(client: Client) -> None:
    secret = make.source("Trade fell.", access=Access.STAFF, public_descriptor="a memo")
    version = claim_on(secret)
    make.stands(secret, Standing.RETRACTED)
    staff = Client()
    staff.force_login(make.person(Role.REVIEWER))

    piece = evidence(client, version)

    assert piece["standing"] == {
        "code": "retracted",
        "label": "Retracted",
        "since": None,
        "reason": "",
        "sentence": "A confidential source was retracted.",
    }
    assert evidence(staff, version)["standing"]["reason"] == "The data were made up."
