import { expect, it } from "vitest";
import type { Draft } from "@/api/types";
import { DraftKeeper, type Words } from "./draft";

function keeper(
  server: Draft | "down" = { mode: "reply", body: "", attachment_ids: [], attachments: [], updated_at: null },
) {
  const calls: string[] = [];
  const state = {
    server,
    local: null as Words | null,
    run: undefined as (() => void) | undefined,
    gate: Promise.resolve(),
  };
  const made = new DraftKeeper({
    load: async () => {
      if (state.server === "down") throw new Error("down");
      return state.server;
    },
    save: async (words) => {
      calls.push(`save ${words.mode} ${words.body}`);
      await state.gate;
      if (state.server === "down") throw new Error("down");
    },
    remove: async () => {
      calls.push("remove");
    },
    local: {
      get: () => state.local,
      set: (words) => {
        state.local = words;
      },
    },
    later: (run) => {
      state.run = run;
      return () => {
        state.run = undefined;
      };
    },
  });
  return { made, calls, state };
}
const settle = () => new Promise((done) => setTimeout(done, 2));
const draft = (body: string, mode: Draft["mode"] = "reply"): Draft => ({
  mode,
  body,
  attachment_ids: [],
  attachments: [],
  updated_at: null,
});

it("restores what the server keeps", async () => {
  const { made } = keeper(draft("您好", "note"));
  await made.open();
  expect(made.words.value).toMatchObject({ mode: "note", body: "您好" });
  expect(made.dirty).toBe(false);
});

it("saves once after typing has paused", async () => {
  const { made, calls, state } = keeper();
  await made.open();
  made.change({ body: "a" });
  made.change({ body: "ab" });
  expect(state.local?.body).toBe("ab");
  expect(calls).toEqual([]);
  state.run?.();
  await settle();
  expect(calls).toEqual(["save reply ab"]);
  expect(state.local).toBeNull();
});

it("saves again what was typed while it was saving", async () => {
  const { made, calls, state } = keeper();
  await made.open();
  let open = () => {};
  state.gate = new Promise((done) => {
    open = done;
  });
  made.change({ body: "a" });
  state.run?.();
  made.change({ body: "ab" });
  open();
  await settle();
  expect(calls).toEqual(["save reply a", "save reply ab"]);
});

it("keeps in the browser what the server did not take, and begins with it after a reload", async () => {
  const { made, state } = keeper("down");
  await made.open();
  made.change({ body: "写了很久" });
  state.run?.();
  await settle();
  expect(state.local?.body).toBe("写了很久");
  expect(state.run).toBeDefined();
  const later = keeper(draft("旧的"));
  later.state.local = state.local;
  await later.made.open();
  expect(later.made.words.value.body).toBe("写了很久");
});

it("does not let another tab's words replace what is being typed", async () => {
  const { made, state } = keeper();
  await made.open();
  made.change({ body: "mine" });
  state.server = draft("theirs");
  await made.refresh();
  expect(made.words.value.body).toBe("mine");
});

it("is removed when it was sent, and keeps the mode", async () => {
  const { made, calls } = keeper(draft("内部", "note"));
  await made.open();
  made.clear();
  await settle();
  expect(calls).toEqual(["remove"]);
  expect(made.words.value).toMatchObject({ mode: "note", body: "" });
});
