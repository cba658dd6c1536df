"""The error for a database that cannot be reached or made."""


class DatabaseUnavailable(Exception):
    """No database can be reached or made. The message says what to do about it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
