"""Threadline receives OpenTelemetry spans and shows the conversations they belong to."""

__all__ = ["__version__"]

__version__ = "0.1.0"
