"""The accounts of the people who enter, review and edit."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.constraints import is_known
from sources.models.guards import never_deleted, with_history
from sources.vocabulary import Role


class People(UserManager["User"]):
    """Makes accounts; the one that `createsuperuser` makes is an administrator."""

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        """Make an administrator, such as the first account of an installation."""
        fields.setdefault("role", Role.ADMINISTRATOR)
        return super().create_superuser(username, email, password, **fields)


@with_history(
    "accounts",
    fields=[
        "id",
        "username",
        "display_name",
        "role",
        "email",
        "is_active",
        "is_staff",
        "is_superuser",
    ],
)
class User(AbstractUser):
    """A person's account. Named in every version and review, so deactivated and never deleted."""

    display_name = models.CharField(
        _("display name"), max_length=120, help_text=_("The name that readers see.")
    )
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=Role.choices(),
        default=Role.CONTRIBUTOR,
        help_text=_("Each role includes the ones before it."),
    )

    objects: ClassVar[People] = People()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            is_known("role", Role, "the role of an account is a known role"),
        ]
        triggers = never_deleted("accounts")

    def __str__(self) -> str:
        return self.display_name or self.username
