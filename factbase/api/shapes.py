"""JSON Schema (2020-12, as in OpenAPI 3.1) of the shapes of responses.

The shapes are TypedDicts, which the type checker checks as well.
"""

import inspect
import types
from datetime import date, datetime
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)
from uuid import UUID

from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent

from sources.vocabulary import LabelledEnum

PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    UUID: {"type": "string", "format": "uuid"},
    Any: {},
}
PART = "The members of a row that `fields` names; it lacks all others."


def schema_of(hint: Any, registry: ComponentRegistry) -> dict[str, Any]:
    """Return the schema of a type; TypedDicts become components and are referred to.

    Raises TypeError for a type that no answer should have.
    """
    if plain := PLAIN.get(hint):
        return dict(plain)
    if hint is Any:
        return {}
    if is_typeddict(hint):
        return _component(hint, registry)
    if inspect.isclass(hint) and issubclass(hint, LabelledEnum):
        return _vocabulary(hint, registry)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _described(schema_of(arguments[0], registry), arguments[1])
    if origin is Literal:
        return {"type": "string", "enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": schema_of(arguments[0], registry)}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(arguments[1], registry)}
    if origin in (Union, types.UnionType):
        return _one_of([schema_of(argument, registry) for argument in arguments])
    raise TypeError(f"{hint} has no place in an answer of the API.")


def row_schema(shape: Any, registry: ComponentRegistry) -> dict[str, Any]:
    """The schema of a row of a list that takes `fields`: whole, or with the members it names."""
    return {"anyOf": [schema_of(shape, registry), _component(shape, registry, is_part=True)]}


def _component(shape: Any, registry: ComponentRegistry, *, is_part: bool = False) -> dict[str, Any]:
    name = shape.__name__.removesuffix("Shape") + ("Part" if is_part else "")
    component = ResolvedComponent(name, ResolvedComponent.SCHEMA, object=shape)  # type: ignore[no-untyped-call]  # has no types
    if component not in registry:
        registry.register(component)  # before its fields, which may refer to it
        hints = get_type_hints(shape, include_extras=True)
        component.schema = {
            "type": "object",
            "description": PART if is_part else inspect.getdoc(shape),
            "properties": {name: schema_of(_bare(hint), registry) for name, hint in hints.items()},
            "additionalProperties": False,
        }
        if not is_part:
            required = [name for name in hints if name in shape.__required_keys__]
            component.schema["required"] = required
    return dict(component.ref)


def _bare(hint: Any) -> Any:
    """Return the type of a field, without NotRequired."""
    return get_args(hint)[0] if get_origin(hint) is NotRequired else hint


def _vocabulary(vocabulary: type[LabelledEnum], registry: ComponentRegistry) -> dict[str, Any]:
    """Return the enum of a vocabulary's codes, with label and meaning of each."""
    component = ResolvedComponent(vocabulary.__name__, ResolvedComponent.SCHEMA, object=vocabulary)  # type: ignore[no-untyped-call]  # has no types
    lines = [
        f"* `{member.value}`: {member.label}. {member.meaning}".rstrip() for member in vocabulary
    ]
    component.schema = {
        "type": "string",
        "enum": [member.value for member in vocabulary],
        "description": "\n".join([inspect.getdoc(vocabulary) or "", "", *lines]),
    }
    registry.register_on_missing(component)
    return dict(component.ref)


def _described(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {**schema, "description": description}


def _one_of(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    """Return oneOf the schemas; a simple type or null becomes one schema of two types."""
    null = {"type": "null"}
    others = [schema for schema in schemas if schema != null]
    if null in schemas and len(others) == 1 and isinstance(others[0].get("type"), str):
        return {**others[0], "type": [others[0]["type"], "null"]}
    return {"oneOf": schemas}
