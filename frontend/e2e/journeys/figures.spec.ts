import { complain, organisation, signIn } from "../harness/organisation.ts";
import { expect, test } from "../harness/test.ts";

test("statistics count what there is, and their figures open the cases", async ({ server, visit }) => {
  const { wu } = await organisation(server.url);
  const kinds: [string, string][] = [
    ["charge", "重复扣费"],
    ["charge", "会员自动续费"],
    ["charge", "优惠券未抵扣"],
    ["performance", "打开就闪退"],
  ];
  for (const [category_key, title] of kinds)
    await complain(wu, title, { classification: { type_key: "complaint", category_key, severity_key: "general" } });
  await complain(wu, "如何开发票", { classification: { type_key: "enquiry", category_key: "charge" } });
  const page = await visit("/login");
  await signIn(page, "wu");
  await page.getByTestId("nav-cases").click();
  await page.getByTestId("case-statistics").click();
  await expect(page.getByTestId("statistics")).toHaveCount(0);
  const choose = async (field: string, option: string) => {
    await page.getByTestId(field).click();
    await page.getByRole("option", { name: option, exact: true }).click();
  };
  await choose("statistics-view", "办理中");
  await choose("statistics-group", "分类");
  const line = (key: string) => page.locator(`[data-testid=statistics-line][data-key=${key}]`);
  /** The cells of a line from behind: measures, satisfaction, change, share, total. */
  const total = (key: string) => line(key).getByRole("cell").nth(6);
  await expect(total("charge")).toHaveText("4");
  await expect(total("performance")).toHaveText("1");
  await expect(line("charge")).toContainText("80%");
  await choose("statistics-type", "投诉");
  await expect(total("charge")).toHaveText("3");
  await expect(line("charge")).toContainText("75%");
  await line("charge").getByRole("link").first().click();
  await expect(page.getByTestId("case-row")).toHaveCount(3);
  await expect(page.getByTestId("case-filter-chip").first()).toBeVisible();
});

test("whoever doubts a deadline can count it again", async ({ server, visit }) => {
  await organisation(server.url);
  const page = await visit("/login");
  await signIn(page, "wu");
  await page.goto("/settings/calculator");
  // Friday evening before a Sunday that is worked instead of a day of the holiday.
  await page.getByTestId("calculator-start").fill("2026-09-18T17:00");
  await page.getByTestId("calculator-hours").fill("8");
  const answer = page.getByTestId("answer");
  await expect(page.getByTestId("calculator-calendar")).toContainText("9–12、13–18");
  await expect(answer).toContainText("2026-09-20 周日 17:00");
  await page.getByTestId("calculator-calendar").click();
  await page.getByRole("option", { name: "中国工作日 9–18 点" }).click();
  await expect(answer).toContainText("2026-09-20 周日 16:00");
  await expect(page.getByTestId("explanation")).toContainText("调休上班");
  await expect(page).toHaveURL(/cn-office-9-18.*minutes=480/);
  await page.reload();
  await expect(page.getByTestId("calculator-hours")).toHaveValue("8");
  await expect(answer).toContainText("2026-09-20 周日 16:00");
});
