import { Visitor } from "../harness/api.mjs";
import { accessibilityProblems } from "../harness/axe.ts";
import { complain, organisation, signIn } from "../harness/organisation.ts";
import { expect, test } from "../harness/test.ts";

test("what is said to a customer is minded, and what is promised is kept or broken", async ({ server, visit }) => {
  const { wu, inbox } = await organisation(server.url);
  const customer = new Visitor(server.url);
  await customer.begin(inbox.key);
  const talk = await customer.open("上周退的课程，什么时候退款？");
  const made = await complain(wu, "课程退款迟迟未到", { conversation_ids: [talk.id] });
  const agent = await visit("/login");
  await signIn(agent, "wu");

  await test.step("words that are better not said are pointed out while they are written", async () => {
    await agent.goto(`/inbox/${talk.id}`);
    const field = agent.getByTestId("composer-input");
    await field.fill("亲，3 天内退款到账");
    await expect(agent.getByTestId("wording-hint")).toContainText("亲");
    await expect(agent.getByTestId("wording-hint")).toContainText("网络流行语");
    await field.fill("您好，3 天内退款到账，我会亲自跟进");
    await expect(agent.getByTestId("wording-hint")).toHaveCount(0);
    await field.press("Enter");
  });

  await test.step("what was said is marked as a promise and gets a clock in the case", async () => {
    const said = agent.getByTestId("thread-message").filter({ hasText: "3 天内退款到账" });
    await said.hover();
    await said.getByTestId("message-promise").click();
    await expect(agent.getByTestId("promise-body")).toHaveValue("您好，3 天内退款到账，我会亲自跟进");
    await expect(agent.getByTestId("promise-amount")).toHaveValue("3");
    await expect(agent.getByTestId("promise-case")).toContainText(made.number);
    await agent.getByTestId("dialog-submit").click();
    await expect(agent.getByTestId("promise")).toContainText("3 天内退款到账");
    await agent.goto(`/cases/${made.number}`);
    await expect(agent.getByTestId("promise").getByTestId("clock")).toHaveAttribute("data-look", "calm");
  });

  await test.step("one whose time has passed is broken, and can be kept all the same", async () => {
    await agent.getByTestId("promise-add").click();
    await agent.getByTestId("promise-body").fill("两小时内回电");
    await agent.getByTestId("promise-unit").click();
    await agent.getByRole("option", { name: "小时", exact: true }).click();
    await agent.getByTestId("promise-amount").fill("2");
    await agent.getByTestId("promise-said").fill("2026-01-05T09:00");
    await agent.getByTestId("dialog-submit").click();
    const broken = agent.getByTestId("promise").filter({ hasText: "两小时内回电" });
    await expect(broken.getByTestId("clock")).toHaveAttribute("data-look", "late");
    await expect(broken).toContainText("未按时兑现");
    expect(await accessibilityProblems(agent)).toEqual([]);
    await agent.getByTestId("alerts").click();
    await expect(agent.getByTestId("alert").filter({ hasText: "两小时内回电" })).toHaveText(/没有按时兑现/);
    await agent.keyboard.press("Escape");
    const kept = agent.getByTestId("promise").filter({ hasText: "3 天内退款到账" });
    await kept.getByTestId("promise-keep").click();
    await expect(kept.getByTestId("clock")).toHaveAttribute("data-look", "met");
    await broken.getByTestId("promise-keep").click();
    await expect(broken.getByTestId("promise-keep")).toHaveCount(0);
    await expect(broken).toContainText("未按时兑现");
  });
});

