import type { CaseTimelineEntry, Clock, FlowStage, Plan } from "@/api/types";
import { t, tOr, type TextKey, type TextParams } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { formatDateTime } from "@/lib/time";
import { planText, treeOf } from "../plan";
import type { Entry } from "./timeline";

/** What of the log is shown beside what the case itself tells: icon and text of each kind. */
const shown: Record<string, { icon: string; text: TextKey; tone?: "bad" | "good" }> = {
  "case.assigned": { icon: "i-lucide-user-round", text: "cases.timeline.log.assigned" },
  "case.classified": { icon: "i-lucide-folder-tree", text: "cases.timeline.log.classified" },
  "case.updated": { icon: "i-lucide-pencil", text: "cases.timeline.log.updated" },
  "case.tagged": { icon: "i-lucide-tag", text: "cases.timeline.log.tagged" },
  "case.people_changed": { icon: "i-lucide-users-round", text: "cases.timeline.log.people" },
  "case.teams_changed": { icon: "i-lucide-users", text: "cases.timeline.log.teams" },
  "case.moved": { icon: "i-lucide-git-branch", text: "cases.timeline.log.moved" },
  "case.reopened": { icon: "i-lucide-rotate-ccw", text: "cases.timeline.log.reopened" },
  "case.conversation_unlinked": { icon: "i-lucide-unlink", text: "cases.timeline.log.unlinked" },
  "case.notice_sent": { icon: "i-lucide-send", text: "cases.timeline.log.notice", tone: "good" },
  "case.handover_asked": { icon: "i-lucide-forward", text: "cases.timeline.log.handoverAsked" },
  "case.handover_accepted": { icon: "i-lucide-forward", text: "cases.timeline.log.handoverAccepted" },
  "case.handover_sent_back": { icon: "i-lucide-undo-2", text: "cases.timeline.log.handoverSentBack" },
  "case.handover_done": { icon: "i-lucide-check", text: "cases.timeline.log.handoverDone", tone: "good" },
  "case.handover_closed": { icon: "i-lucide-check-check", text: "cases.timeline.log.handoverClosed", tone: "good" },
  "case.task_done": { icon: "i-lucide-list-checks", text: "cases.timeline.log.taskDone", tone: "good" },
  "case.remedy_granted": { icon: "i-lucide-gift", text: "cases.timeline.log.remedyGranted", tone: "good" },
  "case.remedy_refused": { icon: "i-lucide-gift", text: "cases.timeline.log.remedyRefused" },
  "case.linked": { icon: "i-lucide-link", text: "cases.timeline.log.linked" },
  "case.unlinked": { icon: "i-lucide-unlink", text: "cases.timeline.log.caseUnlinked" },
  "case.merged": { icon: "i-lucide-merge", text: "cases.timeline.log.merged" },
  "case.unmerged": { icon: "i-lucide-undo-2", text: "cases.timeline.log.unmerged" },
  "case.split": { icon: "i-lucide-split", text: "cases.timeline.log.split" },
  "case.grouped": { icon: "i-lucide-users-round", text: "cases.timeline.log.grouped" },
  "case.dossier_taken": { icon: "i-lucide-file-archive", text: "cases.timeline.log.dossier" },
  "case.opened_by_rule": { icon: "i-lucide-workflow", text: "cases.timeline.log.openedByRule" },
  "case.reminded": { icon: "i-lucide-eye", text: "cases.timeline.log.reminded" },
  "case.silent": { icon: "i-lucide-message-circle-off", text: "cases.timeline.log.silent" },
  "case.progress_rated": { icon: "i-lucide-star", text: "cases.timeline.log.rated" },
  "case.progress_said": { icon: "i-lucide-message-square-text", text: "cases.timeline.log.said" },
  "case.progress_answered": {
    icon: "i-lucide-message-circle-question",
    text: "cases.timeline.log.solved",
    tone: "good",
  },
  "case.handover_reopened": { icon: "i-lucide-rotate-ccw", text: "cases.timeline.log.handoverReopened" },
  "case.handover_withdrawn": { icon: "i-lucide-undo-2", text: "cases.timeline.log.handoverWithdrawn" },
  "case.task_not_needed": { icon: "i-lucide-circle-slash", text: "cases.timeline.log.taskNotNeeded" },
  "case.task_reopened": { icon: "i-lucide-rotate-ccw", text: "cases.timeline.log.taskReopened" },
  "case.remedy_asked": { icon: "i-lucide-gift", text: "cases.timeline.log.remedyAsked" },
  "case.remedy_withdrawn": { icon: "i-lucide-gift", text: "cases.timeline.log.remedyWithdrawn" },
  "clock.warned": { icon: "i-lucide-clock-alert", text: "cases.timeline.log.warned" },
  "clock.extended": { icon: "i-lucide-calendar-plus", text: "cases.timeline.log.extended" },
};

