"""Django's PostgreSQL backend, which starts the embedded server with the first connection."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base, features

MAX_CONNECTION_ATTEMPTS = 5


class DatabaseFeatures(features.DatabaseFeatures):
    """The features used: those of PostgreSQL 15 and later."""

    minimum_database_version = (15,)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection. `EMBEDDED` among an alias's settings names the data folder of its server."""

    features_class = DatabaseFeatures

    def get_connection_params(self) -> dict[str, Any]:
        """Return psycopg's parameters, once an embedded server takes connections."""
        return super().get_connection_params() | self.embedded_address()

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

    def embedded_address(self) -> dict[str, str]:
        """Return host and port of the embedded server; empty when the database is elsewhere."""
        data_dir = self.settings_dict.get("EMBEDDED")
        if not data_dir:
            return {}
        from factbase.postgres import embedded

        return embedded.address(Path(data_dir))
