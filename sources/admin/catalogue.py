"""Publishers and series at the desk."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.actions.sources import add_series
from sources.admin.base import ActionAdmin, ActionForm, actor_and_time, facts_of, run_action
from sources.admin.fields import LinesField, find_row, offer
from sources.models import Publisher, Series, Source


@admin.register(Publisher)
class PublisherAdmin(ActionAdmin):
    """Publishers come with the records of sources; here they are looked up."""

    list_display = ("name", "kind", "country", "reliability")
    list_filter = ("reliability", "kind")
    search_fields = ("name",)
    ordering = ("name", "pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A publisher comes with the record of a source."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """There is no action yet that judges a publisher."""
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """The page of a publisher."""
        publisher = self.row(request, object_id)
        return self.page(
            request, "admin/desk/row.html", title=publisher.name, facts=facts_of(publisher)
        )


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
        rows = Source.objects.readable_by(self.by)
        return [find_row(rows, line, "title") for line in self.cleaned_data["sources"]]


@admin.register(Series)
class SeriesAdmin(ActionAdmin):
    """Series of sources."""

    list_display = ("title", "key")
    search_fields = ("title", "key")
    ordering = ("title", "pk")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Enter a series."""
        self.require_add(request)
        return self._form_page(request, None)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Give a series another title, or other sources."""
        return self._form_page(request, self.row(request, object_id))

    def _form_page(self, request: HttpRequest, series: Series | None) -> HttpResponse:
        form = SeriesForm(request.POST or None, by=request.user, series=series)
        if request.method == "POST" and form.is_valid():
            self.require_change(request)
            typed = form.cleaned_data
            saved = run_action(
                form,
                lambda: add_series(
                    key=series.key if series else typed["key"],
                    title=typed["title"],
                    sources=typed["sources"],
                    **actor_and_time(request),
                ),
            )
            if saved is not None:
                messages.success(request, _("The series is saved."))
                return redirect(self.address(saved))
        return self.page(
            request,
            "admin/desk/form.html",
            title=series.title if series else _("Enter a series"),
            status=form.http_status,
            form=form,
            button=_("Save"),
            offers=[offer("offer-sources", Source.objects.readable_by(request.user), "title")],
        )
