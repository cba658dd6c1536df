"""Topic dictionaries: which terms stand for a topic in the texts of a series."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class DictionaryTerm:
    """One term of a topic, in the grammar of `claims.domain.absence.terms`.

    `language` is a BCP 47 tag: in texts of another language the term is not looked for. Empty: in
    all of them.
    """

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """The terms of one topic. `topic` is its key; `note` says for readers how it is counted."""

    topic: str
    terms: tuple[DictionaryTerm, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The topics of a series, in the order in which its matrix shows them."""

    entries: tuple[DictionaryEntry, ...] = field(default=())

    def as_json(self) -> list[dict[str, Any]]:
        """The entries as the database stores them; what is empty is left out."""
        return [
            {
                "topic": entry.topic,
                "terms": [
                    {"text": term.text, **({"language": term.language} if term.language else {})}
                    for term in entry.terms
                ],
                **({"note": entry.note} if entry.note else {}),
            }
            for entry in self.entries
        ]

    @property
    def sha256(self) -> str:
        """The SHA-256 of the entries in their canonical JSON, in hexadecimal digits."""
        canonical = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()


def stored_dictionary(entries: list[Mapping[str, Any]]) -> Dictionary:
    """The dictionary that the database has as JSON."""
    return Dictionary(
        tuple(
            DictionaryEntry(
                entry["topic"],
                tuple(
                    DictionaryTerm(term["text"], term.get("language", ""))
                    for term in entry["terms"]
                ),
                entry.get("note", ""),
            )
            for entry in entries
        )
    )
