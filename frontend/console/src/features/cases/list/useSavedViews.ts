import { useQuery } from "@tanstack/vue-query";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import type { CaseSavedView, Page } from "@/api/types";
import { fromAsked, type CaseFilter } from "./filter";

/** The views that this person saved, and those that are shared with everybody. */
export const useSavedViews = () =>
  useQuery({
    queryKey: keys.caseViews,
    queryFn: async ({ signal }) => (await api.get<Page<CaseSavedView>>("/case_views", {}, signal)).items,
  });

/** The filter that a saved view keeps. */
export const keptBy = (view: CaseSavedView): CaseFilter => fromAsked({ ...view.filters });
