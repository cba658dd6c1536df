"""Every response has a policy: that of the settings, or what its view asks for."""

import pytest
from csp.utils import build_policy
from django.test import Client

pytestmark = pytest.mark.django_db
POLICY = "Content-Security-Policy"


@pytest.mark.parametrize("address", ["/", "/nowhere/", "/admin/login/", "/api/v1/"])
def test_pages_and_errors_have_the_policy_of_the_settings(client: Client, address: str) -> None:
    policy = client.get(address).headers[POLICY]

    assert sorted(policy.split("; ")) == sorted(build_policy().split("; "))


def test_a_view_with_a_policy_of_its_own_keeps_it(client: Client) -> None:
    policies = {client.get(path).headers[POLICY] for path in ("/api/v1/docs/", "/api/v1/")}

    assert len(policies) == 2
