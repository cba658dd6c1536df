"""Permissions in the admin, by role. The actions check roles by themselves."""

from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.backends import ModelBackend

from sources.vocabulary import Role

if TYPE_CHECKING:
    from factbase.models import User

# Permissions of each role beyond those of the roles before it: app.model → verbs. Every role views
# claims and sources. Rows that can be deleted are deleted by an action.
TABLE: dict[Role, dict[str, tuple[str, ...]]] = {
    Role.CONTRIBUTOR: {
        "sources.publisher": ("add",),
        "sources.source": ("add", "change"),
        "sources.sourceorigin": ("add", "change", "delete"),
        "sources.series": ("add", "change"),
        "sources.seriesmember": ("add", "change", "delete"),
        "sources.capture": ("add",),
        "sources.excerpt": ("add", "change"),
        "claims.entity": ("add", "change"),
        "claims.property": ("add",),
        "claims.topic": ("add", "change"),
        "claims.claim": ("add", "change"),
        "claims.claimtopic": ("add", "change", "delete"),
        "claims.version": ("add",),
        "claims.evidence": ("add",),
        "claims.use": ("add", "change"),
        "claims.factsheet": ("add", "change"),
    },
    Role.REVIEWER: {
        "claims.review": ("add",),
        "claims.judgement": ("add",),
        "claims.dismissal": ("add",),
        "claims.flag": ("change",),
    },
    Role.EDITOR: {
        "sources.publisher": ("change",),
        "sources.publisherjudgement": ("add",),
        "claims.property": ("change",),
        "claims.conflict": ("add", "change"),
        "claims.conflictmember": ("add", "change"),
        "claims.conflictdecision": ("add",),
        "claims.edition": ("add",),
        "claims.extract": ("add", "change"),
        "claims.dictionaryversion": ("add",),
    },
    Role.ADMINISTRATOR: {
        "factbase.user": ("view", "add", "change"),
        "sources.sourcereader": ("add", "change", "delete"),
        "sources.withholding": ("add",),
    },
}


class RoleBackend(ModelBackend):
    """Signs in by password, and takes permissions from the account's role alone."""

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return none: permissions come from the role."""
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return the role's permissions for the admin as a whole; none for a single object."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        return set(permissions_of(Role(user_obj.role)))

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return the role's permissions."""
        return self.get_group_permissions(user_obj, obj)

    def has_module_perms(self, user_obj: "User | Any", app_label: str) -> bool:
        """Whether the role may do anything in an app."""
        return any(
            name.startswith(f"{app_label}.") for name in self.get_group_permissions(user_obj)
        )


@cache
def permissions_of(role: Role) -> frozenset[str]:
    """The names of Django's permissions that a role has, with those of the roles before it."""
    views = (
        f"{label}.view_{model._meta.model_name}"
        for label in ("sources", "claims")
        for model in apps.get_app_config(label).get_models()
    )
    more = (
        f"{app}.{verb}_{model}"
        for given, rows in TABLE.items()
        if role.includes(given)
        for app, model in (name.split(".") for name in rows)
        for verb in rows[f"{app}.{model}"]
    )
    return frozenset((*views, *more))
