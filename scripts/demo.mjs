// Fills the server at the address given with an example organisation, through the API alone.
import { Api, Visitor } from "../frontend/e2e/harness/api.mjs";

const url = process.argv[2];
if (!url) throw new Error("usage: node scripts/demo.mjs http://127.0.0.1:8080");
const password = "heard-demo-2026";

const customers = [
  { name: "王芳", says: ["你好，订单 20260918-071 还没有发货，能帮我看一下吗？"], agent: 0, reply: "您好，我这就为您查询，请稍等。" },
  { name: "李雷", says: ["我想退掉上周买的耳机", "包装已经拆了，还能退吗？"], agent: 1, reply: "可以的，七天内不影响二次销售就能退。请问耳机有损坏吗？" },
  { name: "Emma Brown", says: ["Hi, do you ship to Canada?"], agent: null, reply: null },
  { name: "陈静", says: ["发票抬头填错了，怎么改？"], agent: 0, reply: "您把正确的抬头和税号发给我，我为您重开。" },
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

async function people(admin) {
  const roles = (await admin.call("GET", "/roles")).items;
  const role = (key) => roles.find((item) => item.key === key).id;
  const users = [
    { name: "周敏", email: "zhou@example.com", role: "agent" },
    { name: "吴桐", email: "wu@example.com", role: "agent" },
    { name: "林主管", email: "lin@example.com", role: "supervisor" },
  ];
  const made = [];
  for (const { name, email, role: key } of users) {
    made.push(await admin.call("POST", "/users", { name, email, password, role_ids: [role(key)], team_ids: [] }));
  }
  const team = { name: "售前售后", kind: "team", description: "", lead_id: made[2].id, member_ids: made.map((user) => user.id) };
  return { users, team: await admin.call("POST", "/teams", team) };
}

async function conversations(admin, inbox, users) {
  const agents = [];
  for (const { email } of users.slice(0, 2)) {
    const agent = new Api(url);
    await agent.signIn(email, password);
    agents.push({ api: agent, id: (await agent.call("GET", "/me")).id });
  }
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
    if (customer.agent === null) continue;
    const agent = agents[customer.agent];
    await agent.api.call("POST", `/conversations/${conversation.id}/assign`, { assignee_id: agent.id });
    const reply = { kind: "text", body: customer.reply, client_key: `demo-${conversation.id}` };
    await agent.api.call("POST", `/conversations/${conversation.id}/messages`, reply);
  }
}

await ready();
const admin = new Api(url);
await admin.setup({ organization: "拾光商店", name: "管理员", email: "admin@example.com", password });
const { users, team } = await people(admin);
let inbox = (await admin.call("GET", "/inboxes")).items.find((item) => item.kind === "web_chat");
inbox ??= await admin.call("POST", "/inboxes", { kind: "web_chat", name: "网站" });
await admin.call("PATCH", `/inboxes/${inbox.id}`, { default_team_id: team.id, team_ids: [team.id] }, { "If-Match": `"${inbox.version}"` });
await admin.call("POST", "/canned_replies", { shortcut: "nihao", title: "问候", body: "您好，{{contact.name}}，我是{{agent.name}}，很高兴为您服务。", scope: "all" });
for (const tag of [{ name: "退款", color: "amber" }, { name: "物流", color: "blue" }]) await admin.call("POST", "/tags", tag);
await conversations(admin, inbox, users);

console.log(`
An example organisation is ready; it is gone when you stop this.
  console   ${url}         admin@example.com, zhou@example.com or wu@example.com, password ${password}
  customer  ${url}/demo
`);
