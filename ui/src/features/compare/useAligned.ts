import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { turnsQuery } from "../../api/queries";
import type { Session } from "../../api/types";
import { align, type Pair } from "../../core/align";

/** As many turns as are compared by what they say; longer sessions pair by number. */
const COMPARED_MAX = 400;

/** Which turns stand beside each other; undefined while it is not known. */
export function useAligned(project: string, a: Session, b: Session): Pair[] | undefined {
  const short = a.turn_count <= COMPARED_MAX && b.turn_count <= COMPARED_MAX;
  const first = useQuery({ ...turnsQuery(project, a.id, 1, COMPARED_MAX), enabled: short }).data?.data;
  const second = useQuery({ ...turnsQuery(project, b.id, 1, COMPARED_MAX), enabled: short }).data?.data;
  return useMemo(() => {
    if (!short) return align(numbers(a), numbers(b));
    if (!first || !second) return undefined;
    return align(
      first.map((turn) => turn.input?.text ?? ""),
      second.map((turn) => turn.input?.text ?? ""),
    );
  }, [short, first, second, a, b]);
}

function numbers(session: Session): string[] {
  return Array.from({ length: session.turn_count }, () => "");
}
