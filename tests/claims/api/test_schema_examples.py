"""The examples in the schema are answers on record, and of the shape that the schema says.

`pytest tests/claims/api --regenerate` writes them, after the record itself.
"""

import json
import re
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from factbase.api.examples import FILE, recorded_examples
from tests.claims.api.test_responses import FOLDER

pytestmark = pytest.mark.django_db
# In the place of what differs from run to run, which the record has as its kind and place.
STEADY = {
    "claim": "C{}",
    "conflict": "K{}",
    "uuid": "00000000-0000-4000-8000-{:012}",
    "sha256": "{:064x}",
    "version": "{}+text-1.0",
    "cursor": "MT{}",
}
WHOLE = {"<id>": 1, "<excerpt>": 1, "<counted_at>": "2025-06-01T12:00:00Z"}


def readable(body: Any) -> Any:
    """A body on record as an answer has it, with the first row of a list alone."""
    if isinstance(body, dict):
        return {
            name: readable(value[:1] if name == "results" else value)
            for name, value in body.items()
        }
    if isinstance(body, list):
        return [readable(item) for item in body]
    if isinstance(body, str):
        if body in WHOLE:
            return WHOLE[body]
        return re.sub(
            r"<([a-z0-9]+) (\d+)>",
            lambda found: STEADY.get(found[1], "{}").format(int(found[2])),
            body,
        )
    return body


def path_of(request: str, paths: list[str]) -> str | None:
    """The path of the schema for a request on record: of several the most literal one."""
    address = f"/api/v1/{request.split('?')[0]}"
    fitting = [path for path in paths if re.fullmatch(re.sub(r"{\w+}", "[^/]+", path), address)]
    return min(fitting, key=lambda path: path.count("{"), default=None)


def examples(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """An example for each path and status on record, of the public where it has one."""
    paths = list(schema["paths"])
    files = [json.loads(file.read_text()) for file in sorted(FOLDER.iterdir())]
    found: dict[str, dict[str, Any]] = {}
    for record in sorted(files, key=lambda one: one["reader"] != "public"):
        path = path_of(record["request"], paths)
        if path is not None:
            found.setdefault(path, {}).setdefault(str(record["status"]), readable(record["body"]))
    return dict(sorted(found.items()))


def test_examples_are_the_answers_on_record(client: Client, regenerate: bool) -> None:
    made = examples(client.get("/api/v1/schema/").json())

    if regenerate:
        text = json.dumps(made, indent=1, ensure_ascii=False)
        FILE.write_text(f"{text}\n", encoding="utf-8")
        recorded_examples.cache_clear()
    assert json.loads(FILE.read_text(encoding="utf-8")) == made


def test_examples_have_the_shape_that_stands_beside_them(client: Client) -> None:
    schema = client.get("/api/v1/schema/").json()
    count = 0
    for path, operations in schema["paths"].items():
        for status, answer in operations.get("get", {}).get("responses", {}).items():
            for described in answer.get("content", {}).values():
                if "example" in described:
                    count += 1
                    given = {**described["schema"], "components": schema["components"]}
                    errors = list(Draft202012Validator(given).iter_errors(described["example"]))
                    assert not errors, (path, status, errors[0].message)
    assert count > 40
