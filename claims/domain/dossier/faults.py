"""The faults of a file, each with the place where it stands and what to do about it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from claims.domain.dossier.fields import MAX_KEY, Entry, Known
from sources.domain.refusals import Refusal, quoted

EntryT = TypeVar("EntryT", bound=Entry)

_MAX_LISTED = 20


class DossierRefused(Refusal):
    """A dossier with faults; nothing of it was loaded. `faults` has each by itself."""

    def __init__(self, faults: Iterable[Refusal]) -> None:
        self.faults = tuple(faults)
        lines = [fault.message for fault in self.faults[:_MAX_LISTED]]
        if len(self.faults) > _MAX_LISTED:
            lines.append(f"… and {len(self.faults) - _MAX_LISTED} more.")
        super().__init__(self.faults[0].code, "\n".join(lines))


@dataclass
class Faults:
    """All that is wrong in one file."""

    file: str
    found: list[Refusal] = field(default_factory=list)

    def add(self, place: str, code: str, reason: str) -> None:
        """Note one fault; `reason` is a sentence about the value and what to do."""
        self.found.append(Refusal(code, f"{self.file}, {place}: {reason}"))

    def pass_on(self, place: str, refusal: Refusal) -> None:
        """Note what another rule refused."""
        self.add(place, refusal.code, refusal.message)

    def read(
        self, model: type[EntryT], raw: object, *, place: str, known: Known | None = None
    ) -> EntryT | None:
        """Read an entry; None where something is wrong in it, all of which is noted."""
        try:
            return model.model_validate(raw, context=known or Known())
        except ValidationError as invalid:
            for error in invalid.errors(include_url=False):
                within, innermost = locate(model, error)
                self.pass_on(place + within, refusal_of(error, innermost))
            return None


def entry_place(noun: str, raw: object, position: int) -> str:
    """How an entry of a list is named: by its id, or by its place counted from 1."""
    if isinstance(raw, dict) and isinstance(raw.get("id"), str):
        return f"{noun} {quoted(raw['id'])}"
    return f"{noun} number {position + 1}"


def locate(model: type[Entry], error: ErrorDetails) -> tuple[str, type[Entry]]:
    """The part of an entry that has an error (", evidence 1"), and the model of that part."""
    within, location = "", error["loc"]
    for position, step in enumerate(location):
        after = location[position + 1 : position + 2]
        if step in model.parts and (after or error["type"] in _NO_OBJECT):
            noun, model = model.parts[str(step)]
            number = after[0] + 1 if after and isinstance(after[0], int) else ""
            within += f", {noun.format(number)}"
    return within, model


_NO_OBJECT = ("model_type", "dict_type")


def refusal_of(error: ErrorDetails, model: type[Entry]) -> Refusal:
    """The sentence about one error: what was read and what to do."""
    rule = error.get("ctx", {}).get("error")
    if isinstance(rule, Refusal):
        return rule
    names = [step for step in error["loc"] if isinstance(step, str)]
    key, given = quoted(names[-1] if names else ""), error["input"]
    match error["type"]:
        case "missing":
            return Refusal("missing", f"The key {key} is missing; it is needed.")
        case "extra_forbidden":
            return unknown_key(names[-1], model.model_fields)
        case "too_long":
            count, limit = error["ctx"]["actual_length"], error["ctx"]["max_length"]
            return Refusal(
                "too_long", f"The list {key} has {count:,} entries; at most {limit:,} fit."
            )
        case "model_type" | "dict_type":
            return Refusal("wrong_type", f"{_kind(given)} stands where an object is read.")
        case "enum" if isinstance(given, str):
            known = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            return Refusal(
                "unknown_word", f"{quoted(given)} is not known at {key}. Known: {known}."
            )
        case "int_type" | "greater_than_equal" | "less_than_equal":
            return Refusal("wrong_type", f"The key {key} takes a whole number from 0 to 1,000,000.")
    if isinstance(error["loc"][-1], int):
        return Refusal("wrong_type", f"{_kind(given)} stands in the list {key}.")
    hint = {
        "string_type": " Write text in quotation marks.",
        "enum": " Write text in quotation marks.",
        "tuple_type": " Write a list.",
        "bool_type": " Write true or false.",
    }.get(error["type"], "")
    return Refusal("wrong_type", f"{_kind(given)} stands at {key}.{hint}")


def unknown_key(key: str, known: Iterable[str]) -> Refusal:
    """A key that no entry of the kind has, with the nearest that it has."""
    near = difflib.get_close_matches(key[:MAX_KEY], list(known), n=1)
    hint = f"Did you mean {quoted(near[0])}?" if near else "Take it out."
    return Refusal("unknown_key", f"The key {quoted(key)} is not known. {hint}")


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case _:
            return "an object"
