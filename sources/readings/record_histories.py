"""The history of a record in words: who changed what, when, and how it was on a day.

It is read from the events that the database keeps of every change (`with_history` in
`sources/models/guards.py`). Other records are named as they are named today.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import DateTimeField, Model, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from sources.domain.bibliography.names import name_as_read
from sources.models import Withholding
from sources.models.guards import AppendOnly

# So many of the last changes of a record are read.
MAX_EVENTS = 200

# Fields of CSL-JSON that stand in columns of a source.
_IN_COLUMNS = {
    *("id", "type", "title", "author", "publisher", "container-title", "issued"),
    *("URL", "DOI", "ISBN", "language", "number"),
}


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part of a record in two of its states, in words; empty where a state says nothing of it."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the two states say something else."""
        return self.before != self.after


@dataclass(frozen=True)
class HistoryEntry:
    """A change of a record. `by` is empty where the clock or a command made it.

    Of the first one, with which the record was entered, `changes` say all that was in it.
    """

    at: datetime
    by: str
    is_first: bool
    changes: Sequence[PartChange]


@dataclass(frozen=True)
class PastState:
    """A record as it was at a time: since when, by whom, and what it said."""

    since: datetime
    by: str
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class RecordHistory:
    """The history of a row as one reader may know it.

    `fields` are those whose words are told, in order; that one of the `secrets` changed is told,
    and not to what. `visible` returns the rows of a model that the reader may know; others are not
    named. In states in which the field `guard` names such a row, nothing else is told.
    """

    row: Model
    fields: Sequence[str]
    visible: Callable[[type[Model]], QuerySet[Any]]
    secrets: Collection[str] = ()
    guard: str = ""

    def entries(self) -> list[HistoryEntry]:
        """The changes of what is told, the latest first; of a long history the last ones."""
        events = list(self._events[: MAX_EVENTS + 1])
        states = self._states(events)
        people = people_of(events)
        found = []
        for place, (event, state) in enumerate(zip(events, states, strict=True)):
            if place == MAX_EVENTS:
                break
            before = states[place + 1] if place + 1 < len(states) else {}
            changes = list(self._changes(before, state))
            if changes:
                at, by = recorded_at(event), person_of(event, people)
                found.append(HistoryEntry(at, by, event.pgh_label == "insert", changes))
        return found

    def state_at(self, moment: datetime) -> PastState | None:
        """The row as it was at a time; None where it was not there yet."""
        recorded = Coalesce(Cast(KT("pgh_context__at"), DateTimeField()), "pgh_created_at")
        event = self._events.annotate(recorded=recorded).filter(recorded__lte=moment).first()
        if event is None:
            return None
        (state,) = self._states([event])
        facts = [
            (self._label(name), state[name]) for name in self.fields if name not in self.secrets
        ]
        return PastState(recorded_at(event), person_of(event, people_of([event])), facts)

    @cached_property
    def _events(self) -> QuerySet[Any]:
        """The events of the row, the latest first."""
        model = type(self.row)
        events = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
        return events._default_manager.filter(pgh_obj=self.row.pk).order_by("-pk")

    def _changes(self, before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[PartChange]:
        """The parts that differ between two states."""
        for name in self.fields:
            change = PartChange(self._label(name), before.get(name, ""), after[name])
            if change.differs and name in self.secrets:
                yield PartChange(change.label, "", _("changed; it is not shown here"))
            elif change.differs:
                yield change

    def _states(self, events: Sequence[Any]) -> list[dict[str, str]]:
        """Each event's state of the row in words, by the name of the field."""
        names = {name: self._names(name, events) for name in self.fields if self._is_tie(name)}
        emptied = Withholding.objects.times_of(events)
        states = []
        for event in events:
            state = {
                name: self._tie_text(names[name], event, name)
                if name in names
                else self._text(event, name, is_emptied=event.pk in emptied)
                for name in self.fields
            }
            if self.guard and getattr(event, f"{self.guard}_id") not in {None, *names[self.guard]}:
                state |= {name: _("not shown") for name in self.fields if name != self.guard}
            states.append(state)
        return states

    def _is_tie(self, name: str) -> bool:
        return bool(self.row._meta.get_field(name).is_relation)

    def _names(self, name: str, events: Sequence[Any]) -> dict[int, str]:
        """The names of the rows that a field named, as far as the reader may know them, by id."""
        model: Any = self.row._meta.get_field(name).related_model
        ids = {getattr(event, f"{name}_id") for event in events} - {None}
        if not ids:
            return {}
        return {row.pk: str(row) for row in self.visible(model).filter(pk__in=ids)}

    def _tie_text(self, names: Mapping[int, str], event: Any, name: str) -> str:
        pk = getattr(event, f"{name}_id")
        return "" if pk is None else names.get(pk, _("one that you may not know"))

    def _text(self, event: Any, name: str, *, is_emptied: bool) -> str:
        """A field of an event in words."""
        value, field = getattr(event, name), self.row._meta.get_field(name)
        if is_emptied and not value and name in withheld_fields(type(event)):
            return _("Withheld")
        if choices := dict(getattr(field, "flatchoices", ())):
            return str(choices.get(value, value or ""))
        return column_text(value)

    def _label(self, name: str) -> str:
        label = str(getattr(self.row._meta.get_field(name), "verbose_name", name))
        return label[:1].upper() + label[1:]


def column_text(value: Any) -> str:
    """A value of a column in words; of several ones, such as names, a line each."""
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return f"{value:%Y-%m-%d %H:%M} UTC"
        case list():
            # An empty one stands for a passage that was withheld.
            return "\n".join(_("Withheld") if one == "" else name_as_read(one) for one in value)
        case dict():
            rest = {name: value[name] for name in sorted(value) if name not in _IN_COLUMNS}
            return "\n".join(f"{name}: {_csl_text(one)}" for name, one in rest.items())
        case _:
            return str(value)


def _csl_text(value: Any) -> str:
    """A field of CSL-JSON in words: a text, names, or a date as it is written there."""
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        return ", ".join(name_as_read(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def withheld_fields(events: Any) -> Collection[str]:
    """The fields of a table of events that a withholding empties."""
    guards = [guard for guard in events._meta.triggers if isinstance(guard, AppendOnly)]
    return {name for guard in guards for name in guard.withholdable}


def people_of(events: Iterable[Any]) -> Mapping[int, Any]:
    """The accounts that events name, by id."""
    return get_user_model().objects.in_bulk(
        {event.pgh_context["user"] for event in events if (event.pgh_context or {}).get("user")}
    )


def person_of(event: Any, people: Mapping[int, Any]) -> str:
    """The name of who made a change; empty where the clock or a command did."""
    user = (event.pgh_context or {}).get("user")
    return "" if user is None else str(people[user])


def recorded_at(event: Any) -> datetime:
    """When a change was made: actions say their time; of other writes it is the database's."""
    at = (event.pgh_context or {}).get("at")
    return datetime.fromisoformat(at) if at else event.pgh_created_at
