"""The database router: the ORM works as the runtime role."""

from typing import Any


class RuntimeRoleRouter:
    """Sends reads and writes to `default`; only code that names `owner` works as the owner."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """The alias to read from."""
        return "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """The alias to write to."""
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Allow all relations: both aliases are one database."""
        return True
