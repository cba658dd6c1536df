"""Fields for what people type at the desk: rows by key or name, and lists of one a line."""

from typing import Any, TypedDict

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from sources.domain.refusals import quoted

# How many rows a page offers before anything is typed.
MAX_OPTIONS = 200


class Datalist(TypedDict):
    """The rows that the inputs of one kind offer: key and label, and where to ask for more."""

    name: str
    options: list[tuple[str, str]]


class KeyField(forms.CharField):
    """A row named by its key, or by its label where only one row has it.

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
    """The row of that key or label. Raises ValidationError saying what to do."""
    found: Model | None = rows.filter(key=typed).first()
    if found is not None:
        return found
    named = list(rows.filter(**{f"{label_column}__iexact": typed}).order_by("pk")[:2])
    if len(named) == 1:
        return named[0]
    noun = rows.model._meta.verbose_name
    if named:
        message = _("There are several of the name %(typed)s (%(noun)s). Give the key instead.")
    else:
        message = _(
            "There is no %(noun)s with the key or name %(typed)s. "
            "Choose one from the list, or enter it first."
        )
    raise forms.ValidationError(message, params={"typed": quoted(typed), "noun": noun})


def datalist(name: str, rows: "QuerySet[Any, Any]", label_column: str) -> Datalist:
    """The first rows, for a datalist."""
    return {
        "name": name,
        "options": list(
            rows.order_by(label_column, "pk").values_list("key", label_column)[:MAX_OPTIONS]
        ),
    }
