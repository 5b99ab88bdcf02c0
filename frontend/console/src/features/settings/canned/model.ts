import type { CannedReply, CannedScope } from "@/api/types";

/** A canned reply while it is edited. */
export interface CannedState {
  shortcut: string;
  title: string;
  body: string;
  scope: CannedScope;
  team_id: string | undefined;
}

export const stateOf = (reply: CannedReply | undefined, shared: boolean): CannedState => ({
  shortcut: reply?.shortcut ?? "",
  title: reply?.title ?? "",
  body: reply?.body ?? "",
  scope: reply?.scope ?? (shared ? "all" : "own"),
  team_id: reply?.team_id ?? undefined,
});

export const bodyOf = (state: CannedState) => ({
  shortcut: state.shortcut.trim().replace(/^\//, ""),
  title: state.title.trim(),
  body: state.body,
  scope: state.scope,
  team_id: state.scope === "team" ? (state.team_id ?? null) : null,
});

export const isReady = (state: CannedState) =>
  state.title.trim() !== "" &&
  state.shortcut.trim() !== "" &&
  state.body.trim() !== "" &&
  (state.scope !== "team" || Boolean(state.team_id));
