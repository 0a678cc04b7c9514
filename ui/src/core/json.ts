/** Reads JSON that someone may have sent as text. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The value when `text` is a JSON object or array, else undefined. Texts above 2 MB stay text. */
export function structured(text: string): Json[] | { [key: string]: Json } | undefined {
  const begins = text.trimStart()[0];
  if ((begins !== "{" && begins !== "[") || text.length > 2_000_000) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Json[] | { [key: string]: Json }) : undefined;
  } catch {
    return undefined;
  }
}

/** A value on one line: strings bare, containers as JSON. Never longer than `atMost`. */
export function oneLine(value: unknown, atMost = 200): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  const flat = text.slice(0, atMost * 2).replace(/\s+/g, " ");
  return flat.length > atMost ? `${flat.slice(0, atMost)}…` : flat;
}

/** A tool call's arguments in words: `order_id: 4471, customer: mara.k`. */
export function argumentsLine(text: string): string {
  const value = structured(text);
  if (value === undefined) return oneLine(text);
  if (Array.isArray(value)) return value.map((each) => oneLine(each, 60)).join(", ");
  return Object.entries(value)
    .slice(0, 12)
    .map(([key, each]) => `${key}: ${oneLine(each, 60)}`)
    .join(", ");
}
