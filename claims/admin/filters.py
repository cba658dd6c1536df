"""The filters shared by the admin's lists: words, topic and entity of the claims."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from claims.admin.entry.forms import SUGGEST_ENTITIES, offer_known_entities
from claims.models import Entity, Topic
from claims.querysets.versions import VersionQuerySet
from sources.admin.base import ActionForm
from sources.admin.fields import KeyField
from sources.domain.search.typed import SearchRefused, TypedSearch, read_search


class AboutForm(ActionForm):
    """Words, a topic and an entity; of entities only those that the account may know."""

    refused_at: ClassVar = {}

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=300)
    topic = forms.ModelChoiceField(
        label=gettext_lazy("Topic"),
        required=False,
        queryset=Topic.objects.order_by("name", "pk"),
        to_field_name="key",
        empty_label=gettext_lazy("Any"),
    )
    entity = KeyField(
        rows=Entity.objects.all(),
        label_column="label",
        offer="offer-entities",
        suggest=SUGGEST_ENTITIES,
        label=gettext_lazy("Entity"),
        required=False,
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        offer_known_entities(self, by)

    @property
    def is_about(self) -> bool:
        """Whether any of the three is given."""
        typed = self.cleaned_data
        return bool(typed["q"]) or typed["topic"] is not None or typed["entity"] is not None

    def about(self, versions: VersionQuerySet) -> VersionQuerySet:
        """Filter versions by words, topic and entity."""
        typed = self.cleaned_data
        if typed["topic"] is not None:
            versions = versions.under_topic(typed["topic"].key)
        if typed["entity"] is not None:
            versions = versions.about(typed["entity"].key)
        search = typed["q"]
        return versions.found_by(search, self.by) if search else versions

    def clean_q(self) -> TypedSearch | None:
        """The words as every search reads them."""
        typed = self.cleaned_data["q"]
        try:
            return read_search(typed) if typed else None
        except SearchRefused as refusal:
            raise forms.ValidationError(refusal.message, code=refusal.code) from refusal
