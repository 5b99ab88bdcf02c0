import { describe, expect, it } from "vitest";
import { zh } from "../i18n/zh";
import type { Outgoing } from "./outbox";
import { threadRows } from "./rows";
import { earlierPage, firstPage, lastReceived, laterPage, withMessage } from "./thread";
import type { Message } from "./types";

const message = (no: number, more: Partial<Message> = {}): Message => ({
  id: `m${no}`,
  no,
  author: { kind: "user", name: "林晓", mine: false },
  body: `${no}`,
  attachments: [],
  quote: null,
  recalled: false,
  system: null,
  client_key: null,
  created_at: new Date(Date.UTC(2026, 8, 20, 2, no)).toISOString(),
  ...more,
});
const mine = (no: number, key: string, more: Partial<Message> = {}) =>
  message(no, { author: { kind: "contact", name: null, mine: true }, client_key: key, ...more });
const page = (...items: Message[]) => ({ items, last_no: 0, agent_read_no: 0 });
const numbers = (thread: { items: Message[] }) => thread.items.map((m) => m.no);

describe("thread", () => {
  it("keeps each message once and in order, whatever the order of pages", () => {
    let thread = firstPage(page(message(4), message(5)), 2);
    thread = laterPage(thread, page(message(5), message(7), message(6)));
    thread = earlierPage(thread, page(message(2), message(3), message(4)), 2);
    expect(numbers(thread)).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it("does not skip what was said before an own message that came back early", () => {
    let thread = firstPage(page(message(1)), 40);
    thread = withMessage(thread, mine(3, "a")); // Acknowledged before the agent's number 2 was seen.
    expect(thread.synced).toBe(1);
    thread = laterPage(thread, page(message(2), mine(3, "a")));
    expect(numbers(thread)).toEqual([1, 2, 3]);
    expect(thread.synced).toBe(3);
  });

  it("accepts gaps, which internal notes leave", () => {
    const thread = laterPage(firstPage(page(message(1)), 40), page(message(9)));
    expect(thread.synced).toBe(9);
    expect(laterPage(thread, page()).synced).toBe(9);
  });

  it("replaces a message that was recalled", () => {
    const thread = withMessage(firstPage(page(message(1)), 40), message(1, { recalled: true, body: "" }));
    expect(thread.items).toHaveLength(1);
    expect(thread.items[0]?.recalled).toBe(true);
  });

  it("knows what was received", () => {
    const system = message(3, { author: { kind: "system", name: null, mine: false } });
    expect(lastReceived(firstPage(page(message(1), mine(2, "a"), system), 40))).toBe(1);
  });
});

const outgoing = (key: string, refused: Outgoing["refused"] = null): Outgoing => ({
  key,
  conversation: "c",
  body: key,
  attachments: [],
  quote: null,
  form: null,
  offline: false,
  pageUrl: null,
  at: "2026-09-20T02:59:00.000Z",
  refused,
});

describe("threadRows", () => {
  const context = { t: zh, locale: "zh-CN" as const, now: Date.UTC(2026, 8, 20, 3), agentReadNo: 0 };
  const draw = (items: Message[], outbox: Outgoing[] = [], agentReadNo = 0) =>
    threadRows(items, outbox, { ...context, agentReadNo });

  it("shows a message on its way once, also when its own echo came first", () => {
    const rows = draw([mine(1, "a")], [outgoing("a"), outgoing("b")]).filter((r) => r.t === "message");
    expect(rows.map((r) => r.key)).toEqual(["a", "b"]);
    expect(rows.map((r) => r.fate)).toEqual(["delivered", "waiting"]);
  });

  it("says read or delivered at the newest only", () => {
    const rows = draw(
      [mine(1, "a"), mine(2, "b"), mine(3, "c"), mine(4, "d")],
      [outgoing("e", { code: "x", detail: "" })],
      2,
    );
    expect(rows.flatMap((r) => (r.t === "message" ? [r.fate] : []))).toEqual([
      null,
      "read",
      null,
      "delivered",
      "refused",
    ]);
  });

  it("groups what one person says within minutes", () => {
    const rows = draw([message(1), message(2), mine(3, "a"), message(30)]).filter((r) => r.t === "message");
    expect(rows.map((r) => [r.first, r.last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it("separates days, tells of recalled messages, hides what is internal", () => {
    const system = (no: number, code: string, params = {}) =>
      message(no, { author: { kind: "system", name: null, mine: false }, system: { code, params } });
    const early = message(1, { created_at: "2026-09-18T02:00:00.000Z" });
    const rows = draw([
      early,
      message(2, { recalled: true }),
      system(3, "tagged"),
      system(4, "assigned", { assignee: "王芳" }),
      system(5, "unheard_of"),
    ]);
    expect(rows.map((r) => (r.t === "day" ? `# ${r.label}` : r.t === "system" ? r.text : r.message.body))).toEqual([
      "# 9 月 18 日 周五",
      "1",
      "# 今天",
      "对方撤回了一条消息",
      "王芳 为您服务",
    ]);
  });
});
