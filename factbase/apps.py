"""The app that composes the others: accounts, settings, addresses and commands."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactbaseConfig(AppConfig):
    """Configuration of the app."""

    name = "factbase"
    verbose_name = _("accounts")

    def ready(self) -> None:
        """Register the checks."""
        from factbase import checks  # noqa: F401 once the apps are loaded
