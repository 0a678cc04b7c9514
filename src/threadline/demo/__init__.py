"""Conversations to look at before one's own arrive: `send` fills a server through real OTLP/HTTP.

The texts are tables in `data/`; everything else (ids, times, tokens) follows from a seed and from `now`,
so that two demos of the same moment are equal.
"""

from threadline.demo.post import send
from threadline.demo.programme import conversations

__all__ = ["conversations", "send"]
