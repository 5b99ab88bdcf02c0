import { Api } from "../harness/api.mjs";
import { accessibilityProblems } from "../harness/axe.ts";
import { expect, test } from "../harness/test.ts";

const password = "correct-horse-2026";

test("a manager changes a clock of the plan, a colleague approves it, and a new case follows it", async ({
  server,
  visit,
}) => {
  const admin = new Api(server.url);
  await admin.setup({ organization: "青禾茶舍", name: "周敏", email: "zhou@example.com", password });
  const roles = (await admin.call("GET", "/roles")).items as { id: string; key: string }[];
  const role = (key: string) => roles.filter((one) => one.key === key).map((one) => one.id);
  await admin.call("POST", "/users", {
    name: "林主管",
    email: "lin@example.com",
    password,
    role_ids: role("supervisor"),
    team_ids: [],
  });
  await admin.call("POST", "/users", {
    name: "何经理",
    email: "he@example.com",
    password,
    role_ids: role("manager"),
    team_ids: [],
  });
  const signIn = async (email: string, path: string) => {
    const page = await visit("/login");
    await page.locator("input").first().fill(email);
    await page.locator("input[type=password]").fill(password);
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("nav-settings")).toBeVisible();
    await page.goto(path);
    return page;
  };

  const lin = await signIn("lin@example.com", "/settings/plan");
  await test.step("a draft is begun and a clock changed", async () => {
    await lin.getByTestId("plan-card").getByRole("link", { name: "版本与历史" }).click();
    await lin.getByTestId("version-begin").click();
    await lin.getByTestId("begin-note").fill("首次响应改为 30 分钟");
    await lin.getByTestId("dialog-submit").click();
    await expect(lin.getByTestId("version-state").first()).toHaveAttribute("data-state", "draft");
    expect(await accessibilityProblems(lin)).toEqual([]);
    await lin.getByTestId("place-stages").click();
    await lin.locator("[data-testid=lane][data-key=acknowledge]").click();
    await lin.getByTestId("clock-limit-unit").click();
    await lin.getByRole("option", { name: "分钟（自然时间）" }).click();
    await lin.getByTestId("clock-limit-amount").fill("30");
    // The chain of escalation has a step at 80 %, at which the clock would no longer warn.
    await lin.getByTestId("clock-warns").fill("50, 100");
    await expect(lin.getByTestId("drawer-problems")).toContainText("80%");
    await lin.getByTestId("clock-warns").fill("50, 80, 100");
    await expect(lin.getByTestId("drawer-problems")).toHaveCount(0);
    await lin.getByTestId("drawer-done").click();
    await expect(lin.locator("[data-testid=lane][data-key=acknowledge]")).toContainText("30 分钟");
    expect(await accessibilityProblems(lin)).toEqual([]);
  });

  await test.step("what is not saved survives a reload", async () => {
    await expect(lin.getByTestId("save")).toBeEnabled();
    lin.on("dialog", (dialog) => void dialog.accept());
    await expect
      .poll(() => lin.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith("heard.plan."))))
      .toBe(true);
    await lin.reload();
    await expect(lin.locator("[data-testid=lane][data-key=acknowledge]")).toContainText("30 分钟");
    await lin.getByTestId("save").click();
    await expect(lin.getByTestId("save")).toHaveCount(0);
  });

  await test.step("it goes to review", async () => {
    await lin.getByTestId("version-submit").click();
    await lin.getByTestId("dialog-submit").click();
    await expect(lin.getByTestId("version-state").first()).toHaveAttribute("data-state", "review");
    await expect(lin.getByTestId("version-approve")).toHaveCount(0);
  });

  const he = await signIn("he@example.com", new URL(lin.url()).pathname.replace(/\/stages$/, "/overview"));
  await test.step("a colleague compares, approves and activates it", async () => {
    await he.getByTestId("version-more").click();
    await he.getByRole("menuitem", { name: "与其他版本比较" }).click();
    await expect(he.getByTestId("change")).toHaveCount(1);
    await expect(he.getByTestId("comparison")).toContainText("首次响应");
    await he.goBack();
    await he.getByTestId("version-approve").click();
    await he.getByTestId("step-reason").fill("同意");
    await he.getByTestId("dialog-submit").click();
    await he.getByTestId("version-activate").click();
    await he.getByTestId("dialog-submit").click();
    await expect(he.getByTestId("version-state").first()).toHaveAttribute("data-state", "active");
    await expect(he.getByTestId("step-history")).toContainText("同意");
  });

  await test.step("a new case follows it", async () => {
    const made = await admin.call("POST", "/cases", {
      classification: { type_key: "complaint" },
      fields: { title: "茶罐漏了", facts: "收到时罐盖松动" },
    });
    await he.goto(`/cases/${made.number}`);
    await expect(he.locator("[data-testid=clock][data-key=acknowledge]").first()).toContainText(/(29|30) 分/);
  });
});
