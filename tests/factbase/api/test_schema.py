"""The schema says all that there is, and its readable form loads nothing from elsewhere."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from factbase.api.router import LISTS, OF_A_CLAIM

pytestmark = pytest.mark.django_db


def test_the_schema_is_valid_and_made_without_a_warning() -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())


def test_every_address_is_in_the_schema(client: Client) -> None:
    schema = client.get("/api/v1/schema/").json()

    expected = {f"/api/v1/{name}/" for name in [*LISTS, "factsheets"]}
    expected |= {f"/api/v1/claims/{{ref}}/{name}/" for name in OF_A_CLAIM}
    assert expected <= set(schema["paths"])
    assert schema["openapi"].startswith("3.1")
    for path, methods in schema["paths"].items():
        posts = ("/api/v1/captures/", "/api/v1/extracts/")
        taken = {"get", "post"} if path in posts else {"get"}
        assert set(methods) == taken, path
        assert all(method["description"] for method in methods.values()), path


def test_every_parameter_says_what_it_does(client: Client) -> None:
    for path, methods in client.get("/api/v1/schema/").json()["paths"].items():
        for parameter in methods["get"].get("parameters", []):
            assert parameter["description"], (path, parameter["name"])


def test_a_row_of_a_list_is_whole_or_a_part_that_fields_names(client: Client) -> None:
    """The whole comes first: a generated client takes the first that fits, and all fit a part."""
    schema = client.get("/api/v1/schema/").json()
    components = schema["components"]["schemas"]

    lists = 0
    for path, methods in schema["paths"].items():
        parameters = {one["name"]: one for one in methods["get"].get("parameters", [])}
        if "fields" not in parameters:
            continue
        lists += 1
        (content,) = methods["get"]["responses"]["200"]["content"].values()
        choices = content["schema"]["properties"]["results"]["items"]["anyOf"]
        whole, part = (components[one["$ref"].rpartition("/")[2]] for one in choices)
        assert whole["required"], path
        assert "required" not in part, path
        assert whole["properties"] == part["properties"], path
        assert parameters["fields"]["schema"]["items"]["enum"] == list(whole["properties"]), path
        assert parameters["fields"]["explode"] is False, path
    assert lists > 10


def test_the_docs_load_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/api/v1/docs/")
    script = client.get("/api/v1/docs/?script=")

    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.content.decode())
    assert addresses
    assert all(address.startswith("/") for address in addresses)
    assert "https://" not in script.content.decode()


def test_only_the_docs_have_a_looser_policy(client: Client) -> None:
    docs = client.get("/api/v1/docs/").headers["Content-Security-Policy"]
    claims = client.get("/api/v1/claims/").headers["Content-Security-Policy"]

    assert "style-src 'self' 'unsafe-inline'" in docs
    assert "img-src 'self' data:" in docs
    assert "script-src" not in docs  # so default-src 'self' holds
    assert "unsafe-inline" not in claims
