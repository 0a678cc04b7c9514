"""OpenInference flattens lists of objects to keys: `llm.input_messages.3.message.role`.

Indices may be sparse and start high (an SDK that keeps 128 attributes throws the oldest away), so nothing is
ever allocated by an index; only their order counts. An AnyValue in which nothing is set is absent.
"""

from collections.abc import Mapping
from typing import TypeAlias

from threadline.model.values import Attributes, Value

__all__ = ["NONE", "Grouped", "Lists", "group", "in_order", "index_and_rest", "lists"]

Grouped: TypeAlias = Mapping[int, Mapping[str, Value]]
Lists: TypeAlias = Mapping[str, Grouped]
"""By what stands before the index, its last dot included: `llm.input_messages.`."""
NONE: Grouped = {}

_INDEX_DIGITS_MAX = 12


def index_and_rest(key: str, prefix_length: int) -> tuple[int, str]:
    """The index that follows the prefix, and the key after it; (-1, '') when no index follows."""
    dot = key.find(".", prefix_length)
    digits = key[prefix_length:dot] if dot >= 0 else key[prefix_length:]
    if not 0 < len(digits) <= _INDEX_DIGITS_MAX or not digits.isascii() or not digits.isdigit():
        return -1, ""
    return int(digits), key[dot + 1 :] if dot >= 0 else ""


def group(attributes: Attributes, prefix: str) -> Grouped:
    """Attributes under `prefix`, by index, with what follows the index as their key; absent ones left out."""
    found: dict[int, dict[str, Value]] = {}
    length = len(prefix)
    for key, value in attributes.items():
        if value is not None and key.startswith(prefix):
            index, rest = index_and_rest(key, length)
            if index >= 0:
                found.setdefault(index, {})[rest] = value
    return found


def lists(attributes: Attributes, words: int) -> Lists:
    """`group` for every prefix of so many words (`llm.tools.` has two), in one walk; absent ones left out."""
    found: dict[str, dict[int, dict[str, Value]]] = {}
    for key, value in attributes.items():
        split = key.split(".", words + 1)
        if len(split) <= words or not (digits := split[words]).isdigit() or value is None:
            continue
        if len(digits) > _INDEX_DIGITS_MAX or not digits.isascii():
            continue
        prefix = ".".join(split[:words]) + "."
        rest = split[words + 1] if len(split) > words + 1 else ""
        found.setdefault(prefix, {}).setdefault(int(digits), {})[rest] = value
    return found


def in_order(grouped: Grouped) -> list[Mapping[str, Value]]:
    """The groups by ascending index."""
    return [grouped[index] for index in sorted(grouped)]
