"""Django's PostgreSQL backend, which starts the embedded server with the first connection."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base, features

CONNECTS_AT_MOST = 5


class DatabaseFeatures(features.DatabaseFeatures):
    """What may be relied on: no more than PostgreSQL 15 has."""

    minimum_database_version = (15,)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection. `EMBEDDED` among an alias's settings names the data folder of its server."""

    features_class = DatabaseFeatures

    def get_connection_params(self) -> dict[str, Any]:
        """The parameters of psycopg; an embedded server runs and answers by then."""
        return super().get_connection_params() | self.embedded_address()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; try again when the embedded server went away between its answer and ours."""
        for _ in range(CONNECTS_AT_MOST - 1):
            try:
                return super().get_new_connection(conn_params)
            except self.Database.OperationalError:
                if not self.settings_dict.get("EMBEDDED"):
                    raise
                conn_params = conn_params | self.embedded_address()
        return super().get_new_connection(conn_params)

    def embedded_address(self) -> dict[str, str]:
        """Where the embedded server listens; nothing when the database is elsewhere."""
        data_dir = self.settings_dict.get("EMBEDDED")
        if not data_dir:
            return {}
        from factbase.postgres import embedded

        return embedded.address(Path(data_dir))
