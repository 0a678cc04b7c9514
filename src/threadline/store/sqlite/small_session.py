"""The order, gaps, extremes and percentiles of a session small enough to list its turns in its own row."""

from collections.abc import Sequence

from threadline.model.values import I64_MAX
from threadline.sessions.totals import PAUSE_NS, nearest_rank
from threadline.store.sqlite.figures import Figures
from threadline.store.sqlite.session_row import Holder, SmallTurn
from threadline.store.sqlite.trace_row import INPUT, METADATA, OUTPUT, start_of

__all__ = ["change_list", "derive", "gap_ns", "pause_ns"]


def change_list(turns: Sequence[SmallTurn], removed: set[int], added: Sequence[SmallTurn]) -> list[SmallTurn]:
    """The turns in order, without those of these rows, with those that came."""
    return sorted([*(turn for turn in turns if turn.pk not in removed), *added], key=_order)


def gap_ns(end_before: int | None, place: int) -> int | None:
    """From the end of the turn before to the start of the turn at this place."""
    return None if end_before is None or place == I64_MAX else place + 1 - end_before


def pause_ns(gap: int | None) -> int:
    """The part of a gap that is no activity."""
    return gap if gap is not None and gap >= PAUSE_NS else 0


def derive(figures: Figures, turns: list[SmallTurn]) -> None:
    """Everything that depends on the turns' order or spread. At least one turn."""
    state, shown = figures.state, figures.shown
    latencies: list[int] = []
    pauses = 0
    end_before: int | None = None
    first_input = last_output = metadata = None
    for turn in turns:
        pauses += pause_ns(gap_ns(end_before, turn.place))
        end_before = turn.end
        if turn.latency is not None:
            latencies.append(turn.latency)
        if turn.said & OUTPUT:
            last_output = turn
        if first_input is None and turn.said & INPUT:
            first_input = turn
        if metadata is None and turn.said & METADATA:
            metadata = turn
    latencies.sort()
    figures.latency_p50 = nearest_rank(latencies, 0.5)
    figures.latency_p95 = nearest_rank(latencies, 0.95)
    figures.start_time = start_of(turns[0].place)
    figures.last_activity = max((turn.end for turn in turns if turn.end is not None), default=None)
    shown.pauses_ns = pauses
    shown.last_turn_status = turns[-1].status
    state.first = _holder(turns[0])
    state.first_input, state.last_output, state.metadata = _holder(first_input), _holder(last_output), _holder(metadata)
    state.small = turns
    state.p50 = state.p95 = None


def _order(turn: SmallTurn) -> tuple[int, bytes]:
    return turn.place, turn.trace_id


def _holder(turn: SmallTurn | None) -> Holder | None:
    return None if turn is None else (turn.place, turn.pk)
