import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { Api } from "../harness/api.mjs";
import { accessibilityProblems } from "../harness/axe.ts";
import type { Server } from "../harness/server.ts";
import { expect, test } from "../harness/test.ts";

const password = "correct-horse-2026";

/** An organisation with its administrator and one web chat. */
async function shop(server: Server) {
  const admin = new Api(server.url);
  await admin.setup({ organization: "青禾茶舍", name: "周敏", email: "zhou@example.com", password });
  const inboxes = (await admin.call("GET", "/inboxes")).items as { id: string; kind: string; key: string }[];
  const inbox =
    inboxes.find((one) => one.kind === "web_chat") ??
    (await admin.call("POST", "/inboxes", { kind: "web_chat", name: "网站" }));
  return { admin, inbox, path: `/demo?strict=1&inbox=${inbox.key}` };
}

const chatOf = (page: Page) => page.frameLocator("#heard-widget iframe");

async function open(page: Page) {
  await page.getByTestId("widget-launcher").click();
  return chatOf(page);
}

async function write(page: Page, words: string): Promise<void> {
  await chatOf(page).getByTestId("widget-input").fill(words);
  await chatOf(page).getByTestId("widget-send").click();
}

let replies = 0;
async function reply(admin: Api, words: string): Promise<void> {
  const conversation = (await admin.call("GET", "/conversations?view=all")).items[0];
  const message = { kind: "text", body: words, client_key: `reply-${++replies}` };
  await admin.call("POST", `/conversations/${conversation.id}/messages`, message);
}

test("what a customer writes survives sleep, a killed server and a reload", async ({ server, visit }) => {
  const { admin, path } = await shop(server);
  const page = await visit(path);
  const chat = await open(page);
  const texts = chat.getByTestId("widget-message-text");
  await chat.getByTestId("widget-new").click();
  await write(page, "第一句");
  await expect(chat.locator("[data-fate=delivered]")).toHaveCount(1);

  await page.context().setOffline(true);
  await write(page, "离线一");
  await write(page, "离线二");
  await reply(admin, "您好");
  await expect(chat.getByTestId("widget-offline-banner")).toBeVisible();
  await page.context().setOffline(false);
  await expect(texts).toHaveText(["第一句", "您好", "离线一", "离线二"]);

  await server.stop("SIGKILL");
  await write(page, "停机一");
  await write(page, "停机二");
  await server.start();
  await expect(chat.locator("[data-fate=waiting]")).toHaveCount(0, { timeout: 60_000 });
  await reply(admin, "又见面了");
  const all = ["第一句", "您好", "离线一", "离线二", "停机一", "停机二", "又见面了"];
  await expect(texts).toHaveText(all, { timeout: 40_000 });

  await page.reload();
  await open(page);
  await chat.getByTestId("widget-conversation").first().click();
  await expect(texts).toHaveText(all);
});

test("on a shared computer the next customer sees nothing of the one before", async ({ server, visit }) => {
  const { admin, inbox, path } = await shop(server);
  const { secret } = await admin.call("POST", `/inboxes/${inbox.id}/identity_secret`);
  const page = await visit(path);
  const identify = (external_id: string, name: string) => {
    const hash = createHmac("sha256", secret).update(external_id).digest("hex");
    return page.evaluate(
      (identity) => (window as unknown as { Heard: { identify(i: object): void } }).Heard.identify(identity),
      { external_id, name, hash },
    );
  };
  await expect(page.getByTestId("widget-launcher")).toBeVisible();
  await identify("user-1", "林小满");
  const chat = await open(page);
  await expect(chat.getByRole("heading", { level: 1 })).toContainText("林小满");
  await chat.getByTestId("widget-new").click();
  await write(page, "小满的秘密");
  await expect(chat.locator("[data-fate=delivered]")).toHaveCount(1);

  await identify("user-2", "陈静");
  await expect(chat.getByRole("heading", { level: 1 })).toContainText("陈静");
  await expect(chat.getByTestId("widget-conversation")).toHaveCount(0);
  await identify("user-1", "林小满");
  await expect(chat.getByTestId("widget-conversation")).toHaveCount(1);
});

test("on a phone, in English, a form stands before the chat", async ({ server, visit }) => {
  const { admin, inbox, path } = await shop(server);
  const now = await admin.call("GET", `/inboxes/${inbox.id}`);
  const label = (zh: string, en: string) => ({ "zh-CN": zh, en });
  const prechat = {
    enabled: true,
    fields: [
      { key: "name", kind: "text", label: label("称呼", "Name"), required: true, options: [] },
      { key: "email", kind: "email", label: label("邮箱", "E-mail"), required: false, options: [] },
    ],
    consent: label("同意《隐私政策》", "I agree to the privacy policy"),
  };
  await admin.call(
    "PATCH",
    `/inboxes/${inbox.id}`,
    { web_chat: { ...now.web_chat, prechat } },
    { "If-Match": `"${now.version}"` },
  );

  const page = await visit(path, { viewport: { width: 390, height: 844 }, hasTouch: true, locale: "en-GB" });
  const chat = await open(page);
  await expect(page.getByTestId("widget-launcher")).toBeHidden();
  await chat.getByTestId("widget-new").click();
  await chat.getByTestId("widget-field-email").fill("emma@");
  await chat.getByTestId("widget-form-submit").click();
  await expect(chat.getByRole("textbox", { name: "Name" })).toBeFocused();
  await expect(chat.locator("[aria-invalid]")).toHaveCount(3);
  expect(await accessibilityProblems(page)).toEqual([]);
  await chat.getByTestId("widget-field-name").fill("Emma");
  await chat.getByTestId("widget-field-email").fill("emma@example.com");
  await chat.getByTestId("widget-field-consent").check();
  await chat.getByTestId("widget-form-submit").click();
  await write(page, "Do you ship to Canada?");
  await expect(chat.locator("[data-fate=delivered]")).toHaveCount(1);
  expect(await accessibilityProblems(page)).toEqual([]);
  const conversation = (await admin.call("GET", "/conversations?view=all")).items[0];
  const contact = await admin.call("GET", `/contacts/${conversation.contact.id}`);
  expect(contact).toMatchObject({ name: "Emma", email: "emma@example.com" });
});
