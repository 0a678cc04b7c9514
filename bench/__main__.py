"""`python -m bench`: measure this checkout's server against its figures, or beside a peer."""

import argparse
import importlib
import os
import platform
import sys
import tempfile
from pathlib import Path

import msgspec

from bench.figures import Figure, table
from bench.peers.comparison import compare
from bench.peers.contestant import Threadline
from bench.peers.phoenix import Phoenix
from bench.servers import threadline
from bench.workbench import Workbench

__all__: list[str] = []

PEERS = {"phoenix": Phoenix}
SCENARIOS = (
    "decode",
    "start",
    "ingest",
    "kill",
    "storage",
    "reading",
    "listing_under_load",
    "page",
    "page_list",
    "page_long",
)


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("scenario", nargs="*", help=f"which ones: {', '.join(SCENARIOS)}; all by default")
    parser.add_argument("--work", type=Path, help="folder for loads and databases, kept for the next run (several GB)")
    parser.add_argument("--seconds", type=float, default=30.0, help="length of each run under load")
    parser.add_argument("--repeats", type=int, default=60, help="requests behind each percentile")
    parser.add_argument("--command", help="start this instead of threadline; {port} and {data} are filled in")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--peer", choices=sorted(PEERS), help="run the same against a peer installed from PyPI")
    return parser.parse_args()


def machine() -> str:
    """What it ran on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def run(names: list[str], bench: Workbench) -> tuple[list[Figure], list[str]]:
    """The figures of these scenarios, and the names of those that failed."""
    figures: list[Figure] = []
    failed: list[str] = []
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            found: list[Figure] = importlib.import_module(f"bench.scenarios.{name}").measure(bench)
        except Exception as error:  # noqa: BLE001 - one scenario must not cost the others
            print(f"{name} failed: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            failed.append(name)
            continue
        print(table(found), flush=True)
        figures += found
    return figures, failed


def main() -> int:
    """1 when a scenario failed or a target was missed."""
    asked = arguments()
    unknown = set(asked.scenario) - set(SCENARIOS)
    if unknown:
        print(f"no such scenario: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    folder = asked.work or Path(tempfile.mkdtemp(prefix="bench-"))
    bench = Workbench(folder, threadline(asked.command), seconds=asked.seconds, repeats=asked.repeats)
    print(f"{machine()}; work in {folder}\n", flush=True)
    if asked.peer:
        figures, theirs = compare(Threadline(bench.command), PEERS[asked.peer](folder), bench)
        print("\n" + table(figures, {figure.what: figure for figure in theirs}, asked.peer))
        failed: list[str] = []
    else:
        figures, failed = run(list(asked.scenario or SCENARIOS), bench)
        print("\n" + table(figures))
    if asked.json:
        asked.json.write_bytes(msgspec.json.format(msgspec.json.encode({"machine": machine(), "figures": figures})))
    missed = [figure.what for figure in figures if figure.met is False]
    return 1 if failed or missed else 0


if __name__ == "__main__":
    sys.exit(main())
