"""Erasing traces: their rows from every table, their bytes from the blocks that others still need."""

from collections.abc import Sequence

import zstandard

from threadline.store.sqlite import segments
from threadline.store.sqlite.blocks import Address, blanked, pack, read_parts, release
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.named_users import forget_users
from threadline.store.sqlite.span_rows import erase_span_rows
from threadline.store.sqlite.text_index import drop_texts
from threadline.store.sqlite.transaction import Writer

__all__ = ["erase_traces"]


def erase_traces(writer: Writer, project: int, traces: Sequence[int]) -> None:
    """Take traces of one project out of every table, their spans' bytes out of the blocks that stay."""
    connection = writer.connection
    held: dict[int, int] = {}
    addresses: set[Address] = set()
    for pk in traces:
        for segment in segments.read(connection, pk):
            for entry in segment.entries:
                held[entry.block] = held.get(entry.block, 0) + 1
                addresses.add(entry.address)
            addresses.update(segment.past)
    drop_texts(connection, project, list(traces))
    erase_span_rows(writer, traces)
    forget_users(connection, traces)
    rows = [(pk,) for pk in traces]
    connection.executemany("delete from segment where trace = ?", rows)
    connection.executemany("delete from turn_text where trace = ?", rows)
    connection.executemany("delete from trace where id = ?", rows)
    release(connection, held)
    _blank(connection, addresses)


def _blank(connection: Database, addresses: set[Address]) -> None:
    blocks: dict[int, dict[int, set[int]]] = {}
    for block, part, ordinal in addresses:
        blocks.setdefault(block, {}).setdefault(part, set()).add(ordinal)
    for block, parts in blocks.items():
        if connection.execute("select 1 from block where id = ?", (block,)).get is None:
            continue
        bodies = read_parts(connection, block)
        for part, ordinals in parts.items():
            bodies[part] = blanked(bodies[part], ordinals)
        bodies.append(b"")  # one part more: `sizes` is never again what it was, by which readers know the block
        packed = pack(bodies, zstandard.ZstdCompressor(level=3))
        connection.execute("update block_body set sizes = ?, body = ? where block = ?", (*packed, block))
