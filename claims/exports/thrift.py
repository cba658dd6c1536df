"""Thrift's compact protocol, as far as the head of a Parquet page and the foot of a file need it.

https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# A structure: its fields by their numbers, in ascending order; None is a field that is not there.
Struct = Mapping[int, object]

_TRUE, _FALSE, _I32, _I64, _BINARY, _LIST, _STRUCT = 1, 2, 5, 6, 8, 9, 12
_STOP = b"\x00"
_MAX_SHORT = 15


@dataclass(frozen=True)
class Long:
    """A number of 64 bits; a plain int is one of 32."""

    value: int


def struct_bytes(fields: Struct) -> bytes:
    """A structure as the protocol has it."""
    written, last = [], 0
    for number, value in fields.items():
        if value is None:
            continue
        kind = _kind(value)
        written.append(bytes([(number - last) << 4 | kind]))
        if kind not in (_TRUE, _FALSE):
            written.append(_value(value))
        last = number
    return b"".join(written) + _STOP


def varint(number: int) -> bytes:
    """A number from 0 as seven bits a byte, the lowest first."""
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def _kind(value: object) -> int:
    match value:
        case bool():
            return _TRUE if value else _FALSE
        case int():
            return _I32
        case Long():
            return _I64
        case str():
            return _BINARY
        case Mapping():
            return _STRUCT
        case Sequence():
            return _LIST
    raise TypeError(f"Thrift has no type for {value!r}.")


def _value(value: object) -> bytes:
    match value:
        case int():
            return varint(_zigzag(value))
        case Long():
            return varint(_zigzag(value.value))
        case str():
            text = value.encode()
            return varint(len(text)) + text
        case Mapping():
            return struct_bytes(value)
        case Sequence():
            return _list(value)
    raise TypeError(f"Thrift has no type for {value!r}.")


def _list(values: Sequence[object]) -> bytes:
    kind = _kind(values[0]) if values else _I32
    size = len(values)
    head = (
        bytes([size << 4 | kind])
        if size < _MAX_SHORT
        else bytes([_MAX_SHORT << 4 | kind]) + varint(size)
    )
    return head + b"".join([_value(one) for one in values])


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1
