import { expect, it } from "vitest";
import type { Message } from "@/api/types";
import { browserStore, Outbox, type OutboxDeps, type OutboxEntry } from "./outbox";

class Refusal extends Error {}
const storage = () => {
  const map = new Map<string, string>();
  return {
    get length() {
      return map.size;
    },
    key: (index: number) => [...map.keys()][index] ?? null,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
};
const entry = (key: string, conversation = "c", at = key): OutboxEntry => ({
  key,
  conversation_id: conversation,
  kind: "text",
  body: key,
  attachments: [],
  quote: null,
  mentions: [],
  then: null,
  snoozed_until: null,
  at,
  state: "sending",
  problem: null,
});
const settle = () => new Promise((done) => setTimeout(done, 5));

function outbox(
  send: (entry: OutboxEntry) => Promise<void>,
  kept = storage(),
  pause: OutboxDeps["pause"] = () => Promise.resolve(),
) {
  const sent: string[] = [];
  const box = new Outbox({
    store: browserStore(kept, "outbox.u."),
    send: async (item) => {
      await send(item);
      return { client_key: item.key } as Message;
    },
    sent: (item) => sent.push(item.key),
    passing: (error) => !(error instanceof Refusal),
    problem: (error) => ({ title: (error as Error).message, detail: "" }),
    pause,
  });
  return { box, sent, kept };
}

it("sends in the order of writing and then forgets", async () => {
  const { box, sent, kept } = outbox((item) => new Promise((done) => setTimeout(done, item.key === "1" ? 3 : 0)));
  box.add(entry("1"));
  box.add(entry("2"));
  expect(box.of("c").map((item) => item.key)).toEqual(["1", "2"]);
  await settle();
  await settle();
  expect(sent).toEqual(["1", "2"]);
  expect(kept.length).toBe(0);
});

it("tries again while the line is down, with the later ones behind", async () => {
  let down = true;
  const { box, sent } = outbox(
    async () => {
      if (down) throw new Error("line");
    },
    storage(),
    () => new Promise(() => {}),
  );
  box.add(entry("1"));
  box.add(entry("2"));
  await settle();
  expect(box.entries.get("1")?.state).toBe("waiting");
  expect(sent).toEqual([]);
  down = false;
  box.wake();
  await settle();
  expect(sent).toEqual(["1", "2"]);
});

it("asks again when the line came back before an answer did", async () => {
  let calls = 0;
  const aborted: boolean[] = [];
  const made = new Outbox({
    store: browserStore(storage(), "outbox.u."),
    send: (item, signal) => {
      calls += 1;
      if (calls > 1) return Promise.resolve({ client_key: item.key } as Message);
      return new Promise((_, refuse) =>
        signal.addEventListener("abort", () => {
          aborted.push(true);
          refuse(new Error("aborted"));
        }),
      );
    },
    sent: () => {},
    passing: () => true,
    problem: () => ({ title: "", detail: "" }),
    pause: () => Promise.resolve(),
  });
  made.add(entry("1"));
  await settle();
  made.wake();
  await settle();
  expect([calls, aborted.length, made.entries.size]).toEqual([2, 1, 0]);
});

it("keeps what the server refused until the person decides, and lets others pass", async () => {
  let refuse = true;
  const { box, sent } = outbox(async (item) => {
    if (item.key === "1" && refuse) throw new Refusal("too long");
  });
  box.add(entry("1"));
  box.add(entry("2"));
  await settle();
  expect(sent).toEqual(["2"]);
  expect(box.entries.get("1")).toMatchObject({ state: "refused", problem: { title: "too long" } });
  refuse = false;
  box.retry("1");
  await settle();
  expect(sent).toEqual(["2", "1"]);
});

it("takes up after a reload what was not acknowledged", async () => {
  const kept = storage();
  const { box } = outbox(() => new Promise(() => {}), kept);
  box.add(entry("b", "c", "2"));
  box.add(entry("a", "c", "1"));
  const later = outbox(async () => {}, kept);
  later.box.restore();
  await settle();
  expect(later.sent).toEqual(["a", "b"]);
  expect(kept.length).toBe(0);
});

it("does not send what was discarded", async () => {
  const { box, sent } = outbox(
    async () => {
      throw new Error("line");
    },
    storage(),
    () => new Promise(() => {}),
  );
  box.add(entry("1"));
  await settle();
  box.discard("1");
  box.wake();
  await settle();
  expect(sent).toEqual([]);
  expect(box.entries.size).toBe(0);
});

it("leaves what it cannot read out", () => {
  const kept = storage();
  kept.setItem("outbox.u.x", "{broken");
  expect(browserStore(kept, "outbox.u.").all()).toEqual([]);
});
