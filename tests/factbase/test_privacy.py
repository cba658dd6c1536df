"""Responses to one account are not cached."""

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
def test_what_everybody_reads_is_not_marked(address: str) -> None:
    assert "Cache-Control" not in Client().get(address).headers
