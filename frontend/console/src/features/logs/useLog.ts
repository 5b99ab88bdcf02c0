import { keepPreviousData, useInfiniteQuery } from "@tanstack/vue-query";
import { computed, reactive, shallowRef, watch } from "vue";
import { api } from "@/api/client";
import type { LogLevel, LogOverview, LogPage } from "@/api/types";

/** Which entries are wanted. */
interface LogFilter {
  level: LogLevel | null;
  words: string;
  pattern: string | null;
  /** The line to begin with. */
  from: number | null;
}

const noFilter = (): LogFilter => ({ level: null, words: "", pattern: null, from: null });

const pageSize = 400;

/** A log, page by page. What it holds as a whole is told once, whatever is filtered later. */
export function useLog(path: () => string) {
  const filter = reactive<LogFilter>(noFilter());
  const overview = shallowRef<LogOverview>();
  const query = useInfiniteQuery({
    queryKey: computed(() => ["log", path(), { ...filter }]),
    queryFn: ({ pageParam, signal }) =>
      api.get<LogPage>(
        path(),
        {
          level: filter.level,
          q: filter.words.trim(),
          pattern: filter.pattern,
          from: pageParam ?? filter.from,
          limit: pageSize,
        },
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next_from,
    placeholderData: keepPreviousData,
    // A file never changes.
    staleTime: Infinity,
    retry: false,
  });
  const pages = computed(() => query.data.value?.pages ?? []);
  watch(
    pages,
    (now) => {
      overview.value ??= now[0]?.overview ?? undefined;
    },
    { immediate: true },
  );
  const lines = computed(() => pages.value.flatMap((page) => page.lines));
  const matched = computed(() => pages.value[0]?.matched ?? 0);
  const filtered = computed(
    () => filter.level !== null || filter.words.trim() !== "" || filter.pattern !== null || filter.from !== null,
  );
  const clear = () => Object.assign(filter, noFilter());
  return { filter, filtered, clear, overview, lines, matched, query };
}

export type LogReading = ReturnType<typeof useLog>;
