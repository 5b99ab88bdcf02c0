// Takes a case through its stages as people would: everything that a stage needs, then the stage itself.
import { deflateSync } from "node:zlib";

const crcs = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes) => (bytes.reduce((c, byte) => crcs[(c ^ byte) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
const chunk = (kind, data) => {
  const body = Buffer.concat([Buffer.from(kind), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

/** A picture of a sheet of paper with lines on it. */
function picture() {
  const [width, height] = [240, 320];
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const line = y > 70 && y < 280 && y % 24 < 6 && x > 24 && x < 150 + ((y * 37) % 66);
      const title = y > 30 && y < 46 && x > 24 && x < 130;
      rows[y * (width + 1) + 1 + x] = title ? 60 : line ? 160 : 250;
    }
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}
const contents = {
  picture,
  log: () => Buffer.from("AndroidRuntime: FATAL EXCEPTION: main\nProcess: shop.shiguang, PID: 21837\njava.lang.OutOfMemoryError: Failed to allocate a 48771084 byte allocation\n"),
  call: () => Buffer.from("来电 10:12，通话 3 分 40 秒。\n客服：您好，拾光商店。\n用户：发票抬头是以前的公司，能不能重开？\n客服：可以，请把新的抬头和税号发给我。\n"),
};

/** Uploads a file as evidence of a case. */
async function attach(api, item, [name, kind, giver]) {
  const bytes = contents[kind]();
  const begun = await api.call("POST", "/evidence_uploads", { name, size: bytes.length });
  const { attachment } = await api.send("PATCH", `/uploads/${begun.id}`, bytes, { "Upload-Offset": "0" });
  await api.call("POST", `/cases/${item.id}/evidence`, { attachment_id: attachment.id, given_by: giver });
}

/** Fills what a template leaves open. */
async function tell(api, item, template, words) {
  const talk = item.conversations[0];
  const draft = await api.call("GET", `/cases/${item.id}/notices/draft?template=${template}`);
  const parts = Object.fromEntries(draft.parts.map(({ key, text }) => [key, text.replaceAll(/\{\{\s*\?\s*\}\}/g, words)]));
  const way = talk ? { channel: "conversation", conversation_id: talk.id } : { channel: "phone", told_to: item.complainant.name, told_at: new Date().toISOString() };
  await api.call("POST", `/cases/${item.id}/notices`, { template, parts, ...way });
}

async function handOver(who, item, { to, note, scope = "", joint = false, accept, result }) {
  const at = `/cases/${item.id}/handovers`;
  const owner = who[item.by];
  const department = to === "finance" ? who.sun : who.he;
  await owner.call("POST", at, { departments: [to], team_ids: [], scope, joint, note });
  const made = (await owner.call("GET", at)).items.at(-1);
  if (accept) await department.call("POST", `${at}/${made.id}/accept`, {});
  if (!result) return;
  await department.call("POST", `${at}/${made.id}/done`, { result });
  await owner.call("POST", `${at}/${made.id}/close`, {});
}

/** What is done in each kind of stage before it can be completed. */
const deeds = {
  record: async () => {},
  acknowledge: ({ api, item }) => tell(api, item, "acknowledgement", ""),
  classify: ({ patch }) => patch({ understanding: { how: "复述要点，用户确认无误" } }),
  accept: ({ patch, matter }) => patch({ decision: matter.decision ?? "accepted", decision_reason: "属于受理范围，材料齐全" }),
  answer: async () => {},
  hand_over: async ({ who, item, matter }) => {
    if (matter.handover && !matter.handover.joint) await handOver(who, item, matter.handover);
  },
  handle: async ({ api, item, matter, patch }) => {
    for (const task of (await api.call("GET", `/cases/${item.id}/tasks`)).items) {
      if (task.state === "open") await api.call("POST", `/cases/${item.id}/tasks/${task.id}/done`, { outcome: "已完成", demand: task.kind === "demand_judgement" ? "reasonable" : null });
    }
    if (matter.decision) await patch({ decision: matter.decision, decision_reason: "符合规则" });
    await patch({ solution: { complete_by: null, department: "", feasibility: "", risks: "", tools: "", steps: matter.result ?? matter.title, ...matter.solution }, upheld: matter.upheld ?? "yes", workaround: matter.workaround ?? "", prevention: matter.prevention ?? "" });
  },
  tell: ({ api, item, matter }) => tell(api, item, "result", matter.result ?? ""),
  follow_up: ({ patch, matter }) => patch({ satisfaction: matter.satisfaction?.[0] ?? 4, satisfaction_words: matter.satisfaction?.[1] ?? "" }),
  archive: ({ patch, matter }) => patch({ summary: matter.summary ?? matter.title, ...(matter.cause ? { cause_key: matter.cause } : {}) }),
};

async function grant(who, item, [remedy, amount, note, approve]) {
  const at = `/cases/${item.id}/remedies`;
  const asked = await who[item.by].call("POST", at, { remedy, amount, note });
  if (approve) await who.lin.call("POST", `${at}/${asked.id}/approve`, {});
}

async function promise(api, item, [body, limit, keep]) {
  const made = await api.call("POST", "/promises", { body, limit, case_id: item.id });
  if (keep) await api.call("POST", `/promises/${made.id}/keep`, {});
}

/** Everything beside the stages that is so from the beginning. */
async function furnish(who, item, matter) {
  const api = who[item.by];
  for (const file of matter.files ?? []) await attach(api, item, file);
  if (matter.promise) await promise(api, item, matter.promise);
  if (matter.recuse) await who.lin.call("POST", `/cases/${item.id}/people`, { role: "recused", add: [who.ids[matter.recuse[0]]], reason: matter.recuse[1] });
  if (matter.task) await api.call("POST", `/cases/${item.id}/tasks`, { title: matter.task[0], detail: matter.task[1], required: false, assignee_id: who.ids[matter.by] });
}

/** Takes a case to where it stands. */
export async function follow(who, start, matter) {
  let item = start;
  const by = item.by;
  const api = who[by];
  const renew = async () => { item = { ...(await api.call("GET", `/cases/${item.id}`)), by }; };
  const patch = async (fields) => {
    await renew();
    await api.call("PATCH", `/cases/${item.id}`, { custom: {}, ...fields }, { "If-Match": `"${item.version}"` });
  };
  await furnish(who, item, matter);
  let paid = false;
  for (;;) {
    await renew();
    const stage = item.stages.find((one) => one.current);
    if (stage.kind === "handle" && !paid) {
      paid = true;
      if (matter.remedy) await grant(who, item, matter.remedy);
      if (matter.handover?.joint) await handOver(who, item, matter.handover);
    }
    if (stage.kind === matter.to) break;
    await deeds[stage.kind]({ who, api, item, matter, patch });
    await api.call("POST", `/cases/${item.id}/complete_stage`, { stage_key: stage.key, ...(stage.kind === "archive" ? { outcome: matter.outcome ?? "solved", promises_go_on: true } : {}) });
    if (stage.kind === "archive") break;
  }
  if (matter.wait) await api.call("POST", `/cases/${item.id}/wait`, { reason: "customer", note: matter.wait });
}
