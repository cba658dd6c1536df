"""The admin of entities, properties and topics."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.catalogue import (
    add_entity,
    add_property,
    add_topic,
    revise_entity,
    revise_property,
    revise_topic,
)
from claims.admin.entry.forms import SUGGEST_ENTITIES, offer_known_entities
from claims.admin.entry.suggestions import entity_options, offered_entities
from claims.admin.merging import ENTITY_MERGE
from claims.models import Entity, Property, Topic
from claims.vocabulary import DateExtent, EntityKind, PropertyTime, ValueKind
from sources.admin.base import ActionForm, FormAdmin
from sources.admin.fields import Datalist, KeyField, LinesField, datalist
from sources.admin.merging import merge_page
from sources.models import Series, Source

KEY_HELP = gettext_lazy("Names it in addresses and imports, for good. Left empty, it is made.")


class CatalogueForm(ActionForm):
    """A row with a key that stays and fields that are revised."""

    refused_at: ClassVar = {"not_a_key": "key", "key_taken": "key"}
    named_by = "label"

    key = forms.CharField(
        label=gettext_lazy("Key"), required=False, max_length=100, help_text=KEY_HELP
    )

    def __init__(self, *args: Any, by: Any, row: Any = None, **kwargs: Any) -> None:
        if row is not None:
            fields = [name for name in self.base_fields if name != "key"]
            kwargs["initial"] = {name: getattr(row, name) for name in fields}
        super().__init__(*args, **kwargs)
        self.limit_to(by)
        if row is not None:
            del self.fields["key"]

    def limit_to(self, by: Any) -> None:
        """Offer only what the account may read."""

    def typed(self) -> dict[str, Any]:
        """Return the cleaned fields for the action; an empty key is made from the name."""
        typed = dict(self.cleaned_data)
        if typed.get("key") == "":
            typed["key"] = slugify(typed[self.named_by])[:60].strip("-")
        return typed


class EntityForm(CatalogueForm):
    """The form of an entity."""

    refused_at: ClassVar = {
        **CatalogueForm.refused_at,
        "not_wikidata": "wikidata",
        "no_document": "source",
        "no_series": "series",
        "circle": "part_of",
    }

    label = forms.CharField(label=gettext_lazy("Label"), max_length=300)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=EntityKind.choices())
    aliases = LinesField(
        label=gettext_lazy("Other names"), required=False, help_text=gettext_lazy("One a line.")
    )
    wikidata = forms.CharField(
        label=gettext_lazy("Wikidata id"), required=False, help_text=gettext_lazy("Such as Q148.")
    )
    part_of = KeyField(
        rows=Entity.objects.all(),
        label_column="label",
        offer="offer-entities",
        suggest=SUGGEST_ENTITIES,
        label=gettext_lazy("Part of"),
        required=False,
    )
    source = KeyField(
        rows=Source.objects.all(),
        label_column="title",
        offer="offer-sources",
        label=gettext_lazy("Stands for the source"),
        required=False,
    )
    series = KeyField(
        rows=Series.objects.all(),
        label_column="title",
        offer="offer-series",
        label=gettext_lazy("Stands for the series"),
        required=False,
    )

    def limit_to(self, by: Any) -> None:
        """Take only sources that the account may read, and entities that it may know."""
        offer_known_entities(self, by)
        field = self.fields["source"]
        if isinstance(field, KeyField):
            field.rows = Source.objects.readable_by(by, timezone.now())


class PropertyForm(CatalogueForm):
    """The form of a property."""

    refused_at: ClassVar = {
        **CatalogueForm.refused_at,
        "unit_without_quantity": "unit",
        "unknown_unit": "unit",
        "basis_in_use": "bases",
        "extent_without_date": "date_extent",
    }

    label = forms.CharField(label=gettext_lazy("Label"), max_length=300)
    value_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of value"),
        choices=ValueKind.choices(),
        help_text=gettext_lazy("Kind, unit, time and extent stay once a claim uses the property."),
    )
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        required=False,
        help_text=gettext_lazy("Of a quantity: percent, USD, bcm, day."),
    )
    time = forms.ChoiceField(
        label=gettext_lazy("Time"),
        choices=[(word.value, f"{word.label} – {word.meaning}") for word in PropertyTime],
        help_text=gettext_lazy(
            "State, such as the members of an organisation: 11 in 2024 is true on every day of "
            "2024, so another number in a part of 2024 is a conflict. Over, such as the trade of "
            "a year: it adds up, so the figure for 2024 and the one for its first half are not "
            "compared; two figures for 2024 are."
        ),
    )
    date_extent = forms.ChoiceField(
        label=gettext_lazy("A date of several days is"),
        choices=[(word.value, f"{word.label} – {word.meaning}") for word in DateExtent],
        initial=DateExtent.WITHIN,
        required=False,
        help_text=gettext_lazy(
            "Of a date. A signing in May 2025 and one on 7 May agree; a visit of 7–10 May and one "
            "of 7–9 May do not."
        ),
    )
    single_valued = forms.BooleanField(
        label=gettext_lazy("One value at a time"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Two different values at one time are then a conflict."),
    )
    bases = LinesField(
        label=gettext_lazy("Bases"),
        required=False,
        help_text=gettext_lazy(
            "What values are comparable on, one a line: nominal, real. Claims then name one of "
            "them or none; values on different bases do not disagree. Without a list, claims say "
            "it in free text."
        ),
    )

    def clean_date_extent(self) -> str:
        """Some day in it, unless it is said otherwise."""
        return self.cleaned_data["date_extent"] or DateExtent.WITHIN


class TopicForm(CatalogueForm):
    """The form of a topic."""

    refused_at: ClassVar = {**CatalogueForm.refused_at, "circle": "parent"}
    named_by = "name"

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    parent = KeyField(
        rows=Topic.objects.all(),
        label_column="name",
        offer="offer-topics",
        label=gettext_lazy("Below the topic"),
        required=False,
    )


class CatalogueAdmin(FormAdmin):
    """Rows with a key, entered and revised by the two actions of their kind."""

    form_class: type[CatalogueForm]

    def enter(self, **typed: Any) -> Any:
        """Enter a row by its action."""
        raise NotImplementedError

    def revise(self, row: Any, **typed: Any) -> Any:
        """Revise a row by its action."""
        raise NotImplementedError

    def form_for(self, request: HttpRequest, row: Any) -> CatalogueForm:
        """Return the form of a row."""
        return self.form_class(request.POST or None, by=request.user, row=row)

    def save_row(self, form: CatalogueForm, row: Any, **given: Any) -> Any:
        """Enter or revise a row as it was typed."""
        if row is None:
            return self.enter(**form.typed(), **given)
        return self.revise(row, **form.typed(), **given)

    def intro_of(self, row: Any) -> str:
        """Return the key of a row, which stays."""
        return _("Key: %(key)s") % {"key": row.key}


@admin.register(Entity)
class EntityAdmin(CatalogueAdmin):
    """Entities."""

    form_class = EntityForm
    tools = "admin/claims/entity_tools.html"
    list_display = ("label", "key", "kind", "part_of", "merged_into")
    list_filter = ("kind",)
    list_select_related = ("part_of", "merged_into")
    search_fields = ("label",)
    search_help_text = gettext_lazy("Words of the label or of other names.")
    ordering = ("label", "pk")
    history_fields = (
        *("label", "kind", "aliases", "wikidata", "part_of", "merged_into", "source", "series"),
    )
    history_guard = "source"

    def get_queryset(self, request: HttpRequest) -> Any:
        """The entities that the account may know: not those of sources for others alone."""
        return Entity.objects.known_to(request.user, timezone.now())

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Entities are found by words of label and other names, diacritics aside."""
        return queryset.matching(search_term), False

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of suggestions and of merging, before Django's own."""
        view = self.admin_site.admin_view
        own = [
            path("suggest/", view(self.suggest_view), name="claims_entity_suggest"),
            path("<int:pk>/merge/", view(self.merge_view), name="claims_entity_merge"),
        ]
        return [*own, *super().get_urls()]

    def suggest_view(self, request: HttpRequest) -> JsonResponse:
        """Keys and labels of the entities that match what is being typed."""
        self.require_view(request)
        known = Entity.objects.surviving().known_to(request.user, timezone.now())
        options = entity_options(known.offered_for(request.GET.get("q", "")[:100]))
        return JsonResponse({"results": [{"key": key, "label": label} for key, label in options]})

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Merge an entity into another one."""
        return merge_page(self, request, self.row(request, pk), ENTITY_MERGE)

    def intro_of(self, row: Entity) -> str:
        """Return the key of an entity, and the one that it was merged into."""
        if row.merged_into is None:
            return super().intro_of(row)
        return _("Key: %(key)s. It was merged into %(into)s (%(survivor)s).") % {
            "key": row.key,
            "into": row.merged_into,
            "survivor": row.merged_into.key,
        }

    def enter(self, **typed: Any) -> Entity:
        """Enter an entity."""
        return add_entity(**typed)

    def revise(self, row: Entity, **typed: Any) -> Entity:
        """Revise an entity."""
        return revise_entity(entity=row, **typed)

    def offers(self, request: HttpRequest) -> list[Datalist]:
        """Entities, sources and series."""
        return [
            offered_entities(request.user),
            datalist(
                "offer-sources", Source.objects.readable_by(request.user, timezone.now()), "title"
            ),
            datalist("offer-series", Series.objects.all(), "title"),
        ]


@admin.register(Property)
class PropertyAdmin(CatalogueAdmin):
    """Properties."""

    form_class = PropertyForm
    list_display = ("label", "key", "value_kind", "unit", "time", "single_valued")
    list_filter = ("value_kind", "time")
    search_fields = ("label", "key")
    ordering = ("label", "pk")
    history_fields = (
        *("label", "value_kind", "unit", "time", "date_extent", "single_valued", "bases"),
    )

    def enter(self, **typed: Any) -> Property:
        """Enter a property."""
        return add_property(**typed)

    def revise(self, row: Property, **typed: Any) -> Property:
        """Revise a property."""
        return revise_property(property=row, **typed)


@admin.register(Topic)
class TopicAdmin(CatalogueAdmin):
    """Topics."""

    form_class = TopicForm
    list_display = ("name", "key", "parent")
    list_select_related = ("parent",)
    search_fields = ("name", "key")
    ordering = ("name", "pk")
    history_fields = ("name", "parent")

    def enter(self, **typed: Any) -> Topic:
        """Enter a topic."""
        return add_topic(**typed)

    def revise(self, row: Topic, **typed: Any) -> Topic:
        """Revise a topic."""
        return revise_topic(topic=row, **typed)

    def offers(self, request: HttpRequest) -> list[Datalist]:
        """Topics."""
        return [datalist("offer-topics", Topic.objects.all(), "name")]
