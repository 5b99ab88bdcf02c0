import { expect, it, vi } from "vitest";

vi.stubGlobal("localStorage", { getItem: () => null, setItem() {} });
const { concerns } = await import("./notices");
const posted = (data: Record<string, unknown>) => ({ kind: "message.posted", data });
const assigned = (data: Record<string, unknown>) => ({ kind: "conversation.assigned", data });

it("tells of own conversations, mentions and assignments, not of one's own doing", () => {
  expect(concerns(posted({ author_kind: "contact", assignee_id: "me" }), "me", "mine")).toBe(true);
  expect(concerns(posted({ author_kind: "contact", assignee_id: null }), "me", "mine")).toBe(false);
  expect(concerns(posted({ author_kind: "contact", assignee_id: null }), "me", "team")).toBe(true);
  expect(concerns(posted({ author_kind: "user", author_id: "other", mentions: ["me"] }), "me", "mine")).toBe(true);
  expect(concerns(posted({ author_kind: "user", author_id: "me", mentions: ["me"] }), "me", "all")).toBe(false);
  expect(concerns(assigned({ assignee_id: "me", former_assignee_id: "other" }), "me", "mine")).toBe(true);
  expect(concerns(assigned({ assignee_id: "me", former_assignee_id: "me" }), "me", "mine")).toBe(false);
  expect(concerns(assigned({ assignee_id: "other", former_assignee_id: null }), "me", "all")).toBe(false);
});
