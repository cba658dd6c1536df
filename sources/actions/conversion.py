"""Convert integrity errors of the database into refusals with a sentence.

The names of constraints are sentences already. Columns that are unique by themselves have none,
so the sentence is made from the column.
"""

import re
from typing import Any

from django.apps import apps
from django.db import IntegrityError
from psycopg import errors

from sources.domain.refusals import Refusal, quoted

# "Key (key)=(china) already exists.", as PostgreSQL says it in English.
KEY = re.compile(r"\((?P<column>\w+)\)=\((?P<value>.*)\)", re.DOTALL)


class RefusedByDatabase(Refusal):
    """Input that a constraint refuses. Mostly, somebody else was quicker by a moment."""


def refusal_of(error: IntegrityError) -> RefusedByDatabase | None:
    """The refusal that a constraint's name makes; None where the name says nothing to a person.

    A guard that fires is a fault of the program and stays an error.
    """
    cause: Any = error.__cause__
    diagnosis: Any = getattr(cause, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or ""
    if " " in name:
        return RefusedByDatabase(
            "constraint", f"This cannot be kept, because {name}. Nothing was changed; look again."
        )
    if isinstance(cause, errors.UniqueViolation):
        model = {model._meta.db_table: model for model in apps.get_models()}.get(
            diagnosis.table_name
        )
        taken = KEY.search(diagnosis.message_detail or "")
        if model is not None and taken is not None:
            return RefusedByDatabase(
                "taken",
                f"There is a {model._meta.verbose_name} whose {taken['column']} is "
                f"{quoted(taken['value'])} already. Nothing was changed; look again.",
            )
    return None
