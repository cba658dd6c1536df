"""Entities, properties, topics and sources made in place, where a name in the form is not known.

The refused field asks below it for the few things that such a row needs; its own button makes the
row by the action of its kind, and puts its key into the field. Nothing else is saved by it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.catalogue import add_entity, add_property, add_topic
from claims.admin.entry.forms import ClaimForm
from claims.admin.entry.quotes import QuoteRows
from claims.models import Entity, Property, Topic
from claims.vocabulary import EntityKind, PropertyTime, ValueKind
from sources.actions.sources import add_source
from sources.admin.base import ActionForm, actor_and_time, run_action
from sources.admin.fields import UNKNOWN_NAME, KeyField, LinesField
from sources.admin.forms import SourceForm
from sources.models import Source
from sources.vocabulary import Access

# The button that makes a row; its value is the name of the field whose name is not known.
MAKE = "make"

_KEY_HELP = gettext_lazy("Names it in addresses, for good. Left empty, it is made from the name.")


class MakingForm(ActionForm):
    """The few things that a row needs beside the name that was typed."""

    refused_at: ClassVar[Mapping[str, str]] = {"not_a_key": "key", "key_taken": "key"}
    named_by = "label"

    def make(self, **given: Any) -> Any:
        """Make the row by its action, `given` who asks and when. Raises its refusals."""
        raise NotImplementedError

    def named(self) -> dict[str, Any]:
        """The cleaned fields; an empty key is made from the name."""
        typed = dict(self.cleaned_data)
        typed["key"] = typed["key"] or slugify(typed[self.named_by])[:60].strip("-")
        return typed


class NewEntity(MakingForm):
    """An entity by its label and kind."""

    noun = gettext_lazy("entity")

    label = forms.CharField(label=gettext_lazy("Label"), max_length=300)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[("", "–"), *EntityKind.choices()])
    aliases = LinesField(
        label=gettext_lazy("Other names"),
        required=False,
        rows=2,
        help_text=gettext_lazy("One a line, such as its abbreviation."),
    )
    key = forms.CharField(
        label=gettext_lazy("Key"), required=False, max_length=100, help_text=_KEY_HELP
    )

    def make(self, **given: Any) -> Entity:
        """Enter the entity."""
        return add_entity(**self.named(), **given)


class NewProperty(MakingForm):
    """A property by its label, kind of value, unit and time."""

    noun = gettext_lazy("property")

    refused_at: ClassVar[Mapping[str, str]] = {
        **MakingForm.refused_at,
        "unit_without_quantity": "unit",
        "unknown_unit": "unit",
    }

    label = forms.CharField(label=gettext_lazy("Label"), max_length=300)
    value_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of value"),
        choices=[
            ("", "–"),
            *((word.value, f"{word.label} – {word.meaning}") for word in ValueKind),
        ],
    )
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        required=False,
        help_text=gettext_lazy("Of a quantity: percent, USD, bcm, day."),
        widget=forms.TextInput(attrs={"list": "offer-units", "autocomplete": "off"}),
    )
    time = forms.ChoiceField(
        label=gettext_lazy("Time"),
        choices=[(word.value, f"{word.label} – {word.meaning}") for word in PropertyTime],
    )
    single_valued = forms.BooleanField(
        label=gettext_lazy("One value at a time"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Two different values at one time are then a conflict."),
    )
    key = forms.CharField(
        label=gettext_lazy("Key"), required=False, max_length=100, help_text=_KEY_HELP
    )

    def make(self, **given: Any) -> Property:
        """Enter the property."""
        return add_property(**self.named(), **given)


class NewTopic(MakingForm):
    """A topic by its name and the one above it."""

    noun = gettext_lazy("topic")
    named_by = "name"

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    parent = KeyField(
        rows=Topic.objects.all(),
        label_column="name",
        offer="offer-topics",
        label=gettext_lazy("Below the topic"),
        required=False,
    )
    key = forms.CharField(
        label=gettext_lazy("Key"), required=False, max_length=100, help_text=_KEY_HELP
    )

    def make(self, **given: Any) -> Topic:
        """Enter the topic."""
        return add_topic(**self.named(), **given)


class NewSource(SourceForm):
    """A source by the parts of its record that a citation needs, and who may read it."""

    noun = gettext_lazy("source")
    named_by = "title"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("container", "doi", "isbn", "number", "language", "rights"):
            del self.fields[name]

    def make(self, **given: Any) -> Source:
        """Enter the source."""
        access = Access(self.cleaned_data["access"])
        descriptor = self.cleaned_data["public_descriptor"]
        record = self.record()
        return add_source(record=record, access=access, public_descriptor=descriptor, **given)


# The form and the permission for a row of each model.
_FORMS: Mapping[Any, tuple[type[Any], str]] = {
    Entity: (NewEntity, "claims.add_entity"),
    Property: (NewProperty, "claims.add_property"),
    Topic: (NewTopic, "claims.add_topic"),
    Source: (NewSource, "sources.add_source"),
}


def make_named(
    request: HttpRequest, form: ClaimForm, rows: QuoteRows
) -> MultiValueDict[str, Any] | None:
    """Make the row that the button asks for; None where it is refused or not asked for.

    Returns what was posted, with the key of the new row in the place of the name. Refused, the form
    of the row stands at its field and says why.
    """
    name = request.POST.get(MAKE, "")
    bound = next((one for one in _named_fields(form, rows) if one.html_name == name), None)
    if bound is None:
        return None
    making = _form_of(bound, request.user, data=request.POST)
    if making is None or not making.is_valid():
        _put(bound, making)
        return None
    row = run_action(making, lambda: making.make(**actor_and_time(request)))
    if row is None:
        _put(bound, making)
        return None
    messages.success(request, _("%(name)s is entered: %(key)s.") % {"name": row, "key": row.key})
    posted = request.POST.copy()
    posted[name] = row.key
    return posted


def offer_making(form: ClaimForm, rows: QuoteRows, request: HttpRequest) -> None:
    """Put below each field whose name is not known the form that makes such a row."""
    for bound in _named_fields(form, rows):
        codes = {error.code for error in bound.form.errors.as_data().get(bound.name, ())}
        if UNKNOWN_NAME in codes and not hasattr(bound, "making"):
            _put(bound, _form_of(bound, request.user, initial=request.POST))


def _named_fields(form: ClaimForm, rows: QuoteRows) -> Iterator[forms.BoundField]:
    """The fields that name one row which can be made."""
    for bound in (*form, *(bound for row in rows.forms for bound in row)):
        if _model_of(bound) in _FORMS:
            yield bound


def _model_of(bound: forms.BoundField) -> Any:
    """The model of the row that a field names; a value that is refused as a name is an entity's."""
    if isinstance(bound.field, KeyField):
        return bound.field.rows.model
    return Entity if bound.name == "value" else None


def _form_of(
    bound: forms.BoundField, by: Any, *, data: Any = None, initial: Mapping[str, Any] | None = None
) -> Any:
    """The form of a new row, bound to data or as typed; None for who may not make it."""
    kind, permission = _FORMS[_model_of(bound)]
    if not by.has_perm(permission):
        return None
    prefix = f"{MAKE}-{bound.html_name}"
    if data is not None:
        return kind(data, prefix=prefix)
    written = {
        name: initial[f"{prefix}-{name}"]
        for name in kind.base_fields
        if initial is not None and f"{prefix}-{name}" in initial
    }
    return kind(prefix=prefix, initial={**written, **_name_as_typed(bound, kind)})


def _name_as_typed(bound: forms.BoundField, kind: type[Any]) -> dict[str, str]:
    """The name that was typed, at its place in the new row; an address is no title."""
    typed = str(bound.value() or "").strip()
    if kind is NewSource and typed.startswith(("https://", "http://")):
        return {"url": typed}
    return {kind.named_by: typed}


def _put(bound: forms.BoundField, making: Any) -> None:
    """Let the template find the form of the new row at the field (`_named_field.html`)."""
    bound.making = making  # type: ignore[attr-defined] # a BoundField stays for the whole page
