"""What arrives, as it arrives, and what to do where it is wrong."""

import httpx
from conversations import now_ns, request, turn
from playwright.sync_api import BrowserContext, Page, expect
from served import Server


def test_requests_appear_live(page: Page, server: Server) -> None:
    page.goto("/connect")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    server.send(request("seen arriving", turn("s", "hi", "hello", start_ns=now_ns())))
    newest = page.get_by_role("list", name="Requests").get_by_role("listitem").first
    expect(newest).to_contain_text("seen arriving")
    expect(newest).to_contain_text("2 spans")
    expect(newest).to_contain_text("session id from session.id")
    server.send(request("nameless", turn(None, "hi", "hello", start_ns=now_ns())))
    expect(newest).to_contain_text("no session id")


def test_a_wrong_path_comes_with_its_cure(page: Page, server: Server) -> None:
    page.goto("/connect")
    httpx.post(f"{server.url}/v1/trace", content=b"x", headers={"content-type": "application/x-protobuf"})
    newest = page.get_by_role("list", name="Requests").get_by_role("listitem").first
    expect(newest).to_contain_text("/v1/trace")
    expect(newest).to_contain_text("✕ 404")
    expect(newest).to_contain_text("/v1/traces")


def test_after_twenty_seconds_it_lists_the_causes(context: BrowserContext, empty_server: Server) -> None:
    page = context.new_page()
    page.clock.install()
    page.goto(f"{empty_server.url}/connect")
    expect(page.get_by_text("Waiting for the first request.")).to_be_visible()
    page.clock.fast_forward(21_000)
    expect(page.get_by_text("Nothing has arrived for 20 s.")).to_be_visible()
    causes = page.locator("main")
    for cause in ("gRPC is not received", "Inside a container", "force_flush()"):
        expect(causes).to_contain_text(cause)
