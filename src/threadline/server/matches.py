"""Where a text stands in a turn: a window of at most 280 characters around its first place on each side."""

from threadline.model.session import PREVIEW_CHARACTERS, Turn
from threadline.server.shapes import Hit
from threadline.sessions.text import find, window

__all__ = ["matches_in"]


def matches_in(turn: Turn, query: str) -> list[Hit]:
    """One hit a side that holds the text; ranges in code points of the window."""
    sides = (("user", turn.trace.input), ("assistant", turn.trace.output))
    return [_hit(turn, role, said, ranges) for role, said in sides if said and (ranges := find(said, query))]


def _hit(turn: Turn, role: str, said: str, ranges: list[tuple[int, int]]) -> Hit:
    text, inside = window(said, ranges, PREVIEW_CHARACTERS)
    return Hit(trace_id=turn.trace.trace_id.hex(), turn_index=turn.index, role=role, text=text, ranges=list(inside))
