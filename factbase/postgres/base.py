"""Django's PostgreSQL backend, which starts the embedded server with the first connection."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base, features, operations

MAX_CONNECTION_ATTEMPTS = 5


class DatabaseFeatures(features.DatabaseFeatures):
    """The features used: those of PostgreSQL 15 and later."""

    minimum_database_version = (15,)


class DatabaseOperations(operations.DatabaseOperations):
    """Operations of PostgreSQL that name every statement in logs and counts of queries."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """Return the statement; of one whose values the server bound, its text without them."""
        return super().last_executed_query(cursor, sql, params) or str(sql)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection. `EMBEDDED` among an alias's settings names the data folder of its server."""

    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
    bound_by_server: Any = base.ServerBindingCursor

    def get_connection_params(self) -> dict[str, Any]:
        """Return psycopg's parameters, once an embedded server takes connections.

        Statements of prepared cursors are prepared at their first use. Those of the ORM, whose
        values the client writes into the text, never are.
        """
        return super().get_connection_params() | self.embedded_address() | {"prepare_threshold": 0}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; try again when the embedded server stopped after its address was read."""
        for _ in range(MAX_CONNECTION_ATTEMPTS - 1):
            try:
                return super().get_new_connection(conn_params)
            except self.Database.OperationalError:
                if not self.settings_dict.get("EMBEDDED"):
                    raise
                conn_params = conn_params | self.embedded_address()
        return super().get_new_connection(conn_params)

    def init_connection_state(self) -> None:
        """Have the server keep to the first plan of a prepared statement.

        Left to itself it plans such a statement anew each time where it takes the plan for these
        values to be cheaper than one for all, without counting what planning costs: of statements
        of many parts, more than the rows do. Statements of the ORM bring their values in the text,
        and are planned for them as ever.
        """
        super().init_connection_state()
        connection: Any = self.connection
        connection.execute("SET plan_cache_mode = force_generic_plan")

    def prepared_cursor(self) -> Any:
        """Return a cursor whose statements the server parses and plans once per connection.

        For SQL whose good plan does not depend on its values, such as rows by id. It begins with
        SELECT, so that nothing is put in front of it. Code that logs or counts queries sees it.
        """
        self.ensure_connection()
        wrapper: Any = self
        with wrapper.wrap_database_errors:
            cursor = wrapper.bound_by_server(self.connection)
        return wrapper._prepare_cursor(cursor)  # noqa: SLF001 - as Django's `cursor` does

    def embedded_address(self) -> dict[str, str]:
        """Return host and port of the embedded server; empty when the database is elsewhere."""
        data_dir = self.settings_dict.get("EMBEDDED")
        if not data_dir:
            return {}
        from factbase.postgres import embedded

        return embedded.address(Path(data_dir))
