import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { fromPageSegment } from "../../core/address";

const KEY = "threadline-project";

/** The project of this page's address; remembered for `/`. */
export function useProject(): string {
  const { project = "" } = useParams({ strict: false });
  const name = fromPageSegment(project);
  useEffect(() => localStorage.setItem(KEY, name), [name]);
  return name;
}

export function lastProject(): string | null {
  return localStorage.getItem(KEY);
}
