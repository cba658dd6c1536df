"""The error for a backup that is not made or not restored."""


class BackupRefused(Exception):
    """A backup or restore that was refused: nothing was written or changed.

    The message says why and what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
