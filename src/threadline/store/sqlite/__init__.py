"""The store on one SQLite file: FTS5 for text, zstd for what was received, everything exact."""

from threadline.store.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
