import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { signInAs } from "./sign-in.ts";

/** An account of the sandbox that is connected from the start. */
const accountId = "111122223333";
const report = readFileSync("lib/imports/samples/prowler-aws.ocsf.json", "utf8");

/** Prowler's sample about that account, with a row about one that nobody connected, and names that are no names. */
function adjusted(): Buffer {
  const rows = JSON.parse(
    report.replaceAll("<account_uid>", accountId).replaceAll("<resource_uid>", "arn:aws:e2e"),
  );
  const far = structuredClone(rows[0]);
  far.cloud.account.uid = "999999999999";
  const hostile = structuredClone(rows[0]);
  hostile.metadata.event_code = "hostile";
  hostile.status_detail = "<img src=x onerror=\"document.title='taken'\">";
  hostile.resources[0].uid = "=cmd|' /C calc'!A0\u202e";
  return Buffer.from(JSON.stringify([...rows, far, hostile]));
}

test("an analyst imports Prowler's report and follows what became of it", async ({ page }) => {
  await signInAs(page, "analyst");
  await page.goto("/imports");
  await expect(page.getByRole("heading", { name: "Imports" })).toBeVisible();
  await expectAccessible(page);
  const input = page.getByLabel("Report to import");
  await input.setInputFiles({ name: "prowler.ocsf.json", mimeType: "application/json", buffer: adjusted() });
  await page.waitForURL(/\/imports\/imp_/);
  await expect(page.getByText("7 rows: 3 new findings, 1 rejected.")).toBeVisible();
  const rejected = page.getByRole("table", { name: "Rejected rows" });
  await expect(rejected.getByRole("row").nth(1)).toContainText("AWS account 999999999999 is not connected");
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(rejected).toContainText("AWS account 999999999999 is not connected");
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.getByRole("link", { name: "3 new findings" }).click();
  await expect(page).toHaveURL(/\/findings\?.*scan=imp_/);
  const findings = page.getByRole("main");
  await expect(findings).toContainText("<img src=x onerror=");
  await expect(findings).toContainText("Check if IAM Access Analyzer is enabled");
  await expect(page).not.toHaveTitle("taken");
});

test("a file that is no report is refused in words, and nothing of it stays", async ({ page }) => {
  await signInAs(page, "analyst");
  await page.goto("/imports");
  const input = page.getByLabel("Report to import");
  await input.setInputFiles({
    name: "page.html",
    mimeType: "text/html",
    buffer: Buffer.from("<!doctype html>"),
  });
  await expect(page.getByRole("alert").filter({ hasText: "Nothing was imported" })).toContainText(
    "it is an HTML page",
  );
  await expect(page.getByRole("table", { name: "Imports, newest first" }).getByText("page.html")).toHaveCount(
    0,
  );
  await expectAccessible(page);
});

test("an auditor sees what was imported, and is offered no upload", async ({ page }) => {
  await signInAs(page, "auditor");
  await page.goto("/imports");
  await expect(page.getByRole("heading", { name: "Imports" })).toBeVisible();
  await expect(page.getByLabel("Report to import")).toHaveCount(0);
});
