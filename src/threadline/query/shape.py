"""The one shape of a tree: groups of at least two, none directly in one of its own kind."""

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from threadline.query.ast import All, Any, Node, Not, Said, Scope, Side

__all__ = ["all_of", "any_of", "name_side", "said_in"]


def all_of(nodes: Sequence[Node]) -> Node:
    """Every one of them (at least one)."""
    flat = [each for node in nodes for each in (node.nodes if isinstance(node, All) else (node,))]
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def any_of(nodes: Sequence[Node]) -> Node:
    """At least one of them (at least one)."""
    flat = [each for node in nodes for each in (node.nodes if isinstance(node, Any) else (node,))]
    return flat[0] if len(flat) == 1 else Any(tuple(flat))


def name_side(node: Node, side: Side) -> Node:
    """The same, with this side on every text that has none yet."""
    return _each_said(node, lambda said: replace(said, side=side) if said.side == "either" else said)


def said_in(node: Node) -> Iterator[Said]:
    """Every text in it, negated ones too."""
    match node:
        case Said():
            yield node
        case Not() | Scope():
            yield from said_in(node.node)
        case All() | Any():
            for each in node.nodes:
                yield from said_in(each)
        case _:
            return


def _each_said(node: Node, change: Callable[[Said], Said]) -> Node:
    match node:
        case Said():
            return change(node)
        case Not() | Scope():
            return replace(node, node=_each_said(node.node, change))
        case All() | Any():
            return replace(node, nodes=tuple(_each_said(each, change) for each in node.nodes))
        case _:
            return node
