import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { signInAs } from "./sign-in.ts";

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

/** Keys are heard once the page has come to life. */
async function pressUntil(page: Page, key: string, appears: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(appears).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

test("the palette finds, goes and does, by keyboard alone", async ({ page }) => {
  await signInAs(page, "analyst");
  await page.goto("/checks");
  const palette = page.getByRole("dialog", { name: "Search or run a command" });
  await pressUntil(page, "Control+k", palette);
  const field = palette.getByRole("combobox");
  await expect(field).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.type("bucket is closed to the public");
  const found = palette.getByRole("option", { name: /aws\.s3\.bucket-public-access/ });
  await expect(found).toBeVisible();
  await expect(palette.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await expectAccessible(page);
  await field.fill("aws.s3.bucket-public-access");
  await expect(palette.getByRole("option", { selected: true })).toContainText("aws.s3.bucket-public-access");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/checks\/aws\.s3\.bucket-public-access$/);
  await expect(palette).toHaveCount(0);

  await pressUntil(page, "Control+k", palette);
  await expect(palette.getByRole("option").first()).toContainText("S3 bucket is closed to the public");
  await page.keyboard.type("dark theme");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await pressUntil(page, "Control+k", palette);
  await page.keyboard.type("nothing has this name");
  await expect(palette.getByRole("status")).toHaveText("Nothing has these words in it.");
  await page.keyboard.press("Escape");
  await expect(palette).toHaveCount(0);
});

test("nobody is offered in the palette what the role may not do", async ({ page }) => {
  await signInAs(page, "auditor");
  await page.goto("/checks");
  const palette = page.getByRole("dialog", { name: "Search or run a command" });
  await pressUntil(page, "Control+k", palette);
  await expect(palette.getByRole("option", { name: /Sign out/ })).toBeVisible();
  await expect(palette.getByRole("option", { name: /Scan all/ })).toHaveCount(0);
});

test("g and a letter lead to an area, and ? lists the keys", async ({ page }) => {
  await signInAs(page, "analyst");
  await page.goto("/checks");
  const help = page.getByRole("dialog", { name: "Keyboard" });
  await pressUntil(page, "?", help);
  await expect(help.getByText("Search, jump to a page, run a command")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page).toHaveURL(/\/scans$/);
});

test("notifications say so when there are none", async ({ page }) => {
  await signInAs(page, "auditor");
  await page.goto("/checks");
  await page.getByRole("button", { name: "Notifications" }).click();
  const panel = page.getByRole("dialog", { name: "Notifications" });
  await expect(panel.getByText(/^Nothing yet/)).toBeVisible();
  await expectAccessible(page);
});

test("on a phone the areas that the bar has no room for are behind More", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAs(page, "analyst");
  const areas = page.getByRole("navigation", { name: "Areas" });
  await expect(areas.getByRole("link", { name: "Checks" })).toBeHidden();
  await areas.getByRole("button", { name: "More" }).click();
  await expectAccessible(page);
  await areas.getByRole("link", { name: "Checks" }).click();
  await expect(page).toHaveURL(/\/checks$/);
  await expect(areas.getByRole("link", { name: "Checks" })).toBeHidden();
});

test("signing out ends the session", async ({ page }) => {
  await signInAs(page, "analyst");
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(/\/sign-in/);
  await page.goto("/findings");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});
