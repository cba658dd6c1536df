"""Brings the tables up to date as their owner, then gives the runtime role its rights.

The views in which the past is read are made anew, for they follow from the tables.

A migration may change what claims are compared by, as it stores their values anew. All are compared
again then, so that the records of conflicts are what the rules of this version give.
"""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from claims.actions.conflicts.detection import detect_all
from factbase.postgres import past_schemas, rights
from factbase.postgres.schema_history import refuse_from_before

# Advisory lock: two commands that migrate at once take turns. The number names this purpose alone.
MIGRATION_LOCK = 7_236_001


class Command(migrate.Command):
    """Django's migrate on the alias `owner`, with the rights and a comparison after it."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take Django's options, with the owner as default database."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, set the rights and compare the claims that are there, alone."""
        if options["database"] != "owner":
            raise CommandError(
                "Migrations run as the owner of the tables: leave --database out, or say owner."
            )
        connection = connections["owner"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            refuse_from_before(connection)
            before = applied(connection)
            is_change = not (options["plan"] or options["check_unapplied"])
            if is_change:
                past_schemas.remove_views(connection)
            super().handle(*args, **options)
            if is_change:
                rights.apply(connection)
            if is_change and is_up_to_date(connection):
                past_schemas.make_views(connection, rights.runtime_role())
            is_whole = options["migration_name"] is None
            if is_whole and applied(connection) != before and has_claims(connection):
                detect_all(at=timezone.now())
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def is_up_to_date(connection: BaseDatabaseWrapper) -> bool:
    """Whether all migrations are applied, so that the tables are those of the code."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def applied(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """The migrations of claims that were applied, as (app, name)."""
    done = MigrationRecorder(connection).applied_migrations()
    return {migration for migration in done if migration[0] == "claims"}


def has_claims(connection: BaseDatabaseWrapper) -> bool:
    """Whether anything could be compared."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM claims_version)")
        (found,) = cursor.fetchone()
    return bool(found)
