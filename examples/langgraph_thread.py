"""LangGraph: a thread of the checkpointer is a session; nothing else is needed."""

import os
import uuid

from langchain.agents import create_agent
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from langgraph.checkpoint.memory import InMemorySaver
from openinference.instrumentation import TracerProvider
from openinference.instrumentation.langchain import LangChainInstrumentor
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace.export import BatchSpanProcessor

# Send every span to Threadline.
endpoint = os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:6006")
provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{endpoint}/v1/traces")))
LangChainInstrumentor().instrument(tracer_provider=provider)


@tool
def get_weather(city: str) -> str:
    """The weather in a city."""
    return f"{city}: 14 °C, rain"


agent = create_agent(
    ChatOpenAI(model=os.environ.get("OPENAI_MODEL", "gpt-5-mini")),
    [get_weather],
    system_prompt="You are a helpful assistant.",
    checkpointer=InMemorySaver(),
    name="weather_agent",
)

thread_id = str(uuid.uuid4())
for question in ("hi! im bob", "What is the weather in Paris?", "what's my name?"):
    state = agent.invoke(
        {"messages": [{"role": "user", "content": question}]},
        config={"configurable": {"thread_id": thread_id}},
    )
    print(state["messages"][-1].content)

# A script that ends right away would take its last spans with it.
provider.force_flush()
print(f"Session {thread_id}: {endpoint}/s/default/{thread_id}")
