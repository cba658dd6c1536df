"""The summary of what is wrong with a form, above it, with a link to each field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField
from django.utils.translation import gettext as _

register = template.Library()


@dataclass(frozen=True)
class FieldError:
    """An error of one field: the id of its input, its label and the sentence."""

    anchor: str
    label: str
    sentence: str


@dataclass(frozen=True)
class ErrorSummary:
    """All that is wrong with a form; `sentences` are about no field that a person sees.

    False where nothing is.
    """

    sentences: tuple[str, ...]
    fields: tuple[FieldError, ...]

    def __bool__(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.sentences or self.fields)


@register.simple_tag
def error_summary(form: Any, rows: Any = None, row_name: str = "") -> ErrorSummary:
    """Return the errors of a form, then those of its rows, a formset, in the order of the page.

    `row_name` is a row in a word, which is said before the fields of each with its number. A form
    without fields, of a single button, may be refused without having been bound.
    """
    sentences: list[str] = []
    fields: list[FieldError] = []
    for part, name in _parts(form, rows, row_name):
        before = f"{name}: " if name else ""
        own = part.non_form_errors() if isinstance(part, BaseFormSet) else part.non_field_errors()
        sentences += [f"{before}{sentence}" for sentence in own]
        if isinstance(part, BaseFormSet):
            continue
        for field in part:
            errors = [str(sentence) for sentence in field.errors]
            if field.is_hidden:
                sentences += errors
            else:
                fields += [FieldError(_anchor(field), f"{before}{field.label}", e) for e in errors]
    return ErrorSummary(tuple(sentences), tuple(fields))


def _parts(form: Any, rows: Any, row_name: str) -> Iterator[tuple[Any, str]]:
    """The form, its formset and the rows of that, each with the words that name it."""
    if isinstance(form, BaseForm) and form.errors:
        yield form, ""
    if isinstance(rows, BaseFormSet) and rows.is_bound:
        yield rows, ""
        for number, row in enumerate(rows, start=1):
            name = _("%(noun)s %(number)d") % {"noun": row_name, "number": number}
            yield row, name if row_name else ""


def _anchor(field: BoundField) -> str:
    """The id of the input of a field, of the first one where it has several."""
    choices = [choice.id_for_label for choice in field.subwidgets] if field.use_fieldset else []
    return next(filter(None, choices), "") or field.id_for_label or field.auto_id
