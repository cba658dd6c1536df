"""System checks of `check --deploy`."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register  # noqa: A004 Django's own word

from factbase.postgres.databases import is_one_role


@register("factbase", deploy=True)
def two_database_roles(**_: Any) -> list[CheckMessage]:
    """Warn where one role owns the tables and serves: an owner can disable triggers."""
    if not is_one_role(settings.DATABASES):
        return []
    return [
        Warning(
            "One database role owns the tables and serves readers, so that it could switch the "
            "guards of its own tables off.",
            hint="Name the owner in DATABASE_OWNER_URL, and in DATABASE_URL a role that owns "
            "nothing; `manage.py migrate` then gives it its rights.",
            id="factbase.W001",
        )
    ]
