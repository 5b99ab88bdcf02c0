import type { Page } from "@playwright/test";
import { expect, test } from "../harness/test.ts";
import { accessibilityProblems } from "../harness/axe.ts";
import { organisation, signIn } from "../harness/organisation.ts";

test("a complaint goes from the chat to the archive", async ({ server, visit }) => {
  // Four people in eleven steps: more than the usual limit where the machine is busy.
  test.setTimeout(240_000);
  await organisation(server.url);
  const agent = await visit("/login");
  await signIn(agent, "wu");
  const shop = await visit("/demo");
  const chat = shop.frameLocator("iframe");

  const tab = (page: Page, name: string) => page.getByTestId(`case-tab-${name}`).click();
  const primary = (page: Page, name: string) => page.locator(`[data-testid=case-primary][data-primary=${name}]`);
  const clock = (key: string) => agent.getByTestId("case-context").locator(`[data-testid=clock][data-key=${key}]`);
  const choose = async (page: Page, field: string, option: string) => {
    await page.getByTestId(field).click();
    await page.getByRole("option", { name: option, exact: true }).click();
  };
  const said = async (page: Page, field: string, words: string) => {
    await page.getByTestId(field).fill(words);
    await page.getByTestId("dialog-submit").click();
    await expect(page.getByTestId(field)).toHaveCount(0);
  };

  await test.step("the customer complains in the chat", async () => {
    await shop.getByTestId("widget-launcher").click();
    const begin = chat.getByTestId("widget-new").or(chat.getByTestId("widget-input"));
    await expect(begin.first()).toBeVisible();
    if (await chat.getByTestId("widget-new").isVisible()) await chat.getByTestId("widget-new").click();
    await chat.getByTestId("widget-input").fill("App 一打开就闪退，请尽快处理");
    await chat.getByTestId("widget-send").click();
    await expect(chat.getByText("已送达")).toBeVisible();
  });

  await test.step("the agent makes a case of it in two clicks", async () => {
    await agent.getByTestId("nav-inbox").click();
    await agent.getByTestId("inbox-view-unassigned").first().click();
    await agent.getByTestId("inbox-row").first().click();
    await agent.getByTestId("conversation-case").click();
    await expect(agent.getByTestId("case-title")).toHaveValue("App 一打开就闪退，请尽快处理");
    await expect(agent.getByTestId("case-facts")).toHaveValue(/^\d{4}-\d\d-\d\d \d\d:\d\d App 一打开就闪退/);
    await agent.getByTestId("case-submit").click();
    await expect(agent.getByTestId("case-number")).toHaveText("T-10001");
    for (const key of ["acknowledge", "record", "classify", "handle"])
      await expect(clock(key)).toHaveAttribute("data-look", "calm");
  });

  await test.step("a stage ends only when nothing is lacking", async () => {
    await primary(agent, "missing").click();
    await expect(agent.getByTestId("case-missing").getByRole("button")).toHaveText(["发生时间", "影响范围"]);
    await agent.getByTestId("case-missing").getByRole("button").nth(1).click();
    await expect(agent.getByTestId("record-impact")).toBeFocused();
    await agent.getByTestId("record-impact").fill("一台手机打不开课程");
    await agent.getByTestId("record-occurred").fill("2024-03-01T09:30");
    await agent.getByTestId("save").click();
    await primary(agent, "complete").click();
    await expect(clock("record")).toHaveAttribute("data-look", "met");
  });

  await test.step("the customer is told that it was received", async () => {
    await primary(agent, "notice").click();
    await expect(agent.getByTestId("notice-composer")).toBeVisible();
    await expect(agent.getByTestId("notice-missing")).toHaveCount(0);
    await agent.getByTestId("notice-send").click();
    await expect(chat.getByTestId("widget-message-text").last()).toContainText("T-10001");
    await primary(agent, "complete").click();
    await expect(clock("acknowledge")).toHaveAttribute("data-look", "met");
  });

  await test.step("it is classified", async () => {
    await tab(agent, "record");
    await agent.getByTestId("record-category").click();
    await agent.getByTestId("pick-search").fill("稳定");
    await agent.getByTestId("pick-search").press("Enter");
    await choose(agent, "record-severity", "较严重");
    await choose(agent, "record-urgency", "紧急");
    await agent.getByTestId("record-understood").click();
    await said(agent, "understood-how", "在会话中复述，客户确认");
    await primary(agent, "complete").click();
    await expect(clock("classify")).toHaveAttribute("data-look", "met");
  });

  const handler = await visit("/login");
  await test.step("it is handed to the department", async () => {
    await signIn(handler, "he");
    await primary(agent, "handover").click();
    await expect(agent.getByTestId("handover-to")).toContainText("产品技术部");
    await said(agent, "handover-note", "请查闪退原因并修复");
    await handler.getByTestId("alerts").click();
    await handler.getByTestId("alert").click();
    await expect(handler.getByTestId("handover")).toContainText("请查闪退原因并修复");
    expect(await accessibilityProblems(handler)).toEqual([]);
    await primary(handler, "accept").click();
    await expect(agent.getByTestId("case-owner")).toContainText("何工");
    await primary(handler, "complete").click();
  });

  await test.step("the department solves it and gives it back", async () => {
    await tab(handler, "tasks");
    for (const outcome of ["日志显示内存溢出", "1.2.3 版已修复并验证"]) {
      await handler
        .locator("[data-testid=task][data-state=open]")
        .filter({ hasText: "必做" })
        .first()
        .getByTestId("task-check")
        .click();
      await said(handler, "task-outcome", outcome);
    }
    await tab(handler, "solution");
    await handler.getByTestId("solution-steps").fill("发布 1.2.3 版，请更新");
    await choose(handler, "solution-upheld", "成立");
    await handler.getByTestId("save").click();
    await expect(handler.getByTestId("save")).toHaveCount(0);
    await tab(handler, "handovers");
    await handler.getByTestId("handover-done").click();
    await said(handler, "handover-words", "新版本已发布");
    await expect(agent.getByTestId("case-owner")).toContainText("吴桐");
    await tab(agent, "handovers");
    await agent.getByTestId("handover-close").click();
    await primary(agent, "complete").click();
    await expect(clock("handle")).toHaveAttribute("data-look", "met");
    await expect(clock("tell")).toHaveAttribute("data-look", "calm");
  });

  let progress = "";
  await test.step("the customer is told the result", async () => {
    await primary(agent, "notice").click();
    await expect(agent.getByTestId("notice-part-measures")).toHaveValue(/发布 1\.2\.3 版/);
    await agent.getByTestId("notice-send").click();
    await expect(agent.getByTestId("notice-missing")).toBeVisible();
    await agent.getByTestId("notice-part-result").fill("新版本已解决闪退");
    await agent.getByTestId("notice-send").click();
    await expect(chat.getByTestId("widget-message-text").last()).toContainText("新版本已解决闪退");
    progress = /\/progress\/\w+/.exec((await agent.getByTestId("notice").first().textContent()) ?? "")?.[0] ?? "";
    await primary(agent, "complete").click();
    await expect(clock("tell")).toHaveAttribute("data-look", "met");
  });

  await test.step("the customer confirms and rates", async () => {
    const page = await visit(progress, { viewport: { width: 390, height: 844 } });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "已经解决" }).click();
    await expect(page.getByRole("status")).toBeVisible();
    await page.getByRole("radio", { name: "很满意" }).check();
    await page.getByLabel("原因或建议（可选）").nth(1).fill("处理得很快");
    await page.getByRole("button", { name: "提交" }).first().click();
    await expect(page.getByRole("status")).toBeVisible();
    await primary(agent, "complete").click();
    await expect(clock("follow-up")).toHaveAttribute("data-look", "met");
  });

  await test.step("it is closed with its cause and archived", async () => {
    await tab(agent, "solution");
    await expect(agent.getByTestId("satisfaction-5")).toHaveAttribute("aria-checked", "true");
    await agent.getByTestId("solution-cause").click();
    await agent.getByTestId("pick-search").fill("程序缺陷");
    await agent.getByTestId("pick-search").press("Enter");
    await agent.getByTestId("solution-summary").fill("内存溢出导致闪退，已修复");
    await agent.getByTestId("save").click();
    await primary(agent, "archive").click();
    await agent.getByTestId("dialog-submit").click();
    await expect(agent.getByTestId("case-state")).toHaveAttribute("data-state", "archived");
    await agent.goto("/cases?view=archived");
    await expect(agent.getByTestId("case-row")).toContainText(["App 一打开就闪退"]);
  });
});
