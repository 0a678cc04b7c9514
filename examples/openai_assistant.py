"""An assistant on the OpenAI SDK: each call of `assistant` is one turn of a session."""

import os
import uuid

import openai
from openinference.instrumentation import TracerProvider, using_session
from openinference.instrumentation.openai import OpenAIInstrumentor
from openinference.semconv.trace import SpanAttributes
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace.export import BatchSpanProcessor

# Send every span to Threadline.
endpoint = os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:6006")
provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{endpoint}/v1/traces")))
trace.set_tracer_provider(provider)
OpenAIInstrumentor().instrument(tracer_provider=provider)

client = openai.Client()
session_id = str(uuid.uuid4())
tracer = trace.get_tracer(__name__)


@tracer.start_as_current_span(name="agent", attributes={SpanAttributes.OPENINFERENCE_SPAN_KIND: "agent"})
def assistant(messages: list, session_id: str):
    current_span = trace.get_current_span()
    current_span.set_attribute(SpanAttributes.SESSION_ID, session_id)
    current_span.set_attribute(SpanAttributes.INPUT_VALUE, messages[-1].get("content"))

    # Propagate the session id down to the spans that the OpenAI instrumentation makes.
    with using_session(session_id):
        response = (
            client.chat.completions.create(
                model=os.environ.get("OPENAI_MODEL", "gpt-5-mini"),
                messages=[{"role": "system", "content": "You are a helpful assistant."}, *messages],
            )
            .choices[0]
            .message
        )

    current_span.set_attribute(SpanAttributes.OUTPUT_VALUE, response.content)
    return response


messages = [{"role": "user", "content": "hi! im bob"}]
response = assistant(messages, session_id=session_id)
print(response.content)

messages = [*messages, response, {"role": "user", "content": "what's my name?"}]
response = assistant(messages, session_id=session_id)
print(response.content)

# A script that ends right away would take its last spans with it.
provider.force_flush()
print(f"Session {session_id}: {endpoint}/s/default/{session_id}")
