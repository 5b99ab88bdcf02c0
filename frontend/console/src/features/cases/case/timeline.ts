import type { CaseDetail, Clock, UserRef } from "@/api/types";
import type { TextKey, TextParams } from "@/lib/i18n";
import { planText } from "../plan";

/** Something that happened to a case. */
export interface Entry {
  key: string;
  at: string;
  icon: string;
  text: TextKey;
  params: TextParams;
  who: UserRef | null;
  /** Nobody did it: the plan said so. */
  system?: boolean;
  /** Why, in the words of who did it. */
  note: string;
  tone?: "bad" | "good";
}

type Add = (at: string | null | undefined, key: string, icon: string, text: TextKey, more?: Partial<Entry>) => void;

function stages(item: CaseDetail, add: Add): void {
  for (const stage of item.stages) {
    add(stage.begun_at, `begin-${stage.key}`, "i-lucide-play", "cases.timeline.stageBegun", {
      params: { name: stage.name },
    });
    if (!stage.ending) continue;
    const icon = {
      done: "i-lucide-check",
      skipped: "i-lucide-skip-forward",
      returned: "i-lucide-undo-2",
      replaced: "i-lucide-replace",
      cut: "i-lucide-scissors",
    }[stage.ending];
    add(stage.ended_at, `end-${stage.key}`, icon, `cases.timeline.stage.${stage.ending}`, {
      params: { name: stage.name },
      who: stage.ended_by,
      note: stage.reason ?? "",
      ...(stage.ending === "done" ? { tone: "good" } : {}),
    });
  }
}

function waits(item: CaseDetail, add: Add): void {
  for (const [index, wait] of item.waits.entries()) {
    add(wait.begun_at, `wait-${index}`, "i-lucide-pause", `cases.timeline.wait.${wait.reason}`, {
      who: wait.begun_by,
      note: wait.note,
    });
    if (wait.ending) add(wait.ended_at, `waited-${index}`, "i-lucide-play", `cases.timeline.waitEnd.${wait.ending}`);
  }
}

function evidence(item: CaseDetail, add: Add): void {
  for (const piece of item.evidence) {
    add(piece.added_at, `evidence-${piece.id}`, "i-lucide-paperclip", "cases.timeline.evidenceAdded", {
      params: { name: piece.name },
      who: piece.added_by,
      note: piece.note,
    });
    add(piece.removed_at, `removed-${piece.id}`, "i-lucide-file-x", "cases.timeline.evidenceRemoved", {
      params: { name: piece.name },
      who: piece.removed_by,
      note: piece.removal_reason ?? "",
    });
  }
}

function clockFacts(clocks: readonly Clock[], add: Add): void {
  for (const clock of clocks) {
    const params = { name: planText(clock.name) };
    add(clock.assessment.breached_at, `breach-${clock.id}`, "i-lucide-alarm-clock", "cases.timeline.breached", {
      params,
      tone: "bad",
    });
    if (clock.assessment.state === "met")
      add(clock.assessment.stopped_at, `met-${clock.id}`, "i-lucide-clock-check", "cases.timeline.met", {
        params,
        tone: "good",
      });
    if (clock.assessment.state === "met_late")
      add(clock.assessment.stopped_at, `met-${clock.id}`, "i-lucide-clock-alert", "cases.timeline.metLate", {
        params,
        tone: "bad",
      });
  }
}

/** What happened to a case, the newest first. */
export function timelineOf(item: CaseDetail, clocks: readonly Clock[] = [], more: readonly Entry[] = []): Entry[] {
  const entries: Entry[] = [...more];
  const add: Add = (at, key, icon, text, rest = {}) => {
    if (at) entries.push({ key, at, icon, text, params: {}, who: null, note: "", ...rest });
  };
  if (item.recorded_at !== item.received_at)
    add(item.received_at, "received", "i-lucide-inbox", "cases.timeline.received", { params: { source: item.source } });
  add(item.recorded_at, "recorded", "i-lucide-clipboard-pen", "cases.timeline.recorded", { who: item.created_by });
  stages(item, add);
  waits(item, add);
  evidence(item, add);
  clockFacts(clocks, add);
  for (const conversation of item.conversations)
    add(conversation.linked_at, `link-${conversation.id}`, "i-lucide-messages-square", "cases.timeline.linked", {
      params: { no: conversation.no ?? "…" },
    });
  for (const one of item.recused)
    add(one.since, `recused-${one.user.id}`, "i-lucide-shield-off", "cases.timeline.recused", {
      params: { name: one.user.name },
      note: one.reason,
    });
  const said = item.record.understanding;
  if (said) add(said.at, "understood", "i-lucide-handshake", "cases.timeline.understood", { note: said.how });
  add(item.archived_at, "archived", "i-lucide-archive", "cases.timeline.archived");
  const rank = new Map(entries.map((entry, index) => [entry.key, index]));
  return entries.sort(
    (a, b) => new Date(b.at).getTime() - new Date(a.at).getTime() || (rank.get(b.key) ?? 0) - (rank.get(a.key) ?? 0),
  );
}
