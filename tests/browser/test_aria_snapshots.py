"""What every page says in each of its main states, as a whole: headings, words, names, values, order.

The files are in snapshots/aria; `make snapshots` writes them anew from the page as it is.
"""

from collections.abc import Callable

import pytest
import seeded
from playwright.sync_api import Page, expect
from seeded import ARRIVING
from served import Server
from snapshots import FOLDER, compare
from states import STATES, State, go
from watched import Watched


@pytest.mark.parametrize("state", STATES, ids=[state.name for state in STATES])
def test_it_says_what_it_said(
    still: Page, still_watched: Watched, shop: tuple[Server, dict[str, str]], state: State, *, renew: bool
) -> None:
    still_watched.expect(state.faults or "^$")
    go(still, shop[1], state)
    compare(still.locator(state.part), state.name, renew=renew)


def test_what_arrives_waits_behind_a_pill(
    still: Page, still_watched: Watched, start_server: Callable[..., Server], *, renew: bool
) -> None:
    server = start_server(seeded.NOW_NS)
    still_watched.origin = server.url
    seeded.begin(server)
    still.goto(f"{server.url}/p/{ARRIVING}/sessions")
    expect(still.get_by_role("switch", name="Live: Live")).to_be_visible()
    seeded.arrive(server)
    expect(still.get_by_role("button", name="2 new")).to_be_visible()
    compare(still.locator("body"), "sessions-arrived", renew=renew)


def test_every_snapshot_is_of_a_state(*, renew: bool) -> None:
    names = {"sessions-arrived", *(state.name for state in STATES)}
    forgotten = [file for file in (FOLDER / "aria").iterdir() if file.stem not in names]
    if renew:
        for file in forgotten:
            file.unlink()
        return
    assert forgotten == []
