import { useMediaQuery } from "@mantine/hooks";
import type { Room } from "./columns";

const NOW = { getInitialValueInEffect: false };

export function useRoom(): Room {
  const stacked = useMediaQuery("(max-width: 767px)", undefined, NOW);
  const little = useMediaQuery("(max-width: 1279px)", undefined, NOW);
  const much = useMediaQuery("(min-width: 1680px)", undefined, NOW);
  if (stacked) return "stacked";
  if (little) return "little";
  return much ? "much" : "usual";
}
