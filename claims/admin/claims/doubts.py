"""The fields by which a reviewer confirms what is in doubt about the quotes of a claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sources.actions.quotes.confirming import ConfirmationGiven
from sources.readings.doubts import DoubtReading
from sources.vocabulary import DoubtKind


@dataclass(frozen=True)
class DoubtPanel:
    """A doubt as the page of a claim shows it, with the fields that confirm it, where it is open.

    `of` is how many doubts of its kind the quote has.
    """

    doubt: DoubtReading
    of: int
    fields: Sequence[forms.BoundField] = ()


def confirm_name(evidence: int, doubt: DoubtReading) -> str:
    """The name of the field that confirms a doubt for the words that were read: their SHA-256."""
    return f"confirm_{evidence}_{doubt.kind}_{doubt.number}_{doubt.sha256}"


def why_name(evidence: int, doubt: DoubtReading) -> str:
    """The name of the field for the note on a doubt."""
    return f"why_{evidence}_{doubt.kind}_{doubt.number}"


def doubt_fields(evidence: int, doubts: Sequence[DoubtReading]) -> dict[str, forms.Field]:
    """The fields that confirm the open doubts about one piece of evidence, by name."""
    fields: dict[str, forms.Field] = {}
    for doubt in doubts:
        if doubt.is_confirmed:
            continue
        fields[confirm_name(evidence, doubt)] = forms.BooleanField(
            label=_("I read what is left out, and the quote still says what the source says")
            if doubt.kind == DoubtKind.GAP
            else _("I looked at the page, and the quote says what the page says"),
            required=False,
            widget=forms.CheckboxInput(attrs={"form": "decide"}),
        )
        if doubt.needs_note:
            fields[why_name(evidence, doubt)] = forms.CharField(
                label=_("Why the quote is right all the same"),
                required=False,
                widget=forms.TextInput(attrs={"form": "decide"}),
                help_text=_("Needed here: a sentence ends in what is left out.")
                if doubt.kind == DoubtKind.GAP
                else _("Needed here."),
            )
    return fields


def confirmations(
    evidence: int, doubts: Sequence[DoubtReading], typed: Mapping[str, Any]
) -> list[ConfirmationGiven]:
    """The doubts about one piece of evidence that were confirmed."""
    return [
        ConfirmationGiven(
            doubt.kind, doubt.number, doubt.sha256, typed.get(why_name(evidence, doubt), "")
        )
        for doubt in doubts
        if typed.get(confirm_name(evidence, doubt))
    ]


def doubt_panels(
    evidence: int, doubts: Sequence[DoubtReading], form: forms.Form | None
) -> list[DoubtPanel]:
    """The doubts about one piece of evidence as the page shows them."""
    panels = []
    for doubt in doubts:
        names = (confirm_name(evidence, doubt), why_name(evidence, doubt))
        fields = [form[name] for name in names if name in form.fields] if form else []
        count = sum(other.kind == doubt.kind for other in doubts)
        panels.append(DoubtPanel(doubt, count, fields))
    return panels
