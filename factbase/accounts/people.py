"""Opening and changing accounts. They are deactivated and never deleted."""

from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from claims.domain.text_limits import clean_words
from factbase.models import User
from sources.actions.action import action
from sources.actions.permission import require
from sources.domain.refusals import Refusal, quoted
from sources.vocabulary import Role


class AccountRefused(Refusal):
    """An account that cannot be opened or changed like this."""


@action
def open_account(
    *,
    username: str,
    display_name: str,
    role: Role,
    password: str,
    by: User,
    at: datetime,  # noqa: ARG001 - history keeps the time
    email: str = "",
) -> User:
    """Give a person an account to sign in with. Raises AccountRefused, NotPermitted."""
    require(by, Role.ADMINISTRATOR)
    user = User(
        username=User.normalize_username(username),
        email=email,
        display_name=clean_words(display_name, name="display name", limit=120, required=True),
        role=role,
        is_staff=True,
    )
    if User.objects.filter(username=user.username).exists():
        raise AccountRefused(
            "name_taken", f"There is an account {user.username} already; use another name."
        )
    require_account(user)
    require_password(password, user)
    user.set_password(password)
    user.save(force_insert=True)
    return user


@action
def change_account(
    *,
    user: User,
    by: User,
    at: datetime,  # noqa: ARG001 - history keeps the time
    display_name: str,
    role: Role,
    email: str,
    is_active: bool,
    password: str = "",
) -> User:
    """Change a person's name, role or password, or deactivate the account.

    Raises AccountRefused where nobody would be left who can do this, NotPermitted.
    """
    require(by, Role.ADMINISTRATOR)
    user = User.objects.select_for_update().get(pk=user.pk)
    fields: dict[str, Any] = {
        "display_name": clean_words(display_name, name="display name", limit=120, required=True),
        "role": role,
        "email": email,
        "is_active": is_active,
    }
    if user.pk == by.pk and (not is_active or role is not Role.ADMINISTRATOR):
        raise AccountRefused(
            "own_account",
            "You cannot deactivate your own account or take the role from it; another "
            "administrator can.",
        )
    changed = [name for name, value in fields.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, fields[name])
    require_account(user)
    if password:
        require_password(password, user)
        user.set_password(password)
        changed.append("password")
    if changed:
        user.save(update_fields=changed)
    return user


def require_account(user: User) -> None:
    """Refuse names and addresses that the account table does not take."""
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise AccountRefused(
            "not_an_account", f"{quoted(str(getattr(user, field)))} is refused: {messages[0]}"
        ) from error


def require_password(password: str, user: User) -> None:
    """Refuse a password that is too easy to guess."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise AccountRefused("weak_password", " ".join(error.messages)) from error
