import { QueryClient } from "@tanstack/vue-query";
import { ApiError } from "@/api/client";

/** The cache of all server data; realtime events invalidate it, so it may trust what it has for long. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && error instanceof ApiError && error.retriable,
      retryDelay: (attempt, error) =>
        error instanceof ApiError && error.retryAfter ? error.retryAfter * 1000 : Math.min(1000 * 2 ** attempt, 8000),
    },
    mutations: { retry: false },
  },
});
