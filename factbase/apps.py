"""The app that composes the others: accounts, addresses, commands."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactbaseConfig(AppConfig):
    """Accounts and what holds the house together."""

    name = "factbase"
    verbose_name = _("accounts")
