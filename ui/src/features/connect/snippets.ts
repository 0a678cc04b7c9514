/** The lines that send a first session, with this server's address in them. */

export interface Snippet {
  id: string;
  label: string;
  install: string;
  code: string;
}

/** `grpcPort` is null where gRPC is not received. */
export function snippets(origin: string, grpcPort: number | null): Snippet[] {
  const address = origin.replace(/\/$/, "");
  const endpoint = `${origin}/v1/traces`;
  return [
    {
      id: "opentelemetry",
      label: "OpenTelemetry",
      install: "",
      code: `from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider, export
(otel := TracerProvider()).add_span_processor(export.BatchSpanProcessor(OTLPSpanExporter("${address}/v1/traces")))
otel.get_tracer("hello").start_span("hello", attributes={"session.id": "first", "input.value": "Hello"}).end()
otel.force_flush()  # without it a short script ends before its spans are sent`,
    },
    {
      id: "openai",
      label: "OpenAI",
      install: "pip install openai openinference-instrumentation-openai opentelemetry-exporter-otlp-proto-http",
      code: `from openinference.instrumentation import using_session
from openinference.instrumentation.openai import OpenAIInstrumentor
from openai import OpenAI
${tracer(endpoint)}
OpenAIInstrumentor().instrument(tracer_provider=provider)
with using_session("my-first-session"):
    OpenAI().chat.completions.create(model="gpt-5-mini", messages=[{"role": "user", "content": "Hello"}])
provider.force_flush()`,
    },
    {
      id: "langchain",
      label: "LangChain",
      install:
        "pip install langchain-openai openinference-instrumentation-langchain opentelemetry-exporter-otlp-proto-http",
      code: `from langchain_openai import ChatOpenAI
from openinference.instrumentation.langchain import LangChainInstrumentor
${tracer(endpoint)}
LangChainInstrumentor().instrument(tracer_provider=provider)
ChatOpenAI(model="gpt-5-mini").invoke("Hello", config={"metadata": {"session_id": "my-first-session"}})
provider.force_flush()`,
    },
    {
      id: "environment",
      label: "Environment variables",
      install: "",
      code: `# For anything that already sends OpenTelemetry. HTTP:
export OTEL_EXPORTER_OTLP_ENDPOINT=${origin}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
${grpcPort === null ? "" : grpc(origin, grpcPort)}# Set the attribute session.id on any span of each trace.`,
    },
  ];
}

/** What sends a conversation to this server and project; the command's own defaults are left out. */
export function hello(origin: string, project: string | null): string {
  const server = origin === "http://127.0.0.1:6006" || origin === "http://localhost:6006" ? "" : ` --server ${origin}`;
  const into = project === null || project === "default" ? "" : ` --project ${quoted(project)}`;
  return `threadline hello${server}${into}`;
}

/** A word of a POSIX shell. */
function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) && !text.startsWith("-") ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function tracer(endpoint: string): string {
  return `from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter("${endpoint}")))`;
}

function grpc(origin: string, port: number): string {
  const address = new URL(origin);
  return `# or gRPC:
export OTEL_EXPORTER_OTLP_ENDPOINT=${address.protocol}//${address.hostname}:${port}
export OTEL_EXPORTER_OTLP_PROTOCOL=grpc
`;
}
