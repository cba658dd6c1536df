"""Every table is mutable or append-only, for anybody with SQL access as the runtime role."""

import pytest
from django.db import IntegrityError, ProgrammingError, connections, models

from sources.models.guards import column_names, guard_of
from tests.museum import our_models, undone

# Rows are written once; single columns that still change stand in the models' own guards.
APPEND_ONLY = {
    *("Blob", "Capture", "Extraction", "TextLayer", "Excerpt", "Grading", "Confirmation"),
    *("Withholding", "JobFailure"),
    *("Version", "Asserter", "Evidence", "AbsenceScope", "AbsenceDocument", "Premise"),
    *("AbsenceRun", "Finding", "Dismissal", "Review", "Judgement", "ConflictDecision"),
    *("Edition", "EditionVersion", "EditionFile", "Erratum", "EditionWithdrawal"),
    *("Extract", "ExtractVersion", "ExtractSource", "ExtractFile", "ExtractWithdrawal"),
    *("DictionaryVersion", "PublisherJudgement"),
}
# Rows change, with history, and are never deleted.
KEPT = {
    *("Source", "Claim", "Conflict", "ConflictMember", "PublicConflict", "PublicConflictMember"),
    *("Flag", "FactSheet", "IssueRequest", "User", "WithholdingRequest"),
}
# Rows change and go, with history.
MUTABLE = {
    *("Publisher", "SourceOrigin", "SourceReader", "Series", "SeriesMember"),
    *("Entity", "Property", "Topic", "ClaimTopic", "Use", "StopWords"),
    "RemovedQuote",
}
# Django's own ties of accounts to groups; roles stand in their place.
WITHOUT_HISTORY = {"User_groups", "User_user_permissions"}
# For the account alone that typed or collected them, no part of the record: rows change and go,
# without history.
PRIVATE = {"UnsavedEntry", "CollectedQuote"}
# Counts and words that can be made again at any time, from rows that stay.
DERIVED = {
    *("TextWords", "TopicCount"),
    *("VersionWords", "EntityWords", "TopicWords", "SourceWords", "SearchLanguage"),
}

MODELS = {model.__name__: model for model in our_models()}
FIXED_TABLES = sorted(name for name, model in MODELS.items() if guard_of(model).append_only)

# Another value of a column, by its type.
OTHERWISE = {
    "bigint": "coalesce({0}, 0) + 1",
    "integer": "coalesce({0}, 0) + 1",
    "smallint": "coalesce({0}, 0) + 1",
    "boolean": "NOT coalesce({0}, false)",
    "character varying": "'~'",
    "text": "'~'",
    "jsonb": "'[9]'",
    "bytea": r"'\x09'",
    "uuid": "gen_random_uuid()",
    "double precision": "0.125",
    "numeric": "coalesce({0}, 0) + 1",
    "tsvector": "'x'",
    "date": "'2001-01-01'",
    "timestamp with time zone": "'2001-01-01'",
    "numrange": "'[7,8)'",
    "daterange": "'[2001-01-01,2001-01-02)'",
    "tstzrange": "'[2001-01-01,2001-01-02)'",
    "ARRAY": "'{{9}}'",
}


def execute(alias: str, statement: str) -> None:
    with undone(alias), connections[alias].cursor() as cursor:
        cursor.execute(statement)


def types_of(model: type[models.Model]) -> dict[str, str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s",
            [model._meta.db_table],
        )
        return dict(cursor.fetchall())


def test_every_table_is_known_as_append_only_or_mutable() -> None:
    events = {name for name in MODELS if name.endswith("Event")}
    guarded = {name for name, model in MODELS.items() if guard_of(model).append_only}
    kept = {name for name, model in MODELS.items() if guard_of(model).kept}
    assert guarded == APPEND_ONLY | events
    assert kept == guarded | KEPT
    assert set(MODELS) == guarded | KEPT | MUTABLE | PRIVATE | WITHOUT_HISTORY | DERIVED


@pytest.mark.parametrize("name", sorted(KEPT | MUTABLE | {"Version", "Excerpt"}))
def test_what_changes_has_a_history(name: str) -> None:
    assert f"{name}Event" in MODELS


@pytest.mark.parametrize("name", sorted(MODELS.keys() - WITHOUT_HISTORY))
def test_the_museum_has_a_row_of_every_table(museum: None, name: str) -> None:
    assert MODELS[name]._default_manager.exists()


