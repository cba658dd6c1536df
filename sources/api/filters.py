"""Filters of lists: each reads its parameter strictly and narrows by one QuerySet method.

The rules of what belongs to a list stand in the QuerySets, where the pages use them too; here is
only how a parameter is spelt, and the sentence for one that is not.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from rest_framework.exceptions import ErrorDetail
from rest_framework.exceptions import ValidationError as ParametersRefused

from sources.api.visit import Visit
from sources.domain.dates import parse_dates
from sources.domain.keys import is_key
from sources.domain.ranges import Range
from sources.domain.refusals import Refusal, quoted
from sources.vocabulary import LabelledEnum

_REFERENCE = re.compile(r"C[1-9][0-9]{0,17}")
_MAX_WORDS = 300

Text = str | Promise


class KeyParameterField(forms.CharField):
    """The key of a row: letters, digits, hyphens and underscores, at most 100."""

    def clean(self, value: Any) -> str | None:
        """The key, or None where the parameter is not given."""
        if value is None:
            return None
        if not is_key(value):
            raise ValidationError(
                _("%(value)s is no key. Keys are letters, digits, - and _, at most 100.")
                % {"value": quoted(value)}
            )
        return str(value)


class ReferenceField(forms.CharField):
    """The reference of a claim, such as C17. Read as the number."""

    def clean(self, value: Any) -> int | None:
        """The number of the reference."""
        if value is None:
            return None
        if not _REFERENCE.fullmatch(value):
            raise ValidationError(
                _("%(value)s is no reference of a claim. Write it as in C17.")
                % {"value": quoted(value)}
            )
        return int(value[1:])


class WordsField(forms.CharField):
    """Words to search for."""

    def clean(self, value: Any) -> str | None:
        """The words as typed."""
        if value is None:
            return None
        if len(value) > _MAX_WORDS:
            raise ValidationError(
                _("The words to search for have %(length)d characters. At most %(most)d are read.")
                % {"length": len(value), "most": _MAX_WORDS}
            )
        return str(value)


class PeriodField(forms.CharField):
    """A day, month, year or interval in words or EDTF, read as the days that it covers."""

    def clean(self, value: Any) -> Range[date] | None:
        """The days, half-open."""
        if value is None:
            return None
        try:
            return parse_dates(value).days
        except Refusal as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal


class TruthField(forms.CharField):
    """Exactly `true` or `false`."""

    def clean(self, value: Any) -> bool | None:
        """Whether it is true; None where the parameter is not given."""
        if value is None:
            return None
        if value not in ("true", "false"):
            raise ValidationError(
                _("%(value)s is neither true nor false. Write `true` or `false`.")
                % {"value": quoted(value)}
            )
        return bool(value == "true")


class FilterSet(filters.FilterSet):  # type: ignore[misc]  # has no types
    """The filters of one list; what is given must all hold."""


class Narrowing:
    """A filter that calls the QuerySet method that it names with what was read.

    `by` is the name of the method, or a function of the QuerySet, the value and the visit.
    """

    by: str | Callable[[Any, Any, Any], Any]

    def narrow(self, queryset: Any, value: Any, visit: Visit) -> Any:
        """The rows that the parameter asks for; all of them where it is not given."""
        if value is None or value == "":
            return queryset
        if callable(self.by):
            return self.by(queryset, value, visit)
        return getattr(queryset, self.by)(value)


class TextFilter(Narrowing, filters.CharFilter):  # type: ignore[misc]  # has no types
    """A filter whose parameter is text of some form."""

    field_class: type[forms.Field] = KeyParameterField

    def __init__(self, by: str | Callable[..., Any], help_text: Text, **options: Any) -> None:
        super().__init__(help_text=help_text, **options)
        self.by = by


class KeyFilter(TextFilter):
    """Rows tied to the row of a key."""


class ReferenceFilter(TextFilter):
    """Rows tied to a claim."""

    field_class = ReferenceField


class WordsFilter(TextFilter):
    """Rows that hold words."""

    field_class = WordsField


class PeriodFilter(TextFilter):
    """Rows that fall in a period."""

    field_class = PeriodField


class TruthFilter(Narrowing, filters.BooleanFilter):  # type: ignore[misc]  # has no types
    """Rows of which something is true, or is not."""

    field_class = TruthField

    def __init__(self, by: str | Callable[..., Any], help_text: Text) -> None:
        # The filter's own widget would read "True" and "1" as well, and pass over anything else.
        super().__init__(help_text=help_text, widget=forms.TextInput)
        self.by = by


class WordFilter(Narrowing, filters.ChoiceFilter):  # type: ignore[misc]  # has no types
    """Rows with one code of a vocabulary."""

    def __init__(
        self,
        by: str | Callable[..., Any],
        help_text: Text,
        *,
        choices: Sequence[tuple[str, Text]],
    ) -> None:
        super().__init__(
            help_text=help_text,
            choices=choices,
            error_messages={"invalid_choice": _one_of(choices)},
        )
        self.by = by


def column(name: str) -> Callable[[Any, Any, Any], Any]:
    """Narrow by a column that holds exactly the value."""

    def narrow(queryset: QuerySet[Any], value: Any, _visit: Visit) -> QuerySet[Any]:
        return queryset.filter(**{name: value})

    return narrow


def codes(*vocabularies: type[LabelledEnum]) -> list[tuple[str, str]]:
    """The codes of vocabularies, each once, with their labels."""
    known = {word.value: word.label for words in vocabularies for word in words}
    return list(known.items())


def _one_of(choices: Sequence[tuple[str, Text]]) -> str:
    known = ", ".join(code for code, label in choices)
    # The sentence is made when the module loads: Django fills in the value.
    return f"“%(value)s” is none of the known words. Known are: {known}."


class Filters(filters.DjangoFilterBackend):  # type: ignore[misc]  # has no types
    """Narrows a list by the parameters of the request; wrong ones are refused by name.

    The fields of the filters read them. No filter set or form is made for a request: they would
    copy every field that the list declares to read the one that is given.
    """

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        """Return the rows for which all parameters hold. Raises ParametersRefused for wrong ones.

        `view` names its filters (`filterset_class`) and has the `visit`.
        """
        declared = view.filterset_class.base_filters if view.filterset_class else {}
        read, refused = [], {}
        for name, one in declared.items():
            if name not in request.query_params:
                continue
            try:
                read.append((one, one.field.clean(request.query_params[name])))
            except ValidationError as error:
                refused[name] = _details(error)
        if refused:
            raise ParametersRefused(refused)
        for one, value in read:
            queryset = one.narrow(queryset, value, view.visit)
        return queryset


def _details(error: ValidationError) -> list[ErrorDetail]:
    """The sentences that say what is wrong with one parameter, with their codes."""
    return [ErrorDetail(each.messages[0], each.code) for each in error.error_list]
