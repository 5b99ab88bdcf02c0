/** What about a case is asked in a dialog. */
export type DialogName =
  | "assign"
  | "tags"
  | "wait"
  | "skip"
  | "goBack"
  | "archive"
  | "finish"
  | "reopen"
  | "plan"
  | "participants"
  | "watchers"
  | "recuse"
  | "teams";
