"""The attribute `metadata`: a JSON object, as text, as a map, or flattened to `metadata.KEY`."""

from collections.abc import Iterable, Mapping
from typing import Any

from threadline.conventions.json_text import read_json, write_json
from threadline.model.values import Attributes

__all__ = ["may_hold_metadata", "metadata"]

_PREFIX = "metadata."


def may_hold_metadata(keys: Iterable[str]) -> bool:
    """Whether `metadata` has anything to read under these keys."""
    return any(key == "metadata" or key.startswith(_PREFIX) for key in keys)


def metadata(attributes: Attributes, bytes_max: int) -> tuple[Mapping[str, Any] | None, str | None]:
    """The object, and its text for storing; the text is None when there is none or it is over the limit."""
    value = attributes.get("metadata")
    if type(value) is str:
        read = read_json(value) if value.lstrip()[:1] == "{" else None
        if isinstance(read, dict):
            return read, _within(value, bytes_max) if read else None
    elif isinstance(value, dict) and value:
        return value, _within(write_json(value), bytes_max)
    flat = {key[len(_PREFIX) :]: value for key, value in attributes.items() if key.startswith(_PREFIX)}
    return None, _within(write_json(flat), bytes_max) if flat else None


def _within(text: str, bytes_max: int) -> str | None:
    return text if len(text) <= bytes_max and len(text.encode("utf-8", "replace")) <= bytes_max else None
