"""Check that the constraints which models and migrations name exist in the database."""

from collections.abc import Iterator

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

# Named in a migration, since a model cannot say a foreign key of three columns.
IN_MIGRATIONS = {("claims_review", "a review names a version with its author and content")}

PRESENT = """
SELECT c.relname, k.conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE c.relnamespace = 'public'::regnamespace AND k.convalidated
UNION
SELECT c.relname, i.relname FROM pg_index x
JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
WHERE c.relnamespace = 'public'::regnamespace AND x.indisunique AND x.indisvalid
"""


def declared_constraints() -> set[tuple[str, str]]:
    """Return table and name of every named constraint."""
    return IN_MIGRATIONS | {
        (model._meta.db_table, constraint.name)
        for model in apps.get_models()
        for constraint in model._meta.constraints
    }


def constraint_problems(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Yield a sentence for each constraint that is missing."""
    with connection.cursor() as cursor:
        cursor.execute(PRESENT)
        standing = set(cursor.fetchall())
    for table, name in sorted(declared_constraints() - standing):
        yield f"The constraint “{name}” on {table} is missing."
