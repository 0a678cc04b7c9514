"""Examples of the REST API's answers, by operation id. A test holds each to its shape."""

from typing import Any

__all__ = ["EXAMPLES"]

EXAMPLES: dict[str, Any] = {}
