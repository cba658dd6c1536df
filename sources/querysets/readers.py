"""Who reads: staff, or the public."""

from typing import Any


def is_staff(reader: Any) -> bool:
    """Whether the reader is one of the desk. Everybody else is the public, nobody (None) too."""
    return bool(getattr(reader, "is_authenticated", False) and getattr(reader, "is_staff", False))
