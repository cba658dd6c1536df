"""The app of what was published, kept and quoted."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    """Sources, captures, text and excerpts."""

    name = "sources"
    verbose_name = _("sources")

    def ready(self) -> None:
        """Have quotes graded again when a text becomes the current one."""
        from sources import tasks
        from sources.actions import announce

        announce.layer_made_current.append(tasks.grade_later)
