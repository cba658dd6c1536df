"""Responses to one account are not cached; all others are asked for again each time."""

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db

ADDRESSES = ("/", "/topics/", "/conflicts/", "/api/v1/claims/", "/api/v1/sources/none/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_an_account_reads_is_its_own(address: str) -> None:
    client = Client()
    client.force_login(make.person())

    assert client.get(address).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_everybody_reads_is_sent_again_only_after_the_server_was_asked(address: str) -> None:
    assert Client().get(address).headers["Cache-Control"] == "no-cache"
