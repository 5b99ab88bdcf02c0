import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { Api } from "../harness/api.mjs";
import { expect, test } from "../harness/test.ts";
import { unzip } from "../harness/zip.ts";

const email = "admin@example.com";
const password = "correct-horse-2026";
const titles = ["预售定金不退", "再次询问预售定金", "会员自动续费", "=自动续费没有提醒", "发票抬头填错"];

/** Five complaints, T-10001 to T-10005; the last one with a piece of evidence. */
async function complaints(url: string): Promise<void> {
  const api = new Api(url);
  await api.setup({ organization: "拾光商店", name: "林主管", email, password });
  let last = { id: "" };
  for (const title of titles) {
    const fields = {
      title,
      facts: `${title}，请处理`,
      complainant: { name: "孙丽", contact: "13700137002" },
      source: "phone",
      custom: {},
    };
    last = await api.call("POST", "/cases", {
      classification: { type_key: "complaint", category_key: "charge", severity_key: "general" },
      fields,
      take: true,
    });
  }
  const bytes = Buffer.from("来电 10:12，通话 3 分 40 秒。\n");
  const begun = await api.call("POST", "/evidence_uploads", { name: "通话记录.txt", size: bytes.length });
  const { attachment } = await api.send("PATCH", `/uploads/${begun.id}`, bytes, { "Upload-Offset": "0" });
  await api.call("POST", `/cases/${last.id}/evidence`, { attachment_id: attachment.id, given_by: "team" });
}

