"""Where spans are kept: one contract, an SQLite store, and the in-memory reference it is tested against."""
