"""The runtime role can do what the product needs, and nothing that a guard forbids."""

from collections.abc import Iterator

import pghistory.models
import pytest
from django.apps import apps
from django.db import DatabaseError, connections, transaction

from factbase.postgres import rights
from sources.models.guards import guard_of

APPEND_ONLY = sorted(
    model._meta.db_table for model in apps.get_models() if guard_of(model).append_only
)
KEPT = sorted(model._meta.db_table for model in apps.get_models() if guard_of(model).kept)

HISTORIES = sorted(
    model._meta.db_table for model in apps.get_models() if issubclass(model, pghistory.models.Event)
)


def refused(statement: str) -> str:
    """Return PostgreSQL's error for the runtime role; fails where there is none."""
    with (
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(caught.value)


@pytest.fixture
def as_owner(cloned_database: str) -> Iterator[object]:
    """A cursor of the owner in a database of its own."""
    with connections["owner"].cursor() as cursor:
        yield cursor


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_migrated_database_has_no_problems() -> None:
    assert rights.guard_problems(connections["default"]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("table", KEPT)
def test_the_runtime_role_deletes_nothing_that_is_kept(table: str) -> None:
    assert "permission denied" in refused(f'DELETE FROM "{table}"')


@pytest.mark.django_db
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_runtime_role_empties_no_append_only_table(table: str) -> None:
    assert "permission denied" in refused(f'TRUNCATE "{table}"')


@pytest.mark.django_db
@pytest.mark.parametrize("table", HISTORIES)
def test_history_is_written_by_triggers_alone(table: str) -> None:
    assert "permission denied" in refused(f'INSERT INTO "{table}" DEFAULT VALUES')


@pytest.mark.django_db
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_runtime_role_disables_no_trigger(table: str) -> None:
    assert "must be owner" in refused(f'ALTER TABLE "{table}" DISABLE TRIGGER ALL')


@pytest.mark.django_db
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_runtime_role_updates_only_the_columns_that_a_guard_names(table: str) -> None:
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    updatable = guard_of(model).updatable

    for field in model._meta.local_concrete_fields:
        if field.column not in updatable:
            said = refused(f'UPDATE "{table}" SET "{field.column}" = NULL WHERE false')
            refusal = "can only be updated to DEFAULT" if field.generated else "permission denied"
            assert refusal in said


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",
        "SET ROLE factbase_owner",
        "CREATE TABLE public.forged (id bigint)",
        "CREATE TEMP TABLE sources_withholding (table_name text, row_id bigint)",
        "CREATE SCHEMA forged",
        (
            "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) "
            "RETURNS boolean LANGUAGE sql AS 'SELECT true'"
        ),
        "DELETE FROM django_migrations",
    ],
)
def test_the_runtime_role_finds_no_way_around_the_guards(statement: str) -> None:
    assert any(word in refused(statement) for word in ("permission denied", "must be", "does not"))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            "ALTER TABLE sources_blob DISABLE TRIGGER USER",
            "is off",
        ),
        (
            "GRANT DELETE ON sources_blob TO {role}",
            "has DELETE on sources_blob",
        ),
        (
            "REVOKE SELECT ON sources_source FROM {role}",
            "lacks SELECT on sources_source",
        ),
        (
            "GRANT UPDATE (size) ON sources_blob TO {role}",
            "may update the columns ['size'] of sources_blob",
        ),
        (
            (
                "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) "
                "RETURNS boolean LANGUAGE sql AS 'SELECT true'"
            ),
            "The switch of the triggers is open",
        ),
        (
            "GRANT CREATE ON SCHEMA public TO {role}",
            "can create in the schema public",
        ),
        (
            (
                "CREATE OR REPLACE FUNCTION forged() RETURNS trigger LANGUAGE plpgsql AS "
                "'BEGIN RETURN NEW; END'"
            ),
            "The function forged() does not run as the owner",
        ),
    ],
)
def test_what_no_longer_stands_is_reported_and_mended(
    cloned_database: str, change: str, problem: str
) -> None:
    role = rights.runtime_role()
    with connections["owner"].cursor() as cursor:
        cursor.execute(change.format(role=role))

    found = rights.guard_problems(connections["default"])
    rights.apply(connections["owner"])

    assert any(problem in sentence for sentence in found)
    if "DISABLE" not in change:
        assert rights.guard_problems(connections["default"]) == []


def test_a_trigger_that_was_dropped_or_rewritten_is_reported(as_owner: object) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, p.proname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgrelid = 'sources_blob'::regclass AND NOT t.tgisinternal ORDER BY 1"
        )
        (dropped, _), (_, rewritten) = cursor.fetchall()
        cursor.execute(f'DROP TRIGGER "{dropped}" ON sources_blob')
        cursor.execute(
            f'CREATE OR REPLACE FUNCTION "{rewritten}"() RETURNS trigger LANGUAGE plpgsql AS '
            "'BEGIN RETURN NEW; END'"
        )

    found = rights.guard_problems(connections["default"])

    assert f"The trigger {dropped} on sources_blob is missing." in found
    assert any("is not what the code declares" in sentence for sentence in found)


def test_no_setting_of_a_session_switches_a_guard_off(cloned_database: str) -> None:
    with connections["owner"].cursor() as cursor:  # even the owner, with the triggers in place
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'sources_blob'::regclass")
        names = ",".join(name for (name,) in cursor.fetchall())
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, false)", ["{" + names + "}"])
        cursor.execute(
            "INSERT INTO sources_blob (sha256, size) VALUES (repeat('a', 64), 1) RETURNING id"
        )
        with pytest.raises(DatabaseError, match="never deleted"):
            cursor.execute("DELETE FROM sources_blob")
