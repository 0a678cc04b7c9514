"""Conditions that SQL decides wholly, partly or not at all, and what combines them: pure.

`upper` holds wherever the condition does, `lower` nowhere else. Where both are the same SQL decides; where not, the
rows between are looked at one by one by `rest`. Every text of SQL here is 0 or 1, never null, and stands in
parentheses where it needs them.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

from threadline.store.sqlite.session_sql import FALSE, TRUE, Sql

__all__ = [
    "FALSE",
    "TRUE",
    "Check",
    "Condition",
    "Rest",
    "both",
    "bound",
    "decided",
    "either",
    "left_to_look_up",
    "looked_up",
    "negated",
]

Check: TypeAlias = Callable[[int], bool]
"""Whether it holds for a row, by its number."""


class Known(NamedTuple):
    """SQL decides: read beside the row."""

    sql: Sql


class Look(NamedTuple):
    """Only a look at the row decides."""

    check: Check


class Group(NamedTuple):
    """`every`, or else any of several."""

    every: bool
    parts: tuple["Rest", ...]


class Opposite(NamedTuple):
    """Not."""

    part: "Rest"


Rest: TypeAlias = Known | Look | Group | Opposite


class Condition(NamedTuple):
    """On one row."""

    upper: Sql
    lower: Sql
    rest: Rest | None = None
    """None where SQL decides."""


def decided(sql: Sql) -> Condition:
    """By SQL alone."""
    return Condition(sql, sql)


def looked_up(upper: Sql, lower: Sql, check: Check) -> Condition:
    """Between what SQL knows by a look at each row."""
    return Condition(upper, lower, Look(check))


def negated(condition: Condition) -> Condition:
    """The opposite."""
    upper, lower, rest = condition
    if rest is None:
        return decided(_not(upper))
    return Condition(_not(lower), _not(upper), Opposite(rest))


def both(conditions: Sequence[Condition]) -> Condition:
    """Every one of them."""
    return _group(conditions, every=True)


def either(conditions: Sequence[Condition]) -> Condition:
    """Any of them."""
    return _group(conditions, every=False)


def _group(conditions: Sequence[Condition], *, every: bool) -> Condition:
    upper = _join([each.upper for each in conditions], every=every)
    if all(each.rest is None for each in conditions):
        return decided(upper)
    lower = _join([each.lower for each in conditions], every=every)
    # What SQL decides is asked first: a look costs more.
    known = [each.upper for each in conditions if each.rest is None]
    looks = tuple(each.rest for each in conditions if each.rest is not None)
    parts = ((Known(_join(known, every=every)),) if known else ()) + looks
    return Condition(upper, lower, Group(every, parts))


def _join(parts: Sequence[Sql], *, every: bool) -> Sql:
    rules, empty = (TRUE, FALSE) if every else (FALSE, TRUE)
    if empty in parts:
        return empty
    left = list(dict.fromkeys(part for part in parts if part != rules))
    if len(left) <= 1:
        return left[0] if left else rules
    text = (" and " if every else " or ").join(part.text for part in left)
    return Sql(f"({text})", tuple(value for part in left for value in part.arguments))


def _not(sql: Sql) -> Sql:
    if sql == TRUE:
        return FALSE
    return TRUE if sql == FALSE else Sql(f"(not {sql.text})", sql.arguments)


def bound(rest: Rest | None) -> tuple[list[Sql], Callable[[int, Sequence[Any]], bool]]:
    """What to read beside each row, and the test of a row by its number and what was read."""
    columns: list[Sql] = []

    def test(rest: Rest) -> Callable[[int, Sequence[Any]], bool]:
        match rest:
            case Known(sql):
                place = len(columns)
                columns.append(sql)
                return lambda _, read: bool(read[place])
            case Look(check):
                return lambda row, _: check(row)
            case Opposite(part):
                inner = test(part)
                return lambda row, read: not inner(row, read)
            case Group(every, parts):
                tests = [test(part) for part in parts]
                holds = all if every else any
                return lambda row, read: holds(each(row, read) for each in tests)

    return columns, (lambda _, __: True) if rest is None else test(rest)


def left_to_look_up(rest: Rest | None) -> Rest | None:
    """Of a row for which `upper` holds: what stands beside SQL's own part of a whole is known by then."""
    if isinstance(rest, Group) and rest.every:
        looks = tuple(part for part in rest.parts if not isinstance(part, Known))
        return looks[0] if len(looks) == 1 else Group(every=True, parts=looks)
    return rest