/** What a click downloads. */
async function downloaded(page: Page, click: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test("cases are tied together, changed together and taken out", async ({ server, visit }) => {
  await complaints(server.url);
  const page = await visit("/login");
  await page.getByTestId("login-email").fill(email);
  await page.getByTestId("login-password").fill(password);
  await page.getByTestId("login-submit").click();
  await expect(page.getByTestId("nav-cases")).toBeVisible();

  const related = async (number: string) => {
    await page.goto(`/cases/${number}?tab=related`);
    await expect(page.getByTestId("case-number")).toHaveText(number);
  };
  const start = async (name: string) => {
    await page.getByTestId("relations-add").click();
    await page.getByRole("menuitem", { name }).click();
  };
  const choose = async (number: string) => {
    await page.getByTestId("pick-search").fill(number);
    await page.getByTestId("pick-option").filter({ hasText: number }).click();
  };
  const submit = () => page.getByTestId("dialog-submit").click();
  const undo = () => page.getByRole("button", { name: "撤销", exact: true }).click();
  const row = (number: string) => page.locator(`[data-testid=case-row][data-number=${number}]`);

  await test.step("a case is laid into another one and taken out again", async () => {
    await related("T-10002");
    await start("并入其他工单");
    await choose("T-10001");
    await expect(page.getByTestId("merge-sides")).toContainText("T-10001 预售定金不退");
    await page.getByTestId("merge-reason").fill("同一件事");
    await submit();
    await expect(page.getByTestId("case-merged")).toContainText("T-10001");
    await page.getByTestId("case-merged").getByRole("link").click();
    await expect(page.getByTestId("case-number")).toHaveText("T-10001");
    await page.getByTestId("case-tab-related").click();
    await expect(page.getByTestId("relation-merges")).toContainText("T-10002");
    await page.getByTestId("relation-unmerge").click();
    await expect(page.getByTestId("relation-unmerge")).toHaveCount(0);
    await related("T-10002");
    await expect(page.getByTestId("case-context")).toBeVisible();
    await expect(page.getByTestId("case-merged")).toHaveCount(0);
  });

  await test.step("a failing split keeps what was written; then it works", async () => {
    await related("T-10001");
    await start("拆分出新工单");
    await page.getByTestId("split-title").fill("定金之外的优惠券");
    await page.route("**/split", (route) => route.abort());
    await submit();
    await expect(page.getByText("连不上服务器", { exact: true })).toBeVisible();
    await expect(page.getByTestId("split-title")).toHaveValue("定金之外的优惠券");
    await page.unroute("**/split");
    await submit();
    await expect(page.getByTestId("case-number")).toHaveText("T-10006");
    await page.getByTestId("case-tab-related").click();
    await expect(page.getByTestId("relation-links")).toContainText("T-10001");
  });

  await test.step("a group complaint has somebody who speaks for all", async () => {
    await related("T-10003");
    await start("登记为群体投诉");
    await page.getByTestId("group-title").fill("会员自动续费未提醒");
    await submit();
    await expect(page.getByTestId("case-group")).toContainText("孙丽 · 13700137002");
    await page.getByTestId("group-add").click();
    await choose("T-10004");
    await expect(page.getByTestId("case-group")).toContainText("T-10004");
    await related("T-10004");
    await expect(page.getByTestId("case-group")).toContainText("会员自动续费未提醒");
  });

  await test.step("several are changed at once and set back", async () => {
    await page.goto("/cases?view=all");
    for (const number of ["T-10003", "T-10004"]) {
      await row(number).hover();
      await row(number).getByTestId("case-pick").click();
    }
    await page.getByTestId("bulk-severity").click();
    await page.getByTestId("pick-option").filter({ hasText: /^严重/ }).click();
    for (const number of ["T-10003", "T-10004"]) await expect(row(number)).toContainText("严重");
    await expect(row("T-10005")).toContainText("一般");
    await undo();
    for (const number of ["T-10003", "T-10004"]) await expect(row(number)).toContainText("一般");
  });

  await test.step("the list is taken out as tables", async () => {
    const table = (name: string) =>
      downloaded(page, async () => {
        await page.getByTestId("case-export").click();
        await page.getByRole("menuitem", { name, exact: true }).click();
      });
    const csv = await table("CSV（显示的列）");
    const [head, ...rows] = csv.bytes.toString("utf8").trim().split(/\r?\n/);
    expect(csv.name).toMatch(/^cases-\d{4}-\d\d-\d\d\.csv$/);
    expect(csv.bytes.subarray(0, 3).toString("hex"), "the mark by which Excel knows UTF-8").toBe("efbbbf");
    expect(head).toMatch(/^工单号,标题,类型,/);
    expect(rows).toHaveLength(6);
    expect(rows.find((line) => line.startsWith("T-10004"))).toContain("'=自动续费没有提醒");
    const xlsx = unzip((await table("Excel（显示的列）")).bytes);
    const sheet = xlsx.get("xl/worksheets/sheet1.xml")?.toString("utf8") ?? "";
    const words = sheet + (xlsx.get("xl/sharedStrings.xml")?.toString("utf8") ?? "");
    for (const title of [...titles, "定金之外的优惠券"]) expect(words).toContain(title);
    expect(sheet).not.toContain("<f>");
  });

  await test.step("the dossier is whole, and a stranger can check it", async () => {
    await page.goto("/cases/T-10005");
    await page.getByTestId("case-more").click();
    await page.getByRole("menuitem", { name: "下载卷宗（ZIP）" }).click();
    const { name, bytes } = await downloaded(page, () => page.getByTestId("dossier-take").click());
    expect(name).toBe("T-10005-dossier.zip");
    const files = unzip(bytes);
    const folder = await mkdtemp(join(tmpdir(), "heard-dossier-"));
    try {
      for (const [path, content] of files) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
      const checked = execFileSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: folder, encoding: "utf8" })
        .trim()
        .split("\n");
      expect(checked).toHaveLength(files.size - 1);
      for (const line of checked) expect(line).toMatch(/: OK$/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    expect(files.get("evidence/01-通话记录.txt")?.toString("utf8")).toContain("通话 3 分 40 秒");
  });

  await test.step("the page to print says the same", async () => {
    await page.goto("/cases/T-10005/dossier");
    const paper = page.getByTestId("dossier-page");
    await expect(paper.getByRole("heading", { level: 1 })).toHaveText("发票抬头填错");
    for (const words of ["1. 概况", "UTC+08:00", "术语说明", "通话记录.txt"])
      await expect(paper.getByText(words).first()).toBeVisible();
    await paper.getByRole("link", { name: "时限与依据" }).click();
    await expect(paper.getByRole("heading", { name: /时限与依据/ })).toBeInViewport();
  });
});
