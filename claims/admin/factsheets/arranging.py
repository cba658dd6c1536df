"""The buttons that arrange the sections of a fact sheet: nothing is saved, all that is typed stays.

Each works without a script. Sections are counted from 1, in the order in which they stand.
"""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from claims.admin.factsheets.forms import SectionRows, references
from claims.admin.factsheets.suggestions import claims_like
from claims.querysets.versions import is_number
from sources.readings.reader import Reader

BUTTONS = ("add-section", "drop-section", "move-section", "move-claim", "find", "take")

# The fields of a section, each as typed.
Section = dict[str, Any]


@dataclass
class Arranged:
    """The sections after a button, and by number of a section the claims that it found."""

    sections: list[Section]
    hits: dict[int, list[tuple[str, str]]] = field(default_factory=dict)


def is_arranging(request: HttpRequest) -> bool:
    """Whether one of the buttons was pressed."""
    return not request.POST.keys().isdisjoint(BUTTONS)


def arrange(request: HttpRequest, rows: SectionRows, reader: Reader) -> Arranged:
    """Do what the pressed button says to the sections as typed; a bad value does nothing."""
    sections = rows.typed()
    pressed = {name: request.POST.get(name, "") for name in BUTTONS if name in request.POST}
    if "add-section" in pressed:
        sections.append({})
    if (number := _number(pressed.get("drop-section", ""), sections)) is not None:
        del sections[number]
    number_typed, _colon, way = pressed.get("move-section", "").partition(":")
    if (number := _number(number_typed, sections)) is not None:
        _swap(sections, number, way)
    number_typed, _colon, rest = pressed.get("move-claim", "").partition(":")
    if (number := _number(number_typed, sections)) is not None:
        _move_claim(sections[number], *rest.partition(":")[::2])
    if (number := _number(pressed.get("take", ""), sections)) is not None:
        _add_claims(sections[number], request.POST.getlist("pick"))
    arranged = Arranged(sections)
    if (number := _number(pressed.get("find", ""), sections)) is not None:
        words = str(sections[number].get("find", "")).strip()
        if words[:1] in ("C", "c") and is_number(words[1:]):
            _add_claims(sections[number], [words])
        elif words:
            arranged.hits[number + 1] = claims_like(words, reader)
    return arranged


def _number(typed: str, sections: list[Section]) -> int | None:
    """The index of the section of that number, if there is one."""
    if not (typed.isascii() and typed.isdigit() and len(typed) < 5):
        return None
    return int(typed) - 1 if 1 <= int(typed) <= len(sections) else None


def _swap(things: list[Any], index: int, way: str) -> None:
    """Swap a thing with the one before or after it; at the ends it stays."""
    other = index + {"up": -1, "down": 1}.get(way, 0)
    if 0 <= other < len(things):
        things[index], things[other] = things[other], things[index]


def _move_claim(section: Section, ref: str, way: str) -> None:
    """Move a claim of a section up or down, or drop it."""
    refs = references(str(section.get("claims", "")))
    if ref not in refs:
        return
    if way == "drop":
        refs.remove(ref)
    else:
        _swap(refs, refs.index(ref), way)
    section["claims"] = " ".join(refs)


def _add_claims(section: Section, added: list[str]) -> None:
    """Put claims at the end of a section; what looked for them is done with."""
    section["claims"] = " ".join(references(" ".join([str(section.get("claims", "")), *added])))
    section["find"] = ""
