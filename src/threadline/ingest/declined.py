"""Logs and metrics: read far enough to say how much was not kept, so that no sender believes otherwise."""

from threadline.ingest.budget import Lease
from threadline.ingest.outcome import Outcome
from threadline.model.limits import Limits
from threadline.otlp.compression import inflate
from threadline.otlp.other_signals import count_records

__all__ = ["decline"]

_WHAT = {"logs": "log records", "metrics": "data points"}


def decline(signal: str, body: bytes, lease: Lease, limits: Limits, *, content: str, encoding: str) -> Outcome:
    """The outcome of a `logs` or `metrics` request: all of it rejected, in words.

    Blocks while it inflates and counts. Raises what `Ingest.submit` raises, but StoreFailed.
    """
    inflated = inflate(body, encoding, limits.body_bytes_max, lease.grow)
    count = count_records(signal, inflated, limits, json=content == "json")
    message = ""
    if count:
        setting = f"OTEL_{signal.upper()}_EXPORTER=none"
        message = (
            f"{count} {_WHAT[signal]} were not kept: this version keeps traces only. {setting} stops sending them."
        )
    return Outcome(spans=0, kept=0, rejected=count, message=message, projects=(), session_id_key=None)
