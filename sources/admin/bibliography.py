"""Bibliographies at the desk: a file with its preview, exports, and what a captured file offers."""

import hashlib
import json
from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from sources.actions.bibliography import (
    Choice,
    Imported,
    ImportRefused,
    export_bibliography,
    import_bibliography,
    preview_bibliography,
)
from sources.actions.sources import revise_source
from sources.admin.base import ActionAdmin, ActionForm, actor_and_time, run_action
from sources.domain.bibliography.comparison import Suggestion, in_words, suggestions_for
from sources.domain.bibliography.file_records import FileRecord
from sources.domain.bibliography.formats import Format, refuse_too_large
from sources.domain.bibliography.preview import Entry, Outcome
from sources.domain.refusals import Refusal
from sources.extraction.bibliography_files import read_bibliography
from sources.models import Source, TextLayer
from sources.querysets.sources import SourceQuerySet

SALT = "sources.bibliography"
# A preview waits so long for who made it.
WAITS_SECONDS = 24 * 60 * 60
# What a page makes in the time of a request, and what Django takes of one form: bytes beside
# files, and fields. Larger bibliographies come in by the command.
MAX_AT_DESK = 1_000
MAX_CARRIED = 2_000_000
MAX_BOXES = 900


class BibliographyForm(ActionForm):
    """A file with bibliographic records."""

    file = forms.FileField(
        label=gettext_lazy("Bibliography"),
        allow_empty_file=True,
        help_text=gettext_lazy(
            "CSL-JSON (.json), BibTeX or BibLaTeX (.bib) or RIS (.ris) in UTF-8, as Zotero, "
            "EndNote and others export it. You see what is new, the same or different before "
            "anything is written."
        ),
    )


def bibliography_urls(model_admin: ActionAdmin) -> list[URLPattern]:
    """The pages of bibliographies among those of sources."""
    view = model_admin.admin_site.admin_view

    def upload(request: HttpRequest) -> HttpResponse:
        return upload_bibliography_view(model_admin, request)

    def write(request: HttpRequest) -> HttpResponse:
        return write_view(model_admin, request)

    def take_over(request: HttpRequest, pk: int) -> HttpResponse:
        return take_over_view(model_admin, request, pk)

    return [
        path("import/", view(upload), name="sources_source_import"),
        path("import/write/", view(require_POST(write)), name="sources_source_import_write"),
        path("<int:pk>/take-over/", view(require_POST(take_over)), name="sources_source_take_over"),
    ]


def upload_bibliography_view(model_admin: ActionAdmin, request: HttpRequest) -> HttpResponse:
    """Take a file and show what it would change."""
    model_admin.require_add(request)
    form = BibliographyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        shown = run_action(form, lambda: _preview_of(request, form.cleaned_data["file"]))
        if shown is not None:
            return _preview_page(model_admin, request, **shown)
    return model_admin.page(
        request,
        "admin/desk/form.html",
        title=_("Import a bibliography"),
        status=form.http_status,
        form=form,
        button=_("Show what it changes"),
    )


def write_view(model_admin: ActionAdmin, request: HttpRequest) -> HttpResponse:
    """Import what a preview showed; where the world went past it, show it anew."""
    model_admin.require_add(request)
    try:
        carried = signing.loads(request.POST.get("carried", ""), salt=SALT, max_age=WAITS_SECONDS)
    except signing.BadSignature:
        messages.error(request, _("This preview is too old. Upload the file again."))
        return redirect("admin:sources_source_import")
    records, form = _carried_records(carried["records"]), Format(carried["form"])
    try:
        done = import_bibliography(
            records=records,
            form=form,
            marks=carried["marks"],
            choices=_choices(request),
            **actor_and_time(request),
        )
    except Refusal as refusal:
        return _shown_anew(model_admin, request, form, records, refusal)
    messages.success(request, _told(done))
    return redirect("admin:sources_source_changelist")


def _shown_anew(
    model_admin: ActionAdmin,
    request: HttpRequest,
    form: Format,
    records: list[FileRecord],
    refusal: Refusal,
) -> HttpResponse:
    """The preview as it is now, with why nothing was imported; not where it grew too large."""
    try:
        shown = _shown(request, form, records)
    except Refusal as refused:
        messages.error(request, refusal.message)
        messages.error(request, refused.message)
        return redirect("admin:sources_source_import")
    return _preview_page(model_admin, request, **shown, refusal=refusal.message)


