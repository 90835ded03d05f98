import { expect, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { signInAs } from "./sign-in.ts";

test("the trail's keeping is set, a legal hold is placed and lifted, and an archive is written and downloaded", async ({
  page,
}) => {
  await signInAs(page, "admin");
  await page.goto("/settings/audit");
  await expect(page.getByRole("heading", { name: "How long" })).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Keep entries for", { exact: true }).fill("29");
  await expect(page.getByText("A whole number, 30 to 3,650.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await page.getByLabel("Keep entries for", { exact: true }).fill("120");
  await page.getByLabel("Keep one kind of act longer").selectOption({ label: "user" });
  await page.getByLabel("Keep user entries for").fill("400");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeHidden();
  await page.reload();
  await expect(page.getByLabel("Keep entries for", { exact: true })).toHaveValue("120");
  await expect(page.getByLabel("Keep user entries for")).toHaveValue("400");

  await page.getByRole("button", { name: "Place a legal hold" }).click();
  await page.getByRole("button", { name: "Place the hold" }).click();
  await expect(page.getByText("Say why, in three characters or more.")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Case 7");
  await page.getByLabel("Reason").fill("The court wants it.");
  await page.getByLabel("First day (UTC)").fill("2026-01-01");
  await page.getByRole("button", { name: "Place the hold" }).click();
  const hold = page.getByRole("listitem").filter({ hasText: "Case 7" });
  await expect(hold).toContainText("In force");
  await expect(hold).toContainText("Covers since Jan 1, 2026.");
  await hold.getByRole("button", { name: "Lift Case 7" }).click();
  await page.getByLabel("Reason").fill("The case is over.");
  await page.getByRole("button", { name: "Lift it" }).click();
  await expect(hold).toContainText("Lifted");

  await page.getByRole("button", { name: "Archive now" }).click();
  await page.getByRole("button", { name: "Write the archive" }).click();
  await expect(page.getByText("A worker writes the archive.")).toBeVisible();
  const download = page.getByRole("link", { name: "Download A copy" }).first();
  await expect(async () => {
    await page.reload();
    await expect(download).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 120_000 });
  const [file] = await Promise.all([page.waitForEvent("download"), download.click()]);
  expect(file.suggestedFilename()).toMatch(/^audit-copy-arc_[0-9a-f]{28}\.ndjson\.gz$/);
});

test("an auditor reads how long the trail is kept, and changes nothing", async ({ page }) => {
  await signInAs(page, "auditor");
  await page.goto("/settings/audit");
  await expect(page.getByText("Administrators decide on it.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Archives" })).toBeVisible();
  for (const name of ["Place a legal hold", "Archive now", "Save"]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
  await expectAccessible(page);
});
