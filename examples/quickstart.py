"""The shortest road: five lines around an application that uses the OpenAI SDK."""

import openai
from openinference.instrumentation import TracerProvider, using_session
from openinference.instrumentation.openai import OpenAIInstrumentor
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace.export import BatchSpanProcessor

provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
OpenAIInstrumentor().instrument(tracer_provider=provider)
with using_session("conversation-1"):
    openai.OpenAI().responses.create(model="gpt-5-mini", input="hi! im bob")
provider.force_flush()
