import { expect, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { signInAs } from "./sign-in.ts";

const pages = [
  "/findings",
  "/scans",
  "/checks",
  "/settings/accounts",
  "/settings/organisations",
  "/settings/sessions",
  "/welcome",
] as const;

test("the sign-in page is accessible", async ({ page }) => {
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: /analyst/i })).toBeVisible();
  await expectAccessible(page);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`every page is accessible in ${colorScheme}, and as wide as a phone`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await signInAs(page, "analyst");
    for (const path of pages) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 844 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, path).toBe(0);
      await expectAccessible(page);
    }
  });
}

test("the theme is chosen, kept, and there from the first paint on", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await signInAs(page, "analyst");
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  const kept = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  expect(await ground()).not.toBe(light);
  const dark = await ground();
  await kept;
  const answer = await page.reload();
  expect(await answer?.text()).toContain('data-theme="dark"');
  expect(await ground()).toBe(dark);
});

test("on a phone the areas are a bar at the bottom and the filters a dialog", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAs(page, "analyst");
  await page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: "Findings" }).click();
  await page.getByRole("button", { name: "Filters" }).click();
  const dialog = page.getByRole("dialog", { name: "Filters" });
  await dialog.getByRole("link", { name: /^S3 [\d,]+$/ }).click();
  await expect(page).toHaveURL(/service=s3/);
  await dialog.getByRole("button", { name: /^Show/ }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("table").getByRole("link").first().click();
  const panel = page.getByRole("complementary");
  await expect(panel.getByRole("heading", { name: "Evidence" })).toBeVisible();
  await panel.getByRole("button", { name: "Close the finding" }).click();
  await expect(panel).toHaveCount(0);
});

test("signing out ends the session", async ({ page }) => {
  await signInAs(page, "analyst");
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(/\/sign-in/);
  await page.goto("/findings");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});
