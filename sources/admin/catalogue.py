"""Series at the desk."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.actions.sources import add_series
from sources.admin.base import ActionForm, FormAdmin
from sources.admin.fields import Datalist, LinesField, datalist, find_row
from sources.models import Series, Source


class SeriesForm(ActionForm):
    """A series and its sources in order."""

    refused_at: ClassVar = {"title_missing": "title", "named_twice": "sources"}

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    key = forms.SlugField(
        label=gettext_lazy("Key"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("For good. Left empty, it is made from the title."),
    )
    sources = LinesField(
        label=gettext_lazy("Sources"),
        rows=8,
        help_text=gettext_lazy("Keys or titles, one a line, in order."),
    )

    def __init__(self, *args: Any, by: Any, series: Series | None = None, **kwargs: Any) -> None:
        if series is not None:
            members = series.members.order_by("position").values_list("source__key", flat=True)
            kwargs.setdefault("initial", {"title": series.title, "sources": list(members)})
        super().__init__(*args, **kwargs)
        self.by = by
        self.series = series
        if series is not None:
            del self.fields["key"]

    def clean_key(self) -> str:
        """The key of a new series, which no other has."""
        key: str = self.cleaned_data["key"] or slugify(self.cleaned_data.get("title", ""))[:60]
        if key and Series.objects.filter(key=key).exists():
            raise ValidationError(
                _("There is a series %(key)s already; use another key."), params={"key": key}
            )
        return key

    def clean_sources(self) -> list[Any]:
        """The sources that the lines name."""
        rows = Source.objects.readable_by(self.by, timezone.now())
        return [find_row(rows, line, "title") for line in self.cleaned_data["sources"]]


@admin.register(Series)
class SeriesAdmin(FormAdmin):
    """Series of sources."""

    tools = "admin/sources/series_tools.html"
    list_display = ("title", "key")
    search_fields = ("title", "key")
    ordering = ("title", "pk")

    def form_for(self, request: HttpRequest, row: Series | None) -> SeriesForm:
        """Return the form of a series."""
        return SeriesForm(request.POST or None, by=request.user, series=row)

    def save_row(self, form: SeriesForm, row: Series | None, **given: Any) -> Series:
        """Enter a series, or give one another title or other sources."""
        typed = form.cleaned_data
        return add_series(
            key=row.key if row else typed["key"],
            title=typed["title"],
            sources=typed["sources"],
            **given,
        )

    def title_of(self, row: Series | None) -> str:
        """Return the title of the series."""
        return row.title if row else _("Enter a series")

    def saved_message(self, row: Series) -> str:
        """Return the sentence that says that it is saved."""
        return _("The series is saved.")

    def offers(self, request: HttpRequest) -> list[Datalist]:
        """Return the sources that the account may read."""
        return [
            datalist(
                "offer-sources", Source.objects.readable_by(request.user, timezone.now()), "title"
            )
        ]
