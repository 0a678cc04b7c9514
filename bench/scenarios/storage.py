"""What long sessions weigh once they have settled."""

from bench.figures import Figure, at_most
from bench.shapes import FIFTY_TURNS
from bench.workbench import Workbench, finish

__all__ = ["measure"]


def measure(bench: Workbench) -> list[Figure]:
    """Sessions of 50 turns that arrived interleaved, then re-filed by the store's background work."""
    path = bench.filled(FIFTY_TURNS)
    received = bench.load(FIFTY_TURNS).body_bytes
    settled = bench.copy(path, "settled")
    finish(settled, "settle")
    note = f"{received / 1e6:,.0f} MB received; {path.stat().st_size / received:.3f} before settling"
    return [
        at_most(
            "sessions of 50 turns, settled, per byte received", settled.stat().st_size / received, "B/B", 0.15, note
        )
    ]
