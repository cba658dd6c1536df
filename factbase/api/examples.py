"""Examples of answers in the schema of the API: real ones, as the tests have them on record.

`examples.json` has the body for each path and status. `pytest tests/claims/api --regenerate` writes
it, and tests/claims/api/test_schema_examples.py holds it against the record and the schema.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".json")


@cache
def recorded_examples() -> dict[str, dict[str, Any]]:
    """The bodies by path and status. Do not change them."""
    read: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return read


def with_examples(result: dict[str, Any], **_given: Any) -> dict[str, Any]:
    """Put the recorded bodies beside the shapes of their answers; a hook of the generator."""
    for path, answers in recorded_examples().items():
        operation = result["paths"].get(path, {}).get("get")
        for status, body in answers.items() if operation else ():
            content = operation["responses"].get(status, {}).get("content", {})
            for media_type, described in content.items():
                if "json" in media_type:
                    described["example"] = body
    return result
