"""Blocks: received requests packed together and compressed, spans addressed by (block, part, ordinal).

Concatenated ExportTraceServiceRequests are themselves one: repeated fields merge. So a block's body is a
request too; its parts are kept apart (`sizes`) so that reading one span cuts only its own part.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import msgspec
import zstandard

from threadline.errors import StoreFailed
from threadline.otlp.export import join
from threadline.otlp.wire import RawGroup, RawSpan, read_groups, read_request
from threadline.store.contract import STORED
from threadline.store.sqlite.database import Database

__all__ = ["BLOCK_BYTES", "Address", "KeptBlocks", "Packed", "blanked", "pack", "raw_spans", "read_parts", "release"]

BLOCK_BYTES = 2**20
"""Raw bytes of a block on the hot path: more compress better, fewer are read faster."""

BLOCKS_KEPT = 2
KEPT_BYTES_MAX = 8 * 2**20
"""Larger blocks are not kept in memory after reading; a settled one has a little over 4 MiB."""

KEPT_BLOCKS_BYTES = 32 * 2**20
"""What readers keep unpacked in all."""
CUT_SPAN_BYTES = 200
"""What knowing the place of one span takes."""

Address: TypeAlias = tuple[int, int, int]
"""(block, part, ordinal of the span within the part)"""

_decode_sizes = msgspec.msgpack.Decoder(list[int]).decode
_encode = msgspec.msgpack.Encoder().encode


class Packed(NamedTuple):
    """A block ready to be written."""

    sizes: bytes
    body: bytes


def pack(parts: Sequence[bytes], compressor: zstandard.ZstdCompressor) -> Packed:
    """One block of these parts."""
    return Packed(_encode([len(part) for part in parts]), compressor.compress(b"".join(parts)))


def read_parts(connection: Database, block: int) -> list[bytes]:
    """The parts of a block as they came."""
    row = connection.execute("select sizes, body from block_body where block = ?", (block,)).fetchone()
    if row is None:
        raise _missing(block)
    sizes, body = row
    if zstandard.frame_content_size(body) > KEPT_BYTES_MAX:
        return _parts(sizes, body)
    return list(_recent_parts(sizes, body))


def _missing(block: int) -> StoreFailed:
    return StoreFailed("block_missing", f"Block {block} is missing: the database is damaged.")


def _parts(sizes: bytes, packed: bytes) -> list[bytes]:
    body = zstandard.ZstdDecompressor().decompress(packed, max_output_size=2**31)
    parts, at = [], 0
    for size in _decode_sizes(sizes):
        parts.append(body[at : at + size])
        at += size
    return parts


# The writer compares versions of spans, whose blocks it reads one span at a time. Kept by content, so that
# neither what an erasure rewrites nor what was rolled back is ever answered from here.
_recent_parts = lru_cache(maxsize=BLOCKS_KEPT)(_parts)


def _cut(part: bytes) -> list[RawSpan]:
    return read_request(part, STORED)


_recent_cut = lru_cache(maxsize=BLOCKS_KEPT)(_cut)


def raw_spans(
    connection: Database, addresses: Iterable[Address], kept: "KeptBlocks | None" = None
) -> Iterator[tuple[Address, RawSpan]]:
    """The spans at these addresses, block by block, each block and part read once.

    `kept` is for readers alone: the number of a block that was rolled back comes again with other content.
    """
    blocks: dict[int, dict[int, list[Address]]] = {}
    for address in addresses:
        blocks.setdefault(address[0], {}).setdefault(address[1], []).append(address)
    for block in sorted(blocks):
        if kept is not None:
            found = kept.read(connection, block, [address for part in blocks[block].values() for address in part])
            yield from found
            continue
        parts = read_parts(connection, block)
        for part, wanted in blocks[block].items():
            cut = _recent_cut if len(parts[part]) <= KEPT_BYTES_MAX else _cut
            spans = cut(parts[part])
            for address in wanted:
                yield address, spans[address[2]]


class _Unpacked:
    """A block's parts; each is cut when one of its spans is first asked for."""

    __slots__ = ("cut", "parts", "weight")

    def __init__(self, parts: list[bytes]) -> None:
        self.parts = parts
        self.cut: dict[int, list[tuple[RawGroup, tuple[int, int]]]] = {}
        self.weight = sum(map(len, parts))

    def span(self, address: Address) -> RawSpan:
        _, part, ordinal = address
        spans = self.cut.get(part)
        if spans is None:
            groups = read_groups(self.parts[part], STORED)
            spans = [(group, place) for group in groups for place in group.ranges]
            self.cut[part] = spans
            self.weight += CUT_SPAN_BYTES * len(spans)
        group, (start, end) = spans[ordinal]
        return RawSpan(
            group.resource,
            group.resource_schema_url,
            group.scope,
            group.scope_schema_url,
            self.parts[part][start:end],
        )


class KeptBlocks:
    """Blocks of one file as readers unpacked them, those read last, up to so many bytes in all. For any thread.

    A block is known by its number and its `sizes`. A committed number never comes back, and an erasure always
    changes `sizes`: what it took away is never answered from here.
    """

    def __init__(self, bytes_max: int = KEPT_BLOCKS_BYTES) -> None:
        """Nothing is kept yet."""
        self._bytes_max = bytes_max
        self._blocks: OrderedDict[tuple[int, bytes], _Unpacked] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, connection: Database, block: int, addresses: Sequence[Address]) -> list[tuple[Address, RawSpan]]:
        """Spans of one block. Raises StoreFailed when it is missing."""
        sizes = connection.execute("select sizes from block_body where block = ?", (block,)).get
        if sizes is None:
            raise _missing(block)
        with self._lock:
            found = self._blocks.pop((block, sizes), None)
        if found is None:
            body = connection.execute("select body from block_body where block = ?", (block,)).get
            found = _Unpacked(_parts(sizes, body))
        spans = [(address, found.span(address)) for address in addresses]
        self._keep((block, sizes), found)
        return spans

    def _keep(self, key: tuple[int, bytes], unpacked: _Unpacked) -> None:
        with self._lock:
            for old in [each for each in self._blocks if each[0] == key[0]]:
                del self._blocks[old]  # as it was before an erasure, or as another thread unpacked it
            if unpacked.weight > self._bytes_max:
                return
            self._blocks[key] = unpacked
            total = sum(each.weight for each in self._blocks.values())
            while total > self._bytes_max:
                total -= self._blocks.popitem(last=False)[1].weight


def release(connection: Database, counts: Mapping[int, int]) -> None:
    """So many spans of each block are no longer referred to; a block without any is deleted."""
    for block, n in counts.items():
        row = connection.execute("update block set held = held - ? where id = ? returning held", (n, block)).fetchone()
        if row is not None and row[0] <= 0:
            connection.execute("delete from block where id = ?", (block,))
            connection.execute("delete from block_body where block = ?", (block,))


def blanked(part: bytes, ordinals: Iterable[int]) -> bytes:
    """The part with these spans made empty, so that all others keep their ordinals."""
    gone = set(ordinals)
    spans = [
        raw._replace(span=b"") if ordinal in gone else raw for ordinal, raw in enumerate(read_request(part, STORED))
    ]
    return join(spans)
