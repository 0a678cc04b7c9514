import { useQuery } from "@tanstack/react-query";
import { ApiError, get, type Parameters } from "../../api/client";
import { useEvents } from "../../api/live";
import type { Arrival } from "../../api/types";

/** Asks for something that may not have arrived yet: null until then. Each arrival asks again at once. */
export function useStored<T>(path: string, parameters: Parameters) {
  const query = useQuery({
    queryKey: ["resolve", path, parameters],
    queryFn: async ({ signal }) => {
      try {
        return await get<T>(path, parameters, signal);
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
    refetchInterval: (state) => (state.state.data ? false : 3000),
    gcTime: 0,
    staleTime: 0,
  });
  useEvents<Arrival>(query.data ? null : "/v1/arrivals/events", () => void query.refetch());
  return query;
}
