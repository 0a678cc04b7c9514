"""Counters in the text format of Prometheus."""

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from threadline.server.context import Context

__all__ = ["exposition"]

HELP = {
    "requests": "OTLP requests received.",
    "requests_failed": "OTLP requests whose commit failed.",
    "requests_refused": "OTLP requests answered with 'busy, come back'.",
    "bytes_received": "Bytes of OTLP requests as received.",
    "spans_received": "Spans in OTLP requests.",
    "spans_kept": "Spans kept, durably.",
    "spans_rejected": "Spans named in partial_success.",
    "spans_refused_deleted": "Spans of deleted traces and end users, refused.",
    "commits": "Durable commits.",
    "background_failures": "Steps of background work that failed.",
}


def exposition(context: "Context") -> str:
    """All metrics, each with its type. Project names are no labels: senders choose them."""
    lines: list[str] = []
    for name, value in msgspec.structs.asdict(context.ingest.counters).items():
        _add(lines, f"threadline_{name}_total", "counter", HELP.get(name, name.replace("_", " ")), value)
    projects = context.store.projects()
    _add(lines, "threadline_projects", "gauge", "Projects stored.", len(projects))
    _add(lines, "threadline_sessions", "gauge", "Sessions stored.", sum(one.session_count for one in projects))
    _add(lines, "threadline_traces", "gauge", "Traces stored.", sum(one.trace_count for one in projects))
    _add(lines, "threadline_spans", "gauge", "Spans stored.", sum(one.span_count for one in projects))
    return "\n".join([*lines, ""])


def _add(lines: list[str], name: str, kind: str, meaning: str, value: float) -> None:
    lines += [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}", f"{name} {value}"]
