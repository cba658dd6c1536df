"""Which of the two databases the ORM uses: always the runtime role's."""

from typing import Any


class RuntimeRole:
    """Reads and writes go to `default`. Only what names `owner` itself works as the owner."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """The alias to read from."""
        return "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """The alias to write to."""
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Both aliases are one database, so rows of both may refer to each other."""
        return True
