"""Every store in every configuration that the contract is held to."""

from pathlib import Path
from typing import Any

from threadline.store.memory import MemoryStore
from threadline.store.sqlite import SqliteStore

SQLITE: dict[str, dict[str, Any]] = {
    "sqlite": {},
    "sqlite, large sessions": {"small_session_max": 1},
    "sqlite, late folds": {"fold_at_once_max": 1, "small_session_max": 2},
}
STORES = ("memory", *SQLITE)


def open_store(name: str, folder: Path) -> Any:
    return MemoryStore() if name == "memory" else SqliteStore.open(folder / "t.db", **SQLITE[name])
