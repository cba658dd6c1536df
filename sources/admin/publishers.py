"""Publishers at the desk: how far one can be relied on, its names, and merging two that are one."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.actions.publishers import (
    MAX_REASON,
    judge_publisher,
    merge_publishers,
    require_mergeable,
    revise_publisher,
)
from sources.admin.base import ActionAdmin, ActionForm, actor_and_time, run_action
from sources.admin.fields import MAX_OPTIONS, Datalist, LinesField
from sources.admin.merging import MergeSteps, merge_page
from sources.domain.refusals import quoted
from sources.models import Publisher, Source
from sources.querysets.publishers import PublisherQuerySet
from sources.readings.publishers import (
    MAX_SOURCES,
    PublisherMerge,
    preview_publisher_merge,
    publisher_reading,
)
from sources.readings.reader import Reader
from sources.vocabulary import PublisherKind, Reliability


class JudgePublisherForm(ActionForm):
    """The reliability of a publisher."""

    refused_at: ClassVar = {"missing": "reason", "too_long": "reason", "judged_so": "reason"}

    reliability = forms.ChoiceField(
        label=gettext_lazy("Reliability"),
        choices=lambda: [(word.value, _(word.label)) for word in Reliability],
        help_text=gettext_lazy("F takes back what was judged before."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What speaks for it: its record, its owners, its corrections."),
    )


class PublisherForm(ActionForm):
    """The record of a publisher."""

    refused_at: ClassVar = {
        "name_taken": "name",
        "missing": "name",
        "too_many_names": "aliases",
        "not_a_country": "country",
        "not_an_address": "site",
    }

    name = forms.CharField(label=gettext_lazy("Name"), max_length=300)
    aliases = LinesField(
        label=gettext_lazy("Other names"),
        required=False,
        help_text=gettext_lazy(
            "One a line. A record that names one of them belongs to this publisher."
        ),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=PublisherKind.choices())
    country = forms.CharField(
        label=gettext_lazy("Country"),
        required=False,
        max_length=2,
        help_text=gettext_lazy("Two letters, such as PL."),
    )
    site = forms.CharField(
        label=gettext_lazy("Site"),
        required=False,
        help_text=gettext_lazy("Such as https://www.osw.waw.pl/."),
    )

    def __init__(self, *args: Any, publisher: Publisher, **kwargs: Any) -> None:
        initial = {name: getattr(publisher, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)


class PublisherField(forms.CharField):
    """A publisher by its name or another name, in any case."""

    def __init__(self, *, rows: PublisherQuerySet, **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)
        self.rows = rows
        self.widget.attrs |= {"list": "offer-publishers", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        """Return the publisher that survives under the name."""
        typed: str = super().clean(value)
        found = self.rows.named([typed]).get(typed)
        found = found or self.rows.surviving().filter(name__iexact=typed).order_by("pk").first()
        if found is None:
            message = _("There is no publisher %(typed)s. Choose one from the list.")
            raise forms.ValidationError(message, params={"typed": quoted(typed)})
        return found


@admin.register(Publisher)
class PublisherAdmin(ActionAdmin):
    """Publishers come with the records of sources; here they are judged, revised and merged."""

    list_display = ("name", "kind", "country", "reliability", "merged_into")
    list_filter = ("reliability", "kind")
    list_select_related = ("merged_into",)
    search_fields = ("name",)
    search_help_text = gettext_lazy("Words of the name or of other names.")
    ordering = ("name", "pk")
    history_fields = (
        *("name", "aliases", "kind", "country", "site", "reliability", "reliability_reason"),
        "merged_into",
    )

    def get_queryset(self, request: HttpRequest) -> PublisherQuerySet:
        """The publishers that the account may know of."""
        known: PublisherQuerySet = Publisher.objects.known_to(request.user, timezone.now())
        return known

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Publishers are found by words of their names."""
        return queryset.matching(search_term), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A publisher comes with the record of a source."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The pages of a publisher, before Django's own."""
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/judge/", view(self.judge_view), name="sources_publisher_judge"),
            path("<int:pk>/record/", view(self.record_view), name="sources_publisher_record"),
            path("<int:pk>/merge/", view(self.merge_view), name="sources_publisher_merge"),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """The page of a publisher."""
        return self._publisher_page(request, self.row(request, object_id))

    def judge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Judge how far a publisher can be relied on."""
        self.require_change(request)
        publisher = self.row(request, pk)
        form = JudgePublisherForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            typed = form.cleaned_data
            judged = run_action(
                form,
                lambda: judge_publisher(
                    publisher=publisher,
                    reliability=Reliability(typed["reliability"]),
                    reason=typed["reason"],
                    **actor_and_time(request),
                ),
            )
            if judged is not None:
                messages.success(request, _("The judgement is kept."))
                return redirect(self.address(publisher))
        return self._publisher_page(request, publisher, form)

    def record_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Revise what is on record of a publisher."""
        self.require_change(request)
        publisher = self.row(request, pk)
        form = PublisherForm(request.POST or None, publisher=publisher)
        if request.method == "POST" and form.is_valid():
            typed = {**form.cleaned_data, "kind": PublisherKind(form.cleaned_data["kind"])}
            saved = run_action(
                form,
                lambda: revise_publisher(publisher=publisher, **typed, **actor_and_time(request)),
            )
            if saved is not None:
                messages.success(request, _("%(name)s is saved.") % {"name": saved})
                return redirect(self.address(publisher))
        return self.page(
            request,
            "admin/desk/form.html",
            title=_("Edit %(name)s") % {"name": publisher},
            parent={"url": self.address(publisher), "title": publisher.name},
            back=self.address(publisher),
            status=form.http_status,
            form=form,
            button=_("Save"),
        )

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Merge a publisher into another one."""
        return merge_page(self, request, self.row(request, pk), PUBLISHER_MERGE)

    def _publisher_page(
        self, request: HttpRequest, publisher: Publisher, form: JudgePublisherForm | None = None
    ) -> HttpResponse:
        sources = Source.objects.readable_by(request.user, timezone.now())
        sources = sources.filter(publisher=publisher)
        judgements = publisher.judgements.select_related("judged_by").order_by("-pk")
        may_change = self.has_change_permission(request) and publisher.merged_into is None
        if form is None and may_change:
            form = JudgePublisherForm(initial={"reliability": publisher.reliability})
        return self.page(
            request,
            "admin/sources/publisher.html",
            title=publisher.name,
            status=form.http_status if form else 200,
            publisher=publisher,
            told=publisher_reading(publisher),
            history_url=self.history_address(publisher),
            judgements=[(one, _(Reliability(one.reliability).label)) for one in judgements],
            sources=sources.order_by("title", "pk")[:MAX_SOURCES],
            source_count=sources.count(),
            merged=publisher.merged.order_by("name", "pk"),
            form=form if may_change else None,
            may_change=may_change,
        )


def offered_publishers(account: Any) -> Datalist:
    """The first publishers that the account may know of, for a datalist."""
    known = Publisher.objects.surviving().known_to(account, timezone.now())
    names = known.order_by("name", "pk").values_list("name", flat=True)[:MAX_OPTIONS]
    return {"name": "offer-publishers", "options": [(name, "") for name in names]}


def _preview(row: Publisher, *, into: Publisher, by: Any, at: Any) -> PublisherMerge:
    require_mergeable(row, into)
    return preview_publisher_merge(row, into=into, reader=Reader(by, at))


def _merge(row: Publisher, *, seen: str, **given: Any) -> Publisher:  # noqa: ARG001 - no mark
    return merge_publishers(publisher=row, **given)


PUBLISHER_MERGE = MergeSteps(
    survivor_field=lambda request: PublisherField(
        label=_("The publisher that stays"),
        rows=Publisher.objects.known_to(request.user, timezone.now()),
    ),
    preview=_preview,
    merge=_merge,
    template="admin/sources/publisher_merge.html",
    offers=lambda request: [offered_publishers(request.user)],
)
