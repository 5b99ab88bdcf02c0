import { keepPreviousData, useInfiniteQuery, useQuery, type QueryKey } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { byName } from "@/lib/format";
import { all, api, type Query } from "./client";
import { keys } from "./keys";
import type {
  CannedReply,
  Inbox,
  Items,
  Page,
  RegionList,
  RightInfo,
  Role,
  Tag,
  Team,
  User,
  UserPresence,
  WorkingCalendars,
} from "./types";

const sorted = <T extends { name: string }>(items: T[]) => [...items].sort(byName);
const enabled = (when?: MaybeRefOrGetter<boolean>) => computed(() => (when === undefined ? true : toValue(when)));

/** Short lists that many pages need; each is asked for once and kept fresh by events. */
export const useUsers = (when?: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: keys.users,
    queryFn: async ({ signal }) => sorted(await all<User>("/users", {}, signal)),
    enabled: enabled(when),
  });
export const useRoles = (when?: MaybeRefOrGetter<boolean>) =>
  useQuery({ queryKey: keys.roles, queryFn: ({ signal }) => all<Role>("/roles", {}, signal), enabled: enabled(when) });
export const useTeams = (when?: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: keys.teams,
    queryFn: async ({ signal }) => sorted(await all<Team>("/teams", {}, signal)),
    enabled: enabled(when),
  });
export const useInboxes = (when?: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: keys.inboxes,
    queryFn: async ({ signal }) => sorted(await all<Inbox>("/inboxes", {}, signal)),
    enabled: enabled(when),
  });
export const useTags = (when?: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: keys.tags,
    queryFn: async ({ signal }) => sorted(await all<Tag>("/tags", {}, signal)),
    enabled: enabled(when),
  });
export const useCanned = (when?: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: keys.canned,
    queryFn: ({ signal }) => all<CannedReply>("/canned_replies", {}, signal),
    enabled: enabled(when),
  });
export const useRights = (when?: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: keys.rights,
    queryFn: async () => (await api.get<Items<RightInfo>>("/rights")).items,
    staleTime: Infinity,
    enabled: enabled(when),
  });
export const usePresences = (when?: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: keys.presence,
    queryFn: async () => (await api.get<Items<UserPresence>>("/presence")).items,
    enabled: enabled(when),
  });

export const useCalendars = (when?: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: keys.calendars,
    queryFn: ({ signal }) => api.get<WorkingCalendars>("/calendars", {}, signal),
    enabled: enabled(when),
  });
export const useArrangements = (when?: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: keys.arrangements,
    queryFn: async ({ signal }) => (await api.get<RegionList>("/arrangements", {}, signal)).items,
    enabled: enabled(when),
  });

/** A list that is read page by page; the rows of the last question stay until the next answer is there. */
export function usePages<T>(
  key: MaybeRefOrGetter<QueryKey>,
  path: string,
  query: MaybeRefOrGetter<Query>,
  when?: MaybeRefOrGetter<boolean>,
) {
  const result = useInfiniteQuery({
    queryKey: computed(() => [...toValue(key), toValue(query)]),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<T>>(path, { limit: 50, ...toValue(query), cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    enabled: enabled(when),
  });
  return {
    rows: computed<T[] | undefined>(() => result.data.value?.pages.flatMap((page) => page.items)),
    error: result.error,
    loading: result.isFetching,
    loadingMore: result.isFetchingNextPage,
    hasMore: result.hasNextPage,
    more: () => void result.fetchNextPage(),
    reload: () => void result.refetch(),
  };
}

export type Pages<T> = ReturnType<typeof usePages<T>>;
