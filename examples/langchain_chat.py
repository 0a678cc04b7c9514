"""LangChain: traces become a session by one key in the run's metadata. Any of the three will do."""

import os
import uuid

from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate, MessagesPlaceholder
from langchain_openai import ChatOpenAI
from openinference.instrumentation import TracerProvider
from openinference.instrumentation.langchain import LangChainInstrumentor
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace.export import BatchSpanProcessor

# Send every span to Threadline.
endpoint = os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:6006")
provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{endpoint}/v1/traces")))
LangChainInstrumentor().instrument(tracer_provider=provider)

prompt = ChatPromptTemplate.from_messages(
    [("system", "You are a helpful assistant."), MessagesPlaceholder("history"), ("human", "{question}")]
)
chain = prompt | ChatOpenAI(model=os.environ.get("OPENAI_MODEL", "gpt-5-mini")) | StrOutputParser()


def talk(metadata_key: str) -> None:
    session_id = str(uuid.uuid4())
    history = []
    for question in ("hi! im bob", "what's my name?"):
        answer = chain.invoke(
            {"question": question, "history": history},
            config={"metadata": {metadata_key: session_id}},
        )
        print(answer)
        history += [("human", question), ("ai", answer)]
    print(f"Session {session_id}: {endpoint}/s/default/{session_id}")


for key in ("session_id", "thread_id", "conversation_id"):
    talk(key)

# A script that ends right away would take its last spans with it.
provider.force_flush()
