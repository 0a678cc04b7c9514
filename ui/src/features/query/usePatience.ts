import { useEffect, useState } from "react";
import { asProblem, type Problem } from "./offered";
import type { Help } from "./useQueryHelp";

/** While one still types, an unfinished term is no mistake yet. */
const PATIENCE_MS = 900;

/** The mistake to be shown: at once outside the box, inside only to who pauses or presses Enter. */
export function usePatience(error: Help["error"], inside: boolean): { problem: Problem | null; end: () => void } {
  const [impatient, setImpatient] = useState(false);
  useEffect(() => {
    setImpatient(false);
    if (!error) return;
    const timer = window.setTimeout(() => setImpatient(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [error]);
  return { problem: error && (impatient || !inside) ? asProblem(error) : null, end: () => setImpatient(true) };
}
