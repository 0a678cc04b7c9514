"""A project that is the same in each run: fixed conversations, ids, times and clock. Snapshots are taken of it."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

import httpx
from conversations import SECOND, Value, llm, refund_turn, request, span, turn
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from served import Server

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
"""A Wednesday noon, on the page's clock and on the server's."""
NOW_NS = int(NOW.timestamp()) * SECOND
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE

PROJECT = "shop"
ARRIVING = "arriving"
NAMELESS = "nameless"
AUTHOR = "pia"

PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACgAAAAUCAIAAABwJOjsAAAANklEQVR42mO0iVrAMBCAiWGAwKjFdAMs+KW3RHWQbb"
    "TPsorRoB61eNTiUYtpARhHq8VRi2kFAK4ABZXFl2ChAAAAAElFTkSuQmCC"
)
TABLE = "| Payment | Amount |\n|---|---:|\n| p_7730 | €49.00 |\n| p_7731 | €49.00 |"
FOUND = (
    f"I found **two** charges.\n\n{TABLE}\n\n```python\nrefund('p_7731')\n```\n\nTogether $2 \\cdot 49 = 98$.\n\n"
    "1. I refund the second.\n2. You get a mail."
)
LIST = [
    # user, said, answered, how long ago, turns, tokens, what else the agent's span says
    ("j.ortega", "Where is my parcel?", "It is with the courier.", 20 * MINUTE, 2, (900, 80), {}),
    ("lin", "Change my delivery address", "Done, it goes to the new one.", 50 * MINUTE, 1, (400, 30), {}),
    ("lin", "Is the blue one in stock?", "Yes, three of them.", 3 * HOUR, 4, (2_600, 210), {"tag.tags": '["stock"]'}),
    ("amal", "متى يصل طلبي رقم 4471؟", "يصل غدا.", 5 * HOUR, 1, (300, 25), {}),
    ("b.huang", "Cancel my subscription", "It ends on 31 March.", 9 * HOUR, 3, (1_800, 140), {"tag.tags": '["churn"]'}),
    ("", "Do you ship to Iceland?", "We do.", 26 * HOUR, 1, (200, 12), {}),
    ("j.ortega", "My voucher does not work", "It has run out.", 31 * HOUR, 2, (1_100, 60), {"tag.tags": '["voucher"]'}),
    ("m.oda", "How do I return this?", "Print the label below.", 50 * HOUR, 6, (9_400, 700), {}),
    ("zoe", "I need an invoice", "Here it is.", 4 * 24 * HOUR, 1, (350, 28), {}),
    ("zoe", "And the one of January?", "Here it is, too.", 9 * 24 * HOUR, 1, (360, 28), {}),
]


def fill(server: Server) -> dict[str, str]:
    """Sends all of it. Answers the addresses of the session and traces that snapshots are taken of."""
    failed = refund_turn("conv-4471", start_ns=NOW_NS - 119 * MINUTE)
    happened(failed[2])
    refund = [*rich_turn("conv-4471", NOW_NS - 2 * HOUR), *failed]
    refund += turn("conv-4471", "hello? are you there?", "I am.", start_ns=NOW_NS - 70 * MINUTE, user="mara.k")
    alone = turn(None, "ping", "pong", start_ns=NOW_NS - 8 * HOUR)
    sent = [*refund, *alone]
    for number, (user, said, answered, ago, turns, tokens, extra) in enumerate(LIST, start=1):
        for at in range(turns):
            sent += turn(
                f"conv-{number:02}",
                said if at == 0 else f"And then, {at}?",
                answered,
                start_ns=NOW_NS - ago + at * MINUTE,
                ms=800 + 300 * number,
                user=user,
                tokens=tokens,
                extra={"metadata": json.dumps({"plan": "pro" if number % 3 else "free"}), **extra},
            )
    sent += refund_turn("conv-08", start_ns=NOW_NS - 49 * HOUR, user="m.oda")
    server.send(request(PROJECT, numbered(PROJECT, sent)))
    server.send(request(NAMELESS, numbered(NAMELESS, turn(None, "hi", "hello", start_ns=NOW_NS - HOUR))))
    session, other = (found(server, own) for own in ("conv-4471", "conv-08"))
    label(server, "conv-4471")
    seen = {"author": AUTHOR, "ids": [found(server, "conv-07")]}
    httpx.post(f"{server.url}/v1/projects/{PROJECT}/seen", json=seen).raise_for_status()
    return {
        "session": f"/p/{PROJECT}/sessions/{session}",
        "compare": f"/p/{PROJECT}/compare?a={session}&b={other}",
        "first trace": f"/p/{PROJECT}/traces/{refund[0].trace_id.hex()}",
        "trace": f"/p/{PROJECT}/traces/{failed[0].trace_id.hex()}",
        "lone trace": f"/p/{PROJECT}/traces/{alone[0].trace_id.hex()}",
    }


def begin(server: Server) -> None:
    """One conversation, before somebody looks."""
    server.send(request(ARRIVING, numbered(ARRIVING, turn("first", "hi", "hello", start_ns=NOW_NS - HOUR))))


def arrive(server: Server) -> None:
    """Two conversations more, while somebody looks."""
    spans = [one for n in range(2) for one in turn(f"late-{n}", f"late {n}", "yes", start_ns=NOW_NS - n * SECOND)]
    server.send(request(ARRIVING, numbered(f"{ARRIVING} late", spans)))


def numbered(what: str, spans: list[Span]) -> list[Span]:
    """The same spans with ids that depend on nothing but their place: other tests take ids from one count."""
    traces = {each.trace_id: digest(f"{what} trace {at}", 16) for at, each in enumerate(spans)}
    own = {each.span_id: digest(f"{what} span {at}", 8) for at, each in enumerate(spans)}
    for each in spans:
        each.trace_id = traces[each.trace_id]
        each.span_id = own[each.span_id]
        each.parent_span_id = own.get(each.parent_span_id, b"")
    return spans


def digest(text: str, size: int) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=size).digest()


def found(server: Server, own: str) -> str:
    answer = server.get("/v1/resolve/session", project=PROJECT, session_id=own)
    assert isinstance(answer, dict)
    return str(answer["id"])


def label(server: Server, session: str) -> None:
    """Two names set up, one of them given; one view."""
    names = {
        "outcome": {"kind": "categorical", "labels": ["resolved", "negative", "handover"]},
        "quality": {"kind": "numeric", "labels": [], "minimum": 0, "maximum": 1},
    }
    project = f"{server.url}/v1/projects/{PROJECT}"
    for name, setting in names.items():
        httpx.put(f"{project}/annotation-names/{name}", json=setting).raise_for_status()
    given = {
        "target": {"kind": "session", "project": PROJECT, "session_id": session},
        "name": "outcome",
        "annotator_kind": "human",
        "author": AUTHOR,
        "label": "negative",
    }
    httpx.post(f"{server.url}/v1/annotations", json=given).raise_for_status()
    view = {"name": "Failing", "query": "has:error", "author": AUTHOR}
    httpx.post(f"{project}/views", json=view).raise_for_status()


def happened(tool: Span) -> None:
    """Why it failed, and what it belongs to."""
    event = tool.events.add(name="exception", time_unix_nano=tool.end_time_unix_nano)
    for key, value in {"type": "TimeoutError", "stacktrace": 'File "refunds.py", line 12\nTimeoutError: 10 s'}.items():
        event.attributes.add(key=f"exception.{key}").value.string_value = value
    tool.links.add(trace_id=digest("elsewhere", 16), span_id=digest("elsewhere", 8))


def rich_turn(session: str, start_ns: int) -> list[Span]:
    """A picture, reasoning, two tools at once, a sub-agent, documents, and an answer with a table, code and a sum."""
    trace = digest(session, 16)
    common: dict[str, Value] = {"session.id": session, "user.id": "mara.k", "metadata": '{"plan": "pro"}'}
    said = "I was charged twice for order 4471"

    def below(parent: Span | None, name: str, kind: str, at_ms: int, ms: int, more: dict[str, Value]) -> Span:
        return span(
            name,
            {"openinference.span.kind": kind, **more, **common},
            trace=trace,
            parent=parent.span_id if parent else b"",
            start_ns=start_ns + at_ms * 1_000_000,
            ms=ms,
        )

    root = below(None, "support_agent", "AGENT", 0, 4_800, {"input.value": said, "output.value": FOUND})
    calls = {"find_order": {"order_id": "4471"}, "list_payments": {"customer": "mara.k", "limit": 10}}
    results = {"find_order": {"status": "delivered", "total": 49.0}, "list_payments": ["p_7730", "p_7731"]}
    first = below(root, "chat gpt-5-mini", "LLM", 10, 700, opening(said) | asked(calls))
    tools = [
        below(
            root,
            name,
            "TOOL",
            720 + at,
            400 + 500 * at,
            {
                "tool.name": name,
                "input.value": json.dumps(arguments),
                "input.mime_type": "application/json",
                "output.value": json.dumps(results[name]),
                "output.mime_type": "application/json",
            },
        )
        for at, (name, arguments) in enumerate(calls.items())
    ]
    retriever = below(root, "search_policies", "RETRIEVER", 1_700, 300, documents())
    agent = below(root, "billing", "AGENT", 2_050, 1_200, {"input.value": "Check 4471", "output.value": "Paid twice."})
    inner = below(agent, "chat gpt-5-mini", "LLM", 2_060, 1_100, llm([("user", "Check 4471")], "Paid twice."))
    last = below(root, "chat gpt-5-mini", "LLM", 3_300, 1_400, opening(said) | answered(calls, results))
    return [root, first, *tools, retriever, agent, inner, last]


def opening(said: str) -> dict[str, Value]:
    """The system prompt, and what the end user said with a picture."""
    message = "llm.input_messages.1.message"
    return llm([("system", "You help customers of a shop.\nBe brief and honest."), ("user", said)], "") | {
        f"{message}.contents.0.message_content.type": "text",
        f"{message}.contents.0.message_content.text": said,
        f"{message}.contents.1.message_content.type": "image",
        f"{message}.contents.1.message_content.image.image.url": PICTURE,
        "llm.token_count.prompt": 1_200,
        "llm.token_count.completion": 90,
        "llm.token_count.total": 1_290,
        "llm.token_count.prompt_details.cache_read": 800,
    }


def asked(calls: dict[str, dict]) -> dict[str, Value]:
    """The model thinks, then asks for tools."""
    message = "llm.output_messages.0.message"
    return {
        f"{message}.content": "",
        f"{message}.contents.0.message_content.type": "reasoning",
        f"{message}.contents.0.message_content.text": "Two charges? I look at the order and at the payments.",
        **requested(message, calls.items()),
    }


def answered(calls: dict[str, dict], results: dict[str, object]) -> dict[str, Value]:
    """What the tools said, and the answer to the end user."""
    attributes = {"llm.input_messages.2.message.role": "assistant"}
    attributes |= requested("llm.input_messages.2.message", calls.items())
    for at, name in enumerate(calls):
        message = f"llm.input_messages.{at + 3}.message"
        attributes[f"{message}.role"] = "tool"
        attributes[f"{message}.tool_call_id"] = f"call_{name}"
        attributes[f"{message}.content"] = json.dumps(results[name])
    return attributes | {"llm.output_messages.0.message.content": FOUND}


def requested(message: str, calls: Iterable[tuple[str, dict]]) -> dict[str, Value]:
    attributes: dict[str, Value] = {}
    for at, (name, arguments) in enumerate(calls):
        call = f"{message}.tool_calls.{at}.tool_call"
        attributes[f"{call}.id"] = f"call_{name}"
        attributes[f"{call}.function.name"] = name
        attributes[f"{call}.function.arguments"] = json.dumps(arguments)
    return attributes


def documents() -> dict[str, Value]:
    attributes: dict[str, Value] = {"input.value": "charged twice"}
    for at, text in enumerate(("Refunds take five days.", "A double charge is refunded in full.")):
        attributes[f"retrieval.documents.{at}.document.id"] = f"policy-{at}"
        attributes[f"retrieval.documents.{at}.document.content"] = text
        attributes[f"retrieval.documents.{at}.document.score"] = 0.9 - at / 10
    return attributes
