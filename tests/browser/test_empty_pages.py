"""A page with nothing to show says why, and what to do."""

import re

from conversations import SECOND, now_ns, request, turn
from playwright.sync_api import BrowserContext, Page, expect
from served import Server


def test_nothing_ever_arrived(context: BrowserContext, empty_server: Server) -> None:
    page = context.new_page()
    page.goto(empty_server.url)
    expect(page.get_by_role("heading", name="Nothing has arrived yet.")).to_be_visible()
    expect(page.get_by_role("tabpanel")).to_contain_text(f"{empty_server.url}/v1/traces")
    expect(page.get_by_role("button", name="Copy the lines")).to_be_visible()
    empty_server.send(request("first", turn("s", "my first words", "hello", start_ns=now_ns())))
    expect(page.get_by_role("row").filter(has_text="my first words")).to_be_visible()


def test_traces_without_session_ids(page: Page, server: Server) -> None:
    spans = [one for n in range(3) for one in turn(None, f"q {n}", "a", start_ns=now_ns())]
    server.send(request("no ids", spans))
    page.goto("/p/no%20ids/sessions")
    expect(page.get_by_role("heading", name="3 traces arrived, none with a session id.")).to_be_visible()
    page.get_by_role("link", name="Show the traces").click()
    expect(page.locator("[data-row]")).to_have_count(3)


def test_emptied_by_the_query(page: Page, server: Server) -> None:
    server.send(request("queried", turn("s", "hello there", "hi", start_ns=now_ns(), user="mara")))
    page.goto("/p/queried/sessions?q=xyzzy")
    expect(page.get_by_role("heading", name="No session matches.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("1 matches without xyzzy.")
    page.get_by_role("button", name="Without xyzzy (1)").click()
    expect(page.get_by_role("row").filter(has_text="hello there")).to_be_visible()
    expect(page.get_by_role("combobox", name="Search sessions")).to_have_value("")


def test_emptied_by_the_time_range(page: Page, server: Server) -> None:
    server.send(request("timed", turn("s", "hello there", "hi", start_ns=now_ns() - 86_400 * SECOND)))
    page.goto("/p/timed/sessions?since=1h")
    expect(page.get_by_role("heading", name="Nothing in the last hour.")).to_be_visible()
    page.get_by_role("button", name="Show all time (1)").click()
    expect(page.get_by_role("row").filter(has_text="hello there")).to_be_visible()


def test_a_session_that_is_not_there(page: Page, watched) -> None:
    watched.expect("status of 404")
    page.goto("/p/queried/sessions/nosuchsession")
    expect(page.get_by_role("heading", name="No session has this id")).to_be_visible()


def test_a_server_that_went_away(page: Page, server: Server, watched) -> None:
    watched.expect("ERR_FAILED|Failed to load")
    server.send(request("gone", turn("s", "hello there", "hi", start_ns=now_ns())))
    page.route("**/v1/projects/gone/sessions*", lambda route: route.abort())
    page.goto("/p/gone/sessions")
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer")
    page.unroute("**/v1/projects/gone/sessions*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("row").filter(has_text="hello there")).to_be_visible()


def test_an_unknown_address(page: Page) -> None:
    page.goto("/no/such/page")
    expect(page.get_by_role("heading", name=re.compile("no page"))).to_be_visible()
