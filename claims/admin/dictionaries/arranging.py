"""The buttons that arrange the topics of a dictionary: nothing is saved, all that is typed stays.

Each works without a script. Topics are counted from 1, in the order in which they stand.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.actions.catalogue import add_topic
from claims.admin.dictionaries.forms import TopicRows, TypedRow
from sources.admin.base import actor_and_time
from sources.domain.refusals import Refusal, quoted

BUTTONS = ("add-topic", "make-topic", "drop-topic", "move-topic", "offer", "take")


def is_arranging_topics(request: HttpRequest) -> bool:
    """Whether one of the buttons was pressed."""
    return not request.POST.keys().isdisjoint(BUTTONS)


def arrange_topics(request: HttpRequest, rows: TopicRows) -> list[TypedRow]:
    """Do what the pressed button says to the rows as typed; a bad value does nothing."""
    typed = rows.typed()
    pressed = {name: request.POST.get(name, "") for name in BUTTONS if name in request.POST}
    if "add-topic" in pressed:
        typed.append({})
    if (index := number_typed(pressed.get("make-topic", ""), typed)) is not None:
        _enter_topic(request, typed[index])
    if (index := number_typed(pressed.get("drop-topic", ""), typed)) is not None:
        del typed[index]
    if (index := number_typed(pressed.get("take", ""), typed)) is not None:
        _add_lines(typed[index], request.POST.getlist("pick"))
    number, _colon, way = pressed.get("move-topic", "").partition(":")
    if (index := number_typed(number, typed)) is not None:
        other = index + {"up": -1, "down": 1}.get(way, 0)
        if 0 <= other < len(typed):
            typed[index], typed[other] = typed[other], typed[index]
    return typed


def number_typed(typed: str, rows: list[Any]) -> int | None:
    """The index of the row of that number, if there is one."""
    if not (typed.isascii() and typed.isdigit() and len(typed) < 5):
        return None
    return int(typed) - 1 if 1 <= int(typed) <= len(rows) else None


def _add_lines(row: TypedRow, added: list[str]) -> None:
    """Put lines behind the terms of a row, each once."""
    lines = [line.strip() for line in str(row.get("terms", "")).splitlines() if line.strip()]
    row["terms"] = "\n".join(dict.fromkeys([*lines, *(line.strip() for line in added)]))


def _enter_topic(request: HttpRequest, row: TypedRow) -> None:
    """Enter the topic that a row names as a new one, and name it there by its key."""
    name = " ".join(str(row.get("topic", "")).split())
    try:
        topic = add_topic(name=name, **actor_and_time(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return
    row["topic"] = topic.key
    messages.success(request, _("The topic %(name)s is entered.") % {"name": quoted(topic.name)})
