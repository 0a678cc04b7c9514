"""A turn as text for elsewhere, exports, and mathematics."""

import json

import pytest
from conversations import SECOND, now_ns, refund_turn, request, turn
from playwright.sync_api import BrowserContext, Page, expect
from served import Server

PROJECT = "texts"
FORMULA = "It is \\(x = \\frac{1}{2}\\), and it costs $5 and $6.\n\n$$\\sum_{i=1}^n i$$"


@pytest.fixture(scope="module")
def address(server: Server) -> str:
    start = now_ns() - 3600 * SECOND
    spans = turn("s-1", "I was charged twice", "I found **two** charges.", start_ns=start)
    spans += refund_turn("s-1", start_ns=start + 60 * SECOND)
    spans += turn("s-1", "and the formula?", FORMULA, start_ns=start + 120 * SECOND)
    server.send(request(PROJECT, spans))
    found = server.get("/v1/resolve/session", project=PROJECT, session_id="s-1")
    assert isinstance(found, dict)
    return f"/p/{PROJECT}/sessions/{found['id']}"


def copied(page: Page, form: str, number: int = 2) -> str:
    page.get_by_role("button", name=f"Actions on turn {number}").click()
    page.get_by_role("menuitem", name=form, exact=True).click()
    expect(page.get_by_role("status").filter(has_text=f"Turn {number} copied: {form}")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert isinstance(text, str)
    return text


def test_a_turn_is_copied_in_five_forms(context: BrowserContext, page: Page, address: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    markdown = copied(page, "Markdown")
    assert markdown.startswith("## Turn 2\n\n**User**\n\nyes, refund the card ending 88")
    assert "Tool `create_refund` ✕ failed" in markdown
    assert "charged twice" not in markdown
    assert json.loads(copied(page, "JSON"))["messages"][0]["role"] == "user"
    messages = json.loads(copied(page, "OpenAI messages up to here"))
    assert [each["role"] for each in messages] == ["user", "assistant", "user", "assistant", "tool", "assistant"]
    assert messages[3]["tool_calls"][0]["id"] == messages[4]["tool_call_id"]
    line = copied(page, "Dataset line (JSONL)")
    assert line.count("\n") == 1
    assert json.loads(line)["output"] == "I could not start the refund just now."
    command = copied(page, "cURL")
    assert command.startswith("curl https://")
    body = json.loads(command.split("<<'JSON'\n")[1].removesuffix("\nJSON"))
    assert body["messages"][-1] == {"role": "user", "content": "yes, refund the card ending 88"}


@pytest.mark.parametrize(
    ("name", "ending"),
    [("JSONL", "jsonl"), ("Markdown", "md"), ("OpenAI fine-tuning messages up to turn 2", "jsonl"), ("OTLP", "otlp")],
)
def test_a_session_is_exported(page: Page, address: str, name: str, ending: str) -> None:
    page.goto(f"{address}?turn=2")
    expect(page.get_by_role("region", name="Turn 2", exact=True)).to_be_visible()
    page.get_by_role("button", name="Actions on the session").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=name, exact=True).click()
    assert download.value.suggested_filename.endswith(ending)
    body = download.value.path().read_bytes()
    assert b"charged twice" in body
    assert (b"the formula" in body) == ("turn 2" not in name)


def test_mathematics_is_drawn_and_prices_are_not(page: Page, address: str) -> None:
    page.goto(f"{address}?turn=3")
    third = page.get_by_role("region", name="Turn 3", exact=True)
    expect(third.locator("math mfrac")).to_have_count(1)
    expect(third.get_by_role("group", name="Formula").locator("math")).to_be_visible()
    expect(third).to_contain_text("and it costs $5 and $6.")


def test_mathematics_alone_is_drawn(page: Page, server: Server) -> None:
    spans = turn("alone", "solve it", "Multiply: $b^2 - 4ac$.", start_ns=now_ns() - 60 * SECOND)
    open_session(page, server, "alone", spans)
    expect(page.locator("math msup")).to_have_count(1)


def test_what_a_person_marked_as_code_is_code(page: Page, server: Server) -> None:
    said = "is `proxies` *gone*?\n```python\nraise TypeError('proxies')\n```\nthanks"
    answer = "Yes:\n\n```python\nhttpx.Client(proxies=None)\n```"
    spans = turn("coder", said, answer, start_ns=now_ns() - 60 * SECOND)
    open_session(page, server, "coder", spans)
    asked, answered = page.locator("[data-message]").first, page.locator("[data-message]").last
    expect(asked.locator("pre")).to_have_text("raise TypeError('proxies')")
    expect(asked.locator("code").first).to_have_text("proxies")
    expect(asked).to_contain_text("*gone*?")
    expect(asked).not_to_contain_text("```")
    page.keyboard.press("f")
    page.keyboard.type("proxies")
    expect(page.locator("[data-message] mark")).to_have_text(["proxies"] * 3)
    expect(answered.locator("pre")).to_have_text("httpx.Client(proxies=None)")


def open_session(page: Page, server: Server, own: str, spans: list) -> None:
    server.send(request(PROJECT, spans))
    found = server.get("/v1/resolve/session", project=PROJECT, session_id=own)
    assert isinstance(found, dict)
    page.goto(f"/p/{PROJECT}/sessions/{found['id']}")
    expect(page.get_by_role("region", name="Turn 1", exact=True)).to_be_visible()
