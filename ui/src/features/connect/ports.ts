/** The ports that receive OTLP beside the page's own; null for one that is off. */
export interface Ports {
  otlp: number | null;
  grpc: number | null;
}

/** As the server wrote them into the page. */
export function ports(): Ports {
  return { otlp: written("otlp-port"), grpc: written("grpc-port") };
}

function written(name: string): number | null {
  const content = document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
  return /^\d+$/.test(content) ? Number(content) : null;
}