/** What the customer says about whether it is solved. */
const unsolved = {
  icon: "i-lucide-message-circle-question",
  text: "cases.timeline.log.unsolved",
  tone: "bad",
} as const;
const lookFor = (entry: CaseTimelineEntry) =>
  entry.kind === "case.progress_answered" && entry.data["solved"] !== true ? unsolved : shown[entry.kind];
const numbers = ["times", "score", "days"] as const;

/** Ends of stages, for those that the case went through again: of each stage the case itself tells the last run alone. */
const ends: Record<string, "done" | "skipped"> = { "case.stage_done": "done", "case.stage_skipped": "skipped" };
/** What is told by an entry of its own. */
const elsewhere = new Set(["understanding"]);

interface Known {
  stages: readonly Pick<FlowStage, "key" | "name" | "ended_at">[];
  plan?: Plan | undefined;
  clocks: readonly Clock[];
  users: ReadonlyMap<string, string>;
  teams: ReadonlyMap<string, string>;
  /** What the customer said on the progress page, by the ids of what they did there. */
  said: ReadonlyMap<string, string>;
  /** What tasks ask for, by their ids. */
  tasks?: ReadonlyMap<string, string>;
  /** What versions of plans are called, by id. */
  versions?: ReadonlyMap<string, string>;
  /** Words for the names of fields. */
  field: (name: string) => string;
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

/** The team that a case was given to without a person. */
const newTeam = ({ kind, data }: CaseTimelineEntry): string =>
  kind === "case.assigned" && !text(data["owner_id"]) && data["team_id"] !== data["former_team_id"]
    ? text(data["team_id"])
    : "";

function params(entry: CaseTimelineEntry, known: Known): TextParams {
  const { data } = entry;
  const fields = Array.isArray(data["fields"])
    ? (data["fields"] as string[]).filter((name) => !elsewhere.has(name))
    : [];
  const team = text(data["to_team_id"]) || newTeam(entry);
  const department = known.plan?.departments.find((one) => one.team_id === team);
  const clock = known.clocks.find((one) => one.id === entry.subject_id);
  const owner = text(data["owner_id"]);
  const rule = text(data["rule_key"]);
  const byRule = rule && (planText(known.plan?.intake.find((one) => one.key === rule)?.name) || rule);
  return {
    name: byRule
      ? byRule
      : clock
        ? planText(clock.name)
        : team
          ? (known.teams.get(team) ?? (department ? planText(department.name) : "—"))
          : (known.users.get(owner) ?? "—"),
    fields: fields.map(known.field).join(" · "),
    share: typeof data["share"] === "number" ? data["share"] : 0,
    n: numbers.map((name) => data[name]).find((value) => typeof value === "number") ?? 0,
  };
}

/** `Severity: minor → severe`, for each judgement that changed. */
function judged({ data }: CaseTimelineEntry, plan: Plan | undefined): string {
  const category = (key: string) =>
    treeOf(plan?.categories ?? [])
      .find((one) => one.node.key === key)
      ?.path.join(" › ");
  const severity = (key: string) => planText(plan?.severities.find((one) => one.key === key)?.name);
  const urgency = (key: string) => planText(plan?.urgencies.find((one) => one.key === key)?.name);
  const difficulty = (key: string) => planText(plan?.difficulties.find((one) => one.key === key)?.name);
  const priority = (key: string) => tOr(`cases.priority.${key}`, key);
  const changes = [
    ["category", "category_key", category],
    ["severity", "severity_key", severity],
    ["urgency", "urgency_key", urgency],
    ["difficulty", "difficulty_key", difficulty],
    ["priority", "priority", priority],
  ] as const;
  return changes
    .filter(([, key]) => `former_${key}` in data && data[`former_${key}`] !== data[key])
    .map(([label, key, name]) => {
      const say = (value: unknown) =>
        (text(value) && (name(text(value)) || text(value))) || t("cases.create.undecided");
      return t("cases.timeline.changed", {
        what: label === "difficulty" ? t("cases.record.difficulty") : t(`cases.columns.${label}`),
        from: say(data[`former_${key}`]),
        to: say(data[key]),
      });
    })
    .join("\n");
}

/** Teams that joined or left. */
function teamsOf({ data }: CaseTimelineEntry, teams: Known["teams"]): string {
  const names = (key: string) =>
    (Array.isArray(data[key]) ? (data[key] as string[]) : []).map((id) => teams.get(id) ?? "").filter(Boolean);
  return [...names("added").map((name) => `+ ${name}`), ...names("removed").map((name) => `− ${name}`)].join("\n");
}

/** What a customer did on the progress page. */
const isSaid = (entry: CaseTimelineEntry): boolean =>
  ["case.progress_answered", "case.progress_said", "case.progress_rated"].includes(entry.kind);

/** Which task, remedy or notice it is about. */
function subject({ kind, data }: CaseTimelineEntry, known: Known): string {
  if (kind.startsWith("case.task_")) return known.tasks?.get(text(data["task_id"])) ?? "";
  if (kind === "case.notice_sent") return tOr(`cases.notice.kind.${text(data["kind"])}`, "");
  if (!kind.startsWith("case.remedy_")) return "";
  const name = planText(known.plan?.remedies?.find((one) => one.key === data["remedy_key"])?.name);
  const amount = typeof data["amount"] === "number" ? formatMoney(data["amount"], text(data["currency"])) : "";
  return [name, amount].filter(Boolean).join(" ");
}

/** From which version of a plan to which, and why. */
function movedOf({ data }: CaseTimelineEntry, versions: Known["versions"]): string {
  const [from, to] = ["former_plan_version_id", "plan_version_id"].map((name) => versions?.get(text(data[name])));
  const way = from && to ? t("cases.timeline.changed", { what: t("cases.plan.label"), from, to }) : "";
  return [way, text(data["reason"])].filter(Boolean).join("\n");
}

function noteOf(entry: CaseTimelineEntry, known: Known): string {
  if (isSaid(entry)) return known.said.get(text(entry.data["input_id"])) ?? "";
  switch (entry.kind) {
    case "case.classified":
      return judged(entry, known.plan);
    case "case.teams_changed":
      return teamsOf(entry, known.teams);
    case "case.moved":
      return movedOf(entry, known.versions);
    default:
      return subject(entry, known);
  }
}

/** When what an entry tells was the case: a warning belongs to the instant at which the share was used up, also where the server was down then. */
function instant(entry: CaseTimelineEntry): { at: string; late: boolean } {
  const at = entry.kind === "clock.warned" ? text(entry.data["at"]) : "";
  const late = at !== "" && new Date(entry.at).getTime() - new Date(at).getTime() > 60_000;
  return { at: late ? at : entry.at, late };
}

/** Entries of the log that the case itself does not tell, the oldest first. */
export function fromLog(log: readonly CaseTimelineEntry[], known: Known): Entry[] {
  return log
    .toSorted((a, b) => a.seq - b.seq)
    .flatMap((entry) => {
      const ending = ends[entry.kind];
      if (ending) {
        const stage = known.stages.find((one) => one.key === entry.data["stage_key"]);
        if (!stage || stage.ended_at === entry.at) return [];
        return [
          {
            key: `log-${entry.seq}`,
            at: entry.at,
            icon: ending === "done" ? "i-lucide-check" : "i-lucide-skip-forward",
            text: `cases.timeline.stage.${ending}` as const,
            params: { name: stage.name },
            who: entry.actor,
            note: "",
          },
        ];
      }
      const look = lookFor(entry);
      if (!look) return [];
      if (
        entry.kind === "case.updated" &&
        Array.isArray(entry.data["fields"]) &&
        entry.data["fields"].every((name) => elsewhere.has(String(name)))
      )
        return [];
      const words =
        entry.kind === "case.assigned" && !text(entry.data["owner_id"]) && !newTeam(entry)
          ? "cases.timeline.log.unassigned"
          : look.text;
      const { at, late } = instant(entry);
      const told = late
        ? {
            text: "cases.timeline.log.warnedLate" as const,
            params: { ...params(entry, known), told: formatDateTime(entry.at) },
          }
        : { text: words, params: params(entry, known) };
      return [
        {
          key: `log-${entry.seq}`,
          at,
          icon: look.icon,
          ...told,
          who: entry.actor,
          ...(entry.actor_kind === "system" && !isSaid(entry) ? { system: true } : {}),
          note: noteOf(entry, known),
          ...(look.tone ? { tone: look.tone } : {}),
        },
      ];
    });
}

/** Who changed what is written down last. */
export const lastEditor = (log: readonly CaseTimelineEntry[]): string | undefined =>
  log.find((entry) => entry.kind === "case.updated" || entry.kind === "case.classified")?.actor?.name;