@pytest.mark.parametrize("alias", ["default", "owner"])
@pytest.mark.parametrize("name", FIXED_TABLES)
def test_a_row_of_what_is_append_only_never_changes(museum: None, name: str, alias: str) -> None:
    model = MODELS[name]
    free = free_columns(model)
    for column, kind in types_of(model).items():
        if column in free:
            continue
        otherwise = OTHERWISE[kind].format(f'"{column}"')
        with pytest.raises(
            (IntegrityError, ProgrammingError),
            match=r"never changed|keeps its|denied|can only be updated to DEFAULT",
        ):
            execute(alias, f'UPDATE {model._meta.db_table} SET "{column}" = {otherwise}')


def free_columns(model: type[models.Model]) -> set[str]:
    """Those that change freely, and those that are still to be written once."""
    guard = next(t for t in model._meta.triggers if hasattr(t, "withholdable"))  # type: ignore[attr-defined] # pgtrigger's
    return set(column_names(model, [*guard.changing, *guard.once]))


@pytest.mark.parametrize("alias", ["default", "owner"])
@pytest.mark.parametrize("name", sorted({*FIXED_TABLES, *KEPT}))
def test_no_row_of_what_is_kept_is_deleted(museum: None, name: str, alias: str) -> None:
    with pytest.raises((IntegrityError, ProgrammingError), match=r"never deleted|denied"):
        execute(alias, f"DELETE FROM {MODELS[name]._meta.db_table}")


@pytest.mark.parametrize("alias", ["default", "owner"])
@pytest.mark.parametrize("name", sorted({*FIXED_TABLES, *KEPT}))
def test_no_table_of_what_is_kept_is_emptied(museum: None, name: str, alias: str) -> None:
    with pytest.raises((IntegrityError, ProgrammingError), match=r"never emptied|denied"):
        execute(alias, f"TRUNCATE {MODELS[name]._meta.db_table} CASCADE")


@pytest.mark.parametrize("name", sorted(MODELS))
def test_the_runtime_role_empties_no_table_at_all(museum: None, name: str) -> None:
    with pytest.raises(ProgrammingError, match="denied"):
        execute("default", f"TRUNCATE {MODELS[name]._meta.db_table} CASCADE")


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE claims_version DISABLE TRIGGER ALL",
        "ALTER TABLE claims_version DISABLE TRIGGER USER",
        "DROP TRIGGER {trigger} ON claims_version",
        "DROP FUNCTION public._pgtrigger_should_ignore CASCADE",
        "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(n name) RETURNS bool RETURN true",
        "SET session_replication_role = replica",
        "SET ROLE {owner}",
        "CREATE TABLE public.another ()",
        "CREATE TEMPORARY TABLE sources_withholding (table_name text, row_id bigint)",
        "CREATE FUNCTION public.another() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        'ALTER TABLE claims_review DROP CONSTRAINT "nobody reviews what they wrote themselves"',
        "CREATE RULE another AS ON INSERT TO claims_review DO INSTEAD NOTHING",
    ],
)
def test_the_runtime_role_takes_no_guard_away(museum: None, statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT quote_ident(session_user)")
        owner = cursor.fetchone()[0]
        cursor.execute(
            "SELECT min(tgname::text) FROM pg_trigger "
            "WHERE tgrelid = 'claims_version'::regclass AND NOT tgisinternal"
        )
        trigger = cursor.fetchone()[0]
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        execute("default", statement.format(owner=owner, trigger=trigger))


@pytest.mark.parametrize("privilege", ["DELETE", "TRUNCATE", "TRIGGER"])
def test_the_runtime_role_gives_itself_no_right(museum: None, privilege: str) -> None:
    with undone(), connections["default"].cursor() as cursor:
        cursor.execute(f"GRANT {privilege} ON claims_review TO CURRENT_USER")
        cursor.execute("SELECT has_table_privilege('claims_review', %s)", [privilege])
        assert cursor.fetchone()[0] is False


def test_the_runtime_role_owns_nothing(museum: None) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = current_user "
            "AND relnamespace = 'public'::regnamespace"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("setting", ["pgtrigger.ignore", "pgtrigger.ignore_all"])
def test_no_setting_of_a_session_turns_a_guard_off(museum: None, setting: str) -> None:
    names = "(SELECT array_agg(DISTINCT tgname) FROM pg_trigger)::text"
    ignore = f"SELECT set_config('{setting}', {names}, true)"
    with pytest.raises(IntegrityError, match="never changed"):
        execute("owner", f"{ignore}; UPDATE sources_blob SET size = size + 1")
