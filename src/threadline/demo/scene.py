"""One agent at work within one trace: it thinks, calls tools, looks things up, hands over."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from threadline.demo.draft import DraftEvent, SpanDraft, Value
from threadline.demo.openinference import ChatMessage, ModelCall, RequestedCall, document_attributes, model_attributes
from threadline.demo.script import Agent, Call, Failure, Guardrail, Profile, Retrieval, Step, Tool, as_json

__all__ = ["Cast", "Scene"]

MS = 1_000_000
CHARACTERS_PER_TOKEN = 4
"""A rule of thumb; the figures only need to look right."""
CACHED_AT_LEAST = 128
"""Prompts are cached in steps of so many tokens."""
LLM_SCOPES = {
    "claude": ("openinference.instrumentation.anthropic", "Messages"),
    "gemini": ("openinference.instrumentation.google_genai", "GenerateContent"),
}


@dataclass(frozen=True)
class Cast:
    """What all turns of a session share."""

    project: str
    session_id: str
    end_user: str
    environment: str
    model: str
    profile: Profile
    tags: tuple[str, ...]
    metadata: Mapping[str, Any]

    @property
    def by_langgraph(self) -> bool:
        """Whether LangGraph's instrumentation writes the spans, rather than the application and OpenAI's."""
        return self.profile.style == "langgraph"

    def session_attributes(self) -> dict[str, Value]:
        """What `using_session` and the LangChain instrumentor put on their spans."""
        if self.by_langgraph:
            return {
                "session.id": self.session_id,
                "metadata": as_json({"thread_id": self.session_id, **self.metadata}),
            }
        return {"session.id": self.session_id, "user.id": self.end_user}

    def model_scope(self) -> tuple[str, str]:
        """The instrumentation scope and the span name of a model call."""
        if self.by_langgraph:
            return "openinference.instrumentation.langchain", "ChatOpenAI"
        openai = ("openinference.instrumentation.openai", "ChatCompletion")
        return LLM_SCOPES.get(self.model.split("-", 1)[0], openai)


@dataclass
class Scene:
    """`clock_ns` moves on with everything that happens; `spans` grows."""

    cast: Cast
    random: Random
    service: str
    trace_id: bytes
    parent_span_id: bytes
    messages: list[ChatMessage]
    tools: Mapping[str, Tool]
    clock_ns: int
    history_messages_max: int = 200
    spans: list[SpanDraft] = field(default_factory=list)

    def add(self, name: str, start_ns: int, attributes: Mapping[str, Value], **more: Any) -> SpanDraft:
        """Write a span that ends now; `more` are further fields of SpanDraft."""
        known: dict[str, Any] = {
            "scope": "openinference.instrumentation.langchain" if self.cast.by_langgraph else f"{self.service}.agent",
            "span_id": self.random.randbytes(8),
            "parent_span_id": self.parent_span_id,
            "end_ns": self.clock_ns,
        }
        draft = SpanDraft(
            project=self.cast.project,
            service=self.service,
            environment=self.cast.environment,
            trace_id=self.trace_id,
            name=name,
            start_ns=start_ns,
            attributes=attributes,
            **(known | more),
        )
        self.spans.append(draft)
        return draft

    def wait(self, low_ms: int, high_ms: int) -> None:
        """Let some time pass."""
        self.clock_ns += self.random.randint(low_ms * MS, high_ms * MS)

    def sent_history(self) -> list[ChatMessage]:
        """What the application resends: the system prompt and the newest messages, from a user's on."""
        system, rest = self.messages[:1], self.messages[1:]
        rest = rest[-self.history_messages_max :]
        while rest and rest[0].role != "user":
            rest = rest[1:]
        return system + rest

    def think(self, answer: ChatMessage) -> None:
        """The model answers."""
        history = self.sent_history()
        prompt = sum(4 + len(message.content) // CHARACTERS_PER_TOKEN for message in history)
        prompt += 60 * len(self.tools)
        said = answer.content + answer.reasoning + "".join(call.arguments for call in answer.calls)
        completion = 8 + len(said) // CHARACTERS_PER_TOKEN
        start_ns = self.clock_ns
        self.wait(280, 900)
        first_token = DraftEvent("First Token Stream Event", self.clock_ns)
        self.wait(completion * 11, completion * 21)
        call = ModelCall(
            model=self.cast.model,
            history=history,
            tools=self.tools,
            answer=answer,
            prompt_tokens=prompt,
            cached_tokens=prompt // CACHED_AT_LEAST * CACHED_AT_LEAST if len(history) > 2 else 0,
            completion_tokens=completion,
        )
        scope, name = self.cast.model_scope()
        attributes = self.cast.session_attributes() | model_attributes(call)
        self.add(name, start_ns, attributes, scope=scope, ok=True, events=(first_token,))
        self.messages.append(answer)

    def fail(self, failure: Failure) -> None:
        """The model's call fails."""
        start_ns = self.clock_ns
        self.wait(180, 420)
        call = ModelCall(self.cast.model, self.sent_history(), self.tools, None, 0, 0, 0)
        scope, name = self.cast.model_scope()
        attributes = self.cast.session_attributes() | model_attributes(call)
        error = f"{failure.type}: {failure.message}"
        self.add(name, start_ns, attributes, scope=scope, error=error, events=(self.exception(error),))

    def exception(self, error: str) -> DraftEvent:
        """What `record_exception` writes of `Type: message`."""
        kind, _, message = error.partition(": ")
        trace = f'Traceback (most recent call last):\n  File "/app/agent.py", line 88, in run\n{error}\n'
        attributes = {"exception.type": kind, "exception.message": message, "exception.stacktrace": trace}
        return DraftEvent("exception", self.clock_ns, attributes)

    def guard(self, guardrail: Guardrail, said: str) -> None:
        """A check of what the person said."""
        start_ns = self.clock_ns
        self.wait(60, 180)
        attributes: dict[str, Value] = {
            "openinference.span.kind": "GUARDRAIL",
            "input.value": said,
            "output.value": as_json({"passed": guardrail.passed, "reason": guardrail.reason}),
            "output.mime_type": "application/json",
        }
        self.add(guardrail.name, start_ns, attributes)

    def step(self, step: Step, reasoning: str = "") -> None:
        """The model asks for something and gets it."""
        wanted = list(step.calls)
        if step.retrieve:
            wanted.append(Call(tool="search_docs", arguments={"query": step.retrieve.query}))
        if step.agent:
            wanted.append(Call(tool=step.agent.name, arguments={"request": step.agent.task}))
        calls = tuple(
            RequestedCall("call_" + self.random.randbytes(8).hex(), call.tool, as_json(call.arguments))
            for call in wanted
        )
        self.think(ChatMessage("assistant", reasoning=reasoning, calls=calls))
        begun_ns, ended_ns = self.clock_ns, self.clock_ns
        for call, requested in zip(wanted, calls, strict=True):  # parallel: all begin together
            self.clock_ns = begun_ns + self.random.randint(1, 4) * MS
            if step.retrieve and call.tool == "search_docs":
                result = self.look_up(step.retrieve, requested)
            elif step.agent and call.tool == step.agent.name:
                result = self.hand_to(step.agent, requested)
            else:
                result = self.use_tool(call, requested)
            self.messages.append(ChatMessage("tool", result, tool_call_id=requested.id))
            ended_ns = max(ended_ns, self.clock_ns)
        self.clock_ns = ended_ns
        self.wait(2, 9)

    def use_tool(self, call: Call, requested: RequestedCall) -> str:
        """Run a tool; what the model is told of it."""
        start_ns = self.clock_ns
        self.wait(*call.ms)
        result = call.result if isinstance(call.result, str) else as_json(call.result)
        attributes = self.tool_attributes(requested)
        if call.error is not None:
            self.add(call.tool, start_ns, attributes, error=call.error, events=(self.exception(call.error),))
            return f"Error: {call.error}"
        attributes |= {"output.value": result, "output.mime_type": "application/json"}
        self.add(call.tool, start_ns, attributes, ok=self.cast.by_langgraph)
        return result

    def tool_attributes(self, requested: RequestedCall) -> dict[str, Value]:
        """Of a TOOL span, before it has answered."""
        attributes: dict[str, Value] = {
            "openinference.span.kind": "TOOL",
            "tool.name": requested.name,
            "tool.id": requested.id,
            "tool.parameters": requested.arguments,
            "input.value": requested.arguments,
            "input.mime_type": "application/json",
        }
        return attributes | (self.cast.session_attributes() if self.cast.by_langgraph else {})

    def within(self, service: str | None = None) -> "Scene":
        """A scene below a span of its own, in this trace; its spans are ours."""
        return replace(self, parent_span_id=self.random.randbytes(8), service=service or self.service)

    def look_up(self, retrieval: Retrieval, requested: RequestedCall) -> str:
        """A search in the documentation: embedding, retriever, reranker, below the TOOL span."""
        tool, start_ns = self.within(), self.clock_ns
        search, search_ns = tool.within(), self.clock_ns
        search.wait(60, 160)
        embedding = {"openinference.span.kind": "EMBEDDING", "embedding.model_name": "text-embedding-3-small"}
        asked = {"embedding.embeddings.0.embedding.text": retrieval.query, "input.value": retrieval.query}
        search.add("CreateEmbeddings", search_ns, embedding | asked)
        search.wait(15, 60)
        found = document_attributes("retrieval.documents", retrieval.documents)
        tool.clock_ns = search.clock_ns
        kind: dict[str, Value] = {"openinference.span.kind": "RETRIEVER", "input.value": retrieval.query}
        tool.add("VectorStoreRetriever", search_ns, kind | found, span_id=search.parent_span_id)
        if retrieval.rerank:
            rerank_ns = tool.clock_ns
            tool.wait(90, 240)
            best = sorted(retrieval.documents, key=lambda document: len(document.text))
            asked = {"openinference.span.kind": "RERANKER", "reranker.query": retrieval.query}
            given = document_attributes("reranker.input_documents", retrieval.documents)
            kept = document_attributes("reranker.output_documents", best[:2])
            tool.add("CrossEncoderReranker", rerank_ns, {**asked, **given, **kept})
        self.clock_ns = tool.clock_ns
        text = "\n\n".join(f"{document.source}: {document.text}" for document in retrieval.documents)
        attributes = self.tool_attributes(requested) | {"output.value": text}
        self.add("search_docs", start_ns, attributes, span_id=tool.parent_span_id)
        return text

    def hand_to(self, agent: Agent, requested: RequestedCall) -> str:
        """Another agent takes over for a while, perhaps in another service, below the TOOL span."""
        tool, start_ns = self.within(), self.clock_ns
        other = tool.within(agent.service)
        other.wait(15, 60)
        begun_ns = other.clock_ns
        other.messages = [
            ChatMessage("system", "You book what you are asked to book, and nothing else. Report the reference."),
            ChatMessage("user", agent.task),
        ]
        other.tools = {call.tool: Tool("", list(call.arguments)) for step in agent.steps for call in step.calls}
        for step in agent.steps:
            other.step(step)
        other.think(ChatMessage("assistant", agent.answer))
        attributes: dict[str, Value] = {
            "openinference.span.kind": "AGENT",
            "agent.name": agent.name,
            "input.value": agent.task,
            "output.value": agent.answer,
        }
        tool.service, tool.clock_ns = agent.service, other.clock_ns
        tool.add(agent.name, begun_ns, attributes, span_id=other.parent_span_id)
        self.clock_ns = tool.clock_ns + self.random.randint(8, 30) * MS
        attributes = self.tool_attributes(requested) | {"output.value": agent.answer}
        self.add(agent.name, start_ns, attributes, span_id=tool.parent_span_id)
        return agent.answer
