import type { Page } from "@playwright/test";
import { Api } from "./api.mjs";
import { expect } from "./test.ts";

export const password = "correct-horse-2026";

/** The parts of a plan that journeys change. */
interface PlanContent {
  departments: { key: string; team_id: string | null }[];
  intake: unknown[];
}

/** The people of the example organisation by their e-mail name, each with a client of their own. */
export interface Organisation {
  admin: Api;
  wu: Api;
  he: Api;
  ma: Api;
  service: string;
  product: string;
  inbox: { id: string; key: string };
}

/**
 * An organisation with an agent, a department with one handler and a manager. Its plan hands matters of the product to the
 * department; `change` changes more of it before it is activated.
 */
export async function organisation(
  url: string,
  change: (content: PlanContent) => void = () => undefined,
): Promise<Organisation> {
  const admin = new Api(url);
  await admin.setup({ organization: "拾光课堂", name: "管理员", email: "admin@example.com", password });
  const roles = (await admin.call("GET", "/roles")).items;
  const person = (name: string, key: string, role: string) => {
    const role_ids = [roles.find((one: { key: string }) => one.key === role).id];
    return admin.call("POST", "/users", { name, email: `${key}@example.com`, password, role_ids, team_ids: [] });
  };
  const agent = await person("吴桐", "wu", "agent");
  const handler = await person("何工", "he", "department_handler");
  await person("马经理", "ma", "manager");
  const team = (name: string, kind: string, lead: { id: string }) =>
    admin.call("POST", "/teams", { name, kind, description: "", lead_id: lead.id, member_ids: [lead.id] });
  const service = await team("客服一组", "team", agent);
  const product = await team("产品技术部", "department", handler);
  const inbox = (await admin.call("GET", "/inboxes")).items[0];
  const answering = { default_team_id: service.id, team_ids: [service.id] };
  await admin.call("PATCH", `/inboxes/${inbox.id}`, answering, { "If-Match": `"${inbox.version}"` });
  const signedIn = async (key: string) => {
    const api = new Api(url);
    await api.signIn(`${key}@example.com`, password);
    return api;
  };
  const [wu, he, ma] = [await signedIn("wu"), await signedIn("he"), await signedIn("ma")];

  const plan = (await admin.call("GET", "/plans")).items[0];
  const drawn = await admin.call("POST", `/plans/${plan.id}/versions`, { based_on_id: plan.active_version_id });
  const path = `/plan_versions/${drawn.info.id}`;
  const { content } = (await admin.call("GET", path)) as { content: PlanContent };
  for (const one of content.departments) if (one.key === "product") one.team_id = product.id;
  change(content);
  const now = async () => ({ "If-Match": `"${(await admin.call("GET", path)).info.version}"` });
  await admin.call("PATCH", path, { content }, await now());
  await admin.call("POST", `${path}/submit`, { reason: "部门对应班组" }, await now());
  await ma.call("POST", `${path}/approve`, { reason: "同意" }, await now());
  await admin.call("POST", `${path}/activate`, { reason: "启用" }, await now());
  return { admin, wu, he, ma, service: service.id, product: product.id, inbox };
}

/** Signs in on the page that shows the form. */
export async function signIn(page: Page, key: string): Promise<void> {
  await page.getByTestId("login-email").fill(`${key}@example.com`);
  await page.getByTestId("login-password").fill(password);
  await page.getByTestId("login-submit").click();
  await expect(page.getByTestId("nav-cases")).toBeVisible();
}

/** Opens a complaint as whoever the client belongs to, who keeps it. */
export const complain = (api: Api, title: string, more: Record<string, unknown> = {}): Promise<any> =>
  api.call("POST", "/cases", {
    classification: { type_key: "complaint", category_key: "charge", severity_key: "general" },
    fields: {
      title,
      facts: `${title}，请处理`,
      complainant: { name: "孙丽", contact: "13700137002" },
      source: "phone",
    },
    take: true,
    ...more,
  });