test("tasks of all cases and remedies to approve are found in one place", async ({ server, visit }) => {
  const { wu } = await organisation(server.url);
  const one = await complain(wu, "重复扣费");
  const other = await complain(wu, "发票金额不符");
  const wanted: [{ id: string }, string][] = [
    [one, "核对扣费流水"],
    [other, "重开发票"],
  ];
  const me = await wu.call("GET", "/me");
  for (const [of, title] of wanted)
    await wu.call("POST", `/cases/${of.id}/tasks`, { title, assignee_id: me.id, kind: "task" });
  const agent = await visit("/login");
  await signIn(agent, "wu");
  const manager = await visit("/login");
  await signIn(manager, "ma");

  await test.step("tasks of both cases are listed, and one is finished there", async () => {
    await agent.getByTestId("nav-cases").click();
    await agent.getByTestId("case-tasks").click();
    const tasks = agent.getByTestId("listed-task");
    await expect(tasks.filter({ hasText: "核对扣费流水" })).toContainText(one.number);
    await expect(tasks.filter({ hasText: "重开发票" })).toContainText(other.number);
    expect(await accessibilityProblems(agent)).toEqual([]);
    await tasks.filter({ hasText: "重开发票" }).getByTestId("listed-task-check").click();
    await agent.getByTestId("task-outcome").fill("已重开并寄出");
    await agent.getByTestId("dialog-submit").click();
    await expect(tasks.filter({ hasText: "重开发票" })).toHaveCount(0);
    await expect(tasks.filter({ hasText: "核对扣费流水" })).toHaveCount(1);
    await agent.getByTestId("tasks-state").click();
    await agent.getByRole("option", { name: "已完成" }).click();
    await expect(tasks).toHaveCount(1);
    await expect(tasks).toContainText("已重开并寄出");
  });

  await test.step("what goes beyond the agent's authority waits for the manager", async () => {
    await agent.goto(`/cases/${one.number}?tab=solution`);
    await agent.getByTestId("remedy-add").click();
    await agent.getByTestId("remedy-amount").fill("500");
    await agent.getByTestId("remedy-note").fill("退还重复扣费");
    await agent.getByTestId("dialog-submit").click();
    await expect(agent.getByTestId("remedy")).toContainText("待审批");
    await manager.getByTestId("nav-cases").click();
    await expect(manager.getByTestId("case-remedies")).toContainText("1");
    await manager.getByTestId("case-remedies").click();
    const waiting = manager.getByTestId("listed-remedy");
    await expect(waiting.getByTestId("remedy-sum")).toContainText("500.00");
    await expect(waiting).toContainText(one.number);
    expect(await accessibilityProblems(manager)).toEqual([]);
    await waiting.getByTestId("remedy-approve").click();
    await manager.getByRole("dialog").getByRole("button", { name: "批准" }).click();
    await expect(waiting).toHaveCount(0);
    await expect(agent.getByTestId("remedy")).toContainText("马经理");
    await expect(agent.getByTestId("remedy")).not.toContainText("待审批");
  });
});

test("a message in the chat becomes a case by a rule of the plan", async ({ server, visit }) => {
  const { inbox } = await organisation(server.url, (content) => {
    content.intake = [
      {
        key: "refund",
        name: { zh: "要求退款", en: "Refund wanted" },
        when: { words: ["退款"] },
        then: { case_type: "complaint", category: "charge", severity: "general" },
      },
    ];
  });
  const agent = await visit("/login");
  await signIn(agent, "wu");
  await agent.goto("/cases?view=all");
  await expect(agent.getByTestId("case-row")).toHaveCount(0);
  const customer = new Visitor(server.url);
  await customer.begin(inbox.key);
  const talk = await customer.open("你好，在吗？");
  await customer.say(talk.id, "我要退款，扣了两次钱");
  await expect(agent.getByTestId("case-row")).toHaveCount(1);
  await expect(agent.getByTestId("case-row")).toContainText("我要退款");
  await customer.say(talk.id, "退款什么时候到？");
  await agent.getByTestId("case-row").click();
  await expect(agent.getByTestId("case-number")).toHaveText("T-10001");
  await agent.getByTestId("case-tab-timeline").click();
  await expect(agent.getByTestId("timeline-tab")).toContainText("要求退款");
  await agent.goto(`/inbox/${talk.id}`);
  await expect(agent.getByTestId("thread-message").filter({ hasText: "什么时候到" })).toBeVisible();
  await expect(agent.getByRole("link", { name: /T-10001/ })).toHaveCount(1);
  await agent.goto("/cases?view=all");
  await expect(agent.getByTestId("case-row")).toHaveCount(1);

  await test.step("with the keyboard alone one gets into it, into a dialog and back to where one was", async () => {
    await agent.keyboard.press("j");
    await agent.keyboard.press("Enter");
    await expect(agent.getByTestId("case-number")).toHaveText("T-10001");
    const more = agent.getByTestId("case-more");
    await more.focus();
    await agent.keyboard.press("Enter");
    await expect(agent.getByRole("menuitem", { name: "分派" })).toBeFocused();
    await agent.keyboard.press("Enter");
    await expect(agent.getByTestId("pick-search")).toBeFocused();
    await agent.keyboard.press("Escape");
    await expect(more).toBeFocused();
    await agent.keyboard.press("u");
    await expect(agent.getByTestId("case-row")).toHaveCount(1);
    await expect(agent.getByRole("listbox")).toHaveAttribute("aria-activedescendant", /.+/);
  });
});
