"""Arguments shared by the commands of this app: an account, a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from sources.domain.refusals import quoted


def account_named(username: str | None) -> Any:
    """Return the account of that name, or the only one there is. Raises CommandError."""
    accounts = get_user_model().objects.filter(is_active=True)
    if username is None:
        found = list(accounts.order_by("pk")[:2])
        if len(found) == 1:
            return found[0]
        raise CommandError(
            _("Say with --as USERNAME which account does it.")
            if found
            else _("There is no account yet. Make one with `manage.py createsuperuser`.")
        )
    named = accounts.filter(username=username).first()
    if named is None:
        raise CommandError(
            _("There is no active account %(name)s. Name another one with --as.")
            % {"name": quoted(username)}
        )
    return named


@contextmanager
def open_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading. Raises CommandError where that cannot be done."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise CommandError(
            _("The file %(path)s cannot be read: %(why)s. Name another one.")
            % {"path": quoted(str(path)), "why": error.strerror}
        ) from error
