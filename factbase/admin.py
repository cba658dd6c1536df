"""The admin of accounts, for administrators alone."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as _auth_admin  # noqa: F401 - registers groups, undone below
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factbase.accounts.people import change_account, open_account
from factbase.models import User
from sources.admin.base import ActionForm, FormAdmin
from sources.vocabulary import Role

# Permissions come from roles; groups would have no effect.
admin.site.unregister(Group)


class AccountForm(ActionForm):
    """The form of an account: names, role, email and password."""

    refused_at: ClassVar = {
        "name_taken": "username",
        "not_an_account": "username",
        "weak_password": "password",
        "own_account": "role",
    }

    username = forms.CharField(label=gettext_lazy("Name to sign in with"), max_length=150)
    display_name = forms.CharField(
        label=gettext_lazy("Display name"),
        max_length=120,
        help_text=gettext_lazy("The name that readers see."),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[(role.value, f"{role.label} – {role.meaning}") for role in Role],
        help_text=gettext_lazy("Each role includes the ones before it."),
    )
    email = forms.EmailField(label=gettext_lazy("Email"), required=False)
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("Active"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Who is not active cannot sign in; what they wrote stays."),
    )

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        if user is not None:
            names = ("display_name", "role", "email", "is_active")
            kwargs["initial"] = {name: getattr(user, name) for name in names}
        super().__init__(*args, **kwargs)
        if user is None:
            del self.fields["is_active"]
        else:
            del self.fields["username"]
            self.fields["password"].required = False
            self.fields["password"].label = _("New password")
            self.fields["password"].help_text = _("Left empty, the password stays.")

    def typed(self) -> dict[str, Any]:
        """Return the cleaned fields as the actions take them."""
        return {**self.cleaned_data, "role": Role(self.cleaned_data["role"])}


@admin.register(User)
class AccountAdmin(FormAdmin):
    """Accounts are opened, changed and deactivated, never deleted."""

    list_display = ("username", "display_name", "role", "is_active", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("username", "display_name")
    ordering = ("username",)
    history_fields = (
        *("username", "display_name", "role", "is_active", "email", "is_staff", "is_superuser"),
    )
    history_secrets = ("email",)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Change or deactivate an account; nobody else reads its columns."""
        self.require_change(request)
        return super().change_view(request, object_id, form_url, extra_context)

    def form_for(self, request: HttpRequest, row: User | None) -> AccountForm:
        """Return the form of an account."""
        return AccountForm(request.POST or None, user=row)

    def save_row(self, form: AccountForm, row: User | None, **given: Any) -> User:
        """Open or change an account as it was typed."""
        if row is None:
            return open_account(**form.typed(), **given)
        return change_account(user=row, **form.typed(), **given)

    def title_of(self, row: User | None) -> str:
        """Return the name of the account."""
        return _("Open an account") if row is None else str(row)

    def intro_of(self, row: User) -> str:
        """Return the name to sign in with, which stays."""
        return _("Signs in as %(name)s.") % {"name": row.username}

    def saved_message(self, row: User) -> str:
        """Return the sentence that says that an account is saved."""
        return _("The account %(name)s is saved.") % {"name": row}
