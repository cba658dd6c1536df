"""Guards in the database: what is append-only, written once or kept, and the history of the rest.

A guard is a trigger declared on its model. It binds the runtime role even in plain SQL, and no
session can switch it off. `guard_of` says what a table's guard lets through, so that rights
and checks follow the same declaration.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models

ModelT = TypeVar("ModelT", bound=models.Model)


@dataclass(frozen=True)
class TableGuard:
    """The changes that a table's rows allow.

    `updatable` are the columns that UPDATE may touch on an append-only table: those that change
    freely, those written once, and those that a withholding empties.
    """

    append_only: bool = False
    kept: bool = False
    updatable: frozenset[str] = frozenset()


class AppendOnly(pgtrigger.Trigger):
    """Rows are never deleted, and only the named columns ever change.

    `changing` columns change freely; `once` columns go from null to a value; `withholdable`
    columns become empty when a Withholding names the row, and in no other way.
    """

    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete

    def __init__(
        self,
        *,
        name: str,
        changing: Sequence[str] = (),
        once: Sequence[str] = (),
        withholdable: Sequence[str] = (),
    ) -> None:
        super().__init__(name=name)
        self.changing = tuple(changing)
        self.once = tuple(once)
        self.withholdable = tuple(withholdable)

    def updatable(self, model: Any) -> frozenset[str]:
        """The columns that UPDATE may touch at all."""
        return frozenset(
            column_names(model, (*self.changing, *self.once, *self.withholdable)),
        )

    def get_func(self, model: Any) -> str:
        """The body of the trigger, naming every fixed column.

        A generated column follows from the others, and has no value before the row is written.
        """
        columns = [f.column for f in model._meta.local_concrete_fields if not f.generated]
        fixed = [column for column in columns if column not in self.updatable(model)]
        return " ".join(
            (
                "IF (TG_OP = 'DELETE') THEN",
                refusal("is never deleted"),
                "END IF;",
                f"IF ({any_differs(fixed)}) THEN",
                refusal("is never changed"),
                "END IF;",
                *(written_once(column) for column in column_names(model, self.once)),
                *(
                    cleared_only(
                        model._meta.get_field(name).column,
                        key=column_names(model, ["pk"])[0],
                        is_bytes=isinstance(model._meta.get_field(name), models.BinaryField),
                    )
                    for name in self.withholdable
                ),
                "RETURN NEW;",
            )
        )


class WriteOnce(pgtrigger.Trigger):
    """The named columns of a mutable table go from null to a value, once."""

    when = pgtrigger.Before
    operation = pgtrigger.Update

    def __init__(self, *, name: str, fields: Sequence[str]) -> None:
        super().__init__(name=name)
        self.fields = tuple(fields)

    def get_func(self, model: Any) -> str:
        """The body of the trigger."""
        columns = column_names(model, self.fields)
        return " ".join((*(written_once(column) for column in columns), "RETURN NEW;"))


class Fixed(pgtrigger.Trigger):
    """The named columns of a mutable table never change."""

    when = pgtrigger.Before
    operation = pgtrigger.Update

    def __init__(self, *, name: str, fields: Sequence[str]) -> None:
        super().__init__(name=name)
        self.fields = tuple(fields)

    def get_func(self, model: Any) -> str:
        """The body of the trigger."""
        columns = column_names(model, self.fields)
        refused = refusal(f"keeps its {', '.join(columns)}")
        return f"IF ({any_differs(columns)}) THEN {refused} END IF; RETURN NEW;"


def append_only(
    rows: str,
    *,
    changing: Sequence[str] = (),
    once: Sequence[str] = (),
    withholdable: Sequence[str] = (),
) -> list[pgtrigger.Trigger]:
    """The triggers that make a table append-only, TRUNCATE included; `rows` names its rows."""
    return [
        AppendOnly(
            name=f"{rows}_are_append_only",
            changing=changing,
            once=once,
            withholdable=withholdable,
        ),
        never_truncated(rows),
    ]


def never_deleted(rows: str) -> list[pgtrigger.Trigger]:
    """The triggers that keep the rows of a mutable table from being deleted."""
    return [
        pgtrigger.Trigger(
            name=f"{rows}_are_never_deleted",
            when=pgtrigger.Before,
            operation=pgtrigger.Delete,
            func=refusal("is never deleted"),
        ),
        never_truncated(rows),
    ]


def never_truncated(rows: str) -> pgtrigger.Trigger:
    """The trigger that refuses TRUNCATE."""
    return pgtrigger.Trigger(
        name=f"{rows}_are_never_truncated",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=refusal("is never emptied"),
    )


def guard_of(model: Any) -> TableGuard:
    """Return the changes that the triggers declared on a model let through."""
    triggers = getattr(model._meta, "triggers", ())
    for trigger in triggers:
        if isinstance(trigger, AppendOnly):
            return TableGuard(append_only=True, kept=True, updatable=trigger.updatable(model))
    return TableGuard(kept=any(trigger.name.endswith("_are_never_deleted") for trigger in triggers))


def with_history(
    rows: str, *, fields: Sequence[str] | None = None, withholdable: Sequence[str] = ()
) -> Callable[[type[ModelT]], type[ModelT]]:
    """Class decorator: every change of a row is kept, with who and why, and the history is fixed.

    `fields` narrows the history to those; a change of the others leaves no event. A withholding
    empties the `withholdable` fields in the history too.
    """

    def tracked(model: type[ModelT]) -> type[ModelT]:
        track = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            fields=None if fields is None else list(fields),
            model_name=f"{model.__name__}Event",
            context_field=pghistory.ContextJSONField(),
            context_id_field=pghistory.ContextUUIDField(),
            meta={"triggers": append_only(f"{rows}_events", withholdable=withholdable)},
        )
        tracked_model: type[ModelT] = track(model)
        return tracked_model

    return tracked


def column_names(model: Any, names: Iterable[str]) -> list[str]:
    """The columns behind field names; "pk" is the primary key."""
    meta = model._meta
    return [(meta.pk if name == "pk" else meta.get_field(name)).column for name in names]


def refusal(what: str) -> str:
    """SQL that raises: a row of this table `what`."""
    return (
        f"RAISE EXCEPTION 'A row of % {what}.', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation', "
        "CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;"
    )


def any_differs(columns: Sequence[str]) -> str:
    """SQL condition: one of the columns changes."""
    return " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in columns) or "FALSE"


def written_once(column: str) -> str:
    """SQL: a value that stands in the column stays."""
    return (
        f'IF (OLD."{column}" IS NOT NULL AND {any_differs([column])}) THEN '
        f"{refusal(f'keeps its {column} once written')} END IF;"
    )


def cleared_only(column: str, *, key: str, is_bytes: bool = False) -> str:
    """SQL: the column changes only to nothing, and only for a row that a withholding names."""
    nothing = r"'', '\x'" if is_bytes else "'', '{}', '[]'"
    return (
        f"IF ({any_differs([column])}) THEN "
        f"IF (COALESCE(NEW.\"{column}\"::text, '') NOT IN ({nothing}) OR NOT EXISTS ("
        "SELECT FROM sources_withholding w "
        f'WHERE w.table_name = TG_TABLE_NAME AND w.row_id = OLD."{key}")) THEN '
        f"{refusal(f'keeps its {column} unless it is withheld')} END IF; END IF;"
    )
