"""Links from logs, and names that hold what no name should."""

import re
from urllib.parse import quote

import pytest
from conversations import now_ns, request, turn
from playwright.sync_api import Page, expect
from served import Server

PROJECTS = ["a/b", "..", ".", "with space", "%2F", "🧵 emoji", "<script>alert(1)</script>", "?q=1#x", "..;"]
SESSION_IDS = ["a/b/c", "..", "../..", "🧵", "<script>alert(1)</script>", "with space", "50%", "?turn=2#x", "x" * 4096]


@pytest.mark.parametrize("project", PROJECTS)
def test_any_project_name_is_reached(page: Page, server: Server, project: str) -> None:
    said = f"said in {project}"
    server.send(request(project, turn("s", said, "answered", start_ns=now_ns())))
    page.goto(f"/s?project={quote(project, safe='')}&session_id=s")
    conversation = page.get_by_role("region", name="Conversation")
    expect(conversation).to_contain_text(said)
    page.get_by_role("link", name="Open trace").click()
    expect(page.get_by_role("treeitem").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("treeitem").first).to_be_visible()
    page.get_by_role("link", name=re.compile("Session")).click()
    page.get_by_role("link", name="Sessions").click()
    expect(page.get_by_role("row").filter(has_text=said)).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Project"))).to_have_text(project)


@pytest.mark.parametrize("session", SESSION_IDS, ids=lambda text: text[:12])
def test_any_session_id_is_reached(page: Page, server: Server, session: str) -> None:
    said = f"said in {session[:20]}"
    server.send(request("odd ids", turn(session, said, "answered", start_ns=now_ns())))
    page.goto(f"/s?project=odd%20ids&session_id={quote(session, safe='')}")
    expect(page.get_by_role("region", name="Conversation")).to_contain_text(said)


def test_the_short_form_keeps_slashes(page: Page, server: Server) -> None:
    server.send(request("short", turn("team/1/b", "by its short link", "yes", start_ns=now_ns())))
    page.goto("/s/short/team/1/b")
    expect(page.get_by_role("region", name="Conversation")).to_contain_text("by its short link")


def test_a_link_waits_for_what_has_not_arrived(page: Page, server: Server, watched) -> None:
    watched.expect("status of 404")
    page.goto("/s?project=waiting&session_id=later")
    expect(page.get_by_role("heading", name="This session has not arrived yet.")).to_be_visible()
    server.send(request("waiting", turn("later", "here it is", "yes", start_ns=now_ns())))
    expect(page.get_by_role("region", name="Conversation")).to_contain_text("here it is")


def test_a_trace_in_two_projects_is_asked_about(page: Page, server: Server) -> None:
    spans = turn("s", "in two places", "yes", start_ns=now_ns())
    server.send(request("first place", spans))
    server.send(request("second place", spans))
    page.goto(f"/t/{spans[0].trace_id.hex()}")
    page.get_by_role("link", name="second place").click()
    expect(page.get_by_role("treeitem").first).to_be_visible()
    alone = turn("s", "in one place", "yes", start_ns=now_ns())
    server.send(request("first place", alone))
    page.goto(f"/t/{alone[0].trace_id.hex()}")
    expect(page.get_by_role("treeitem").first).to_be_visible()


def test_the_root_leads_to_the_last_project(page: Page, server: Server) -> None:
    server.send(request("last project", turn("s", "hi", "hello", start_ns=now_ns())))
    page.goto("/p/last%20project/sessions")
    expect(page.locator("[data-row='0']")).to_be_visible()
    page.goto("/")
    expect(page).to_have_url(re.compile("/p/last%20project/sessions"))
