"""A migration operation that installs the triggers of many tables at once."""

from typing import Any

from django.db.migrations.operations.base import Operation


class InstallTriggers(Operation):
    """Installs the triggers that the tables created before it name in their options.

    django-pgtrigger's own operation adds one trigger, and each one makes Django build the
    related models anew: minutes for a first migration with hundreds of them.
    """

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The state names the triggers already."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Install every trigger of the app."""
        for (app, _name), model in sorted(to_state.models.items()):
            if app == app_label:
                for trigger in model.options.get("triggers", []):
                    schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """The triggers go with their tables."""

    def describe(self) -> str:
        """Describe the operation in the log of migrations."""
        return "Install the triggers of the tables"
