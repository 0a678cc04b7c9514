"""Which of two versions of one span stays. A total order on content, so that arrival never matters."""

from collections.abc import Callable

from threadline.model.facts import SpanFacts

__all__ = ["replaces"]


def replaces(
    arrived: SpanFacts, held: SpanFacts, arrived_bytes: Callable[[], bytes], held_bytes: Callable[[], bytes]
) -> bool:
    """Whether the arrived version takes the place of the one held.

    The one with an end stays; the later end; the longer serialised form; the greater bytes; and where only
    their resources or scopes differ, the greater digest. The suppliers answer the span's serialised bytes and
    are asked only where everything else is equal and the digests are not.
    """
    if arrived.digest == held.digest and arrived.size == held.size:
        return False
    if arrived.end_ns != held.end_ns:
        return arrived.end_ns > held.end_ns  # an open span has the end 0
    if arrived.size != held.size:
        return arrived.size > held.size
    return (arrived_bytes(), arrived.digest) > (held_bytes(), held.digest)
