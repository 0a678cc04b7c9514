"""A trace's row: its record as a blob, and beside it the columns that SQL sorts, joins and sums."""

import msgspec

from threadline.model.trace import TraceRecord
from threadline.model.values import I64_MAX
from threadline.store.sqlite.texts import Sides

__all__ = ["INPUT", "METADATA", "OUTPUT", "decode_record", "encode_record", "place_of", "said_bits", "start_of"]

INPUT, OUTPUT, METADATA = 1, 2, 4
"""Bits of `said`: what a turn can lend to its session's row."""

decode_record = msgspec.msgpack.Decoder(TraceRecord).decode
encode_record = msgspec.msgpack.Encoder().encode


def place_of(start_ns: int | None) -> int:
    """Where a trace stands in time; without a time after all others."""
    return I64_MAX if start_ns is None else start_ns - 1


def start_of(place: int) -> int | None:
    """The other way."""
    return None if place == I64_MAX else place + 1


def said_bits(record: TraceRecord, sides: Sides) -> int:
    """What the turn has of INPUT, OUTPUT and METADATA; whitespace is nothing."""
    bits = METADATA if record.metadata else 0
    if sides.input and not sides.input.isspace():
        bits |= INPUT
    if sides.output and not sides.output.isspace():
        bits |= OUTPUT
    return bits
