/** Whether a searched text stands in something that may be folded away. */

import type { Part } from "../api/types";
import type { Block } from "./blocks";
import type { Json } from "./json";
import { folded } from "./marks";

export type Find = string | undefined;

/** Without regard to case, as hits are marked. */
export function holds(text: string | null | undefined, find: Find): boolean {
  return Boolean(find && text && folded(text).includes(folded(find)));
}

/** In a key or a value: what the tree marks. */
export function jsonHolds(value: Json, find: Find): boolean {
  if (!find) return false;
  if (typeof value !== "object" || value === null) return holds(String(value), find);
  if (Array.isArray(value)) return value.some((each) => jsonHolds(each, find));
  return Object.entries(value).some(([key, each]) => holds(key, find) || jsonHolds(each, find));
}

export function partHolds(part: Part, find: Find): boolean {
  if (!find) return false;
  switch (part.type) {
    case "text":
    case "reasoning":
      return holds(part.text, find);
    case "json":
      return holds(part.value, find);
    case "tool_call":
      return [part.arguments, part.result, part.error].some((text) => holds(text, find));
    case "tool_result":
      return holds(part.result, find);
    case "documents":
      return part.documents.some((each) => holds(each.content, find) || holds(each.metadata, find));
    default:
      return false;
  }
}

export function blockHolds(block: Block, find: Find): boolean {
  if (!find) return false;
  if (block.kind === "agent") return block.blocks.some((inner) => blockHolds(inner, find));
  return (block.kind === "tools" ? block.calls : block.parts).some((part) => partHolds(part, find));
}
