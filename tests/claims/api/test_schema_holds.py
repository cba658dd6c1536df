"""The schema is true to the letter: what it allows is answered as it says, and the rest is refused.

Schemathesis asks every address with what the schema allows and with what it does not, in this
process, as the public and as an editor, and holds the answers against the schema with all its
checks: status, headers, media type, shape, refusals of what is not allowed, of methods and of who
is not signed in.
"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase
from rest_framework.throttling import SimpleRateThrottle
from schemathesis.checks import load_all_checks
from schemathesis.generation import GenerationMode
from schemathesis.generation.hypothesis.builder import (
    HypothesisTestConfig,
    HypothesisTestMode,
    create_test,
)
from schemathesis.specs.openapi.checks import positive_data_acceptance

# How many cases of each address are made up. The long run has those at all bounds of its parameters
# besides.
USUAL, LONG = 3, 30
# Codes of refusals that no schema of single parameters can say: which of them go together.
TOGETHER = {"selection", "nothing_asked"}


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Requests share the connection of the test, as those of Django's client do, and no limit."""
    monkeypatch.setattr(SimpleRateThrottle, "get_cache_key", lambda *_: None, raising=False)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def refusal_is_told(case: Any, response: Any) -> None:
    """A 400 to what the schema allows names a text that is read by a grammar, or by what is there.

    No schema says which keys exist, which words are a period, or what a cursor was made from. A
    number, a truth or one of a list of words that is allowed is never refused.
    """
    if response.status_code != 400 or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    problem = response.json()
    schemas = {one.name: one.definition["schema"] for one in case.operation.query}
    for error in problem.get("errors", []):
        told = schemas.get(error["parameter"], {})
        if told.get("type") not in ("string", "array") or "enum" in told:
            raise AssertionError(f"{error} refuses what {told} allows.")
    if not problem.get("errors") and problem["code"] not in TOGETHER:
        raise AssertionError(f"{problem} names no parameter.")


def rows_are_whole_or_as_asked_for(case: Any, response: Any) -> None:
    """A row of a list has the members that `fields` names, and all that it must have without."""
    takes_fields = "fields" in {one.name for one in case.operation.query}
    if (case.method, response.status_code) != ("GET", 200) or not takes_fields:
        return
    page = case.operation.schema.raw_schema["paths"][case.operation.path]["get"]["responses"]["200"]
    (content,) = page["content"].values()
    whole = content["schema"]["properties"]["results"]["items"]["anyOf"][0]["$ref"]
    components = case.operation.schema.raw_schema["components"]["schemas"]
    required = set(components[whole.rpartition("/")[2]]["required"])
    fields = case.query.get("fields") if case.query else None
    for row in response.json()["results"]:
        if fields is None:
            assert required <= set(row), (case.operation.path, required - set(row))
        else:
            named = set(fields if isinstance(fields, list) else fields.split(","))
            assert required & named <= set(row) <= named, (case.operation.path, fields)


def ask_everything(
    reader: Client, *, cases: int, modes: list[HypothesisTestMode]
) -> tuple[dict[str, str], int]:
    """Return findings by address, and how much was asked; `reader` has the cookies of who asks."""
    load_all_checks()
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
    cookies = {name: morsel.value for name, morsel in reader.cookies.items()}
    found: dict[str, str] = {}
    asked = 0

    def ask(case: Any) -> None:
        nonlocal asked
        asked += 1
        response = case.call(cookies=cookies, headers={"Accept-Encoding": "identity"})
        case.validate_response(response, excluded_checks=[positive_data_acceptance])
        refusal_is_told(case, response)
        rows_are_whole_or_as_asked_for(case, response)

    config = HypothesisTestConfig(
        project=schema.config,
        modes=[
            HypothesisTestMode.EXAMPLES,
            HypothesisTestMode.COVERAGE,
            HypothesisTestMode.FUZZING,
        ],
        settings=hypothesis.settings(
            max_examples=cases,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    results: Any = schema.get_all_operations()
    for operation in (result.ok() for result in results):
        try:
            create_test(operation=operation, test_func=ask, config=config)()
        except (AssertionError, BaseExceptionGroup) as error:
            found[f"{operation.method} {operation.path}"] = str(error)
    return found, asked


@pytest.mark.parametrize("name", ["public", "editor"])
def test_every_answer_is_as_the_schema_says(
    world: SimpleNamespace, public: Client, staff_client: Client, name: str
) -> None:
    reader = {"public": public, "editor": staff_client}[name]

    found, asked = ask_everything(reader, cases=USUAL, modes=[HypothesisTestMode.FUZZING])

    assert found == {}
    assert asked >= 100


@pytest.mark.long
@pytest.mark.parametrize("name", ["public", "editor"])
def test_every_answer_of_many_is_as_the_schema_says(
    world: SimpleNamespace, public: Client, staff_client: Client, name: str
) -> None:
    reader = {"public": public, "editor": staff_client}[name]

    found, asked = ask_everything(reader, cases=LONG, modes=list(HypothesisTestMode))

    assert found == {}
    assert asked >= 1_500
