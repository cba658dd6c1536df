"""The app of what is said, on what evidence, and whether it stands."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """Claims, reviews, conflicts and fact sheets."""

    name = "claims"
    verbose_name = _("claims")
