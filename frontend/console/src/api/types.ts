/**
 * What the server's API takes and gives, under /api/v1: the types of its description, generated into `schema.d.ts`, and
 * what the description has no name for.
 */
import type * as schema from "./schema";

export type * from "./schema";
export type { Category as PlanCategory, FieldDef as PlanFieldDef, Promise as CasePromise } from "./schema";
/** A plan as the server gives it: what a writer may leave out is there. */
export type Plan = Required<schema.Plan>;
export type PinnedPlan = Omit<schema.PinnedPlan, "plan"> & { plan: Plan };

export type Id = string;
/** RFC 3339 with milliseconds. */
export type Time = string;
export type Json = unknown;

/** A part of a list. */
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}
/** A list that is whole. */
export interface Items<T> {
  items: T[];
}
