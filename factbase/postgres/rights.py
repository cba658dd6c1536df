"""Rights of the runtime role, derived from the models' guards: granting and checking them.

The owner role owns every table and runs migrations. The runtime role owns nothing: no trigger
can be disabled by it, nothing truncated, nothing deleted from what is append-only.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from factbase.postgres import triggers
from factbase.postgres.databases import is_one_role
from sources.models.guards import guard_of

# Everything PostgreSQL 15 can grant on a table; TRUNCATE, REFERENCES and TRIGGER are never granted.
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
CHANGE = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})


@dataclass(frozen=True)
class Right:
    """Privileges on a table as a whole, and the columns that UPDATE may touch."""

    table: frozenset[str]
    columns: frozenset[str] = frozenset()


READ = Right(frozenset({"SELECT"}))


def rights() -> dict[str, Right]:
    """The right on every table, by its name. What is not named may not even be read."""
    found = {"django_migrations": READ}
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy and not issubclass(model, pghistory.models.Events):  # a query
            found[model._meta.db_table] = right_on(model)
    return found


def right_on(model: type[models.Model]) -> Right:
    """Return the right that the guards declared on a model leave."""
    guard = guard_of(model)
    if issubclass(model, pghistory.models.Event):  # triggers write it, as the owner
        return Right(READ.table, guard.updatable)
    if guard.append_only:
        return Right(frozenset({"SELECT", "INSERT"}), guard.updatable)
    return Right(CHANGE - {"DELETE"} if guard.kept else CHANGE)


def runtime_role() -> str:
    """Return the name of the role that `default` connects as."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT session_user")
        return str(cursor.fetchone()[0])


def apply(connection: BaseDatabaseWrapper, role: str | None = None) -> None:
    """Give the runtime role what it needs and no more, and close the triggers' switch.

    `connection` is the owner's. Safe to run again. Where one role is both, it only closes
    the switch.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = str(cursor.fetchone()[0])
        role = role or runtime_role()
        for statement in triggers.hardening_statements(connection):
            cursor.execute(statement)
        if role != owner:
            for grant in grants(connection, role):
                cursor.execute(grant.as_string())


def grants(connection: BaseDatabaseWrapper, role: str) -> Iterator[sql.Composed]:
    """The statements that set the rights of a role in the schema `public`."""
    to = sql.Identifier(role)
    database = sql.Identifier(str(connection.settings_dict["NAME"]))
    nobody = sql.SQL("PUBLIC")
    with connection.cursor() as cursor:
        cursor.execute(OWNED)
        owned: dict[str, list[str]] = dict(cursor.fetchall())
    for grantee in (nobody, to):
        if "database" in owned:
            yield sql.SQL("REVOKE ALL ON DATABASE {} FROM {}").format(database, grantee)
        if "schema" in owned:
            yield sql.SQL("REVOKE ALL ON SCHEMA public FROM {}").format(grantee)
    if "database" in owned:
        yield sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, to)
    if "schema" in owned:
        yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(to)
    wanted = rights()
    for name in owned.get("table", ()):
        yield from table_grants(name, wanted.get(name, Right(frozenset())), to)
    for kind, privilege in (("sequence", "USAGE"), ("routine", "EXECUTE")):
        for name in owned.get(kind, ()):
            thing = sql.SQL(f"{kind.upper()} {name}")  # quoted by PostgreSQL itself
            yield sql.SQL("REVOKE ALL ON {} FROM PUBLIC, {}").format(thing, to)
            yield sql.SQL(f"GRANT {privilege} ON {{}} TO {{}}").format(thing, to)


def table_grants(name: str, right: Right, to: sql.Identifier) -> Iterator[sql.Composed]:
    """The statements for one table; a revoke takes the rights on single columns along."""
    table = sql.Identifier("public", name)
    yield sql.SQL("REVOKE ALL ON {} FROM PUBLIC, {}").format(table, to)
    parts: list[sql.Composable] = [sql.SQL(privilege) for privilege in sorted(right.table)]
    if right.columns:
        columns = sql.SQL(", ").join(map(sql.Identifier, sorted(right.columns)))
        parts.append(sql.SQL("UPDATE ({})").format(columns))
    if parts:
        yield sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(", ").join(parts), table, to)


# What the current role owns: tables by name, sequences and routines as PostgreSQL writes them.
OWNED = """
SELECT 'database', array[datname::text] FROM pg_database
WHERE datname = current_database() AND pg_has_role(datdba, 'USAGE')
UNION ALL
SELECT 'schema', array[nspname::text] FROM pg_namespace
WHERE nspname = 'public' AND pg_has_role(nspowner, 'USAGE')
UNION ALL
SELECT CASE relkind WHEN 'S' THEN 'sequence' ELSE 'table' END,
       array_agg(CASE relkind WHEN 'S' THEN format('%I.%I', 'public', relname)
                      ELSE relname::text END
                 ORDER BY relname)
FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
AND pg_has_role(relowner, 'USAGE')
GROUP BY 1
UNION ALL
SELECT 'routine', array_agg(oid::regprocedure::text ORDER BY oid) FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND prokind <> 'a' AND pg_has_role(proowner, 'USAGE')
HAVING count(*) > 0
"""


def guard_problems(connection: BaseDatabaseWrapper) -> list[str]:
    """Return a sentence for each trigger or right that is not as declared."""
    found = list(triggers.trigger_problems(connection))
    if not is_one_role(settings.DATABASES):
        role = runtime_role()
        found += power_problems(connection, role)
        found += table_problems(connection, role)
    return found


def power_problems(connection: BaseDatabaseWrapper, role: str) -> Iterator[str]:
    """Ways around every guard that the role must not have."""
    with connection.cursor() as cursor:
        for query, power in POWERS.items():
            cursor.execute(query, {"role": role})
            for (name,) in cursor.fetchall():
                yield f"The runtime role {role} {power.format(name)}."


def table_problems(connection: BaseDatabaseWrapper, role: str) -> Iterator[str]:
    """Rights on tables that are missing or too many."""
    wanted = rights()
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"role": role, "privileges": list(PRIVILEGES)})
        held = {
            name: Right(frozenset(table), frozenset(columns)) for name, table, columns in cursor
        }
    for name in sorted(wanted.keys() - held.keys()):
        yield f"The table {name} is missing."
    for name, has in sorted(held.items()):
        right = wanted.get(name, Right(frozenset()))
        for privilege in sorted(right.table - has.table):
            yield f"The runtime role {role} lacks {privilege} on {name}."
        for privilege in sorted(has.table - right.table):
            yield f"The runtime role {role} has {privilege} on {name}, and should not."
        if "UPDATE" not in right.table and has.columns != right.columns:
            yield (
                f"The runtime role {role} may update the columns {sorted(has.columns)} of {name}, "
                f"and should {sorted(right.columns)}."
            )


HELD = """
SELECT c.relname,
       array(SELECT p FROM unnest(%(privileges)s::text[]) p
             WHERE has_table_privilege(%(role)s, c.oid, p)),
       CASE WHEN has_table_privilege(%(role)s, c.oid, 'UPDATE') THEN '{}'::text[] ELSE
       array(SELECT a.attname::text FROM pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             AND has_column_privilege(%(role)s, c.oid, a.attnum, 'UPDATE')) END
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""

# Query → the end of a sentence, filled with the name in each row that the query returns.
POWERS = {
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN "
    "('r', 'p', 'v', 'm', 'S') AND pg_has_role(%(role)s, relowner, 'MEMBER')": "owns {}",
    "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
    "AND pg_has_role(%(role)s, proowner, 'MEMBER')": "owns the function {}",
    "SELECT datname FROM pg_database WHERE datname = current_database() "
    "AND pg_has_role(%(role)s, datdba, 'MEMBER')": "owns the database {}",
    "SELECT nspname FROM pg_namespace WHERE nspname = 'public' "
    "AND has_schema_privilege(%(role)s, oid, 'CREATE')": "can create in the schema {}",
    "SELECT datname FROM pg_database WHERE datname = current_database() "
    "AND has_database_privilege(%(role)s, oid, 'CREATE')": "can create schemas in the database {}",
    "SELECT rolname FROM pg_roles WHERE rolname = %(role)s AND rolsuper": "is a superuser",
    "SELECT rolname FROM pg_roles WHERE rolname = %(role)s AND rolcreaterole": "can make roles",
    "SELECT 'session_replication_role' WHERE has_parameter_privilege(%(role)s, "
    "'session_replication_role', 'SET')": "can set {}, which turns triggers off",
}
