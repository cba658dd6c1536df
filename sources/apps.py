"""The app of what was published, kept and quoted."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    """Sources, captures, text and excerpts."""

    name = "sources"
    verbose_name = _("sources")
