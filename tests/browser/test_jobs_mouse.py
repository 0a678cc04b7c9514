"""The five jobs by mouse: a click, a paste or a typed field is one action."""

import jobs
import pytest
from jobs import Actions
from playwright.sync_api import BrowserContext, Page, expect
from served import Server
from watched import Watched

PROJECT = "jobs by mouse"


@pytest.mark.parametrize("what", jobs.PASTED)
def test_what_was_pasted_opens_at_its_place(page: Page, acts: Actions, sought_trace: str, what: str) -> None:
    words, place = jobs.pasted(what, sought_trace)
    acts.click(jobs.box(page))
    acts.paste(words)
    expect(jobs.rows(page)).to_have_count(1)
    acts.click(jobs.rows(page).get_by_role("link").first)
    jobs.expect_open_at(page, place)
    acts.within(3)


def test_errors_lead_to_the_failing_span_and_to_what_sets_them_apart(page: Page, acts: Actions) -> None:
    expect(page.get_by_role("group", name="Figures")).to_contain_text(str(jobs.FAILED))
    acts.click(jobs.failures_of_tool(page))
    expect(jobs.rows(page)).to_have_count(jobs.FAILED)
    acts.click(jobs.rows(page).get_by_role("link").first)
    acts.click(page.get_by_role("list", name="Turns").get_by_role("button", name="error").first)
    failing = page.get_by_role("region", name="Turn 8", exact=True)
    expect(failing.get_by_text(jobs.FAILURE).first).to_be_in_viewport()
    acts.click(failing.get_by_role("link", name="Open trace"))
    jobs.expect_failing_span(page)
    acts.within(5)
    page.go_back()
    page.go_back()
    expect(jobs.box(page)).to_have_value(jobs.FAILING)
    acts.click(page.get_by_role("button", name="More with these sessions"))
    acts.click(page.get_by_role("menuitem", name="Compare with the rest"))
    jobs.expect_compared(page)
    acts.within(2)


def test_ten_sessions_are_read_and_labelled(page: Page, server: Server, acts: Actions) -> None:
    acts.click(page.get_by_role("button", name="More with these sessions"))
    acts.click(page.get_by_role("menuitem", name="Review, newest first"))
    acts.within(2)
    for number in range(10):
        expect(page.get_by_role("status").filter(has_text=f"{number + 1} of 35")).to_be_visible()
        expect(page.get_by_role("region", name="Conversation")).to_contain_text(f"question {33 - number}")
        acts.click(page.get_by_role("button", name=f"{number % 3 + 1} {jobs.LABELS[number % 3]}"))
        acts.click(page.get_by_role("button", name="Next", exact=True))
        acts.within(2)
    expect(page.get_by_role("status").filter(has_text="11 of 35")).to_be_visible()
    jobs.expect_labelled(page, server, PROJECT, 10)


def test_what_an_end_user_said_is_deleted(page: Page, server: Server) -> None:
    project = "jobs deleted by mouse"
    jobs.fill(server, project)
    page.goto(f"/p/{project}/sessions?q={jobs.EMAIL}")
    expect(jobs.rows(page)).to_have_count(1)
    acts = Actions(page)
    acts.click(page.get_by_role("link", name="Settings"))
    acts.click(page.get_by_role("link", name="Delete an end user"))
    page.get_by_role("textbox", name="End user").fill(jobs.EMAIL)
    acts.click(page.get_by_role("button", name="Count what would be deleted"))
    expect(page.get_by_role("main")).to_contain_text(f"1 session with {jobs.TURNS} turns will be deleted.")
    go = page.get_by_role("button", name=f"Delete {jobs.EMAIL}")
    expect(go).to_be_disabled()
    page.get_by_role("textbox", name=f"Type {jobs.EMAIL} to delete").fill(jobs.EMAIL)
    acts.click(go)
    jobs.expect_receipt(page)
    acts.click(page.get_by_role("link", name="Sessions", exact=True).first)
    jobs.expect_gone(server, page, project)
    acts.click(jobs.box(page))
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
    acts.click(jobs.rows(page).get_by_role("link", name="Is anybody there?"))
    expect(page.get_by_role("region", name="Conversation")).to_contain_text("I am.")
    acts.within(1)
    watched.check()
