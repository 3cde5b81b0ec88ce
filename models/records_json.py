"""Frozen dataclasses as JSON and back, strictly: what is not exactly the declared fields and types is refused.

Tuples become lists, NaN becomes null (JSON has no NaN); reading brings both back. A field with a default may be absent,
so that older documents stay readable. Nothing is executed.
"""

from __future__ import annotations

import json
import math
import types
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from features.errors import Refusal

Record = TypeVar("Record")


def written(record: Any, schema: str) -> str:
    """One JSON document; equal records give equal text."""
    document = {"schema": schema, **_plain(record)}
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def read(kind: type[Record], text: str, schema: str) -> Record:
    """The record of a document; raises Refusal for any other document."""
    try:
        document = json.loads(text)
        if document.pop("schema", "") != schema:
            raise ValueError("another schema")
        record: Record = _typed(kind, document)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise Refusal(
            schema,
            found=f"{type(error).__name__}: {error}",
            expected=f"a document of schema {schema}",
            do="take it from the registry again, or train again",
        ) from None
    return record


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _typed(kind: Any, value: Any) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        return _optional(kind, value)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), value)
    if is_dataclass(kind):
        return _record(kind, value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    if kind is float and value is None:
        return math.nan
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise ValueError(f"{value!r} where {kind.__name__} belongs")
    return value


def _optional(kind: Any, value: Any) -> Any:
    present = [part for part in get_args(kind) if part is not type(None)]
    return None if value is None else _typed(present[0], value)


def _tuple(parts: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} where a list belongs")
    if parts[1:] == (...,):
        return tuple(_typed(parts[0], item) for item in value)
    return tuple(_typed(part, item) for part, item in zip(parts, value, strict=True))


def _record(kind: Any, value: Any) -> Any:
    hints = _hints(kind)
    needed = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}
    if not isinstance(value, dict) or not needed <= set(value) <= set(hints):
        found = sorted(value) if isinstance(value, dict) else value
        raise ValueError(f"{found!r} where the fields of {kind.__name__} belong")
    return kind(**{name: _typed(hints[name], part) for name, part in value.items()})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
