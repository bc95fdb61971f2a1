"""Frozen dataclasses to plain JSON data and back, strictly: an unknown, missing or mistyped key is named.

Dates are ISO strings, times HH:MM, fractions strings ("12", "47/150"). Where a key may be absent, null means the same.
What goes out comes back equal, so stored data gives the same bytes again.
"""

from __future__ import annotations

import datetime as dt
import functools
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from fractions import Fraction
from typing import Any, Literal, TypeVar, Union, cast

Json = Any
T = TypeVar("T")


class Malformed(ValueError):
    """Data of another shape than declared. `key` is the path to it, such as `limits[0].period.method`."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}" if key else problem)
        self.key = key
        self.problem = problem


def dump(value: object) -> Json:
    """Plain data: dicts, lists, strings, integers, booleans, None."""
    if is_dataclass(value):
        return {_key(f): dump(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {key: dump(value[key]) for key in sorted(value)}
    if isinstance(value, tuple):
        return [dump(item) for item in value]
    return _scalar(value)


def _scalar(value: object) -> Json:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return str(value) if isinstance(value, Fraction) else value


def load(kind: type[T], value: Json, key: str = "") -> T:
    """Data as the declared kind. Raises Malformed, which names the key."""
    return cast(T, _load(kind, value, key))


def _load(kind: Any, value: Json, key: str) -> Any:
    if is_dataclass(kind):
        return _load_fields(cast(type, kind), value, key)
    origin = typing.get_origin(kind)
    if origin is not None:
        return _COMPOUND[origin](kind, value, key)
    return _SCALAR[kind](value, key)


def _key(field: Field[Any]) -> str:
    return field.name.rstrip("_")


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _load_fields(kind: type, value: Json, key: str) -> Any:
    if not isinstance(value, Mapping):
        raise Malformed(key, "must be an object")
    declared = {_key(f): f for f in fields(kind)}
    for name in value:
        if name not in declared:
            raise Malformed(_under(key, str(name)), "is not a known key")
    optional = {name for name, f in declared.items() if f.default is not MISSING or f.default_factory is not MISSING}
    for name in declared:
        if name not in value and name not in optional:
            raise Malformed(_under(key, name), "is missing")
    hints = _hints(kind)
    given = {declared[n]: v for n, v in value.items() if v is not None or n not in optional}
    return kind(**{field.name: _load(hints[field.name], v, _under(key, _key(field))) for field, v in given.items()})


def _under(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _load_tuple(kind: Any, value: Json, key: str) -> Any:
    if not isinstance(value, list | tuple):
        raise Malformed(key, "must be a list")
    kinds = typing.get_args(kind)
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(value)
    if len(kinds) != len(value):
        raise Malformed(key, f"must have {len(kinds)} items")
    return tuple(_load(k, item, f"{key}[{i}]") for i, (k, item) in enumerate(zip(kinds, value, strict=True)))


def _load_mapping(kind: Any, value: Json, key: str) -> Any:
    if not isinstance(value, Mapping):
        raise Malformed(key, "must be an object")
    item = typing.get_args(kind)[1]
    return {str(name): _load(item, inner, _under(key, str(name))) for name, inner in value.items()}


def _load_literal(kind: Any, value: Json, key: str) -> Any:
    choices = typing.get_args(kind)
    if value not in choices:
        raise Malformed(key, f"must be one of {', '.join(map(str, choices))}")
    return value


def _load_union(kind: Any, value: Json, key: str) -> Any:
    """The only member that fits: None, the object whose tag matches, or the first plain kind that takes it."""
    members = _members(kind)
    if value is None and types.NoneType in members:
        return None
    objects = [m for m in members if is_dataclass(m)]
    if objects and isinstance(value, Mapping):
        return _load(_tagged(objects, value, key), value, key)
    problems = []
    for member in members:
        if member is not types.NoneType and not is_dataclass(member):
            try:
                return _load(member, value, key)
            except Malformed as malformed:
                problems.append(malformed.problem)
    raise Malformed(key, " or ".join(problems) or "must be an object")


def _members(kind: Any) -> tuple[Any, ...]:
    nested = [_members(m) if typing.get_origin(m) in (Union, types.UnionType) else (m,) for m in typing.get_args(kind)]
    return tuple(member for group in nested for member in group)


def _tagged(objects: list[Any], value: Mapping[str, Json], key: str) -> Any:
    if len(objects) == 1:
        return objects[0]
    tags = {_tag(m): m for m in objects}
    name = next(iter(tags))[0]
    chosen = tags.get((name, value.get(name)))
    if chosen is None:
        raise Malformed(_under(key, name), f"must be one of {', '.join(tag for _, tag in tags)}")
    return chosen


@functools.cache
def _tag(kind: Any) -> tuple[str, Any]:
    """The field that says which kind of object this is, and its only value."""
    first = fields(kind)[0].name
    return first, typing.get_args(_hints(kind)[first])[0]


def _exactly(kind: type, name: str) -> Callable[[Json, str], Any]:
    def check(value: Json, key: str) -> Any:
        if type(value) is not kind:
            raise Malformed(key, f"must be {name}")
        return value

    return check


def _parsed(kind: Callable[[str], Any], name: str) -> Callable[[Json, str], Any]:
    def parse(value: Json, key: str) -> Any:
        try:
            return kind(value)
        except (TypeError, ValueError, ZeroDivisionError):
            raise Malformed(key, f"must be {name}") from None

    return parse


def _fraction(value: Json) -> Fraction:
    if not isinstance(value, str):
        raise TypeError
    return Fraction(value)


_SCALAR: dict[Any, Callable[[Json, str], Any]] = {
    str: _exactly(str, "a text"),
    int: _exactly(int, "a whole number"),
    bool: _exactly(bool, "true or false"),
    dt.date: _parsed(dt.date.fromisoformat, "a date such as 2025-12-31"),
    dt.time: _parsed(dt.time.fromisoformat, "a time such as 08:30"),
    Fraction: _parsed(_fraction, 'a number in quotes such as "12" or "1/3"'),
}
_COMPOUND: dict[Any, Callable[[Any, Json, str], Any]] = {
    tuple: _load_tuple,
    Mapping: _load_mapping,
    Literal: _load_literal,
    Union: _load_union,
    types.UnionType: _load_union,
}
