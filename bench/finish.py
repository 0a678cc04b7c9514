"""Does the background work of a stopped server's database at once: `python -m bench.finish FILE index|settle`."""

import argparse
import time
from pathlib import Path

from threadline.model.limits import Limits
from threadline.store.sqlite import SqliteStore

__all__: list[str] = []

STEPS_MAX = 1_000_000
SECONDS_MAX = 1_700.0


def main() -> None:
    """`index` brings the text index up to date; `settle` also treats every session as idle."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("how", choices=["index", "settle"])
    arguments = parser.parse_args()
    store = SqliteStore.open(arguments.file, limits=Limits())
    end = time.monotonic() + SECONDS_MAX
    try:
        store.fold_pending()
        for _ in range(STEPS_MAX):
            if not store.index_pending() or time.monotonic() > end:
                break
        for _ in range(STEPS_MAX if arguments.how == "settle" else 0):
            if not store.maintain(settle_all=True) or time.monotonic() > end:
                break
    finally:
        store.close()


if __name__ == "__main__":
    main()
