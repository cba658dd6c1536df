"""The setting DATABASES: one database, as the runtime role and as the owner of its tables."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

ENGINE = "factbase.postgres"
# libpq's names of Django's settings; every other parameter of libpq is passed on as an option.
SETTINGS = {
    "dbname": "NAME",
    "user": "USER",
    "password": "PASSWORD",
    "host": "HOST",
    "port": "PORT",
}
SCHEMES = ("postgresql://", "postgres://")


def databases(environ: Mapping[str, str], data_dir: Path) -> dict[str, dict[str, Any]]:
    """The aliases `default`, the runtime role, and `owner`, the role that owns the tables.

    DATABASE_URL and DATABASE_OWNER_URL (by default the same) name a server; without the first,
    the embedded one of the data folder serves.
    """
    url = environ.get("DATABASE_URL", "").strip()
    owner_url = environ.get("DATABASE_OWNER_URL", "").strip()
    if url:
        return {
            "default": from_url(url, "DATABASE_URL"),
            "owner": from_url(owner_url or url, "DATABASE_OWNER_URL"),
        }
    if owner_url:
        raise ImproperlyConfigured(
            "DATABASE_OWNER_URL is set and DATABASE_URL is not. Set both, or neither to use the "
            "embedded PostgreSQL."
        )
    return {
        "default": embedded(data_dir, "factbase"),
        "owner": embedded(data_dir, "factbase_owner"),
    }


def embedded(data_dir: Path, role: str) -> dict[str, Any]:
    """The embedded database as one of its roles."""
    return with_defaults({"NAME": "factbase", "USER": role, "EMBEDDED": str(data_dir)})


def from_url(url: str, variable: str) -> dict[str, Any]:
    """The settings for a postgresql:// address, read as libpq reads it.

    Raises ImproperlyConfigured, which names the variable and never the password.
    """
    if not url.startswith(SCHEMES):
        raise ImproperlyConfigured(
            f"{variable} must begin with postgresql://, as in "
            "postgresql://user:password@host:5432/database."
        )
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise ImproperlyConfigured(
            f"{variable} is not an address of PostgreSQL. Write special characters as % and two "
            "hex digits (a space is %20)."
        ) from error
    if not parts.get("dbname"):
        raise ImproperlyConfigured(
            f"{variable} names no database: end it with a slash and the database's name."
        )
    options = {name: value for name, value in parts.items() if name not in SETTINGS}
    named = {setting: str(parts.get(name) or "") for name, setting in SETTINGS.items()}
    return with_defaults({**named, "OPTIONS": {"connect_timeout": "10", **options}})


def with_defaults(settings: dict[str, Any]) -> dict[str, Any]:
    """Add engine and connection age; a kept connection is checked before each use."""
    return {
        "ENGINE": ENGINE,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        **settings,
    }


def is_one_role(databases: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether the runtime role is also the owner, who can disable triggers."""
    runtime, owner = databases["default"], databases["owner"]
    return all(runtime.get(name) == owner.get(name) for name in ("USER", "HOST", "PORT", "NAME"))