def take_over_view(model_admin: ActionAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Take over what was ticked of what the captured file says of itself."""
    model_admin.require_change(request)
    source: Source = model_admin.row(request, pk)
    ticked = set(request.POST.getlist("take"))
    chosen = [each for each in suggestions_of_file(source) if each["value"] in ticked]
    if len(chosen) < len(ticked):
        messages.error(
            request, _("What the file says has changed since. Nothing was taken over; look again.")
        )
    elif chosen:
        taken = {each["field"]: each["suggested"] for each in chosen}
        try:
            revise_source(source=source, record={**source.csl, **taken}, **actor_and_time(request))
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("The record is saved."))
    return redirect(f"{model_admin.address(source)}#record-title")


def suggestions_of_file(source: Source) -> list[dict[str, Any]]:
    """Suggestions of the current text of a source for its record, for a form."""
    layer = TextLayer.objects.current_of(source).first()
    found = [] if layer is None else suggestions_for(source.csl, layer.metadata)
    return [
        {
            "field": suggestion.field,
            "value": f"{suggestion.field}:{_digest(suggestion)}",
            "has": _words(suggestion.has),
            "says": _words(suggestion.suggested),
            "suggested": suggestion.suggested,
        }
        for suggestion in found
    ]


def export_as(form: Format) -> Any:
    """The action of the list that exports the ticked sources in a format."""

    def export(
        model_admin: ActionAdmin, request: HttpRequest, sources: SourceQuerySet
    ) -> HttpResponse | None:
        try:
            made = export_bibliography(
                sources=sources, form=form, reader=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            model_admin.message_user(request, refusal.message, messages.ERROR)
            return None
        response = HttpResponse(made.text, content_type=f"{form.media_type}; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="sources.{form.ending}"'
        return response

    export.__name__ = f"export_{form.name.lower()}"
    export.short_description = gettext_lazy("Export as %(form)s") % {"form": form.label}  # type: ignore[attr-defined]  # Django reads it
    return export


EXPORTS = [export_as(form) for form in Format]


def _preview_of(request: HttpRequest, file: Any) -> dict[str, Any]:
    """The preview of an uploaded file. Raises Refusal."""
    refuse_too_large(file.size)
    form, records = read_bibliography(file.read(), file_name=file.name)
    return _shown(request, form, records)


def _shown(request: HttpRequest, form: Format, records: list[FileRecord]) -> dict[str, Any]:
    """The context of a preview, carried to the next page. Raises Refusal."""
    if len(records) > MAX_AT_DESK:
        raise _too_large(f"{len(records):,} records")
    user: Any = request.user
    entries = preview_bibliography(records=records, form=form, by=user, at=timezone.now())
    marks = [entry.mark for entry in entries]
    carried = signing.dumps(
        {"records": [record.as_json() for record in records], "form": form, "marks": marks},
        salt=SALT,
        compress=True,
    )
    boxes = sum(len(entry.differences) + bool(entry.found) for entry in entries)
    if len(carried) > MAX_CARRIED or boxes > MAX_BOXES:
        raise _too_large(f"{len(records):,} records, {boxes:,} boxes to tick")
    return {"entries": entries, "carried": carried, "form": form}


def _carried_records(values: list[dict[str, Any]]) -> list[FileRecord]:
    return [FileRecord.from_json(value) for value in values]


def _too_large(what: str) -> ImportRefused:
    return ImportRefused(
        "too_large_for_the_desk",
        f"The file is too large for one page ({what}). Split it, or import it with "
        "`manage.py import_bibliography`.",
    )


def _preview_page(
    model_admin: ActionAdmin,
    request: HttpRequest,
    *,
    entries: list[Entry],
    carried: str,
    form: Format,
    refusal: str = "",
) -> HttpResponse:
    counted = Counter(entry.outcome for entry in entries)
    labels = _labels()
    return model_admin.page(
        request,
        "admin/sources/import_preview.html",
        title=_("What the bibliography changes"),
        status=409 if refusal else 200,
        refusal=refusal,
        carried=carried,
        format_label=form.label,
        counts=[(labels[one], counted[one]) for one in Outcome if counted[one]],
        rows=[_row(entry, labels) for entry in entries],
        may_import=any(entry.outcome is not Outcome.REFUSED for entry in entries),
    )


def _row(entry: Entry, labels: dict[Outcome, str]) -> dict[str, Any]:
    """A record as the page shows it."""
    looks = {Outcome.NEW: "is-good", Outcome.REFUSED: "is-bad", Outcome.SAME: ""}
    return {
        "entry": entry,
        "label": labels[entry.outcome],
        "look": looks.get(entry.outcome, "is-open"),
        "offers": [
            {
                "field": suggestion.field,
                "value": f"{entry.number}:{suggestion.field}",
                "has": _words(suggestion.has),
                "says": _words(suggestion.suggested),
            }
            for suggestion in entry.differences
        ],
    }


def _labels() -> dict[Outcome, str]:
    return {
        Outcome.NEW: _("New"),
        Outcome.SAME: _("Same"),
        Outcome.DIFFERENT: _("Different"),
        Outcome.PERHAPS: _("Perhaps the same"),
        Outcome.REPEATED: _("Twice in the file"),
        Outcome.REFUSED: _("Refused"),
    }


def _choices(request: HttpRequest) -> dict[int, Choice]:
    """The ticked choices by the number of the record; unknown ticks are ignored."""
    taken: dict[int, set[str]] = {}
    for tick in request.POST.getlist("take"):
        number, _colon, field = tick.partition(":")
        if number.isascii() and number.isdigit() and len(number) < 6:
            taken.setdefault(int(number), set()).add(field)
    ticked = [one for one in request.POST.getlist("another") if one.isascii() and one.isdigit()]
    others = {int(one) for one in ticked if len(one) < 6}
    return {
        number: Choice(frozenset(taken.get(number, ())), is_another=number in others)
        for number in taken.keys() | others
    }


def _told(done: Imported) -> str:
    added = ngettext(
        "%(count)d source is entered", "%(count)d sources are entered", len(done.added)
    )
    revised = ngettext("%(count)d is revised", "%(count)d are revised", len(done.revised))
    return f"{added % {'count': len(done.added)}}, {revised % {'count': len(done.revised)}}."


def _words(value: Any) -> str:
    return Truncator(in_words(value)).chars(500)


def _digest(suggestion: Suggestion) -> str:
    """Hash a suggestion, to tell it from another one for the same field."""
    says = json.dumps([suggestion.has, suggestion.suggested], sort_keys=True).encode()
    return hashlib.sha256(says).hexdigest()[:16]
