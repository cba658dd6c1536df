"""The words left out of the most used words of a series, at the desk."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.series.stop_words import save_stop_words
from claims.models import StopWords
from sources.actions.permission import may
from sources.admin.base import ActionAdmin, ActionForm, actor_and_time, run_action
from sources.models import Series
from sources.vocabulary import Role


class StopWordsForm(ActionForm):
    """Both lists, a word a line; `seen_at` is when the lists that are changed were saved."""

    refused_at = {"both_lists": "shown", "no_word": "added", "too_many_words": "added"}

    added = forms.CharField(
        label=gettext_lazy("Leave out, beside the words of each language"),
        help_text=gettext_lazy("One word a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    shown = forms.CharField(
        label=gettext_lazy("Show, though a language leaves it out"),
        help_text=gettext_lazy("One word a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def seen(self) -> datetime | None:
        """When the lists were saved that this form began with."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError:
            return None


@admin.register(StopWords)
class StopWordsAdmin(ActionAdmin):
    """The form of a series' stop words, under the key of the series; there is no list of them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are reached from the most used words of their series."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the account may change what is left out."""
        return may(request.user, Role.EDITOR)  # type: ignore[arg-type] # who is not staff is not let in

    def has_module_permission(self, request: HttpRequest) -> bool:
        """They stand in no list of the desk."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The form, in place of Django's own pages."""
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="claims_stopwords_changelist"),
            path("<slug:key>/", view(self.form_view), name="claims_stopwords_change"),
        ]

    def form_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """Show the lists of a series, or save them."""
        self.require_change(request)
        known = Series.objects.known_to(request.user, timezone.now())
        series = get_object_or_404(known, key=key)
        words_url = reverse("claims:words", args=[series.key])
        current = StopWords.objects.select_related("saved_by").filter(series=series).first()
        form = StopWordsForm(request.POST or None, initial=stop_words_initial(current))
        if request.method == "POST" and form.is_valid():

            def perform() -> StopWords:
                return save_stop_words(
                    series=series,
                    added=form.cleaned_data["added"].splitlines(),
                    shown=form.cleaned_data["shown"].splitlines(),
                    seen_at=form.seen(),
                    **actor_and_time(request),
                )

            if run_action(form, perform) is not None:
                messages.success(request, _("The words that are left out are saved."))
                return redirect(words_url)
        return self.page(
            request,
            "admin/desk/form.html",
            title=_("Words left out: %(series)s") % {"series": series.title},
            status=form.http_status,
            form=form,
            intro=_saved_text(current),
            button=_("Save"),
            offers=[],
            back=words_url,
            list_url=request.path,  # there is no list to lead to
            parent={"url": words_url, "title": _("Most-used words")},
        )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is no list."""
        raise Http404


def stop_words_initial(current: StopWords | None) -> dict[str, str]:
    """The lists as the form has them."""
    if current is None:
        return {}
    return {
        "added": "\n".join(current.added),
        "shown": "\n".join(current.shown),
        "seen_at": current.saved_at.isoformat(),
    }


def _saved_text(current: StopWords | None) -> str:
    """Say who saved the lists last, and when."""
    if current is None:
        return _("Nobody has changed them for this series yet.")
    return _("%(who)s saved them on %(date)s at %(time)s UTC.") % {
        "who": current.saved_by,
        "date": f"{current.saved_at:%Y-%m-%d}",
        "time": f"{current.saved_at:%H:%M}",
    }
