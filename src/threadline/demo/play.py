"""A script played out: the spans of one session."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from threadline.demo.draft import DraftEvent, SpanDraft, Value
from threadline.demo.openinference import ChatMessage
from threadline.demo.picture import parcel
from threadline.demo.scene import Cast, Scene
from threadline.demo.script import Script, Turn, as_json, filled

__all__ = ["moved", "play"]

SECOND = 1_000_000_000


def play(cast: Cast, script: Script, row: Mapping[str, Any], random: Random, start_ns: int) -> list[SpanDraft]:
    """All spans of the session, its first turn starting at `start_ns`."""
    spans: list[SpanDraft] = []
    messages = [ChatMessage("system", cast.profile.system)]
    clock_ns = start_ns
    for number, template in enumerate(script.turns):
        turn = filled(template, {"end_user": cast.end_user, **row})
        if number:
            clock_ns += random.randint(turn.pause_s[0] * SECOND, turn.pause_s[1] * SECOND)
        scene = Scene(
            cast=cast,
            random=random,
            service=cast.profile.service,
            trace_id=random.randbytes(16),
            parent_span_id=random.randbytes(8),
            messages=messages,
            tools=cast.profile.tools,
            clock_ns=clock_ns,
            history_messages_max=script.history_messages_max,
        )
        play_turn(scene, turn)
        spans += scene.spans
        clock_ns = scene.clock_ns
    return spans


def chosen(text: str | list[str], random: Random) -> str:
    """One of several texts."""
    return text if isinstance(text, str) else random.choice(text)


def play_turn(scene: Scene, turn: Turn) -> None:
    """One trace: the question, what the application did, its answer."""
    start_ns = scene.clock_ns
    said = chosen(turn.user, scene.random)
    before = len(scene.messages)
    scene.messages.append(ChatMessage("user", said, image=parcel() if turn.image else None))
    scene.wait(3, 20)
    if turn.guardrail:
        scene.guard(turn.guardrail, said)
    for number, step in enumerate(turn.steps):
        scene.step(step, turn.reasoning if number == 0 else "")
    answer = None
    if turn.error:
        scene.fail(turn.error)
        del scene.messages[before:]  # an application that got no answer asks again from where it was
    else:
        answer = chosen(turn.assistant, scene.random)
        scene.think(ChatMessage("assistant", answer, reasoning="" if turn.steps else turn.reasoning))
    scene.wait(1, 12)
    root = end_turn(scene, turn, said, answer, start_ns)
    if turn.annotation:
        annotate(scene, turn, root)


def end_turn(scene: Scene, turn: Turn, said: str, answer: str | None, start_ns: int) -> SpanDraft:
    """The root span."""
    error = turn.status
    events: tuple[DraftEvent, ...] = ()
    if turn.error:
        error = f"{turn.error.type}: {turn.error.message}"
        events = (scene.exception(error),)
    attributes = root_attributes(scene, said, answer)
    if scene.cast.tags:
        attributes["tag.tags"] = list(scene.cast.tags)
    return scene.add(
        scene.cast.profile.agent,
        start_ns,
        attributes,
        span_id=scene.parent_span_id,
        parent_span_id=b"",
        error=error,
        events=events,
        ok=scene.cast.by_langgraph and error is None,
    )


def root_attributes(scene: Scene, said: str, answer: str | None) -> dict[str, Value]:
    """As the application wrote them by hand, or as LangGraph's instrumentor does."""
    cast = scene.cast
    attributes: dict[str, Value] = {"openinference.span.kind": "AGENT", **cast.session_attributes()}
    if not cast.by_langgraph:
        attributes |= {"agent.name": cast.profile.agent, "metadata": as_json(cast.metadata), "input.value": said}
        return attributes | ({"output.value": answer} if answer is not None else {})
    attributes |= {
        "user.id": cast.end_user,
        "input.value": as_json({"messages": [["user", said]]}),
        "input.mime_type": "application/json",
        "llm.input_messages.0.message.role": "user",
        "llm.input_messages.0.message.content": said,
    }
    if answer is not None:
        state = [langchain_message("human", said), langchain_message("ai", answer)]
        attributes |= {"output.value": as_json({"messages": state}), "output.mime_type": "application/json"}
    return attributes


def langchain_message(kind: str, content: str) -> dict[str, Any]:
    """A message as LangGraph's state holds it, serialised."""
    return {"type": kind, "data": {"content": content, "additional_kwargs": {}, "response_metadata": {}, "type": kind}}


def annotate(scene: Scene, turn: Turn, root: SpanDraft) -> None:
    """An evaluator's word on the turn: a trace of its own that points back by a link."""
    annotation = turn.annotation
    if annotation is None:
        return
    judge = Scene(
        cast=scene.cast,
        random=scene.random,
        service="evaluations",
        trace_id=scene.random.randbytes(16),
        parent_span_id=b"",
        messages=[],
        tools={},
        clock_ns=scene.clock_ns + 20 * SECOND,
        spans=scene.spans,
    )
    start_ns = judge.clock_ns
    judge.wait(900, 2600)
    attributes: dict[str, Value] = {
        "openinference.span.kind": "EVALUATOR",
        "session.id": scene.cast.session_id,
        "annotations.0.annotation.name": annotation.name,
        "annotations.0.annotation.label": annotation.label,
        "annotations.0.annotation.score": annotation.score,
        "annotations.0.annotation.explanation": annotation.explanation,
        "annotations.0.annotation.annotator_kind": "LLM",
    }
    judge.add(f"evaluate {annotation.name}", start_ns, attributes, link=(root.trace_id, root.span_id))


def moved(spans: Sequence[SpanDraft], latest_ns: int) -> list[SpanDraft]:
    """The same spans, earlier by what they reach beyond `latest_ns`."""
    over_ns = max(span.end_ns for span in spans) - latest_ns
    return [span.later(-over_ns) for span in spans] if over_ns > 0 else list(spans)
