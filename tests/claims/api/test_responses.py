"""Responses of every endpoint, one file for each and its status, reviewed as a diff.

`pytest tests/claims/api --regenerate` writes the files. Whatever differs from run to run (names
that chance makes, numbers of rows) is written as its kind and place.
"""

import json
import re
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.test import Client
from jsonschema import Draft202012Validator

from claims.actions.factsheets.taking_back import add_erratum
from claims.models import Version
from sources.models import Series
from sources.vocabulary import Role
from tests import factories as make
from tests.claims.admin.dictionaries.kept import entry, save
from tests.claims.issued import ISSUED, issue
from tests.worker import work

FOLDER = Path(__file__).with_name("responses")
CHANGING = {
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}": "uuid",
    r"[0-9a-f]{64}": "sha256",
    r"(?<=cursor=)[\w-]+": "cursor",
    r"\bC[1-9]\d*\b": "claim",
    r"\bK[1-9]\d*\b": "conflict",
    r"(?<=excerpts/)\d+": "excerpt",
    r"(?<=\?text=)\d+": "text",
    r"(?<=captures/)\d+": "capture",
    r"(?<=annotations/)\d+": "annotation",
    r"^\d+\+[\w-]+-[\d.]+$": "version",
}
NUMBERS = ("id", "excerpt")
CLOCKED = ("counted_at",)  # by the worker's clock
REQUESTS = [
    ("root", "public", ""),
    ("claims-list", "public", "claims/"),
    ("claims-list-page", "public", "claims/?limit=1"),
    ("claims-list-desk", "desk", "claims/?status=submitted"),
    ("claims-list-bad", "public", "claims/?statuss=published&topic=a"),
    ("claims-list-refused", "public", "claims/?period=soon&disputed=maybe"),
    ("claims-count", "public", "claims/count/?topic=trade"),
    ("claims-count-bad", "public", "claims/count/?topik=trade"),
    ("claims-facets", "public", "claims/facets/?facet=topic,asserter,source"),
    ("claims-facets-desk", "desk", "claims/facets/?facet=status,subject"),
    ("claims-facets-bad", "public", "claims/facets/?facet=topics"),
    ("claims-groups", "public", "claims/groups/?group_by=topic,mode"),
    ("claims-groups-bad", "public", "claims/groups/?group_by=topic,mode,status"),
    ("claims-detail", "public", "claims/{fall}/"),
    ("claims-detail-desk", "desk", "claims/{fall}/"),
    ("claims-detail-hidden", "public", "claims/{draft}/"),
    ("claims-versions", "public", "claims/{fall}/versions/"),
    ("claims-versions-desk", "desk", "claims/{fall}/versions/"),
    ("claims-reviews", "public", "claims/{fall}/reviews/"),
    ("claims-reviews-desk", "desk", "claims/{fall}/reviews/"),
    ("claims-conflicts", "public", "claims/{fall}/conflicts/"),
    ("claims-similar", "public", "claims/{fall}/similar/"),
    ("claims-similar-bad", "public", "claims/{fall}/similar/?cursor=abc"),
    ("claims-similar-desk", "desk", "claims/{draft}/similar/"),
    ("claims-similar-hidden", "public", "claims/{draft}/similar/"),
    ("conflicts-list", "public", "conflicts/"),
    ("conflicts-list-desk", "desk", "conflicts/"),
    ("sources-list", "public", "sources/"),
    ("sources-detail", "public", "sources/report/"),
    ("sources-detail-hidden", "public", "sources/secret/"),
    ("sources-detail-desk", "desk", "sources/secret/"),
    ("captures-list", "public", "captures/"),
    ("captures-list-desk", "desk", "captures/?source=secret"),
    ("captures-list-hidden", "public", "captures/?source=secret"),
    ("captures-list-bad", "public", "captures/?sha256=abc"),
    ("excerpts-list", "public", "excerpts/?source=report"),
    ("annotations-list", "public", "annotations/?source=report"),
    ("annotations-list-desk", "desk", "annotations/?source=secret"),
    ("annotations-list-page", "public", "annotations/?limit=1"),
    ("annotations-list-hidden", "public", "annotations/?source=secret"),
    ("annotations-list-bad", "public", "annotations/?sourze=report"),
    ("annotations-detail", "public", "annotations/{kazan}/"),
    ("annotations-detail-hidden", "public", "annotations/{hidden}/"),
    ("series-list", "public", "series/"),
    ("series-detail-desk", "desk", "series/papers/"),
    ("series-dictionary", "public", "series/papers/dictionary/"),
    ("series-dictionary-desk", "desk", "series/papers/dictionary/?number=1"),
    ("series-dictionary-bad", "public", "series/papers/dictionary/?number=0x1"),
    ("series-dictionary-hidden", "public", "series/papers/dictionary/?number=9"),
    ("series-matrix", "public", "series/papers/matrix/"),
    ("series-matrix-desk", "desk", "series/papers/matrix/?number=1"),
    ("series-matrix-bad", "public", "series/papers/matrix/?number=0x1"),
    ("series-matrix-hidden", "public", "series/papers/matrix/?number=9"),
    ("series-dictionary-versions", "public", "series/papers/dictionary/versions/"),
    ("series-dictionary-versions-desk", "desk", "series/papers/dictionary/versions/"),
    ("series-words", "public", "series/papers/words/"),
    ("series-words-desk", "desk", "series/papers/words/?limit=2"),
    ("series-contexts", "public", "series/papers/contexts/?q=fell"),
    ("series-contexts-desk", "desk", "series/papers/contexts/?q=fell&sort=right"),
    ("series-contexts-bad", "public", "series/papers/contexts/?q=fell+OR+rose"),
    ("entities-list", "public", "entities/"),
    ("entities-detail", "public", "entities/ministry/"),
    ("entities-detail-desk", "desk", "entities/memo/"),
    ("properties-list", "public", "properties/"),
    ("properties-detail", "public", "properties/trade-change/"),
    ("topics-list", "public", "topics/"),
    ("topics-detail", "public", "topics/trade/"),
    ("extracts-list", "public", "extracts/"),
    ("extracts-detail-hidden", "public", "extracts/X999999/"),
    ("factsheets-refused", "public", "factsheets/"),
    ("factsheets-detail", "public", "factsheets/trade/"),
    ("factsheets-detail-hidden", "public", "factsheets/nothing/"),
    ("editions-list", "public", "editions/"),
    ("editions-list-bad", "public", "editions/?factsheet=trade"),
    ("editions-detail", "public", "editions/trade/2/"),
    ("editions-detail-hidden", "public", "editions/trade/3/"),
]


