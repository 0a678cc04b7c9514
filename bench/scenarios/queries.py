"""Queries of the grammar as whole HTTP requests: lists, figures with facets, on 40,000 sessions of all sorts."""

from collections.abc import Mapping
from urllib.parse import quote

import msgspec

from bench.connection import Connection
from bench.figures import Figure, at_most, percentile
from bench.scenarios.reading import times_ms
from bench.shapes import VARIED
from bench.workbench import Workbench

__all__ = ["measure"]

PROJECT = "/v1/projects/bench"
QUERIES = (
    "user:user-17",
    "user:user-1*",
    "model:mistral-large",
    "model:gpt-5*",
    "tool:cancel_invoice",
    "agent:translator",
    "tag:vip tag:eval",
    "env:staging",
    "kind:retriever",
    "-has:error",
    "status:error model:o4",
    "turns:>8",
    "turns:>1000",
    "tokens:>10k",
    "latency:>10s",
    "duration:<30s",
    "has:annotation",
    "span:(tool:search_docs status:error)",
    "span:(kind:llm latency:>20s)",
    "turn:(status:error tool:search_docs)",
    "turn:(latency:>15s -has:error)",
    "turn:(user:user-17 status:error)",
    "-user:user-1 (tool:cancel_order OR tag:vip) -has:error",
    "quixotry",
    "quixotry has:error",
    "sess-00012345",
    "however turns:>5 has:error",
    "said-by:user however",
    "said-by:assistant however",
    "said-by:user quixotry -has:error",
    "turn:(said-by:user however status:error)",
    "-however",
    "qq",
)
METADATA = (
    "metadata.plan:enterprise",
    "metadata.order.id:ORD-012345",
    "metadata.build:2026.3*",
    "metadata.locale:ja-jp turns:>5",
    "turn:(metadata.plan:pro status:error)",
    "ORD-012345",
)
FIGURES: Mapping[str, str] = {
    "the whole project": "",
    "half": "model:gpt-5",
    "a twelfth": "has:error",
    "a few": "user:user-17",
    "spans": "span:(tool:search_docs status:error)",
    "a rare word": "quixotry",
}
MOST_TURNS = "however"


def measure(bench: Workbench) -> list[Figure]:
    """All of it."""
    with bench.server(bench.filled(VARIED)) as server:
        link = server.connect()
        return [
            *lists(link, "list of any query", QUERIES, 50, bench.repeats),
            *lists(link, "list of a query for metadata", METADATA, 250, bench.repeats),
            *figures(link, bench.repeats),
        ]


def lists(link: Connection, what: str, queries: tuple[str, ...], target_ms: float, repeats: int) -> list[Figure]:
    """p50 over all queries, and the slowest one."""
    times = {query: times_ms(link, f"{PROJECT}/sessions?limit=50&q={quote(query)}", repeats) for query in queries}
    every = [each for of_query in times.values() for each in of_query]
    middle = {query: percentile(of_query, 0.5) for query, of_query in times.items()}
    slowest = max(middle, key=lambda query: middle[query])
    return [
        at_most(f"{what}, p50", percentile(every, 0.5), "ms", target_ms, f"{len(queries)} queries"),
        Figure(f"{what}, p95", percentile(every, 0.95), "ms"),
        at_most(f"{what}, the slowest query, p50", middle[slowest], "ms", target_ms, f"q={slowest}"),
    ]


def figures(link: Connection, repeats: int) -> list[Figure]:
    """Stats and facets one after the other, as a page asks for both."""
    found, every = [], []
    for what, query in FIGURES.items():
        times = _figures_ms(link, query, repeats)
        every += times
        found.append(Figure(f"stats with facets, {what}, p50", percentile(times, 0.5), "ms", note=f"q={query}"))
    times = _figures_ms(link, MOST_TURNS, repeats)
    complete = msgspec.json.decode(link.get(f"{PROJECT}/stats?q={quote(MOST_TURNS)}").body)["complete"]
    note = f"q={MOST_TURNS}, {'complete' if complete else 'marked incomplete'}"
    return [
        at_most("stats with facets, p50", percentile(every, 0.5), "ms", 150, f"{len(FIGURES)} queries"),
        Figure("stats with facets, p95", percentile(every, 0.95), "ms"),
        *found,
        at_most("stats with facets, a word in most turns, p50", percentile(times, 0.5), "ms", 500, note),
    ]


def _figures_ms(link: Connection, query: str, repeats: int) -> list[float]:
    asked = f"?q={quote(query)}" if query else ""
    both = (times_ms(link, f"{PROJECT}/{what}{asked}", repeats) for what in ("stats", "facets"))
    return [stats + facets for stats, facets in zip(*both, strict=True)]
