"""The history of a record as a page, and that of a source's standing and origins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.models import Source, Withholding
from sources.readings.reader import Reader
from sources.readings.record_histories import RecordHistory, people_of, person_of
from sources.vocabulary import OriginKind, Standing


class DayForm(forms.Form):
    """The day at whose end a record is to be seen."""

    on = forms.DateField(
        label=gettext_lazy("As on the day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Say on which day.")},
    )

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        super().__init__(data, label_suffix="", auto_id="history_%s")

    def clean_on(self) -> date:
        """A day of which something can be known: today, or one before."""
        day: date = self.cleaned_data["on"]
        if day > timezone.now().date():
            raise forms.ValidationError(_("That day is to come; name today or a day before."))
        return day

    @property
    def moment(self) -> datetime:
        """The last instant of the day in UTC."""
        return datetime.combine(self.cleaned_data["on"], time.max, UTC)


@dataclass(frozen=True)
class StandingChange:
    """One change of a source's standing, with who made it and when."""

    standing: str
    on: date | None
    reason: str
    passages: list[str]
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class OriginChange:
    """One change of an origin: noted, changed or taken back, with who did it, when and why."""

    what: str
    kind: str
    origin: str
    reason: str
    recorded_at: datetime
    recorded_by: str


def history_page(history: RecordHistory, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the context of the page of a history; `asked` has the day, if one is asked for."""
    form = DayForm(asked if "on" in asked else None)
    is_asked = form.is_bound and form.is_valid()
    return {
        "entries": history.entries(),
        "form": form,
        "day": form.cleaned_data["on"] if is_asked else None,
        "then": history.state_at(form.moment) if is_asked else None,
    }


def standings_of(source: Source) -> list[StandingChange]:
    """The changes of a source's standing, the latest first; the one it began with is left out.

    An empty string stands for passages that were withheld.
    """
    events = list(_events("SourceEvent").filter(id=source.pk).order_by("pk"))
    people = people_of(events)
    emptied = Withholding.objects.times_of(events)
    found, before = [], (Standing.CURRENT.value, None, "", list[str]())
    for event in events:
        now = (
            event.standing,
            event.standing_on,
            event.standing_reason,
            [""] if event.pk in emptied else event.standing_passages,
        )
        if now != before:
            label = _(Standing(event.standing).label)
            found.append(
                StandingChange(label, *now[1:], event.pgh_created_at, person_of(event, people))
            )
        before = now
    return found[::-1]


def origins_of(source: Source, to: Reader) -> list[OriginChange]:
    """Origins noted, changed and taken back, the latest first."""
    events = list(_events("SourceOriginEvent").filter(source_id=source.pk).order_by("-pk"))
    people = people_of(events)
    known = Source.objects.in_bulk({event.origin_id for event in events})
    whats = {"insert": _("Noted"), "update": _("Changed"), "delete": _("Taken back")}
    return [
        OriginChange(
            whats[event.pgh_label],
            _(OriginKind(event.kind).label),
            source_name(known[event.origin_id], to),
            (event.pgh_context or {}).get("reason", ""),
            event.pgh_created_at,
            person_of(event, people),
        )
        for event in events
    ]


def source_name(source: Source, to: Reader) -> str:
    """The title of a source, or its descriptor where the reader may not know it."""
    return str(source.title if to.knows(source) else source.public_descriptor)


def _events(name: str) -> Any:
    return apps.get_model("sources", name)._default_manager