def steady(told: Any, seen: dict[str, dict[str, str]]) -> Any:
    """The answer with what changes from run to run replaced by its kind and order of appearance."""
    if isinstance(told, dict):
        return {
            key: f"<{key}>"
            if (key in NUMBERS and isinstance(value, int)) or (key in CLOCKED and value)
            else steady(value, seen)
            for key, value in told.items()
        }
    if isinstance(told, list):
        return [steady(item, seen) for item in told]
    if isinstance(told, str):
        for pattern, kind in CHANGING.items():
            names = seen.setdefault(kind, {})
            for name in re.findall(pattern, told):
                names.setdefault(name, f"<{kind} {len(names) + 1}>")
            told = re.sub(pattern, partial(_named, names), told)
    return told


def _named(names: dict[str, str], found: re.Match[str]) -> str:
    return names[found[0]]


def schema_of(schema: dict[str, Any], path: str, response: Any) -> dict[str, Any]:
    """The schema that the API gives for an answer."""
    address = re.sub(r"[CX][1-9]\d*", "{ref}", path.split("?")[0])
    name = "{id}" if address.startswith(("annotations/", "excerpts/", "captures/")) else "{key}"
    address = re.sub(r"^((?!claims)\w+)/[\w-]+/$", rf"\1/{name}/", address)
    address = re.sub(r"^series/[\w-]+/", "series/{key}/", address)
    address = re.sub(r"^editions/[\w-]+/\d+/$", "editions/{key}/{number}/", address)
    answer = schema["paths"][f"/api/v1/{address}"]["get"]["responses"]
    content = answer[str(response.status_code)]["content"]
    given: dict[str, Any] = content[response.headers["Content-Type"]]["schema"]
    return given


def test_every_answer_is_the_one_on_record(
    world: SimpleNamespace, public: Client, staff_client: Client, regenerate: bool
) -> None:
    refs = {key: getattr(world, key).claim.ref for key in ("fall", "draft")}
    refs |= {key: getattr(world, key).pk for key in ("kazan", "hidden")}
    issue_twice(world.fall, world.plain)
    save_twice()
    schema = public.get("/api/v1/schema/").json()
    answered = {}
    for name, reader, path in REQUESTS:
        address = path.format(**refs)
        response = {"public": public, "desk": staff_client}[reader].get(f"/api/v1/{address}")
        answered[f"{name}.{response.status_code}.json"] = {
            "request": path,
            "reader": reader,
            "status": response.status_code,
            "content_type": response.headers["Content-Type"],
            "body": steady(response.json(), {}),
        }
        if path:
            told = schema_of(schema, address, response)
            Draft202012Validator({**told, "components": schema["components"]}).validate(
                response.json()
            )

    if regenerate:
        write(answered)
    assert answered == {file.name: json.loads(file.read_text()) for file in FOLDER.iterdir()}


def issue_twice(one: Version, other: Version) -> None:
    """Two editions of a fact sheet, the second of which has an erratum."""
    issue(other, key="trade")
    second = issue(one, other, key="trade", at=ISSUED + timedelta(days=1))
    editor = make.somebody(Role.EDITOR)
    add_erratum(edition=second, words="For June read May.", by=editor, at=second.issued_at)


def save_twice() -> None:
    """Two versions of the dictionary of a series, the second with a note for the history."""
    series = Series.objects.get(key="papers")
    first = entry("trade", "trade NEAR/5 fell", ("торговл*", "ru"), note="With its neighbours.")
    save(series, first)
    save(series, entry("trade", *(term.text for term in first.terms)), note="For all languages.")
    work()


def write(answered: dict[str, Any]) -> None:
    """Keep these answers, and no others, as the ones expected."""
    FOLDER.mkdir(exist_ok=True)
    for file in FOLDER.iterdir():
        file.unlink()
    for name, answer in answered.items():
        text = json.dumps(answer, indent=2, ensure_ascii=False)
        (FOLDER / name).write_text(f"{text}\n", encoding="utf-8")
