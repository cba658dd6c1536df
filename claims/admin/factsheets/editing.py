"""Writing a fact sheet: one form, kept by one action, told when somebody else saved before.

The same form has the notes of the check, so that no button of the page loses what is typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.factsheets.keeping import (
    SheetOutdated,
    content_of,
    keep_sheet,
    last_save,
    start_sheet,
)
from claims.admin.factsheets.arranging import arrange, is_arranging
from claims.admin.factsheets.check_panel import TAKE_NOTES, CheckPanel, check_panel, sent_notes
from claims.admin.factsheets.editions import edition_rows
from claims.admin.factsheets.forms import (
    SectionRow,
    SectionRows,
    SheetFrameForm,
    differences,
    initial_frame,
    initial_sections,
    section_rows,
    typed_content,
)
from claims.admin.factsheets.issuing import ask_for_edition, refusal_words
from claims.admin.factsheets.suggestions import claims_named, offered_queries, offered_styles
from claims.factsheets.formats import LAYOUTS
from claims.models import FactSheet
from claims.readings.claims import ClaimReading
from sources.actions.permission import NotPermitted
from sources.admin.base import ActionAdmin, actor_and_time, run_action
from sources.readings.reader import Reader


@dataclass(frozen=True)
class ListedClaim:
    """A reference in a section, with the claim where there is one."""

    ref: str
    claim: ClaimReading | None


@dataclass(frozen=True)
class SectionView:
    """One section on the page; `hits` are claims that were looked for, None where none were."""

    row: SectionRow
    claims: Sequence[ListedClaim]
    hits: Sequence[tuple[str, str]] | None


def write_sheet(admin: ActionAdmin, request: HttpRequest, sheet: FactSheet | None) -> HttpResponse:
    """The form of a fact sheet, new or kept; whoever may not change it reads it there."""
    if request.method != "POST":
        return editor_page(admin, request, sheet, *_kept_forms(sheet))
    if sheet is None:
        admin.require_add(request)
    else:
        admin.require_change(request)
    form, rows = sent_forms(request, sheet)
    if is_arranging(request):
        arranged = arrange(request, rows, Reader(request.user, timezone.now()))
        again = SheetFrameForm(
            initial={name: form[name].value() for name in form.fields}, is_new=sheet is None
        )
        rows = section_rows(initial=arranged.sections)
        return editor_page(admin, request, sheet, again, rows, hits=arranged.hits, is_unsaved=True)
    if not (form.is_valid() and rows.is_valid()):
        return editor_page(admin, request, sheet, form, rows, is_unsaved=True)
    try:
        kept = run_action(form, lambda: _keep(form, rows, sheet, **actor_and_time(request)))
    except _Outdated as outdated:
        return _outdated_page(admin, request, outdated, form, rows)
    if kept is None:
        return editor_page(admin, request, sheet, form, rows, is_unsaved=True)
    if sheet is not None and "issue" in request.POST:
        return _issue_step(admin, request, kept, form, rows)
    is_checking = not request.POST.keys().isdisjoint(("check", TAKE_NOTES))
    if sheet is not None and (is_checking or any(sent_notes(request).values())):
        return editor_page(admin, request, kept, _at_revision(form, kept), rows)
    messages.success(request, _("“%(title)s” is saved.") % {"title": kept.title})
    return redirect(admin.address(kept))


def _issue_step(
    admin: ActionAdmin,
    request: HttpRequest,
    kept: FactSheet,
    form: SheetFrameForm,
    rows: SectionRows,
) -> HttpResponse:
    """Ask for the edition of what was just saved; a refusal stands in the check, with all notes."""
    form = _at_revision(form, kept)
    refused = ask_for_edition(request, kept)
    if refused is None:
        return redirect(f"{admin.address(kept)}#sheet-check")
    if isinstance(refused, NotPermitted):
        form.http_status = 403
    panel = check_panel(request, kept, refusal=refusal_words(refused))
    return editor_page(admin, request, kept, form, rows, panel=panel)


def keep_in_passing(admin: ActionAdmin, request: HttpRequest, sheet: FactSheet) -> JsonResponse:
    """Keep what is typed so far, and answer a script: the new revision, or why it was refused."""
    admin.require_change(request)
    form, rows = sent_forms(request, sheet)
    if not (form.is_valid() and rows.is_valid()):
        return refused_json(form, rows)
    try:
        kept = run_action(form, lambda: _keep(form, rows, sheet, **actor_and_time(request)))
    except _Outdated as outdated:
        words = _("%(refusal)s Press Save to see what differs; your text stays here.")
        refusal = {"refusal": who_saved(outdated.sheet)}
        return JsonResponse({"words": words % refusal}, status=409)
    if kept is None:
        return refused_json(form, rows)
    words = _("Saved %(time)s UTC") % {"time": f"{last_save(kept)[1]:%H:%M}"}
    return JsonResponse({"words": words, "revision": kept.revision})


def refused_json(form: SheetFrameForm, rows: SectionRows) -> JsonResponse:
    """Why a form cannot be read, as one line for a script."""
    errors = [
        error for one in (form, *rows.forms) for lines in one.errors.values() for error in lines
    ]
    first = str(errors[0]) if errors else " ".join(map(str, rows.non_form_errors()))
    words = _("Not saved: %(why)s") % {"why": first}
    return JsonResponse(
        {"words": words}, status=form.http_status if form.http_status > 399 else 422
    )


def sent_forms(request: HttpRequest, sheet: FactSheet | None) -> tuple[SheetFrameForm, SectionRows]:
    """The two forms as they were sent."""
    form = SheetFrameForm(request.POST, is_new=sheet is None)
    return form, section_rows(request.POST)


class _Outdated(Exception):
    """Somebody saved the fact sheet since it was read; carries it as it is now."""

    def __init__(self, sheet: FactSheet) -> None:
        super().__init__()
        self.sheet = sheet


def _keep(
    form: SheetFrameForm, rows: SectionRows, sheet: FactSheet | None, *, by: Any, at: datetime
) -> FactSheet:
    """Begin a fact sheet or save one. Raises _Outdated and the refusals of both actions."""
    content = typed_content(form, rows)
    if sheet is None:
        return start_sheet(key=form.chosen_key(), content=content, by=by, at=at)
    revision = form.cleaned_data["revision"]
    try:
        return keep_sheet(sheet=sheet, content=content, revision=revision, by=by, at=at)
    except SheetOutdated as outdated:
        newest = FactSheet.objects.select_related("saved_by").get(pk=sheet.pk)
        raise _Outdated(newest) from outdated


def who_saved(sheet: FactSheet) -> str:
    """Return the sentence that says who saved a fact sheet in the meantime, and when."""
    who, when = last_save(sheet)
    words = {"who": who, "when": f"{when:%Y-%m-%d %H:%M}"}
    return _("%(who)s saved this fact sheet at %(when)s UTC, after you opened it.") % words


def _outdated_page(
    admin: ActionAdmin,
    request: HttpRequest,
    outdated: _Outdated,
    form: SheetFrameForm,
    rows: SectionRows,
) -> HttpResponse:
    """The form with one's own text, and what differs in the other's; saved again, one's own stays.

    The page says so, and shows the other's text in full wherever it differs.
    """
    newest = outdated.sheet
    own = typed_content(form, rows)
    form.http_status = 409
    return editor_page(
        admin,
        request,
        newest,
        _at_revision(form, newest),
        rows,
        outdated=who_saved(newest),
        differing=differences(content_of(newest), own),
        is_unsaved=True,
    )


def _at_revision(form: SheetFrameForm, sheet: FactSheet) -> SheetFrameForm:
    """The form as it was sent, but as one that has read this revision."""
    form.data = form.data.copy()  # type: ignore[attr-defined] # a QueryDict
    form.data["revision"] = str(sheet.revision)  # type: ignore[index] # a copy is mutable
    return form


def _kept_forms(sheet: FactSheet | None) -> tuple[SheetFrameForm, SectionRows]:
    """The two forms of what is kept; a new fact sheet has one empty section."""
    if sheet is None:
        return SheetFrameForm(is_new=True), section_rows(initial=[{}])
    content = content_of(sheet)
    initial = {**initial_frame(content), "revision": sheet.revision}
    return (
        SheetFrameForm(initial=initial, is_new=False),
        section_rows(initial=initial_sections(content)),
    )


def editor_page(
    admin: ActionAdmin,
    request: HttpRequest,
    sheet: FactSheet | None,
    form: SheetFrameForm,
    rows: SectionRows,
    *,
    hits: Mapping[int, Sequence[tuple[str, str]]] | None = None,
    is_unsaved: bool = False,
    outdated: str = "",
    panel: CheckPanel | None = None,
    **context: Any,
) -> HttpResponse:
    """The page of the form, with everything that was typed; of a kept sheet with its check.

    A page that says what somebody else saved does not save itself: a person decides.
    """
    at = timezone.now()
    reader = Reader(request.user, at)
    if panel is None and sheet is not None:
        panel = check_panel(request, sheet)
    may_save = (
        admin.has_add_permission(request) if sheet is None else admin.has_change_permission(request)
    )
    return admin.page(
        request,
        "admin/claims/factsheets/editor.html",
        title=_("New fact sheet") if sheet is None else sheet.title,
        status=form.http_status,
        sheet=sheet,
        form=form,
        rows=rows,
        sections=_views(rows, hits or {}, reader),
        has_errors=bool(form.is_bound and (form.errors or rows.total_error_count())),
        keep_url="" if outdated else _address_of("claims_factsheet_keep", sheet),
        may_save=may_save,
        is_unsaved=is_unsaved,
        outdated=outdated,
        panel=panel,
        editions=[] if sheet is None else edition_rows(sheet, reader),
        layouts=LAYOUTS,
        # The page needs the room for the check and the preview.
        is_nav_sidebar_enabled=False,
        offers=[
            offered_styles(),
            offered_queries(request.user, at),
            {"name": "offer-claims", "options": []},
        ],
        **context,
    )


def _address_of(name: str, sheet: FactSheet | None) -> str:
    """The address of a page of a kept fact sheet; of a new one there is none."""
    return "" if sheet is None else reverse(f"admin:{name}", args=[sheet.pk])


def _views(
    rows: SectionRows, hits: Mapping[int, Sequence[tuple[str, str]]], reader: Reader
) -> list[SectionView]:
    """The sections in order, their claims read at once."""
    ordered = rows.in_order()
    found = claims_named([ref for row in ordered for ref in row.references()], reader)
    return [
        SectionView(
            row,
            [ListedClaim(ref, found.get(ref)) for ref in row.references()],
            hits.get(number),
        )
        for number, row in enumerate(ordered, start=1)
    ]
