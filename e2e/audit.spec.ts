import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { signInAs } from "./sign-in.ts";

test.describe.configure({ mode: "serial" });

const trail = (page: Page) => page.getByRole("main");
const panelOf = (page: Page) => page.getByRole("complementary", { name: "Entry" });
const integrity = (page: Page) => page.getByRole("main").getByRole("link", { name: /^Integrity:/ });

test("an auditor finds an entry, checks it and takes its proof along", async ({ page }) => {
  await signInAs(page, "auditor");
  await page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: "Audit" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Audit trail" })).toBeVisible();
  // The worker seals what was written within seconds.
  await expect(integrity(page)).toHaveText(/Sealed to #[\d,]+/, { timeout: 60_000 });
  await expect(
    page
      .getByRole("application")
      .or(page.getByText(/A bar is/))
      .first(),
  ).toBeVisible();
  await expectAccessible(page);

  const search = page.getByRole("searchbox", { name: "Search the trail" });
  await expect(async () => {
    await search.fill("session.sign-in");
    await expect(page).toHaveURL(/q=session\.sign-in/, { timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  const entry = trail(page)
    .getByRole("link", { name: /Claire Dubois signed in/ })
    .first();
  await entry.click();
  const panel = panelOf(page);
  await expect(panel.getByRole("heading", { name: /Claire Dubois signed in/ })).toBeVisible();
  await expect(page).toHaveURL(/entry=ent_/);
  await expect(panel.getByText(/^as #[\d,]+, in batch/)).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);

  // A checkpoint is signed each minute.
  await expect(async () => {
    await panel.getByRole("button", { name: "Check it now" }).click();
    await expect(panel.getByText("This is what was sealed.")).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 85_000 });
  const downloading = page.waitForEvent("download");
  await panel.getByRole("link", { name: "Download the proof" }).click();
  const file = await (await downloading).path();
  const [header = "", ...lines] = (await readFile(file, "utf8")).trim().split("\n");
  expect(JSON.parse(header)).toMatchObject({ parapet: "audit-bundle", v: 1 });
  expect(lines.filter((line) => line.includes('"entry":'))).toHaveLength(1);

  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(entry).toBeFocused();
});

test("what an administrator does is on the trail at once, and in the history of what it was done to", async ({
  page,
}) => {
  await signInAs(page, "admin");
  await page.goto("/settings/sla");
  await page.goto("/audit?period=24h");
  const days = trail(page)
    .getByRole("region")
    .filter({ has: page.getByRole("heading", { level: 2 }) });
  await expect(days.first().getByRole("listitem").first()).toContainText(/signed in/);
  await page.goto("/settings/users");
  await page.getByRole("main").locator('a[href^="/settings/users/usr_"]').first().click();
  await expect(page.getByRole("heading", { name: "What they did" })).toBeVisible();
});

test("the trail is narrowed by who, what and how it ended, and goes back", async ({ page }) => {
  await signInAs(page, "auditor");
  await page.goto("/audit");
  const dialog = page.getByRole("dialog", { name: "Narrow the trail" });
  await expect(async () => {
    await page.getByRole("button", { name: "Filters" }).click();
    await expect(dialog.getByRole("tab", { name: "What" })).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await dialog.getByRole("tab", { name: "What" }).click();
  await dialog.getByRole("checkbox", { name: /session\.sign-in/ }).check();
  await expect(page).toHaveURL(/action=session\.sign-in/);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("link", { name: /Remove the filter Action/ }).click();
  await expect(page).not.toHaveURL(/action=/);
  await page.goto("/audit?q=nothing-is-called-so");
  await expect(page.getByRole("heading", { name: "No entry is like that" })).toBeVisible();
});

test("an auditor exports what is listed, and that is an entry", async ({ page }) => {
  await signInAs(page, "auditor");
  await page.goto("/audit?action=session.sign-in");
  const dialog = page.getByRole("dialog", { name: "Export the trail" });
  await expect(async () => {
    await page.getByRole("button", { name: "Export" }).click();
    await expect(dialog).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await dialog.getByRole("radio", { name: /As a table/ }).check();
  await expectAccessible(page);
  const downloading = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Export" }).click();
  const text = await readFile(await (await downloading).path(), "utf8");
  expect(text.split("\r\n")[0]).toContain("at,entry,actor_kind");
  expect(text).toContain("session.sign-in");
  await expect(dialog).toBeHidden();
  await page.goto("/audit?action=audit_export.finish");
  await expect(
    trail(page)
      .getByRole("link", { name: /Claire Dubois/ })
      .first(),
  ).toBeVisible();
});

test("statistics, errors, performance and integrity say what they know", async ({ page }) => {
  await signInAs(page, "ciso");
  const tab = (name: string) => page.getByRole("navigation", { name: "Audit" }).getByRole("link", { name });
  await page.goto("/audit/statistics");
  await expect(page.getByRole("table", { name: /Entries by action/ })).toContainText("session.sign-in");
  await expectAccessible(page);
  await tab("Errors").click();
  await expect(page.getByText(/^Refusals are the rules at work/)).toBeVisible();
  await expectAccessible(page);
  await tab("Performance").click();
  await expect(page.getByRole("table", { name: /Durations by action/ })).toBeVisible();
  await expectAccessible(page);
  await tab("Integrity").click();
  await expect(page.getByRole("heading", { name: "Find out for yourself" })).toBeVisible();
  await expect(page.getByText("Waiting to be sealed")).toBeVisible();
  await expectAccessible(page);
});

test("whoever may not read the trail is not shown that there is one", async ({ page }) => {
  await signInAs(page, "analyst");
  await expect(
    page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: "Audit" }),
  ).toHaveCount(0);
  await page.goto("/audit");
  await expect(page.getByRole("heading", { name: "Nothing is here" })).toBeVisible();
});

test("on a phone an entry covers the list and leads back to it", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAs(page, "auditor");
  await page.goto("/audit");
  const panel = panelOf(page);
  await expect(async () => {
    // Once it is open, it covers what would be pressed again.
    if (!(await panel.isVisible()))
      await trail(page)
        .getByRole("link", { name: /signed in/ })
        .first()
        .click({ timeout: 3_000 });
    await expect(panel).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await expectAccessible(page);
  await panel.getByRole("button", { name: "Close the entry" }).click();
  await expect(panel).toHaveCount(0);
});
