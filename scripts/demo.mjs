// Fills the server at the address given with an example organisation, through the API alone.
import { Api, ApiError, Visitor } from "../frontend/e2e/harness/api.mjs";
import { cases, plan } from "./demo/cases.mjs";

const url = process.argv[2];
if (!url) throw new Error("usage: node scripts/demo.mjs http://127.0.0.1:8080");
const password = "heard-demo-2026";

const customers = [
  { name: "王芳", says: ["你好，订单 20260918-071 还没有发货，能帮我看一下吗？"], agent: "zhou", reply: "您好，我这就为您查询，请稍等。" },
  { name: "李雷", says: ["我想退掉上周买的耳机", "包装已经拆了，还能退吗？"], agent: "wu", reply: "可以的，七天内不影响二次销售就能退。请问耳机有损坏吗？" },
  { name: "Emma Brown", says: ["Hi, do you ship to Canada?"], agent: null, reply: null },
  { name: "陈静", says: ["发票抬头填错了，怎么改？"], agent: "zhou", reply: "您把正确的抬头和税号发给我，我为您重开。" },
  { name: "赵敏", says: ["App 打开就闪退，手机是小米 14"], agent: null, reply: null },
];

async function ready() {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the server did not become ready");
}

/** A client of one of the people. */
async function signedIn(key) {
  const api = new Api(url);
  await api.signIn(`${key}@example.com`, password);
  return api;
}

async function people(admin) {
  const roles = (await admin.call("GET", "/roles")).items;
  const role = (key) => roles.find((item) => item.key === key).id;
  const users = [
    ["zhou", "周敏", "agent"],
    ["wu", "吴桐", "agent"],
    ["lin", "林主管", "supervisor"],
    ["he", "何工", "department_handler"],
    ["sun", "孙会计", "department_handler"],
    ["ma", "马经理", "manager"],
  ];
  const who = { ids: {} };
  for (const [key, name, role_key] of users) {
    const made = await admin.call("POST", "/users", { name, email: `${key}@example.com`, password, role_ids: [role(role_key)], team_ids: [] });
    who.ids[key] = made.id;
    who[key] = await signedIn(key);
  }
  const team = (name, kind, members) => admin.call("POST", "/teams", { name, kind, description: "", lead_id: who.ids[members.at(-1)], member_ids: members.map((key) => who.ids[key]) });
  const service = await team("售前售后", "team", ["zhou", "wu", "lin"]);
  const [product, finance] = [await team("产品技术部", "department", ["he"]), await team("财务部", "department", ["sun"])];
  return { who, service, departments: { "customer-service": service.id, service: service.id, product: product.id, finance: finance.id } };
}

/** Conversations by the customer's name. */
async function conversations(admin, inbox, who) {
  const talks = new Map();
  for (const customer of customers) {
    const visitor = new Visitor(url);
    await visitor.begin(inbox.key, { page_url: `${url}/demo` });
    const [first, ...others] = customer.says;
    const conversation = await visitor.open(first);
    for (const line of others) await visitor.say(conversation.id, line);
    // A visitor is a contact from the first message on.
    const { contact } = await admin.call("GET", `/conversations/${conversation.id}`);
    const { version } = await admin.call("GET", `/contacts/${contact.id}`);
    await admin.call("PATCH", `/contacts/${contact.id}`, { name: customer.name }, { "If-Match": `"${version}"` });
    talks.set(customer.name, { id: conversation.id, contact });
    if (customer.agent === null) continue;
    await who[customer.agent].call("POST", `/conversations/${conversation.id}/assign`, { assignee_id: who.ids[customer.agent] });
    const reply = { kind: "text", body: customer.reply, client_key: `demo-${conversation.id}` };
    await who[customer.agent].call("POST", `/conversations/${conversation.id}/messages`, reply);
  }
  return talks;
}

await ready();
const admin = new Api(url);
try {
  await admin.setup({ organization: "拾光商店", name: "管理员", email: "admin@example.com", password });
} catch (error) {
  if (!(error instanceof ApiError) || error.code !== "already_set_up") throw error;
  console.log(`${url} has an organisation already; nothing was changed.`);
  process.exit(0);
}
const { who, service, departments } = await people(admin);
await plan(admin, who.ma, departments);
let inbox = (await admin.call("GET", "/inboxes")).items.find((item) => item.kind === "web_chat");
inbox ??= await admin.call("POST", "/inboxes", { kind: "web_chat", name: "网站" });
await admin.call("PATCH", `/inboxes/${inbox.id}`, { default_team_id: service.id, team_ids: [service.id] }, { "If-Match": `"${inbox.version}"` });
await admin.call("POST", "/canned_replies", { shortcut: "nihao", title: "问候", body: "您好，{{contact.name}}，我是{{agent.name}}，很高兴为您服务。", scope: "all" });
const tags = new Map();
for (const [name, color] of [["退款", "amber"], ["物流", "blue"], ["产品缺陷", "red"], ["媒体关注", "violet"]]) tags.set(name, (await admin.call("POST", "/tags", { name, color })).id);
const talks = await conversations(admin, inbox, who);
await cases(who, admin, talks, tags);

console.log(`
An example organisation is ready; it is gone when you stop this.
  console   ${url}         admin, zhou, wu, lin, he, sun or ma @example.com, password ${password}
  customer  ${url}/demo
`);
