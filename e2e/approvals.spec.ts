import { randomBytes } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { signInAs } from "./sign-in.ts";

/*
 * A risk is asked to be accepted at a desk, granted on a phone, seen as accepted, and ended before its time.
 */
test.describe.configure({ mode: "serial" });

/** Told apart from what other journeys ask for. */
const mark = randomBytes(4).toString("hex");
const reason = `The vendor mends it in March;\nuntil then the subnet is closed. Case ${mark}.`;
const panel = (page: Page) => page.getByRole("complementary");
const toast = (page: Page, text: RegExp) => page.getByRole("status").filter({ hasText: text });
const card = (page: Page) => page.getByRole("article").filter({ hasText: mark });

/** As somebody else, in a browser of their own that is as large as a phone. */
async function onPhone(browser: Browser, role: Parameters<typeof signInAs>[1]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  await signInAs(page, role);
  return page;
}

/** Asks for the first finding of a severity to be accepted. */
async function ask(page: Page, severity: string): Promise<void> {
  await page.goto(`/findings?severity=${severity}`);
  const table = page.getByRole("table", { name: "Findings" });
  await expect(table.locator("tbody tr").first()).toBeVisible();
  // Keys are heard once the page has come to life.
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(table.locator("tbody :is(a, button):focus")).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("heading", { level: 2 })).toBeVisible();
  await page.keyboard.press("e");
  await page.getByRole("combobox", { name: "Search states" }).fill("risk");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Ask to accept the risk/ });
  await dialog.getByRole("textbox", { name: "Reason" }).fill(reason);
  await dialog.getByRole("button", { name: "Ask for 1 finding" }).click();
  await expect(panel(page)).toContainText("asks to accept the risk until");
}

let findingUrl = "";

test("an analyst asks, sees the request as their own, and can't decide on it", async ({ page }) => {
  await signInAs(page, "analyst");
  await expect(page.getByRole("banner").getByRole("link", { name: /^Scanned/ })).toBeVisible({
    timeout: 80_000,
  });
  await ask(page, "medium");
  findingUrl = page.url();
  await page.goto("/approvals?show=own");
  await expect(card(page)).toContainText("A manager or the CISO decides on it.");
  await expect(card(page).getByRole("button", { name: "Grant" })).toHaveCount(0);
  await expect(card(page).getByRole("button", { name: "Withdraw" })).toBeVisible();
  await expectAccessible(page);
});

test("a manager weighs it on a phone and grants it", async ({ browser }) => {
  const page = await onPhone(browser, "manager");
  await page
    .getByRole("navigation", { name: "Areas" })
    .getByRole("link", { name: /^Approvals/ })
    .click();
  await expect(card(page)).toContainText("until then the subnet is closed");
  await card(page).locator("summary").click();
  await expect(card(page).getByRole("listitem").getByRole("link").first()).toBeVisible();
  await expectAccessible(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(390);
  const grant = card(page).getByRole("button", { name: "Grant" });
  expect((await grant.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await grant.click();
  const dialog = page.getByRole("dialog", { name: "Grant this request?" });
  await dialog.getByLabel("A note, if you like").fill("Until March, no longer.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Grant" }).click();
  await expect(toast(page, /1 request granted/)).toBeVisible();
  await expect(card(page)).toHaveCount(0);
  await page.getByRole("link", { name: "Decided" }).click();
  await expect(card(page)).toContainText("1 finding is accepted by it.");
  await page.context().close();
});

test("the finding shows as accepted, until the acceptance is ended", async ({ page }) => {
  await signInAs(page, "analyst");
  await page.goto(findingUrl.replace(/severity=\w+/, "state=all"));
  await expect(panel(page)).toContainText("Marcus Okoye accepted the risk until");
  await expect(panel(page)).toContainText("Until March, no longer.");
  await page.goto("/approvals?show=decided");
  await card(page).getByRole("button", { name: "End it now" }).click();
  await card(page).getByRole("button", { name: "Press again to end it" }).click();
  await expect(toast(page, /The findings are open again/)).toBeVisible();
  await page.goto(findingUrl.replace(/severity=\w+/, "state=open"));
  await expect(panel(page)).not.toContainText("accepted the risk until");
});

test("a rejection needs a reason, and whoever asked for themselves is kept from deciding", async ({
  page,
  browser,
}) => {
  await signInAs(page, "manager");
  await ask(page, "low");
  await page.goto("/approvals");
  await expect(card(page)).toContainText(
    "You asked for this yourself, so somebody else has to decide on it.",
  );
  await expect(card(page).getByRole("button", { name: "Grant" })).toHaveCount(0);

  const ciso = await onPhone(browser, "ciso");
  await ciso.goto("/approvals");
  await card(ciso).getByRole("button", { name: "Reject" }).click();
  const dialog = ciso.getByRole("dialog", { name: "Reject this request?" });
  await dialog.getByLabel("Why not").fill("no");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("Say why, in three characters or more.");
  await dialog.getByLabel("Why not").fill("Close the port instead.");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(toast(ciso, /1 request rejected/)).toBeVisible();
  await ciso.context().close();
  // It leaves the page of who asked by itself.
  await expect(card(page)).toHaveCount(0);
  await page.getByRole("link", { name: "Asked by you" }).click();
  await expect(card(page)).toContainText("Close the port instead.");
});
