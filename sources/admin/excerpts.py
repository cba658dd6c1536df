"""Excerpts at the desk: their grade, the place that is meant, their translation."""

import re
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sources.actions.quotes.excerpts import choose_place, quote_instead
from sources.actions.quotes.removal import may_remove, remove_quote
from sources.actions.quotes.translations import translate
from sources.admin.base import ActionAdmin, ActionForm, actor_and_time, run_action
from sources.admin.forms import TranslationForm
from sources.admin.quoting import (
    describe_finding,
    describe_grade,
    finding_of_excerpt,
    places,
    where,
)
from sources.admin.tray import tray_urls
from sources.domain.refusals import Refusal, quoted
from sources.models import Excerpt, Source
from sources.readings.doubts import doubts_of
from sources.readings.reader import Reader


class PlaceRefused(Refusal):
    """A form whose place in a text cannot be read."""


class CarriesClaim(admin.SimpleListFilter):
    """Quotes on which a version of a claim rests or ever did, or those that may be removed."""

    title = gettext_lazy("claims on it")
    parameter_name = "claims"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices."""
        return [("none", _("None ever")), ("some", _("Some"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The quotes of the choice."""
        unused = Excerpt.objects.without_claims().values("pk")
        match self.value():
            case "none":
                return queryset.filter(pk__in=unused)
            case "some":
                return queryset.exclude(pk__in=unused)
        return queryset


@admin.register(Excerpt)
class ExcerptAdmin(ActionAdmin):
    """Quotes. They are made on the page of their source and never change."""

    list_display = ("printed", "source", "locator", "grade", "created_by", "created_at")
    list_filter = ("grade", CarriesClaim)
    list_select_related = ("source", "created_by")
    search_fields = ("exact",)
    ordering = ("-pk",)

    @admin.display(description=gettext_lazy("quote"), ordering="exact")
    def printed(self, excerpt: Excerpt) -> str:
        """The words as they are printed."""
        return excerpt.printed

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Excerpt]":
        """The quotes from sources that the account may read."""
        readable = Source.objects.readable_by(request.user, timezone.now())
        return Excerpt.objects.listed().filter(source__in=readable.values("pk"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Quotes are made on the page of their source."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The actions on a quote, before Django's own pages."""
        choose = self.admin_site.admin_view(self.choose_view)
        instead = self.admin_site.admin_view(self.instead_view)
        translating = self.admin_site.admin_view(self.translate_view)
        removing = self.admin_site.admin_view(require_POST(self.remove_view))
        return [
            path("<int:pk>/choose/", choose, name="sources_excerpt_choose"),
            path("<int:pk>/instead/", instead, name="sources_excerpt_instead"),
            path("<int:pk>/translate/", translating, name="sources_excerpt_translate"),
            path("<int:pk>/remove/", removing, name="sources_excerpt_remove"),
            *tray_urls(self),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """The page of a quote."""
        return self._excerpt_page(request, self.row(request, object_id), ActionForm())

    def choose_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose the place that is meant."""
        self.require_change(request)
        excerpt = self.row(request, pk)
        form = ActionForm(request.POST)
        if request.method == "POST" and form.is_valid():
            chosen = run_action(
                form,
                lambda: choose_place(
                    excerpt=excerpt,
                    place=_place(request.POST.get("place", "")),
                    **actor_and_time(request),
                ),
            )
            if chosen is not None:
                messages.success(request, _("The place is chosen."))
                return redirect(self.address(excerpt))
        return self._excerpt_page(request, excerpt, form)

    def instead_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Quote the words that the text has at the place most similar to a drifted quote."""
        self.require_change(request)
        excerpt = self.row(request, pk)
        form = ActionForm(request.POST)
        if request.method == "POST" and form.is_valid():
            quoted_instead = run_action(
                form, lambda: quote_instead(excerpt=excerpt, **actor_and_time(request))
            )
            if quoted_instead is not None:
                reader = Reader(request.user, timezone.now())
                messages.success(request, describe_finding(quoted_instead, reader))
                return redirect(self.address(quoted_instead))
        return self._excerpt_page(request, excerpt, form)

    def translate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write, change or take away the translation."""
        self.require_change(request)
        excerpt = self.row(request, pk)
        is_sent = request.method == "POST"
        form = TranslationForm(request.POST) if is_sent else _translation_of(excerpt)
        if is_sent and form.is_valid():
            typed = form.cleaned_data
            translated = run_action(
                form,
                lambda: translate(
                    excerpt=excerpt,
                    translation=typed["translation"],
                    translated_by=typed["translated_by"],
                    method=typed["translation_method"],
                    **actor_and_time(request),
                ),
            )
            if translated is not None:
                messages.success(request, _("The translation is saved."))
                return redirect(self.address(excerpt))
        return self._excerpt_page(request, excerpt, form)

    def remove_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a quote that carries no claim out of the lists."""
        self.require_change(request)
        excerpt = self.row(request, pk)
        form = ActionForm()
        form.cleaned_data = {}
        removal = run_action(form, lambda: remove_quote(excerpt=excerpt, **actor_and_time(request)))
        if removal is None:
            return self._excerpt_page(request, excerpt, form)
        messages.success(
            request, _("The quote is removed. Quote the same words again to have it back.")
        )
        return redirect(reverse("admin:sources_source_change", args=[excerpt.source_id]))

    def _excerpt_page(
        self, request: HttpRequest, excerpt: Excerpt, form: ActionForm
    ) -> HttpResponse:
        person: Any = request.user
        translation = form if isinstance(form, TranslationForm) else _translation_of(excerpt)
        gradings = list(excerpt.gradings.select_related("layer", "chosen_by").order_by("-pk")[:20])
        latest = gradings[0] if gradings else None
        return self.page(
            request,
            "admin/sources/excerpt.html",
            title=_("Quote from %(source)s") % {"source": excerpt.source.title},
            status=form.http_status,
            parent={
                "url": reverse("admin:sources_source_change", args=[excerpt.source_id]),
                "title": excerpt.source.title,
            },
            form=form,
            translation=translation,
            excerpt=excerpt,
            verdict=describe_grade(excerpt),
            finding=finding_of_excerpt(excerpt, Reader(request.user, timezone.now())),
            place=where(latest),
            places=places(latest),
            gradings=gradings,
            doubts=doubts_of([latest] if latest else [], Reader(request.user, timezone.now())).get(
                excerpt.pk, ()
            ),
            may_change=self.has_change_permission(request),
            may_remove=may_remove(excerpt, person),
        )


def _translation_of(excerpt: Excerpt) -> TranslationForm:
    """The form with the translation that is there."""
    names = TranslationForm.base_fields
    return TranslationForm(initial={name: getattr(excerpt, name) for name in names})


def _place(typed: str) -> tuple[int, int]:
    """A place as the page's buttons send it: start and end in code points."""
    if not re.fullmatch(r"\d{1,9}-\d{1,9}", typed, re.ASCII):
        raise PlaceRefused("no_place", f"{quoted(typed)} is no place; choose one of those listed.")
    start, _dash, end = typed.partition("-")
    return int(start), int(end)
