import { readFile } from "node:fs/promises";
import { expect, test } from "../harness/test.ts";
import { accessibilityProblems } from "../harness/axe.ts";
import { Api } from "../harness/api.mjs";

const password = "correct-horse-2026";

/** One red pixel. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

test("a customer and an agent talk from the first run on", async ({ server, visit }) => {
  const console_ = await visit("/");

  await test.step("first run", async () => {
    await console_.getByTestId("setup-organization").fill("拾光茶铺");
    await console_.getByTestId("setup-name").fill("周敏");
    await console_.getByTestId("setup-email").fill("zhou@example.com");
    await console_.getByTestId("setup-password").fill(password);
    expect(await accessibilityProblems(console_)).toEqual([]);
    await console_.getByTestId("setup-submit").click();
    await expect(console_.getByTestId("nav-inbox")).toBeVisible();
    await expect(console_.getByTestId("first-demo")).toHaveAttribute("href", "/demo");
  });

  const admin = new Api(server.url);
  await admin.signIn("zhou@example.com", password);
  const agentRole = (await admin.call("GET", "/roles")).items.find((role: { key: string }) => role.key === "agent");
  const wu = { name: "吴桐", email: "wu@example.com", password, role_ids: [agentRole.id], team_ids: [] };
  await admin.call("POST", "/users", wu);

  const shop = await visit("/demo");
  const chat = shop.frameLocator("iframe");

  await test.step("the customer writes and sends a picture", async () => {
    await shop.getByTestId("widget-launcher").click();
    const begin = chat.getByTestId("widget-new").or(chat.getByTestId("widget-input"));
    await expect(begin.first()).toBeVisible();
    if (await chat.getByTestId("widget-new").isVisible()) await chat.getByTestId("widget-new").click();
    await chat.getByTestId("widget-input").fill("你好，龙井还有货吗？");
    // The line is slow: a picture is chosen before the server has made a conversation of the first words.
    let goOn = () => {};
    const chosen = new Promise<void>((done) => (goOn = done));
    await shop.route("**/api/v1/widget/conversations", (route) => chosen.then(() => route.continue()));
    await chat.getByTestId("widget-send").click();
    await chat.getByTestId("widget-file").setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: picture });
    await expect(chat.getByTestId("widget-draft-file")).toHaveAttribute("data-state", "done");
    await chat.getByTestId("widget-input").fill("就是这一种");
    goOn();
    await expect(chat.getByText("已送达")).toBeVisible();
    await expect(chat.getByTestId("widget-draft-file")).toHaveCount(1);
    await expect(chat.getByTestId("widget-input")).toBeFocused();
    await chat.getByTestId("widget-send").click();
    await expect(chat.getByTestId("widget-attachment")).toHaveCount(1);
    await expect(chat.getByTestId("widget-message-text")).toHaveText(["你好，龙井还有货吗？", "就是这一种"]);
    await expect(console_.getByTestId("first-demo")).toHaveCount(0);
  });

  await test.step("the agent answers without reloading", async () => {
    await console_.getByTestId("nav-inbox").click();
    await console_.getByTestId("inbox-view-unassigned").first().click();
    await console_.getByTestId("inbox-row").first().click();
    await expect(console_.getByTestId("thread-message").first()).toContainText("龙井还有货吗");
    await expect(console_.getByTestId("message-image")).toHaveCount(1);
    await console_.getByTestId("composer-input").fill("您好，还有三罐，今天可以发货。");
    await console_.getByTestId("composer-send").click();
    await expect(chat.getByTestId("widget-message-text").last()).toHaveText("您好，还有三罐，今天可以发货。");
  });

  await test.step("a note stays inside", async () => {
    await console_.getByTestId("composer-mode-note").click();
    await console_.getByTestId("composer-input").fill("老客户，优先发货");
    await console_.getByTestId("composer-send").click();
    await expect(console_.getByTestId("thread-message").last()).toContainText("老客户");
    await console_.getByTestId("composer-mode-reply").click();
    await expect(shop.locator("body")).not.toContainText("老客户");
    await expect(chat.getByTestId("widget-messages")).not.toContainText("老客户");
    expect(await accessibilityProblems(console_)).toEqual([]);
  });

  await test.step("the customer takes the conversation away", async () => {
    await chat.getByTestId("widget-menu").click();
    const [file] = await Promise.all([shop.waitForEvent("download"), chat.getByTestId("widget-transcript").click()]);
    const text = await readFile(await file.path(), "utf8");
    for (const said of ["拾光茶铺", "龙井还有货吗", "photo.png", "还有三罐"]) expect(text).toContain(said);
    expect(text).not.toContain("老客户");
  });

  await test.step("the agent answers and sets the conversation aside", async () => {
    await console_.getByTestId("composer-input").fill("到货后我再联系您。");
    await console_.getByTestId("composer-more").click();
    await console_.getByRole("menuitem", { name: "发送并稍后处理" }).click();
    await console_.getByText("明天上午").click();
    await expect(chat.getByTestId("widget-message-text").last()).toHaveText("到货后我再联系您。");
    await console_.getByTestId("inbox-view-snoozed").first().click();
    await expect(console_.getByTestId("inbox-row")).toHaveCount(1);
  });
});
