"""The canonical text of a query: `parse(write(node)) == node`."""

import re
from collections.abc import Sequence

from threadline.query.ast import All, Any, Node, Not, Number, Said, Scope, Side, Term
from threadline.query.fields import FIELDS
from threadline.query.measures import write_measure
from threadline.query.shape import said_in

__all__ = ["write", "written_key", "written_text", "written_value"]

_BARE_TEXT = re.compile(r"""[^\s()":\\>-][^\s()":\\]*""")
_BARE_KEY = re.compile(r"""[^\s:"()]+""")
_BARE_VALUE = re.compile(r"""[^\s(),"<>=][^\s(),"]*""")
_LIKE_RANGE = re.compile(r"-?\$?\d.*\.\.")


def write(node: Node | None) -> str:
    """One way to say it; empty for None. The tree has the shape that `parse` gives (see shape.py)."""
    return "" if node is None else _group(node, "either")


def written_text(text: str) -> str:
    """Free text, between quotation marks where it must be."""
    if _BARE_TEXT.fullmatch(text) and text != "OR":
        return text
    return _quoted(text)


def written_value(value: str, *, pattern: bool = False) -> str:
    """A value of a term, between quotation marks and escaped where it must be."""
    if pattern:  # its backslashes are escaped already
        return value if _bare(value) else '"' + value.replace('"', '\\"') + '"'
    if _bare(value) and not {"*", "\\"} & set(value):
        return value
    return _quoted(value).replace("*", "\\*")


def written_key(key: str) -> str:
    """NAME of `annotation.NAME`, KEY of `metadata.KEY`."""
    return key if _BARE_KEY.fullmatch(key) else _quoted(key)


def _bare(value: str) -> bool:
    return _BARE_VALUE.fullmatch(value) is not None and _LIKE_RANGE.match(value) is None


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _group(node: Node, side: Side) -> str:
    if not isinstance(node, Any):
        return _together(node, side)
    return " OR ".join(each if isinstance(each, str) else _together(each, side) for each in _with_lists(node.nodes))


def _together(node: Node, side: Side) -> str:
    """Terms of an AND-group; where all its texts were said by one side, the side comes first."""
    before = ""
    sides = {said.side for said in said_in(node)}
    if side == "either" and len(sides) == 1 and "either" not in sides:
        side = sides.pop()
        before = f"said-by:{side} "
    return before + " ".join(_atom(each, side) for each in (node.nodes if isinstance(node, All) else (node,)))


def _atom(node: Node, side: Side) -> str:
    match node:
        case Said():
            text = written_text(node.text)
            return text if node.side == side else f"(said-by:{node.side} {text})"
        case Term():
            return _name(node) + written_value(node.value, pattern=node.pattern)
        case Number():
            operator = "" if node.operator == "=" and not node.key else node.operator
            return _name(node) + operator + write_measure(FIELDS[node.field].kind, node.value)
        case Not():
            return "-" + _atom(node.node, side)
        case Scope():
            return f"{node.of}:({_group(node.node, side)})"
        case All() | Any():
            return _parenthesised(node, side)


def _parenthesised(node: All | Any, side: Side) -> str:
    if isinstance(node, Any):
        listed = _with_lists(node.nodes)
        if len(listed) == 1 and isinstance(listed[0], str):
            return listed[0]
    return f"({_group(node, side)})"


def _with_lists(nodes: Sequence[Node]) -> list[Node | str]:
    """Neighbouring terms of one field as one text with commas, such as `tool:a,b`."""
    found: list[Node | str] = []
    last = ""
    for node in nodes:
        name = _name(node) if isinstance(node, Term) else ""
        if not isinstance(node, Term):
            found.append(node)
        elif name == last:
            found[-1] = f"{found[-1]},{written_value(node.value, pattern=node.pattern)}"
        else:
            found.append(_atom(node, "either"))
        last = name
    return found


def _name(node: Term | Number) -> str:
    return f"{node.field}.{written_key(node.key)}:" if node.key else f"{node.field}:"
