"""Checks and statements that keep the triggers as declared, and out of a session's control."""

import re
from collections.abc import Iterator

import pgtrigger.registry
from django.db.backends.base.base import BaseDatabaseWrapper

# Every function that pgtrigger writes first asks this one whether to do nothing. As installed, it
# reads a setting that any session can make; ours always returns false.
SWITCH = "_pgtrigger_should_ignore"
CLOSED = "SELECT false"
CLOSE = f"""
CREATE OR REPLACE FUNCTION public.{SWITCH}(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $${CLOSED}$$
"""

# A guard that reads a table must not find a temporary one of the session instead. It runs as the
# owner, so that history can be written by triggers and by nobody else.
SEARCH_PATH = "pg_catalog, public, pg_temp"
PINNED = f"search_path={SEARCH_PATH}"

FUNCTIONS = """
SELECT p.oid::regprocedure::text, p.prosecdef AND %s = ANY (coalesce(p.proconfig, '{}'))
FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype = 'trigger'::regtype
ORDER BY 1
"""

PRESENT = """
SELECT c.relname, t.tgname, t.tgenabled IN ('O', 'A'), obj_description(t.oid, 'pg_trigger'),
       p.prosrc
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
"""


def hardening_statements(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Yield statements that close the switch and fix search path and role of trigger functions."""
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS, [PINNED])
        functions = [name for name, is_pinned in cursor.fetchall() if not is_pinned]
    yield CLOSE
    for name in functions:
        yield f"ALTER FUNCTION {name} SECURITY DEFINER SET search_path = {SEARCH_PATH}"


def trigger_problems(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Yield a sentence for each trigger that is missing, off or changed, and for an open switch."""
    with connection.cursor() as cursor:
        cursor.execute(PRESENT)
        standing = {(table, name): rest for table, name, *rest in cursor.fetchall()}
        cursor.execute(
            "SELECT prosrc FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace AND proname = %s",
            [SWITCH],
        )
        switches = [source for (source,) in cursor.fetchall()]
        cursor.execute(FUNCTIONS, [PINNED])
        loose = [name for name, is_pinned in cursor.fetchall() if not is_pinned]
    for (table, name), (is_enabled, _, _) in sorted(standing.items()):
        if not is_enabled:
            yield f"The trigger {name} on {table} is off."
    for table, name, hash_, body in declared_triggers():
        if (table, name) not in standing:
            yield f"The trigger {name} on {table} is missing."
        elif standing[table, name][1:] != [hash_, body]:
            yield f"The trigger {name} on {table} is not what the code declares."
    if switches != [CLOSED]:
        yield "The switch of the triggers is open: a session can turn them off by a setting."
    for name in loose:
        yield f"The function {name} does not run as the owner, or sees tables of the session."


def declared_triggers() -> Iterator[tuple[str, str, str, str]]:
    """Yield table, name, hash and function body of every trigger that the models declare."""
    for model, trigger in pgtrigger.registry.registered():
        compiled = trigger.compile(model)
        body = re.search(
            r"RETURNS TRIGGER AS \$\$(.*?)\$\$ LANGUAGE", compiled.install_sql, re.DOTALL
        )
        yield model._meta.db_table, compiled.sql.pgid, compiled.hash, body[1] if body else ""
