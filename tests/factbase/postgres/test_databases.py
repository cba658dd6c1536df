"""Addresses of databases are read as libpq reads them, and refused without their password."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from factbase.postgres.databases import databases, is_one_role

DATA = Path("/a data folder")


def read(url: str, **more: str) -> dict[str, Any]:
    """The runtime role's settings for an address, without the defaults."""
    found = databases({"DATABASE_URL": url, **more}, DATA)["default"]
    return {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://ann:secret@db.example:5433/facts",
            ["facts", "ann", "secret", "db.example", "5433", {}],
        ),
        (
            "postgres://ann@db.example/facts",
            ["facts", "ann", "", "db.example", "", {}],
        ),
        (
            "postgresql://an%20n:p%40ss%2F%3A%25@[::1]/fa%20cts",
            ["fa cts", "an n", "p@ss/:%", "::1", "", {}],
        ),
        (
            "postgresql://ann@%2Frun%2Fpostgresql/facts",
            ["facts", "ann", "", "/run/postgresql", "", {}],
        ),
        (
            "postgresql:///facts?host=/srv/a%20folder&user=ann",
            ["facts", "ann", "", "/srv/a folder", "", {}],
        ),
        (
            "postgresql://ann@db/facts?sslmode=verify-full&sslrootcert=/etc/ca.pem",
            [
                "facts",
                "ann",
                "",
                "db",
                "",
                {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"},
            ],
        ),
        (
            "postgresql://ann@one,two:5433/facts?target_session_attrs=read-write",
            ["facts", "ann", "", "one,two", ",5433", {"target_session_attrs": "read-write"}],
        ),
    ],
)
def test_an_address_is_taken_apart(url: str, expected: list[Any]) -> None:
    *named, options = expected

    found = read(url)

    assert list(found.values()) == [*named, {"connect_timeout": "10", **options}]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("mysql://ann:secret@db/facts", "must begin with postgresql://"),
        ("host=db password=secret", "must begin with postgresql://"),
        ("postgresql://ann:secret@db", "names no database"),
        ("postgresql://ann:secret@db/fa cts", "is not an address"),
        ("postgresql://ann:secret@db/facts?no_such_option=1", "is not an address"),
        ("postgresql://ann:secret%zz@db/facts", "is not an address"),
    ],
)
def test_what_is_no_address_is_refused_without_its_password(url: str, why: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"DATABASE_URL.*{why}") as caught:
        read(url)

    assert "secret" not in str(caught.value)


def test_without_an_address_the_embedded_server_serves_both_roles() -> None:
    found = databases({}, DATA)

    assert found["default"]["EMBEDDED"] == found["owner"]["EMBEDDED"] == str(DATA)
    assert (found["default"]["USER"], found["owner"]["USER"]) == ("factbase", "factbase_owner")
    assert not is_one_role(found)


def test_the_owner_has_an_address_of_its_own_or_is_the_runtime_role() -> None:
    url, owner = "postgresql://ann@db/facts", "postgresql://owner@db/facts"

    one = databases({"DATABASE_URL": url}, DATA)
    two = databases({"DATABASE_URL": url, "DATABASE_OWNER_URL": owner}, DATA)

    assert is_one_role(one)
    assert not is_one_role(two)
    assert two["owner"]["USER"] == "owner"


def test_an_owner_without_a_runtime_role_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL is not"):
        databases({"DATABASE_OWNER_URL": "postgresql://owner@db/facts"}, DATA)
