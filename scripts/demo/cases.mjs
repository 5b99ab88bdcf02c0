// The cases of the example organisation: a plan whose departments are teams, and matters at every stage.
import { follow } from "./course.mjs";
import { group, matters } from "./matters.mjs";

/** Gives the departments of the plan their teams, in a second version that a manager approves. */
export async function plan(admin, manager, teams) {
  const plan = (await admin.call("GET", "/plans")).items[0];
  const drawn = await admin.call("POST", `/plans/${plan.id}/versions`, { based_on_id: plan.active_version_id });
  const path = `/plan_versions/${drawn.info.id}`;
  const { content } = await admin.call("GET", path);
  for (const department of content.departments) if (teams[department.key]) department.team_id = teams[department.key];
  const now = async () => ({ "If-Match": `"${(await admin.call("GET", path)).info.version}"` });
  await admin.call("PATCH", path, { content, note: "部门对应到班组" }, await now());
  await admin.call("POST", `${path}/submit`, { reason: "部门对应到班组，请审批" }, await now());
  await manager.call("POST", `${path}/approve`, { reason: "已核对，同意" }, await now());
  await admin.call("POST", `${path}/activate`, { reason: "即日启用" }, await now());
}

/** Opens a case as whoever took it down. */
async function open(who, admin, matter, at) {
  const api = who[matter.by ?? "lin"];
  const [type_key, [severity_key, urgency_key, difficulty_key]] = [matter.type, matter.levels];
  const received = new Date(Date.now() - matter.ago * 60_000);
  const like = matter.like ? at.get(matter.like) : undefined;
  let contact = like?.contact ?? null;
  let complainant = like?.complainant ?? { name: matter.who?.[0] ?? "", contact: matter.who?.[1] ?? "" };
  const talk = matter.talk ? at.talks.get(matter.talk) : undefined;
  if (talk) {
    contact = talk.contact;
    complainant = { name: matter.talk, contact: "" };
  } else if (!contact && complainant.contact) {
    const reach = complainant.contact.includes("@") ? { email: complainant.contact } : { phone: complainant.contact.replaceAll(" ", "") };
    contact = await admin.call("POST", "/contacts", { name: complainant.name, ...reach });
  }
  const made = await api.call("POST", "/cases", {
    classification: { type_key, category_key: matter.category, severity_key, urgency_key, difficulty_key },
    fields: {
      title: matter.title, facts: matter.facts, impact: matter.impact ?? "", remedy_sought: matter.sought ?? "", source: matter.source ?? "conversation", complainant,
      contact_id: contact?.id ?? null, occurred_at: new Date(received.getTime() - 90 * 60_000).toISOString(), custom: matter.custom ?? {},
    },
    conversation_ids: talk ? [talk.id] : [],
    received_at: received.toISOString(),
    take: matter.by !== undefined,
    tag_ids: (matter.tags ?? []).map((name) => at.tags.get(name)),
  });
  at.set(matter.key, { ...made, contact, complainant, by: matter.by });
}

/** What ties cases together. */
async function tie(who, at) {
  const id = (key) => at.get(key).id;
  for (const matter of matters) {
    const [api, here] = [who[matter.by ?? "lin"], `/cases/${id(matter.key)}`];
    if (matter.link) await api.call("POST", `${here}/links`, { other_id: id(matter.link[0]), kind: matter.link[1], note: matter.link[2] });
    if (matter.parent) await api.call("PUT", `${here}/parent`, { parent_id: id(matter.parent) });
    if (matter.into) await api.call("POST", `${here}/merge`, { into: id(matter.into[0]), reason: matter.into[1] });
  }
  const speaker = at.get(group.speaker);
  const representatives = [{ case_id: speaker.id, ...speaker.complainant }];
  const case_ids = matters.filter((matter) => matter.group).map((matter) => id(matter.key));
  await who.lin.call("POST", "/case_groups", { title: group.title, note: group.note, case_ids, representatives });
}

/** All cases; `talks` are conversations by the customer's name, `tags` ids by name. */
export async function cases(who, admin, talks, tags) {
  const at = Object.assign(new Map(), { talks, tags });
  for (const matter of matters) await open(who, admin, matter, at);
  const waiting = matters.filter((matter) => matter.by && matter.to !== "record");
  const worker = async () => {
    for (let matter = waiting.shift(); matter; matter = waiting.shift()) await follow(who, at.get(matter.key), matter);
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  await tie(who, at);
  await who.lin.call("POST", "/case_views", { name: "严重工单", shared: true, filters: { view: "all", severity: "severe", sort: "due" }, columns: ["severity", "stage", "owner", "team"] });
}
