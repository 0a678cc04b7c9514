"""What a run found, and how it is printed: one line a figure, beside its target."""

from collections.abc import Iterable, Sequence

import msgspec

__all__ = ["Figure", "at_least", "at_most", "percentile", "table"]


class Figure(msgspec.Struct, frozen=True):
    """One measured number."""

    what: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False
    """Whether the target is a floor; else a ceiling."""
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without one."""
        if self.target is None:
            return None
        return self.value >= self.target if self.at_least else self.value <= self.target

    @property
    def verdict(self) -> str:
        """`ok`, `MISSED` or nothing."""
        return {True: "ok", False: "MISSED", None: ""}[self.met]


def at_most(what: str, value: float, unit: str, target: float, note: str = "") -> Figure:
    """A figure whose target is a ceiling."""
    return Figure(what, value, unit, target, note=note)


def at_least(what: str, value: float, unit: str, target: float, note: str = "") -> Figure:
    """A figure whose target is a floor."""
    return Figure(what, value, unit, target, at_least=True, note=note)


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest rank: the ⌈share·n⌉-th smallest."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(share * 1_000) * len(ordered) // 1_000) - 1)]


def number(value: float) -> str:
    """As few digits as say something."""
    if value >= 1_000 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 100 else f"{value:.2f}"


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows with their columns lined up; figures stand to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if place in {1, 2} else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def target_text(figure: Figure) -> str:
    """The target with its sign."""
    if figure.target is None:
        return ""
    return f"{'≥' if figure.at_least else '≤'} {number(figure.target)}"


def table(figures: Iterable[Figure], peers: dict[str, Figure] | None = None, peer: str = "peer") -> str:
    """The figures as text; with `peers` (by `what`), theirs beside ours."""
    if peers is None:
        rows = [["what", "measured", "target", "unit", "", "note"]]
        rows += [[f.what, number(f.value), target_text(f), f.unit, f.verdict, f.note] for f in figures]
        return columns(rows)
    rows = [["what", "threadline", peer, "unit", "note"]]
    for figure in figures:
        other = peers.get(figure.what)
        note = other.note if other else "not measured there"
        rows.append([figure.what, number(figure.value), number(other.value) if other else "-", figure.unit, note])
    return columns(rows)
