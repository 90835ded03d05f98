import { expect, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { signInAs } from "./sign-in.ts";

test.beforeEach(async ({ page }) => {
  await signInAs(page, "analyst");
  await expect(page.getByRole("banner").getByRole("link")).toHaveText(/Scanned/, { timeout: 80_000 });
  await page.goto("/findings");
  await expect(page.getByRole("table", { name: /Findings/ })).toBeVisible();
});

test("findings are narrowed by facets and text, and the address says how", async ({ page }) => {
  const filters = page.getByRole("region", { name: "Filters" });
  await filters.getByRole("link", { name: /^S3 [\d,]+$/ }).click();
  await expect(page).toHaveURL(/service=s3/);
  await expect(page.getByRole("link", { name: /Remove the filter Service/ })).toBeVisible();
  await page.getByRole("link", { name: /critical$/i }).click();
  await expect(page).toHaveURL(/severity=critical/);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search findings" })).toBeFocused();
  await page.keyboard.type("nothing has this name");
  await expect(page.getByRole("heading", { name: "Nothing matches these filters" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Clear all filters" }).click();
  await expect(page).toHaveURL(/\/findings$/);
  await expect(page.getByRole("searchbox")).toHaveValue("");
});

test("the panel is worked by keyboard, and the table stays in use", async ({ page }) => {
  // Keys are heard once the page has come to life.
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(page.locator("tbody a:focus")).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary");
  await expect(panel.getByRole("heading", { level: 2 })).toBeVisible();
  await expect(panel).toBeFocused();
  const first = await panel.getAttribute("aria-label");
  const address = page.url();
  await page.keyboard.press("j");
  await expect(page).not.toHaveURL(address);
  await expect(panel.getByRole("heading", { name: "Evidence" })).toBeVisible();
  await page.keyboard.press("k");
  await expect(page).toHaveURL(address);
  await expect(panel).toHaveAttribute("aria-label", first ?? "");
  await panel.getByRole("tab", { name: "CLI" }).click();
  await expect(panel.getByRole("tabpanel")).toContainText(/\b(aws|az|gcloud|bq) /);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(page).toHaveURL(/\/findings$/);
  await expect(page.locator("tbody a:focus")).toHaveCount(1);
});

test("an address with a finding in it opens its panel, and a wrong one says so", async ({ page }) => {
  await page.getByRole("table").getByRole("link").first().click();
  await expect(page.getByRole("complementary").getByRole("heading", { name: "How to fix" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("complementary").getByRole("heading", { name: "How to fix" })).toBeVisible();
  await page.goto("/findings?finding=fnd_0");
  await expect(page.getByRole("heading", { name: "This finding could not be shown" })).toBeVisible();
});

test("pages are turned by cursor, forth and back", async ({ page }) => {
  const pages = page.getByRole("navigation", { name: "Pages" });
  await expect(pages).toContainText(/^1 to 50 of/);
  const firstTitle = await page.getByRole("table").getByRole("link").first().getAttribute("id");
  await pages.getByRole("link", { name: "Next" }).click();
  await expect(pages).toContainText(/^51 to /);
  await pages.getByRole("link", { name: "Previous" }).click();
  await expect(pages).toContainText(/^1 to 50 of/);
  await expect(page.getByRole("table").getByRole("link").first()).toHaveAttribute("id", firstTitle ?? "");
});
