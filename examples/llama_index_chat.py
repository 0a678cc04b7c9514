"""LlamaIndex: a chat engine with memory; `using_session` ties its turns together."""

import os
import uuid

from llama_index.core.chat_engine import SimpleChatEngine
from llama_index.core.memory import ChatMemoryBuffer
from llama_index.llms.openai import OpenAI
from openinference.instrumentation import TracerProvider, using_session
from openinference.instrumentation.llama_index import LlamaIndexInstrumentor
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace.export import BatchSpanProcessor

# Send every span to Threadline.
endpoint = os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:6006")
provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{endpoint}/v1/traces")))
LlamaIndexInstrumentor().instrument(tracer_provider=provider)

llm = OpenAI(model=os.environ.get("OPENAI_MODEL", "gpt-5-mini"), api_base=os.environ.get("OPENAI_BASE_URL"))
engine = SimpleChatEngine.from_defaults(
    llm=llm,
    memory=ChatMemoryBuffer.from_defaults(token_limit=20_000, tokenizer_fn=str.split),
    system_prompt="You are a helpful assistant.",
)

session_id = str(uuid.uuid4())
for question in ("hi! im bob", "what's my name?"):
    with using_session(session_id):
        print(engine.chat(question))

# A script that ends right away would take its last spans with it.
provider.force_flush()
print(f"Session {session_id}: {endpoint}/s/default/{session_id}")
