import { expect, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { signInAs } from "./sign-in.ts";

test.describe.configure({ mode: "serial" });

test("the first scan is watched until it has ended", async ({ page }) => {
  await signInAs(page, "analyst");
  await page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: "Scans" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Scans" })).toBeVisible();
  const status = page.getByRole("banner").getByRole("link", { name: /Scann|scanned/ });
  await expect(status).toHaveText(/Scanned/, { timeout: 80_000 });
  const row = page.getByRole("table", { name: /Scans/ }).getByRole("row").nth(1);
  await expect(row.getByRole("img", { name: /\d+ of \d+ read/ }).first()).toBeAttached();
  await row.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: /^Scan/ })).toBeVisible();
  await expect(page.getByRole("link", { name: /new: show the findings/ })).toBeVisible();
  const times = page.getByRole("table", { name: /Time by service/ });
  await expect(times.getByRole("row").nth(1)).toContainText(/\d s/);
  await expect(page.getByRole("heading", { name: "Slowest pieces" })).toBeVisible();
  await expectAccessible(page);
});

test("an analyst starts a scan of one account, sees it live, and cancels it", async ({ page }) => {
  await signInAs(page, "analyst");
  const stream = page.waitForResponse((answer) => answer.url().endsWith("/api/events"));
  await page.goto("/scans");
  expect((await stream).headers()["content-type"]).toBe("text/event-stream; charset=utf-8");
  await page.getByRole("button", { name: "Start a scan" }).click();
  const dialog = page.getByRole("dialog", { name: "Start a scan" });
  await expectAccessible(page);
  await dialog.locator("summary", { hasText: "Accounts" }).click();
  await dialog.getByRole("checkbox").first().check();
  await dialog.getByRole("button", { name: "Start the scan" }).click();
  await page.waitForURL(/\/scans\/scn_/);
  await page.getByRole("button", { name: "Cancel scan" }).click();
  const question = page.getByRole("dialog", { name: "Cancel this scan?" });
  await question.getByRole("button", { name: "Cancel the scan" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Cancelled scan/ })).toBeVisible({
    timeout: 60_000,
  });
  await expect(question).toBeHidden();
  await expect(page.getByText(/nothing that was not read was resolved/)).toBeVisible();
});

test("who may not scan is not offered it", async ({ page }) => {
  await signInAs(page, "auditor");
  await page.goto("/scans");
  await expect(page.getByRole("heading", { level: 1, name: "Scans" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Start a scan" })).toHaveCount(0);
});

test("a scan that isn't there is not found", async ({ page }) => {
  await signInAs(page, "analyst");
  await page.goto("/scans/scn_0");
  await expect(page.getByRole("heading", { name: "Nothing is here" })).toBeVisible();
});
