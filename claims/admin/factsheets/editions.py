"""Editions at the desk: where each stands, its files, and the forms that correct or withdraw it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.actions.factsheets.taking_back import (
    MAX_ERRATUM,
    MAX_REASON,
    add_erratum,
    withdraw_edition,
)
from claims.admin.factsheets.check_panel import is_reference, why_not_editor
from claims.models import Edition, FactSheet
from claims.readings.editions import EditionFileReading, EditionReading, read_editions
from claims.vocabulary.factsheets import CheckCode, EditionState, SheetLayout
from sources.admin.base import ActionAdmin, ActionForm, actor_and_time, run_action
from sources.domain.refusals import quoted
from sources.readings.reader import Reader

# The class of the badge of a state.
STATE_LOOKS = {
    EditionState.CURRENT: "is-good",
    EditionState.STALE: "is-open",
    EditionState.SUPERSEDED: "",
    EditionState.WITHDRAWN: "is-bad",
}
_LAYOUT_LABELS = {
    SheetLayout.BRIEF: gettext_lazy("Brief"),
    SheetLayout.DOSSIER: gettext_lazy("Dossier"),
    None: gettext_lazy("Data and bibliography"),
}


# Findings in words of the sheet itself, which is public.
_OF_PROSE = (CheckCode.LOOSE_NUMBER, CheckCode.LOOSE_DATE)


@dataclass(frozen=True)
class KeptNote:
    """A note that was kept with an edition, and what it is `about`, which is no secret to anybody.

    The sentence of the finding is not repeated: it was written for the editor, who may know sources
    that others may not.
    """

    about: str
    note: str


@dataclass(frozen=True)
class EditionRow:
    """An edition as the desk reads it. `kept_notes` are for the staff alone."""

    edition: EditionReading
    issued_by: str
    kept_notes: Sequence[KeptNote]

    @property
    def look(self) -> str:
        """The class of the badge of its state."""
        return STATE_LOOKS[self.edition.state]

    @property
    def files(self) -> list[tuple[str, list[EditionFileReading]]]:
        """The files by layout, each with the name of the layout."""
        by_layout = [
            (str(label), [one for one in self.edition.files if one.layout == layout])
            for layout, label in _LAYOUT_LABELS.items()
        ]
        return [(label, files) for label, files in by_layout if files]


def edition_rows(sheet: FactSheet, reader: Reader, number: int | None = None) -> list[EditionRow]:
    """The editions of a fact sheet, the newest first, or the one of that number."""
    editions = Edition.objects.filter(fact_sheet=sheet).newest_first()
    if number is not None:
        editions = editions.filter(number=number)
    rows = {row.pk: row for row in editions.select_related("issued_by").only("notes", "issued_by")}
    return [
        EditionRow(
            one, str(rows[one.id].issued_by), [_kept_note(note) for note in rows[one.id].notes]
        )
        for one in read_editions(editions, reader)
    ]


def _kept_note(kept: dict[str, str]) -> KeptNote:
    """A kept note; its key begins with the place and the code, and ends in the words of prose."""
    place, _code, words = (*kept["key"].split(":", 2), "", "")[:3]
    code = CheckCode(kept["code"])
    label = str(_(code.label))
    if code in _OF_PROSE:
        label = f"{label}: {quoted(words)}"
    elif is_reference(reference := place.rpartition("-")[2]):
        label = f"{reference}: {label}"
    return KeptNote(label, kept["note"])


class EditionForm(ActionForm):
    """Correcting an edition or withdrawing it: the pressed button says which."""

    words = forms.CharField(
        label=gettext_lazy("Erratum"),
        required=False,
        max_length=MAX_ERRATUM,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "What is wrong and what is right: For “8 %” read “9 %”. Readers see it on the page of "
            "the edition at once; it is never taken away, and the files stay as they were issued."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Readers see it."),
    )
    is_sure = forms.BooleanField(
        label=gettext_lazy("Withdraw it for good: this edition does not come back."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Require what the pressed button needs."""
        typed: dict[str, Any] = super().clean() or {}
        if "withdraw" in self.data:
            if not typed.get("reason"):
                self.add_error("reason", _("Say why the edition is withdrawn."))
            if not typed.get("is_sure"):
                self.add_error("is_sure", _("Tick this to withdraw the edition."))
        elif not typed.get("words"):
            self.add_error("words", _("Write the erratum."))
        return typed


def edition_page(
    admin: ActionAdmin, request: HttpRequest, sheet: FactSheet, number: int
) -> HttpResponse:
    """An edition: its state and why, its files and notes, and the forms. Raises Http404."""
    edition = Edition.objects.filter(fact_sheet=sheet, number=number).first()
    if edition is None:
        raise Http404
    form = EditionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _done(form, request, edition):
        return redirect(reverse("admin:claims_factsheet_edition", args=[sheet.pk, number]))
    reader = Reader(request.user, timezone.now())
    (row,) = edition_rows(sheet, reader, number)
    return admin.page(
        request,
        "admin/claims/factsheets/edition.html",
        title=_("Edition %(number)d") % {"number": number},
        status=form.http_status,
        parent={"url": admin.address(sheet), "title": sheet.title},
        sheet=sheet,
        row=row,
        form=form,
        not_permitted=why_not_editor(request.user),
    )


def _done(form: EditionForm, request: HttpRequest, edition: Edition) -> bool:
    """Do what the pressed button says; a refusal goes to the form."""
    typed, given = form.cleaned_data, actor_and_time(request)
    if "withdraw" in request.POST:
        done: Any = run_action(
            form, lambda: withdraw_edition(edition=edition, reason=typed["reason"], **given)
        )
        words = _("Edition %(number)d is withdrawn; its page says so and why.")
    else:
        done = run_action(form, lambda: add_erratum(edition=edition, words=typed["words"], **given))
        words = _("The erratum is on the page of edition %(number)d.")
    if done is None:
        return False
    messages.success(request, words % {"number": edition.number})
    return True
