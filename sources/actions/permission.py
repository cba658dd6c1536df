"""Permissions of actions by role; each role includes the one before."""

from typing import TYPE_CHECKING

from sources.domain.refusals import Refusal
from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User


class NotPermitted(Refusal):
    """An account tried what its role does not allow."""


def may(person: "User", role: Role) -> bool:
    """Whether the account is active and has the role or a higher one."""
    return person.is_active and Role(person.role).includes(role)


def require(person: "User", role: Role) -> None:
    """Refuse an account that has not the role. Raises NotPermitted."""
    if not may(person, role):
        raise NotPermitted(
            "not_permitted",
            f"{person} has the role {Role(person.role).label.lower()}; this takes the role "
            f"{role.label.lower()}. Ask an administrator.",
        )
