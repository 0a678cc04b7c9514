"""The five jobs by keyboard alone: a key chord, a paste or a typed field is one action."""

import jobs
import pytest
from jobs import Actions
from playwright.sync_api import BrowserContext, Page, expect
from served import Server
from watched import Watched

PROJECT = "jobs by keyboard"


@pytest.mark.parametrize("what", jobs.PASTED)
def test_what_was_pasted_opens_at_its_place(page: Page, acts: Actions, sought_trace: str, what: str) -> None:
    words, place = jobs.pasted(what, sought_trace)
    acts.key("/")
    acts.paste(words)
    acts.key("Enter")
    jobs.expect_open_at(page, place)
    acts.within(3)


def test_errors_lead_to_the_failing_span(page: Page, acts: Actions) -> None:
    acts.key("/")
    acts.type(jobs.FAILING)
    expect(jobs.rows(page)).to_have_count(jobs.FAILED)
    acts.key("Enter")
    expect(jobs.rows(page).get_by_role("link").first).to_be_focused()
    acts.key("Enter")
    expect(page.get_by_text(jobs.FAILURE).first).to_be_in_viewport()
    acts.key("o")
    jobs.expect_failing_span(page)
    acts.within(5)


def test_failing_sessions_are_compared_with_the_rest(page: Page, acts: Actions) -> None:
    acts.key("/")
    acts.type(jobs.FAILING)
    expect(jobs.rows(page)).to_have_count(jobs.FAILED)
    acts.tab_to(page.get_by_role("button", name="More with these sessions"))
    acts.key("Enter")
    acts.choose(page.get_by_role("menuitem", name="Compare with the rest"))
    jobs.expect_compared(page)


def test_ten_sessions_are_read_and_labelled_with_three_keys_each(page: Page, server: Server, acts: Actions) -> None:
    acts.tab_to(page.get_by_role("button", name="More with these sessions"))
    acts.key("Enter")
    acts.choose(page.get_by_role("menuitem", name="Review, newest first"))
    expect(page.get_by_role("button", name="1 resolved")).to_be_visible()
    for number in range(10):
        acts.done.clear()
        expect(page.get_by_role("status").filter(has_text=f"{number + 1} of 35")).to_be_visible()
        expect(page.get_by_role("region", name="Conversation")).to_contain_text(f"question {33 - number}")
        acts.key(str(number % 3 + 1))
        acts.key("j")
        acts.within(3)
    expect(page.get_by_role("status").filter(has_text="11 of 35")).to_be_visible()
    jobs.expect_labelled(page, server, PROJECT, 10)


def test_what_an_end_user_said_is_deleted(page: Page, server: Server) -> None:
    project = "jobs deleted by keyboard"
    jobs.fill(server, project)
    page.goto(f"/p/{project}/sessions?q={jobs.EMAIL}")
    expect(jobs.rows(page)).to_have_count(1)
    acts = Actions(page)
    acts.key("ControlOrMeta+k")
    acts.type("settings")
    acts.choose(page.get_by_role("option", name="Settings", exact=True))
    acts.tab_to(page.get_by_role("link", name="Delete an end user"))
    acts.key("Enter")
    acts.tab_to(page.get_by_role("textbox", name="End user"))
    acts.paste(jobs.EMAIL)
    acts.key("Enter")
    expect(page.get_by_role("main")).to_contain_text(f"1 session with {jobs.TURNS} turns will be deleted.")
    acts.tab_to(page.get_by_role("textbox", name=f"Type {jobs.EMAIL} to delete"))
    acts.type(jobs.EMAIL)
    acts.key("Enter")
    jobs.expect_receipt(page)
    page.evaluate("document.activeElement.blur()")
    acts.key("g")
    acts.key("s")
    jobs.expect_gone(server, page, project)
    acts.key("/")
    acts.paste(jobs.SENTENCE)
    expect(page.get_by_role("heading", name="No session matches.")).to_be_visible()


def test_ones_own_first_conversation_comes_by_itself(context: BrowserContext, empty_server: Server) -> None:
    page = context.new_page()
    watched = Watched(empty_server.url)
    watched.watch(page)
    page.goto(empty_server.url)
    expect(page.get_by_role("heading", name="Nothing has arrived yet.")).to_be_visible()
    page.evaluate("window.notReloaded = true")
    jobs.say_hello(empty_server, session=None)
    expect(page.get_by_role("heading", name="1 trace arrived, none with a session id.")).to_be_visible()
    jobs.say_hello(empty_server, session="my-first")
    expect(jobs.rows(page)).to_have_count(1)
    assert page.evaluate("window.notReloaded") is True
    acts = Actions(page)
    acts.key("j")
    acts.key("Enter")
    expect(page.get_by_role("region", name="Conversation")).to_contain_text("I am.")
    acts.within(2)
    watched.check()
