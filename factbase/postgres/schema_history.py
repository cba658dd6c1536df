"""Refuse databases whose tables were made before the first migrations were made anew.

Each app has one first migration, `0001_tables`. Tables that an `0001_initial` made have no way to
it: no release had them.
"""

from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from factbase.postgres.refusals import DatabaseUnavailable

_MADE_ANEW = frozenset((app, "0001_initial") for app in ("factbase", "sources", "claims"))


def is_from_before(applied: Iterable[Any]) -> bool:
    """Return whether migrations, as (app, name), are those from before they were made anew."""
    return not _MADE_ANEW.isdisjoint(applied)


def refuse_from_before(connection: BaseDatabaseWrapper) -> None:
    """Raise DatabaseUnavailable for a database whose tables no migration leads on from."""
    if is_from_before(MigrationRecorder(connection).applied_migrations()):
        raise DatabaseUnavailable(
            "earlier_tables",
            f"The database {connection.settings_dict['NAME']} was made by a factbase from before "
            "its tables were settled, and cannot be brought up to date. Nothing was changed. Start "
            "with an empty one: another data folder (FACTBASE_DATA) or DATABASE_URL.",
        )
