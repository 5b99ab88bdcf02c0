import type {
  Doc,
  DocAlarm,
  DocCard,
  DocCategory,
  DocCause,
  DocClock,
  DocCondition,
  DocDepartment,
  DocEscalation,
  DocField,
  DocFlow,
  DocIntake,
  DocLevel,
  DocPart,
  DocPlaybook,
  DocRemedy,
  DocReminder,
  DocStage,
  DocTemplate,
  DocText,
  DocType,
  DocView,
  DocWording,
} from "./model";

export const text = (): DocText => ({ zh: "", en: "" });
export const condition = (): DocCondition => ({
  case_types: [],
  categories: [],
  classes: [],
  severities: [],
  urgencies: [],
  difficulties: [],
});

/** A key that no other thing of the list has, made from the English name where there is one. */
export function freshKey(list: readonly { key: string }[], name: Partial<DocText>, kind: string): string {
  const taken = new Set(list.map((one) => one.key));
  const slug = (name.en ?? "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50)
    .replace(/-+$/, "");
  if (slug && !taken.has(slug)) return slug;
  const stem = slug || kind;
  for (let n = 2; ; n += 1) if (!taken.has(`${stem}-${n}`)) return `${stem}-${n}`;
}

/** New things, with everything in them that the document can have. */
export const blank = {
  category: (key: string, name: DocText, parent: string | null): DocCategory => ({
    key,
    parent,
    name,
    hint: text(),
    department: null,
    severity: null,
    difficulty: null,
  }),
  cause: (key: string, name: DocText, parent: string | null): DocCause => ({ key, parent, name, hint: text() }),
  view: (key: string, name: DocText): DocView => ({ key, name, classes: [] }),
  case_type: (key: string, name: DocText, flow: string): DocType => ({ key, name, flow }),
  level: (key: string, name: DocText): DocLevel => ({ key, name, hint: text() }),
  department: (key: string, name: DocText): DocDepartment => ({ key, name, duty: text(), team_id: null }),
  field: (key: string, name: DocText): DocField => ({
    key,
    name,
    hint: text(),
    kind: "text",
    options: [],
    min: null,
    max: null,
    case_types: [],
    categories: [],
    required_at: null,
  }),
  flow: (key: string, name: DocText): DocFlow => ({ key, name, stages: [] }),
  stage: (key: string, name: DocText, kind: DocStage["kind"]): DocStage => ({
    key,
    kind,
    name,
    hint: text(),
    needs: [],
    optional: false,
    when: condition(),
    except: false,
  }),
  clock: (key: string, name: DocText): DocClock => ({
    key,
    name,
    source: text(),
    law: null,
    enabled: true,
    when: condition(),
    group: null,
    start: { on: "received" },
    stop: { on: "stage_done", stage: "handle" },
    policy: {
      unit: "working_days",
      days: 5,
      mode: "same_time",
      pause_on: ["customer", "third_party", "other"],
      warn_at: [50, 80, 100],
    },
    calendar: null,
    escalation: null,
    extension: null,
  }),
  escalation: (key: string, name: DocText): DocEscalation => ({
    key,
    name,
    steps: [{ at: { on: "share", share: 80 }, actions: [{ do: "notify", to: [{ who: "owner" }] }] }],
  }),
  alarm: (key: string, name: DocText): DocAlarm => ({
    key,
    name,
    when: condition(),
    actions: [{ do: "report_to_superior" }],
  }),
  template: (key: string, name: DocText): DocTemplate => ({ key, kind: "progress", name, parts: [] }),
  part: (key: string, name: DocText): DocPart => ({ key, name, body: text(), mandatory: false }),
  playbook: (key: string, name: DocText): DocPlaybook => ({ key, name, when: condition(), steps: [] }),
  step: (key: string, title: DocText): DocPlaybook["steps"][number] => ({
    key,
    kind: "task",
    title,
    detail: text(),
    stage: null,
    required: false,
    limit: null,
    escalation: null,
    department: null,
  }),
  remedy: (key: string, name: DocText): DocRemedy => ({
    key,
    kind: "other_assistance",
    name,
    has_amount: false,
    authority: [],
  }),
  card: (key: string, title: DocText): DocCard => ({
    key,
    topic: "listening",
    title,
    body: text(),
    stages: [],
    moods: [],
    case_types: [],
  }),
  wording: (key: string, name: DocText): DocWording => ({
    key,
    kind: "cold",
    name,
    words: [],
    unless: [],
    advice: text(),
  }),
  intake: (key: string, name: DocText, type = ""): DocIntake => ({
    key,
    name,
    when: { inbox_ids: [], words: [], tags: [] },
    then: { case_type: type, category: null, severity: null },
  }),
  reminder: (key: string, name: DocText): DocReminder => ({
    key,
    name,
    when: condition(),
    stages: ["handle"],
    every: { unit: "working_days", days: 1, mode: "same_time" },
  }),
};

type Loose = Record<string, unknown>;
const each = (list: unknown, complete: (one: Loose) => Loose): Loose[] =>
  (Array.isArray(list) ? (list as Loose[]) : []).map(complete);
const over =
  (pattern: object) =>
  (one: Loose): Loose => ({ ...pattern, ...one });
const withCondition = (one: Loose): Loose => ({ ...one, when: { ...condition(), ...(one["when"] as object) } });

/** A document with everything there that whoever wrote it by hand has left out, as the server would fill it in. */
export function complete(doc: object): Doc {
  const given = doc as Loose;
  const none = text();
  const step = over(blank.step("", none));
  const policy = (one: Loose): Loose => ({
    pause_on: ["customer", "third_party", "other"],
    warn_at: [50, 80, 100],
    ...one,
  });
  const filled: Loose = {
    calendar: given["calendar"] ?? null,
    case_types: each(given["case_types"], over({})),
    categories: each(given["categories"], over(blank.category("", none, null))),
    views: each(given["views"], over({ classes: [] })),
    severities: each(given["severities"], over({ hint: none })),
    urgencies: each(given["urgencies"], over({ hint: none })),
    difficulties: each(given["difficulties"], over({ hint: none })),
    priorities: each(given["priorities"], over({ severities: [], urgencies: [] })),
    departments: each(given["departments"], over(blank.department("", none))),
    fields: each(given["fields"], over(blank.field("", none))),
    intake: each(given["intake"], (rule) => {
      const { when, then } = blank.intake("", none);
      return {
        ...rule,
        when: { ...when, ...(rule["when"] as object) },
        then: { ...then, ...(rule["then"] as object) },
      };
    }),
    flows: each(given["flows"], (flow) => ({
      ...flow,
      stages: each(flow["stages"], (stage) => withCondition({ ...blank.stage("", none, "record"), ...stage })),
    })),
    clocks: each(given["clocks"], (clock) => {
      const whole: Loose = { ...blank.clock("", none), ...withCondition(clock) };
      const extension = whole["extension"] as Loose | null;
      return {
        ...whole,
        policy: policy(whole["policy"] as Loose),
        extension: extension && { hint: none, limits: [], ...extension },
      };
    }),
    reminders: each(given["reminders"], (one) => withCondition({ stages: [], ...one })),
    escalations: each(given["escalations"], over({ steps: [] })),
    chains: { tasks: null, handovers: null, ...(given["chains"] as object) },
    alarms: each(given["alarms"], (alarm) => withCondition({ actions: [], ...alarm })),
    templates: each(given["templates"], (template) => ({
      ...template,
      parts: each(template["parts"], over(blank.part("", none))),
    })),
    playbooks: each(given["playbooks"], (book) => ({ ...withCondition(book), steps: each(book["steps"], step) })),
    remedies: each(given["remedies"], over({ has_amount: false, authority: [] })),
    causes: each(given["causes"], over(blank.cause("", none, null))),
    cards: each(given["cards"], over(blank.card("", none))),
    wording: each(given["wording"], over({ unless: [], advice: none })),
    closing: {
      cause_must_be_leaf: true,
      silent_days: 3,
      reopen_days: 30,
      repeat_days: 30,
      ...(given["closing"] as object),
    },
  };
  // Nothing that this console does not know is lost.
  return withLanguages({ ...given, ...filled }) as Doc;
}

/** Texts in which one language was left out get it as an empty one; objects are told to be texts by what they hold. */
function withLanguages(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withLanguages);
  if (typeof value !== "object" || value === null) return value;
  const names = Object.keys(value);
  if (names.length && names.every((name) => name === "zh" || name === "en")) return { ...text(), ...value };
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withLanguages(inner)]));
}
