"""Why a backup is not made or not restored."""


class BackupRefused(Exception):
    """Nothing was written or changed. The message says why and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
