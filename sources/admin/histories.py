"""The history of a source's standing and origins, for staff."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from sources.models import Source, Withholding
from sources.readings.reader import Reader
from sources.vocabulary import OriginKind, Standing


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


def standings_of(source: Source) -> list[StandingChange]:
    """The changes of a source's standing, the latest first; the one it began with is left out.

    An empty string stands for passages that were withheld.
    """
    events = list(_events("SourceEvent").filter(id=source.pk).order_by("pk"))
    people = _people(events)
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
            found.append(StandingChange(label, *now[1:], event.pgh_created_at, _who(event, people)))
        before = now
    return found[::-1]


def origins_of(source: Source, to: Reader) -> list[OriginChange]:
    """Origins noted, changed and taken back, the latest first."""
    events = list(_events("SourceOriginEvent").filter(source_id=source.pk).order_by("-pk"))
    people = _people(events)
    known = Source.objects.in_bulk({event.origin_id for event in events})
    whats = {"insert": _("Noted"), "update": _("Changed"), "delete": _("Taken back")}
    return [
        OriginChange(
            whats[event.pgh_label],
            _(OriginKind(event.kind).label),
            source_name(known[event.origin_id], to),
            (event.pgh_context or {}).get("reason", ""),
            event.pgh_created_at,
            _who(event, people),
        )
        for event in events
    ]


def source_name(source: Source, to: Reader) -> str:
    """The title of a source, or its descriptor where the reader may not know it."""
    return str(source.title if to.knows(source) else source.public_descriptor)


def _events(name: str) -> Any:
    return apps.get_model("sources", name)._default_manager


def _people(events: Iterable[Any]) -> Mapping[int, Any]:
    """The accounts that the events name."""
    return get_user_model().objects.in_bulk(
        {event.pgh_context["user"] for event in events if (event.pgh_context or {}).get("user")}
    )


def _who(event: Any, people: Mapping[int, Any]) -> str:
    """Return the name of who changed it; empty where the clock or a command did."""
    user = (event.pgh_context or {}).get("user")
    return "" if user is None else str(people[user])
