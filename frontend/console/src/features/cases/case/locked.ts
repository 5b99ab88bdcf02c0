import type { CaseDetail } from "@/api/types";

/** Whether what a case holds can be changed by the reader: not when it is archived, whose record is locked, nor when it is part of another one. */
export const mayChange = (item: Pick<CaseDetail, "may" | "state" | "merged_into">): boolean =>
  item.may.work && item.state !== "archived" && !item.merged_into;

/** Whether the record of a case is locked because it is archived. */
export const isLocked = (item: Pick<CaseDetail, "state" | "merged_into">): boolean =>
  item.state === "archived" && !item.merged_into;
