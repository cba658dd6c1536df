"""Five real statements of one series, with the dictionary by which their topics are counted.

They are not part of the project: tests on them are left out where they are not beside it.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "series"

needs_statements = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the five statements are not beside the project"
)

# The topics of `expected.json` in the grammar of terms.
TERMS = {
    "Ukraine": ["Ukraine"],
    "Russia by name": ["Russia", "Russian", "Russias", "Russians"],
    "China by name": ['China NOT "China Sea" NOT "China Seas"', "Chinese"],
    "East or South China Sea": ["China Sea", "China Seas"],
    "North Korea": ["North Korea", "North Korean", "DPRK"],
    "denuclearisation, both spellings": ["denuclearisation", "denuclearization"],
    "denuclearization as written": ["denuclearization"],
    "Myanmar": ["Myanmar", "Burma"],
    "coercion": ["coercion", "coercive"],
    "cancer": ["cancer", "cancers"],
    "Middle East": ["Middle East"],
    "artificial intelligence": ["artificial intelligence", "AI"],
}


def expected() -> dict[str, Any]:
    """The counts of each topic in each document, as they were counted by regular expressions."""
    read: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text())
    return read


def text_of(document: str) -> str:
    """The text of a document."""
    return (FOLDER / f"{document}.txt").read_text()


def key_of(topic: str) -> str:
    """The key of a topic, from its name."""
    return "-".join("".join(one if one.isalnum() else " " for one in topic.lower()).split())


def dictionary() -> Dictionary:
    """The topics as a dictionary."""
    return Dictionary(
        tuple(
            DictionaryEntry(key_of(name), tuple(DictionaryTerm(term, "en") for term in terms))
            for name, terms in TERMS.items()
        )
    )
