"""The loads that the figures are defined on."""

from bench.conversations import Shape

__all__ = ["ENDLESS", "FIFTY_TURNS", "LATER", "MANY", "SOME", "SPLIT", "VARIED"]

MANY = Shape(sessions=40_000)
"""About 800,000 spans in 200,000 turns."""
VARIED = Shape(sessions=40_000, varied=True, days=30)
"""As many sessions of all sorts over a month: what queries choose from."""
SOME = Shape(sessions=2_000)
FIFTY_TURNS = Shape(sessions=400, turns=(50, 50))
"""Sessions of 50 turns, all at once: each LLM call resends up to 99 messages."""
ENDLESS = Shape(sessions=1, turns=(20_000, 20_000), at_once=1, history_max=10)
"""One session of 20,000 turns."""
LATER = Shape(sessions=12_000, first=100_000)
"""Arrives in a database that already holds MANY."""
SPLIT = Shape(sessions=15_000, first=200_000, roots_later=40)
"""Every trace comes in two requests: its children first, as exporters send them."""
