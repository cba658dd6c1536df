"""Fields for what people type at the desk: rows by key or name, and lists of one a line."""

import json
from typing import Any, TypedDict

from django import forms
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from sources.domain.refusals import quoted

# How many rows a page offers before anything is typed.
MAX_OPTIONS = 200
# How many rows of one name are listed for whoever has to choose.
MAX_NAMED = 5
# The code of the error that no row has the key or name: such a row can be made.
UNKNOWN_NAME = "unknown_name"


class Datalist(TypedDict):
    """The rows that the inputs of one kind offer: key and label, and where to ask for more."""

    name: str
    options: list[tuple[str, str]]


class KeyField(forms.CharField):
    """A row named by its key, or by its label or another name where only one row has it.

    `rows` are the rows that may be named; `label` is the column of the label. The page offers
    them in the datalist `offer`, and a script narrows that down at `suggest` while one types.
    """

    def __init__(
        self,
        *,
        rows: "QuerySet[Any, Any]",
        label_column: str,
        offer: str,
        suggest: Any = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("max_length", 300)
        super().__init__(**kwargs)
        self.rows = rows
        self.label_column = label_column
        self.widget.attrs |= {"list": offer, "autocomplete": "off", "spellcheck": "false"}
        if suggest is not None:
            self.widget.attrs["data-suggest"] = suggest

    def prepare_value(self, value: Any) -> Any:
        """A row is shown as its key."""
        return getattr(value, "key", value)

    def clean(self, value: Any) -> Any:
        """The row, or None where nothing was typed."""
        typed = super().clean(value)
        if not typed:
            return None
        return find_row(self.rows, typed, self.label_column)


class LinesField(forms.CharField):
    """A list, one a line; empty lines and white space around them do not count."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["rows"] = rows

    def prepare_value(self, value: Any) -> Any:
        """A list is shown as lines."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """The lines."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


def find_row(rows: "QuerySet[Any, Any]", typed: str, label_column: str) -> Model:
    """The row of that key, label or other name. Raises ValidationError saying what to do."""
    found: Model | None = rows.filter(key=typed).first()
    if found is not None:
        return found
    noun = rows.model._meta.verbose_name
    params = {"typed": quoted(typed), "noun": noun}
    named = rows_named(rows, typed, label_column)
    if len(named) == 1:
        return named[0]
    if named:
        params["keys"] = ", ".join(row.key for row in named)  # type: ignore[attr-defined] # rows of keys
        message = _("Several have the name %(typed)s (%(noun)s). Give the key instead: %(keys)s.")
        raise forms.ValidationError(message, code="several_names", params=params)
    message = _(
        "There is no %(noun)s with the key or name %(typed)s. "
        "Choose one from the list, or enter it first."
    )
    raise forms.ValidationError(message, code=UNKNOWN_NAME, params=params)


def rows_named(rows: "QuerySet[Any, Any]", typed: str, label_column: str) -> list[Model]:
    """The first rows of that key or label in any case of letters; else those of that other name.

    A row that was merged into another is named by its key alone: its names lead to the other.
    """
    columns = {field.name for field in rows.model._meta.concrete_fields}
    if "merged_into" in columns:
        rows = rows.filter(merged_into__isnull=True)
    by_label = rows.filter(Q(key__iexact=typed) | Q(**{f"{label_column}__iexact": typed}))
    named = list(by_label.order_by("pk")[:MAX_NAMED])
    if named or "aliases" not in columns:
        return named
    in_json = json.dumps(typed, ensure_ascii=False)  # with its quotation marks: a whole name
    by_alias = rows.annotate(names=Cast("aliases", TextField())).filter(names__icontains=in_json)
    return list(by_alias.order_by("pk")[:MAX_NAMED])


def datalist(name: str, rows: "QuerySet[Any, Any]", label_column: str) -> Datalist:
    """The first rows, for a datalist."""
    return {
        "name": name,
        "options": list(
            rows.order_by(label_column, "pk").values_list("key", label_column)[:MAX_OPTIONS]
        ),
    }
