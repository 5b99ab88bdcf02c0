import { describe, expect, it } from "vitest";
import type { Message } from "@/api/types";
import type { OutboxEntry } from "./outbox";
import { firstUnread, isAnswered, layOut, mergeMessages } from "./timeline";

const message = (no: number, extra: Partial<Message> = {}): Message => ({
  id: `m${no}`,
  conversation_id: "c",
  no,
  kind: "text",
  author: { kind: "contact", id: "p", name: "王芳" },
  body: `第 ${no} 句`,
  attachments: [],
  quote: null,
  mentions: [],
  client_key: null,
  recalled: false,
  recalled_at: null,
  system: null,
  form: null,
  created_at: new Date(Date.UTC(2026, 8, 20, 8, no)).toISOString(),
  ...extra,
});
const own = { author: { kind: "user" as const, id: "u", name: "李雷" } };
const nos = (messages: Message[]) => messages.map((item) => item.no);

describe("the order of messages", () => {
  it("is that of their numbers, each once", () => {
    expect(nos(mergeMessages([message(1), message(2)], [message(3), message(4)]))).toEqual([1, 2, 3, 4]);
    expect(nos(mergeMessages([message(3), message(4)], [message(1), message(2), message(3)]))).toEqual([1, 2, 3, 4]);
    expect(nos(mergeMessages([message(1), message(3)], [message(3), message(2)]))).toEqual([1, 2, 3]);
  });

  it("lets a newer copy replace the one before", () => {
    const merged = mergeMessages([message(1), message(2)], [message(2, { recalled: true, body: "" })]);
    expect(merged[1]?.recalled).toBe(true);
  });

  it("survives any mixture of pages", () => {
    const all = Array.from({ length: 60 }, (_, index) => message(index + 1));
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 50; round += 1) {
      let have: Message[] = [];
      for (let step = 0; step < 40; step += 1) {
        const from = random(60);
        have = mergeMessages(have, all.slice(from, from + 1 + random(10)));
        expect(nos(have)).toEqual([...new Set(nos(have))].sort((a, b) => a - b));
      }
    }
  });
});

it("finds where reading stopped", () => {
  const thread = [message(1), message(2, own), message(3), message(4, { kind: "system" }), message(5)];
  expect(firstUnread(thread, 2)).toBe(3);
  expect(firstUnread(thread, 0)).toBeUndefined();
  expect(firstUnread(thread, 9)).toBe(1);
});

it("ends the line once somebody answered below it", () => {
  const thread = [message(1), message(2)];
  expect([isAnswered(thread, 2), isAnswered([...thread, message(3, own)], 2)]).toEqual([false, true]);
});

describe("rows", () => {
  const kinds = (rows: ReturnType<typeof layOut>) => rows.map((row) => row.kind);

  it("have days, pauses and the line above what is new", () => {
    const rows = layOut(
      [message(1), message(2), message(30), message(31, { created_at: "2026-09-21T08:00:00.000Z" })],
      [],
      30,
      "Asia/Shanghai",
    );
    expect(kinds(rows)).toEqual(["day", "message", "message", "gap", "new", "message", "day", "message"]);
  });

  it("hold what one author wrote together", () => {
    const rows = layOut(
      [message(1), message(2), message(3, own), message(4, { ...own, kind: "note" })],
      [],
      undefined,
      "Asia/Shanghai",
    );
    expect(rows.flatMap((row) => (row.kind === "message" ? [[row.first, row.last]] : []))).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it("show a message that is on its way once", () => {
    const entry = { key: "k1", kind: "text" } as OutboxEntry;
    expect(kinds(layOut([message(1)], [entry], undefined, "UTC"))).toEqual(["day", "message", "pending"]);
    const arrived = layOut([message(1), message(2, { ...own, client_key: "k1" })], [entry], undefined, "UTC");
    expect(kinds(arrived)).toEqual(["day", "message", "message"]);
    // The row keeps its key, so that it does not blink when it is acknowledged.
    expect(arrived.at(-1)?.key).toBe("k1");
  });
});
