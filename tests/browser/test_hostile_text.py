"""Nothing that a sender wrote ever runs, nor asks another server."""

import json

from conversations import llm, now_ns, request, span, trace_id
from playwright.sync_api import Page, expect
from served import Server

PAYLOADS = [
    "<script>window.hurt = 1</script>",
    "<img src=x onerror='window.hurt = 1'>",
    "![picture](https://attacker.example/pixel.png)",
    "[click](javascript:window.hurt=1)",
    '<a href="javascript:window.hurt=1">x</a>',
    "<svg onload=window.hurt=1>",
    "<iframe src='https://attacker.example'></iframe>",
    "<style>body { display: none }</style>",
    "[![x](https://attacker.example/a.png)](data:text/html,<script>window.hurt=1</script>)",
]
TEXT = "\n\n".join(PAYLOADS)


def hostile(project: str) -> list:
    trace = trace_id()
    messages = llm([("system", TEXT), ("user", TEXT)], TEXT) | {
        "llm.output_messages.0.message.tool_calls.0.tool_call.function.name": PAYLOADS[0],
        "llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments": json.dumps({PAYLOADS[1]: TEXT}),
        "llm.model_name": PAYLOADS[0],
        "session.id": PAYLOADS[0],
        "user.id": PAYLOADS[1],
        "tag.tags": json.dumps(PAYLOADS),
        "metadata": json.dumps({PAYLOADS[0]: PAYLOADS[1]}),
        PAYLOADS[0]: TEXT,
        "llm.input_messages.2.message.role": "user",
        "llm.input_messages.2.message.contents.0.message_content.type": "image",
        "llm.input_messages.2.message.contents.0.message_content.image.image.url": "https://attacker.example/cat.png",
        "llm.input_messages.3.message.role": PAYLOADS[1],
        "llm.input_messages.3.message.content": "an odd role",
    }
    return [span(PAYLOADS[1], messages, trace=trace, start_ns=now_ns(), error=TEXT)]


def test_payloads_stay_text_on_every_page(page: Page, server: Server) -> None:
    project = "<script>window.hurt = 1</script>"
    spans = hostile(project)
    server.send(request(project, spans))
    page.goto("/p/%3Cscript%3Ewindow.hurt%20%3D%201%3C%2Fscript%3E/sessions")
    row = page.locator("[data-row='0']")
    expect(row).to_contain_text("<script>window.hurt = 1</script>")
    row.get_by_role("link").click()
    conversation = page.get_by_role("region", name="Conversation")
    expect(conversation).to_contain_text("onerror='window.hurt = 1'")
    expect(
        conversation.locator("a[href^='javascript:'], a[href^='data:'], img[src^='http'], iframe, svg[onload]")
    ).to_have_count(0)
    folded = conversation.get_by_role("button", expanded=False)
    while folded.count():
        folded.first.click()
    page.get_by_role("link", name="Open trace").click()
    for tab in page.get_by_role("tab").all():
        tab.click()
        page.wait_for_timeout(100)
    expect(page.get_by_role("treeitem").first).to_contain_text("<img src=x")
    page.goto("/connect")
    expect(page.get_by_role("list", name="Requests")).to_contain_text("<script>window.hurt = 1</script>")
    assert page.evaluate("window.hurt") is None


def test_the_page_forbids_what_it_does_not_need(page: Page) -> None:
    answer = page.goto("/")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
