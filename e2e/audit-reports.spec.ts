import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { signInAs } from "./sign-in.ts";

test("an auditor makes a report, reads it in its frame and takes the file along", async ({ page }) => {
  await signInAs(page, "auditor");
  await page.goto("/audit/reports");
  await page.getByLabel("Period").selectOption("30");
  await page.getByRole("button", { name: "Make the report" }).click();
  await page.waitForURL(/\/audit\/reports\/rpt_/);
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("heading", { level: 1, name: "Audit report" })).toBeVisible();
  await expect(frame.getByRole("heading", { name: "Whether the trail can be believed" })).toBeAttached();
  await expectAccessible(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^audit-custom-.*\.html$/);
  const html = await readFile(await download.path(), "utf8");
  expect(html).toContain("<h1>Audit report</h1>");
  expect(html).not.toContain("<script");
  await page.getByRole("link", { name: "All reports" }).click();
  await expect(page.getByRole("heading", { name: "Make a report" })).toBeVisible();
  await expect(page.getByText("Administrators set this.")).toBeVisible();
  await expectAccessible(page);
});

test("an administrator has reports made on schedule, and deletes one that was asked for", async ({
  page,
}) => {
  await signInAs(page, "admin");
  await page.goto("/audit/reports");
  await page.getByRole("button", { name: "Change the schedule" }).click();
  const dialog = page.getByRole("dialog", { name: "Reports on schedule" });
  await dialog.getByLabel("Every day, of the day before").setChecked(false);
  await dialog.getByLabel("Every week, of the seven days before").setChecked(true);
  await dialog.getByLabel("Day of the weekly report").selectOption({ label: "Friday" });
  await dialog.getByLabel("Time zone").fill("Mars/Olympus");
  await dialog.getByRole("button", { name: "Save the schedule" }).click();
  await expect(dialog.getByRole("alert")).toContainText("no such time zone");
  await dialog.getByLabel("Time zone").fill("Europe/Vienna");
  await dialog.getByRole("button", { name: "Save the schedule" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/on Friday at \d\d:00, of the seven days before/)).toBeVisible();
  await page.getByLabel("Period").selectOption("1");
  await page.getByRole("button", { name: "Make the report" }).click();
  await page.waitForURL(/\/audit\/reports\/rpt_/);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Delete the report" }).click();
  await page.waitForURL(/\/audit\/reports$/);
});
