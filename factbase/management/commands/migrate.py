"""Brings the tables up to date as their owner, then gives the runtime role its rights."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections

from factbase.postgres import rights
from factbase.postgres.schema_history import refuse_from_before

# Advisory lock: two commands that migrate at once take turns. The number names this purpose alone.
MIGRATION_LOCK = 7_236_001


class Command(migrate.Command):
    """Django's migrate on the alias `owner`, with the rights after it."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take Django's options, with the owner as default database."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate and set the rights, alone."""
        if options["database"] != "owner":
            raise CommandError(
                "Migrations run as the owner of the tables: leave --database out, or say owner."
            )
        connection = connections["owner"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            refuse_from_before(connection)
            super().handle(*args, **options)
            if not (options["plan"] or options["check_unapplied"]):
                rights.apply(connection)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
