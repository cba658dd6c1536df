"""A small dossier for tests, as the two files of its folder."""

import json
from collections.abc import Callable
from typing import Any

TEXT = (
    "Trade in 2024 rose by 9.1% over the year before. The bridge was opened on 7 May 2025. "
    "The minister said: “We shall build – and soon.”\n"
)


def sources() -> list[dict[str, Any]]:
    return [
        {
            "id": "report",
            "file": "report.txt",
            "type": "report",
            "title": "A Report",
            "issued": {"date-parts": [[2025, 5, 13]]},
        },
        {"id": "digest", "type": "webpage", "title": "A Digest", "origins": [digest_of("report")]},
    ]


def digest_of(key: str) -> dict[str, str]:
    return {"source": key, "kind": "digest"}


def dossier() -> dict[str, Any]:
    return {
        "id": "small",
        "documents": [{"id": "statement-2024", "type": "treaty", "title": "The Statement"}],
        "series": [{"id": "statements", "title": "Statements", "documents": ["statement-2024"]}],
        "topics": ["Trade", "Über Land"],
        "entities": [
            {"id": "city", "label": "City", "kind": "place", "part_of": "country"},
            {"id": "country", "label": "Country", "kind": "country", "wikidata": "Q148"},
            {"id": "trade", "label": "Trade", "kind": "concept"},
        ],
        "properties": [
            {
                "id": "change",
                "label": "change",
                "value": "quantity",
                "unit": "percent",
                "time": "over",
            },
            {"id": "mentions", "label": "mentions", "value": "presence"},
        ],
        "claims": [
            {
                "id": "trade-rose",
                "statement": "Trade rose by 9.1% in 2024.",
                "subject": "trade",
                "property": "change",
                "value": "9.1%",
                "period": "2024",
                "topics": ["Trade"],
                "evidence": [
                    {"source": "report", "quote": "rose by 9.1% over the year before"},
                ],
            },
            {
                "id": "bridge-opened",
                "statement": "The bridge was opened in May 2025.",
                "asserted_by": ["country", {"description": "a senior official"}],
                "evidence": [
                    {
                        "source": "report",
                        "quote": "The bridge was opened on 7 May 2025.",
                        "stance": "supports",
                    },
                ],
            },
        ],
    }


def files(
    change: Callable[[dict[str, Any]], object] = lambda _: None,
    change_sources: Callable[[list[dict[str, Any]]], object] = lambda _: None,
) -> dict[str, bytes]:
    """The files by name; the callables alter what they say."""
    records, rest = sources(), dossier()
    change_sources(records)
    change(rest)
    return {
        "sources.json": json.dumps(records, ensure_ascii=False).encode(),
        "dossier.json": json.dumps(rest, ensure_ascii=False).encode(),
        "report.txt": TEXT.encode(),
    }


def claim(of: dict[str, Any], key: str = "trade-rose") -> dict[str, Any]:
    """The entry of a claim."""
    found: dict[str, Any] = next(entry for entry in of["claims"] if entry["id"] == key)
    return found


def decide(
    of: dict[str, Any],
    status: str,
    key: str = "trade-rose",
    note: str = "Compared with the print.",
    **more: str,
) -> None:
    """Give a claim a decision."""
    claim(of, key).update(status=status, decided_by="second", note=note, **more)
