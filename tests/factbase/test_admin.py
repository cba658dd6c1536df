"""Accounts through the pages of the desk."""

from typing import Any

import pytest
from django.test import Client

from factbase.models import User
from sources.vocabulary import Role
from tests import factories as make

pytestmark = pytest.mark.django_db

PASSWORD = "a long walk by the sea"  # noqa: S105 - of accounts that live for one test
USERS = "/admin/factbase/user/"


def staff_client(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def account(**fields: Any) -> dict[str, Any]:
    """The form data of a new account."""
    return {
        "username": "reader-of-maps",
        "display_name": "Reader of Maps",
        "role": "reviewer",
        "password": PASSWORD,
        **fields,
    }


def changed(user: User, **fields: Any) -> dict[str, Any]:
    """The form data of an existing account."""
    return {"display_name": user.display_name, "role": user.role, "is_active": "on", **fields}


def test_an_administrator_opens_an_account_that_can_sign_in() -> None:
    staff_client(make.person(Role.ADMINISTRATOR)).post(USERS + "add/", account())

    assert User.objects.get(username="reader-of-maps").role == Role.REVIEWER
    assert Client().login(username="reader-of-maps", password=PASSWORD)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("password", "12345", "too short"),
        ("username", "not a name!", "refused"),
        ("display_name", "", "required"),
        ("role", "king", "king"),
    ],
)
def test_an_account_that_will_not_do_is_refused_at_its_field(
    field: str, value: str, said: str
) -> None:
    page = staff_client(make.person(Role.ADMINISTRATOR)).post(
        USERS + "add/", account(**{field: value})
    )

    assert said in str(page.context["form"].errors[field])
    assert not User.objects.filter(username="reader-of-maps").exists()


def test_a_name_that_is_taken_is_refused() -> None:
    client = staff_client(make.person(Role.ADMINISTRATOR))
    client.post(USERS + "add/", account())

    page = client.post(USERS + "add/", account())

    assert "already" in str(page.context["form"].errors["username"])


def test_an_account_is_deactivated_and_stays() -> None:
    person = make.person(Role.REVIEWER)
    sent = changed(person)
    del sent["is_active"]

    staff_client(make.person(Role.ADMINISTRATOR)).post(f"{USERS}{person.pk}/change/", sent)

    person.refresh_from_db()
    assert not person.is_active
    assert staff_client(person).get("/admin/claims/claim/").status_code == 302


def test_nobody_locks_themselves_out() -> None:
    admin = make.person(Role.ADMINISTRATOR)

    page = staff_client(admin).post(f"{USERS}{admin.pk}/change/", changed(admin, role="editor"))

    admin.refresh_from_db()
    assert "another administrator" in str(page.context["form"].errors["role"])
    assert admin.role == Role.ADMINISTRATOR


def test_an_empty_new_password_leaves_the_old_one() -> None:
    person = make.person()
    person.set_password(PASSWORD)
    person.save()
    client = staff_client(make.person(Role.ADMINISTRATOR))

    client.post(f"{USERS}{person.pk}/change/", changed(person, display_name="New", password=""))

    assert Client().login(username=person.username, password=PASSWORD)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER, Role.EDITOR])
def test_accounts_are_for_administrators_alone(role: Role) -> None:
    client = staff_client(make.person(role))

    assert client.get(USERS).status_code == 403
    assert client.post(USERS + "add/", account()).status_code == 403
    assert client.post(USERS + "1/delete/", {"post": "yes"}).status_code in (302, 403, 404)
    assert not User.objects.filter(username="reader-of-maps").exists()
