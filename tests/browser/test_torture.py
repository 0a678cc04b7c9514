"""What no page should have to show, on small screens, enlarged, and with the spacing that some readers need."""

import pytest
from conversations import SECOND, now_ns, request, turn
from playwright.sync_api import Page, expect
from reflow import SPACING, cut_words, sideways
from served import Server

PROJECT = "torture"
WORD = "x" * 300
MIXED = "שלום hello مرحبا 123 \u202ereversed\u202c and back, עברית (parenthesis) 4471-b"
COLUMNS = 60
TABLE = "\n".join(
    "|" + "|".join(cells) + "|"
    for cells in (
        [f"column {n}" for n in range(COLUMNS)],
        ["---"] * COLUMNS,
        *([f"value {n} of row {row}" for n in range(COLUMNS)] for row in range(3)),
    )
)
MEGABYTE = ("All work and no play makes a long message. " * 24_000)[:1_000_000]
# 200 % of 1280x1024 and of 1440x900, and the narrowest.
VIEWS = {"phone": (320, 640), "enlarged": (640, 512), "enlarged wide": (720, 450), "desk": (1440, 900)}


@pytest.fixture(scope="module")
def addresses(server: Server) -> dict[str, str]:
    start = now_ns() - 3600 * SECOND
    said = [(WORD, MIXED), (MIXED, TABLE), (f"`{WORD}`", f"```\n{WORD}\n```"), (MEGABYTE, MEGABYTE), (WORD, TABLE)]
    turns = [
        turn(
            f"s {WORD}",
            asked,
            answered,
            start_ns=start + n * 60 * SECOND,
            user=WORD,
            extra={"tag.tags": WORD, WORD: WORD},
        )
        for n, (asked, answered) in enumerate(said)
    ]
    for spans in turns:
        spans[0].name = WORD
        server.send(request(PROJECT, spans))
    found = server.get("/v1/resolve/session", project=PROJECT, session_id=f"s {WORD}")
    assert isinstance(found, dict)
    traces = {f"trace {n}": f"/p/{PROJECT}/traces/{spans[0].trace_id.hex()}" for n, spans in enumerate(turns)}
    session = f"/p/{PROJECT}/sessions/{found['id']}"
    turned = {f"turn {n}": f"{session}?turn={n}" for n in range(1, len(said) + 1)}
    lists = {"sessions": f"/p/{PROJECT}/sessions", "traces": f"/p/{PROJECT}/traces"}
    return lists | turned | traces


NAMES = ["sessions", "traces", *(f"turn {n}" for n in range(1, 6)), *(f"trace {n}" for n in range(5))]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", NAMES)
def test_the_page_never_moves_sideways(page: Page, addresses: dict[str, str], name: str, view: str) -> None:
    width, height = VIEWS[view]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(addresses[name])
    expect(page.locator("main")).to_be_visible()
    page.wait_for_timeout(500)
    assert sideways(page) == (0, [])
    page.evaluate(SPACING)
    page.wait_for_timeout(200)
    assert sideways(page) == (0, [])
    if name.startswith("trace ") and view in {"phone", "desk"}:
        for tab in page.get_by_role("tab").all():
            tab.click()
            page.wait_for_timeout(100)
            assert sideways(page) == (0, [])


def test_a_megabyte_is_folded_and_opens(page: Page, addresses: dict[str, str]) -> None:
    for name, place in (("turn 4", page.get_by_role("region", name="Turn 4")), ("trace 3", page.locator("aside"))):
        page.goto(addresses[name])
        place.get_by_role("button", name="Show all").first.click()
        expect(place.get_by_role("button", name="Show less").first).to_be_visible()
        assert place.evaluate("node => node.textContent.length") > len(MEGABYTE)


@pytest.mark.parametrize("kept", ["Columns", "Labels"])
def test_words_stay_in_their_boxes_when_spaced(page: Page, addresses: dict[str, str], kept: str) -> None:
    page.goto(addresses["sessions"] if kept == "Columns" else f"/p/{PROJECT}/settings/labels")
    expect(page.locator("main")).to_be_visible()
    page.wait_for_timeout(300)
    page.evaluate(SPACING)
    assert cut_words(page) == []
