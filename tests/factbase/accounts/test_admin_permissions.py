"""Roles say what an account may touch, each including the one before; nothing else does."""

import pytest
from django.contrib.auth.models import Permission

from factbase.accounts.admin_permissions import TABLE, permissions_of
from factbase.models import User
from sources.vocabulary import Role
from tests import factories

# permission → the least role that has it
LEAST = {
    "sources.view_source": Role.CONTRIBUTOR,
    "sources.add_source": Role.CONTRIBUTOR,
    "claims.add_claim": Role.CONTRIBUTOR,
    "claims.view_conflict": Role.CONTRIBUTOR,
    "claims.add_review": Role.REVIEWER,
    "claims.change_conflict": Role.EDITOR,
    "factbase.change_user": Role.ADMINISTRATOR,
    "sources.add_withholding": Role.ADMINISTRATOR,
}
NOBODY = ["claims.delete_claim", "sources.delete_source", "factbase.delete_user", "auth.add_group"]


@pytest.mark.parametrize("permission", LEAST)
@pytest.mark.parametrize("role", list(Role))
def test_a_role_has_what_its_rank_gives(role: Role, permission: str) -> None:
    person = User(username="ann", role=role)

    assert person.has_perm(permission) == role.includes(LEAST[permission])


@pytest.mark.parametrize("permission", NOBODY)
def test_nobody_has_what_no_role_gives(permission: str) -> None:
    assert not User(username="ann", role=Role.ADMINISTRATOR).has_perm(permission)


@pytest.mark.parametrize("role", list(Role))
def test_an_inactive_account_has_nothing(role: Role) -> None:
    person = User(username="ann", role=role, is_active=False)

    assert person.get_all_permissions() == set()
    assert not person.has_module_perms("claims")


@pytest.mark.django_db
def test_a_permission_given_to_one_account_gives_nothing() -> None:
    person = factories.person(Role.CONTRIBUTOR)
    person.user_permissions.add(Permission.objects.get(codename="delete_claim"))

    assert not User.objects.get(pk=person.pk).has_perm("claims.delete_claim")


@pytest.mark.django_db
def test_every_permission_of_the_table_exists() -> None:
    known = {
        f"{app}.{codename}"
        for app, codename in Permission.objects.values_list("content_type__app_label", "codename")
    }

    assert permissions_of(Role.ADMINISTRATOR) <= known
    assert set(TABLE) == set(Role)


@pytest.mark.django_db
def test_the_first_account_is_an_administrator() -> None:
    first = User.objects.create_superuser("first")

    assert first.role == Role.ADMINISTRATOR
    assert first.has_perm("factbase.add_user")
