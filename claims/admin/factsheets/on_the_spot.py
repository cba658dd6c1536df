"""A fact sheet on the spot: choose claims and a style, look at the sheet, take it along."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.entry.forms import SUGGEST_ENTITIES, offer_known_entities
from claims.admin.entry.suggestions import offered_entities
from claims.admin.factsheets.style_field import StyleField
from claims.admin.factsheets.suggestions import offered_styles
from claims.factsheets.assemble import assemble
from claims.factsheets.formats import DEFAULT_LAYOUT, FORMATS
from claims.factsheets.render import RenderFailed, render, render_article
from claims.factsheets.sheet import Sheet
from claims.models import Entity, Topic
from sources.admin.base import ActionAdmin, ActionForm, run_action
from sources.admin.fields import KeyField
from sources.domain.refusals import Refusal


class SheetForm(ActionForm):
    """Which claims, and how they are cited."""

    refused_at: ClassVar = {"style_unknown": "style"}

    topic = forms.ModelChoiceField(
        label=gettext_lazy("Topic"),
        required=False,
        queryset=Topic.objects.order_by("name", "pk"),
        to_field_name="key",
        empty_label="–",
    )
    entity = KeyField(
        rows=Entity.objects.all(),
        label_column="label",
        offer="offer-entities",
        suggest=SUGGEST_ENTITIES,
        label=gettext_lazy("or entity"),
        required=False,
    )
    claims = forms.CharField(
        label=gettext_lazy("or claims"),
        required=False,
        max_length=10_000,
        help_text=gettext_lazy("References in order: C17 C4 C9."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Left empty, it is that of the topic or entity."),
    )
    style = StyleField()
    layout = forms.ChoiceField(
        label=gettext_lazy("Layout"),
        required=False,
        initial=DEFAULT_LAYOUT,
        choices=[("dossier", gettext_lazy("Dossier")), ("brief", gettext_lazy("Brief"))],
    )
    include_submitted = forms.BooleanField(
        label=gettext_lazy("With what is submitted or not yet public, marked"), required=False
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_known_entities(self, by)

    def sheet(self, request: HttpRequest) -> Sheet:
        """The sheet of the chosen claims. Raises SheetRefused."""
        typed = self.cleaned_data
        return assemble(
            topic=typed["topic"].key if typed["topic"] else None,
            entity=typed["entity"].key if typed["entity"] else None,
            claims=typed["claims"].replace(",", " ").split(),
            include_submitted=typed["include_submitted"],
            reader=request.user,
            at=timezone.now(),
            base_url=request.build_absolute_uri("/").rstrip("/"),
            title=typed["title"] or None,
        )


class SheetFailed(Refusal):
    """The sheet could not be made into a file."""


def sheet_page(admin: ActionAdmin, request: HttpRequest) -> HttpResponse:
    """The form, the sheet below it, or the sheet as a file."""
    asked = request.GET.get("as", "")
    form = SheetForm(request.GET if asked else None, by=request.user)
    article = ""
    if asked and form.is_valid():
        made = run_action(form, lambda: _made(form, request, asked))
        if isinstance(made, HttpResponse):
            return made
        article = made or ""
    return admin.page(
        request,
        "admin/claims/factsheets/on_the_spot.html",
        title=_("Fact sheet on the spot"),
        status=form.http_status,
        form=form,
        article=article,
        formats=FORMATS.values(),
        offers=[offered_entities(request.user), offered_styles()],
    )


def _made(form: SheetForm, request: HttpRequest, asked: str) -> str | HttpResponse:
    """The sheet as an article for the page, or as a file. Raises SheetRefused, SheetFailed."""
    sheet = form.sheet(request)
    style = form.cleaned_data["style"]
    layout = form.cleaned_data["layout"] or DEFAULT_LAYOUT
    try:
        if asked not in FORMATS:
            return render_article(sheet, style=style, layout=layout)
        file = FORMATS[asked]
        name = file.file_name(sheet.title, layout)
        return HttpResponse(
            render(sheet, style=style, to=asked, layout=layout),
            content_type=file.content_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    except RenderFailed as failed:
        raise SheetFailed(failed.code, str(failed)) from failed
