import { expect, it } from "vitest";
import type { CaseDetail, Clock } from "@/api/types";
import { timelineOf } from "./timeline";

const item = {
  received_at: "2026-09-18T08:00:00Z",
  recorded_at: "2026-09-18T08:30:00Z",
  created_by: null,
  source: "phone",
  stages: [
    {
      key: "record",
      name: "登记",
      begun_at: "2026-09-18T08:30:00Z",
      ended_at: "2026-09-18T08:40:00Z",
      ending: "done",
      reason: null,
      ended_by: { id: "u", name: "王芳" },
    },
    { key: "handle", name: "处理", begun_at: "2026-09-18T08:40:00Z", ended_at: null, ending: null },
  ],
  waits: [
    {
      reason: "customer",
      note: "等截图",
      begun_at: "2026-09-18T09:00:00Z",
      begun_by: null,
      ended_at: "2026-09-18T09:30:00Z",
      ending: "customer_message",
    },
  ],
  evidence: [],
  conversations: [],
  recused: [],
  record: { understanding: null },
  archived_at: null,
} as unknown as CaseDetail;

it("tells what happened, the newest first", () => {
  const clock = {
    id: "c",
    name: { zh: "受理", en: "" },
    assessment: { state: "breached", breached_at: "2026-09-18T09:10:00Z", stopped_at: null },
  } as unknown as Clock;
  expect(timelineOf(item, [clock]).map((entry) => entry.key)).toEqual([
    "waited-0",
    "breach-c",
    "wait-0",
    "begin-handle",
    "end-record",
    "begin-record",
    "recorded",
    "received",
  ]);
});
