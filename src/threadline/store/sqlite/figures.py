"""A session's figures while a commit changes them."""

from typing import Any

import msgspec

from threadline.model.values import I64_MAX, capped
from threadline.store.sqlite.session_row import Shown, State
from threadline.store.sqlite.transaction import SessionChange, TraceView

__all__ = ["CHANGING", "READ", "Figures"]

ERROR = 2

CHANGING = (
    "last_activity",
    "start_time",
    "duration",
    "turn_count",
    "span_count",
    "error_count",
    "prompt_tokens",
    "completion_tokens",
    "total_tokens",
    "cost",
    "unpriced",
    "latency_p50",
    "latency_p95",
    "shown",
    "state",
)
"""The columns of a session that its turns change."""

READ = f"select key, project, session_id, {', '.join(CHANGING)} from session where id = ?"  # noqa: S608 - constants

_decode_shown = msgspec.msgpack.Decoder(Shown).decode
_decode_state = msgspec.msgpack.Decoder(State).decode
_encode = msgspec.msgpack.Encoder().encode


SUMS = ("prompt_tokens", "completion_tokens", "total_tokens", "cache_read_tokens", "cost")
"""What may pass 64 bits."""


class Figures:
    """Sums change here, always exactly; order, gaps and percentiles in `small_session` and `large_session`."""

    __slots__ = (
        "cache_read_tokens",
        "completion_tokens",
        "cost",
        "error_count",
        "key",
        "last_activity",
        "latency_p50",
        "latency_p95",
        "project",
        "prompt_tokens",
        "session_id",
        "shown",
        "span_count",
        "start_time",
        "state",
        "total_tokens",
        "turn_count",
        "unpriced",
    )

    def __init__(self, row: tuple[Any, ...]) -> None:
        (
            self.key,
            self.project,
            self.session_id,
            self.last_activity,
            self.start_time,
            _,
            self.turn_count,
            self.span_count,
            self.error_count,
            self.prompt_tokens,
            self.completion_tokens,
            self.total_tokens,
            self.cost,
            self.unpriced,
            self.latency_p50,
            self.latency_p95,
        ) = row[:16]
        self.shown = _decode_shown(row[16]) if row[16] else Shown()
        self.state = _decode_state(row[17]) if row[17] else State()
        self.cache_read_tokens = self.shown.cache_read_tokens
        for name, exact in self.state.wide.items():
            setattr(self, name, int(exact))

    @classmethod
    def begin(cls, change: SessionChange) -> "Figures":
        """Of a session without turns."""
        nothing = (None, None, None, 0, 0, 0, 0, 0, 0, None, 0, None, None, None, None)
        return cls((change.key, change.project, change.session_id, *nothing))

    def count(self, view: TraceView, sign: int) -> None:
        """Put a turn into the sums (sign 1) or take it out (-1)."""
        record = view.record
        self.turn_count += sign
        self.span_count += sign * record.span_count
        self.error_count += sign * (record.status == ERROR)
        self.prompt_tokens += sign * record.prompt_tokens
        self.completion_tokens += sign * record.completion_tokens
        self.total_tokens += sign * record.total_tokens
        self.cache_read_tokens += sign * record.cache_read_tokens
        self.unpriced += sign * record.unpriced_spans
        if record.latency_ns is not None:
            self.state.latencies += sign
        if record.cost_nano is not None:
            self.state.costs += sign
            self.cost = (self.cost or 0) + sign * record.cost_nano
        if not self.state.costs:
            self.cost = None

    def to_row(self) -> tuple[Any, ...]:
        """The values of CHANGING, in their order: sums as `summarise` answers them, wide ones exact in `state`."""
        sums = [getattr(self, name) for name in SUMS]
        self.state.wide = {
            name: str(exact) for name, exact in zip(SUMS, sums, strict=True) if exact is not None and exact > I64_MAX
        }
        self.shown.cache_read_tokens = capped(self.cache_read_tokens)
        last, start = self.last_activity, self.start_time
        return (
            last,
            start,
            None if last is None or start is None else last - start,
            self.turn_count,
            self.span_count,
            self.error_count,
            capped(self.prompt_tokens),
            capped(self.completion_tokens),
            capped(self.total_tokens),
            None if self.cost is None else capped(self.cost),
            self.unpriced,
            self.latency_p50,
            self.latency_p95,
            _encode(self.shown),
            _encode(self.state),
        )
