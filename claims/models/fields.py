"""Columns that Django has no field for."""

from typing import Any

from django.db import models


class NumericField(models.Field):  # type: ignore[type-arg] # takes none when it runs
    """A Decimal of any length, in PostgreSQL's `numeric` with the digits it was given.

    A DecimalField has a fixed number of decimal places: it would make 9.100 of 9.1.
    """

    def db_type(self, connection: Any) -> str:
        """Return the type of the column."""
        return "numeric"
