"""Lists, search and the first page of a very long session, as whole HTTP requests."""

from collections.abc import Mapping
from urllib.parse import quote

import msgspec

from bench.connection import Connection
from bench.conversations import ABSENT_COMMON_TRIGRAMS, ABSENT_WORD, COMMON_WORD, RARE_WORD
from bench.figures import Figure, at_most, percentile
from bench.shapes import ENDLESS, MANY, SOME
from bench.workbench import Workbench
from threadline.store.contract import SESSION_SORTS

__all__ = ["LIST", "measure", "times_ms"]

LIST = "/v1/projects/bench/sessions?limit=50"
SORTS = [sign + sort for sort in SESSION_SORTS for sign in ("-", "")]
SEARCHES: Mapping[str, str] = {
    "a word in most turns": COMMON_WORD,
    "a rare word": RARE_WORD,
    "an absent word": ABSENT_WORD,
    "an absent word of common trigrams": ABSENT_COMMON_TRIGRAMS,
    "two characters": "ba",
    "two characters, absent": "qq",
}
WARM_UPS = 3


def times_ms(link: Connection, path: str, repeats: int) -> list[float]:
    """How long each of so many equal requests took; all must succeed."""
    return [time_ms(link, path) for _ in range(WARM_UPS + repeats)][WARM_UPS:]


def time_ms(link: Connection, path: str) -> float:
    """How long one request took; it must succeed."""
    answer = link.get(path)
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {answer.body[:300]!r}")
    return answer.ms


def measure(bench: Workbench) -> list[Figure]:
    """All of it; each database is filled when it is first needed."""
    some, most = bench.filled(SOME), bench.filled(MANY)
    with bench.server(some) as small, bench.server(most) as server:
        link = server.rest().connect()
        few, many = sorts(small.rest().connect(), link, bench.repeats)
        found = searches(link, bench.repeats)
        project = msgspec.json.decode(link.get("/v1/projects").body)["data"][0]
    worst = max(many, key=lambda sort: many[sort])
    ratio = max(SORTS, key=lambda sort: many[sort] / few[sort])
    held = f"{project['session_count']:,} sessions, {project['span_count']:,} spans"
    return [
        at_most("list, the slowest sort, p50", many[worst], "ms", 8, f"sort={worst}; {held}"),
        Figure("list, last activity, p50", many["-last_activity"], "ms"),
        Figure("list, the slowest sort at 2,000 sessions, p50", max(few.values()), "ms"),
        at_most("list at 40,000 sessions over 2,000, worst sort", many[ratio] / few[ratio], "x", 1.5, f"sort={ratio}"),
        *found,
        *endless(bench),
    ]


def sorts(small: Connection, large: Connection, repeats: int) -> tuple[dict[str, float], dict[str, float]]:
    """p50 of the first page by every sort, of both servers.

    The two are asked in turn, request by request: a ratio of times taken minutes apart says more about the machine
    than about the store.
    """
    few, many = {}, {}
    for sort in SORTS:
        path = f"{LIST}&sort={sort}"
        pairs = [(time_ms(small, path), time_ms(large, path)) for _ in range(WARM_UPS + repeats)][WARM_UPS:]
        few[sort], many[sort] = (percentile(list(times), 0.5) for times in zip(*pairs, strict=True))
    return few, many


def searches(link: Connection, repeats: int) -> list[Figure]:
    """Literal text over all sessions."""
    figures = []
    for what, text in SEARCHES.items():
        path = f"{LIST}&text={quote(text)}"
        found = len(msgspec.json.decode(link.get(path).body)["data"])
        value = percentile(times_ms(link, path, repeats), 0.5)
        figures.append(at_most(f"search, {what}, p50", value, "ms", 25, f"text={text}, {found} sessions on the page"))
    return figures


def endless(bench: Workbench) -> list[Figure]:
    """The first page of a session of 20,000 turns, and its other end."""
    with bench.server(bench.filled(ENDLESS)) as server:
        link = server.rest().connect()
        session = msgspec.json.decode(link.get(LIST).body)["data"][0]
        base = f"/v1/projects/bench/sessions/{session['id']}"
        paths = {
            "turns": f"{base}/turns?limit=50",
            "transcript": f"{base}/transcript?limit=50",
            "last turns": f"{base}/turns?limit=50&from_turn=-50",
        }
        figures = []
        for what, path in paths.items():
            value = percentile(times_ms(link, path, bench.repeats), 0.5)
            figures.append(at_most(f"{session['turn_count']:,}-turn session, {what}, p50", value, "ms", 10))
        outline = link.get(f"{base}/outline")
        figures.append(
            Figure(
                f"{session['turn_count']:,}-turn session, outline",
                outline.ms,
                "ms",
                note=f"{len(outline.body) / 1e3:,.0f} kB, not compressed",
            )
        )
    return figures
