import { randomBytes } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { patience } from "./propose-fix.ts";
import { signInAs } from "./sign-in.ts";

/*
 * The library is searched, a playbook of one's own is written as a file and changed by the form, a fix is proposed for
 * several findings at once, and it is set how far fixes may go.
 */
test.describe.configure({ mode: "serial", timeout: 180_000 });

/** Told apart from what other journeys write. */
const mark = randomBytes(3).toString("hex").toUpperCase();
const ownId = `JOURNEY-${mark}-BUCKET`;
const reason = `The auditors come on Monday. Case ${mark}.`;

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

test("the library is narrowed, and a playbook says what it changes, needs and can't undo", async ({
  page,
}) => {
  await signInAs(page, "auditor");
  await page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: "Playbooks" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Playbooks" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Cloud", { exact: true }).selectOption("aws");
  await expect(page).toHaveURL(/cloud=aws/);
  await page.getByLabel("Search playbooks").fill("aws-public-s3");
  await expect(page.getByRole("main").getByRole("link", { name: /^Close a/ })).toHaveCount(1);
  await page.getByRole("link", { name: "Close a public S3 bucket" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Close a public S3 bucket" })).toBeVisible();
  for (const name of ["What it changes", "What it can't undo", "What is left to people", "As a file"]) {
    await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole("textbox", { name: "the CloudFormation template" })).toHaveValue(
    /s3:PutBucketPublicAccessBlock/,
    patience,
  );
  await expect(page.getByRole("textbox", { name: "the playbook as YAML" })).toHaveValue(/^id: AWS-PUBLIC-S3/);
  // Who may not propose is offered nothing of it.
  await expect(page.getByRole("button", { name: /Propose a fix/ })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Edit" })).toHaveCount(0);
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await widthOf(page)).toBe(390);
});

test("a playbook of one's own: refused by line and path, saved, changed by the form, retired", async ({
  page,
}) => {
  await signInAs(page, "admin");
  await page.goto("/playbooks/AWS-PUBLIC-S3");
  const file = await page.getByRole("textbox", { name: "the playbook as YAML" }).inputValue();
  await page.goto("/playbooks/new");
  const text = page.getByLabel("The playbook, as YAML or JSON");
  await expect(async () => {
    await page.getByRole("tab", { name: "File" }).click();
    await expect(text).toBeVisible({ timeout: 2_000 });
  }).toPass();
  const own = file.replace("AWS-PUBLIC-S3", ownId).replace(/^title: .*$/m, "title: Close it, our way");
  const wrong = own
    .replace("operation: aws.s3.block-public-access", "operation: aws.s3.nothing")
    .replace("severity: critical", "severity: dire");
  await page.getByLabel("A playbook's file").setInputFiles({
    ...{ name: "own.yaml", mimeType: "application/yaml", buffer: Buffer.from(wrong) },
  });
  await expect(text).toHaveValue(wrong);
  await page.getByRole("button", { name: "Save the playbook" }).click();
  const problems = page.getByRole("alert").filter({ hasText: "Nothing was saved" });
  await expect(problems).toContainText(
    /Line \d+: severity: One of critical, high, medium, low, info\./,
    patience,
  );
  await expectAccessible(page);
  await text.fill(wrong.replace("severity: dire", "severity: critical"));
  await page.getByRole("button", { name: "Look it over" }).click();
  await expect(problems).toContainText(/actions\.\d\.operation/);
  await text.fill(own);
  await page.getByRole("button", { name: "Save the playbook" }).click();
  await expect(page).toHaveURL(new RegExp(`/playbooks/${ownId}$`), patience);
  await expect(page.getByRole("main")).toContainText("Your own, version 1");

  await page.getByRole("link", { name: "Edit" }).click();
  const title = page.getByLabel("Title").first();
  await expect(async () => {
    await title.fill("no");
    await page.getByRole("button", { name: "Save a new version" }).click();
    await expect(problems).toContainText("title: At least 3 characters.", { timeout: 10_000 });
  }).toPass(patience);
  await expect(title).toHaveAttribute("aria-invalid", "true");
  await title.fill("Close it, as we do");
  await page.getByRole("button", { name: "Save a new version" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Close it, as we do" })).toBeVisible(patience);
  await expect(page.getByRole("main")).toContainText("Your own, version 2");

  await page.getByRole("button", { name: "Retire" }).click();
  const question = page.getByRole("dialog", { name: "Retire this playbook?" });
  await question.getByRole("textbox").fill(ownId);
  await question.getByRole("button", { name: "Retire it" }).click();
  await expect(page).toHaveURL(/\/playbooks$/);
  await expect(page.getByRole("main").getByText(ownId)).toHaveCount(0);
});

test("a fix is proposed for several findings: what is left out is said, and what was typed is kept", async ({
  page,
}) => {
  await signInAs(page, "analyst");
  await expect(page.getByRole("banner").getByRole("link", { name: /^Scanned/ })).toBeVisible(patience);
  await page.goto("/findings?check=aws.s3.bucket-block-public-access,aws.s3.bucket-versioning&cloud=aws");
  const boxes = page.getByRole("table", { name: "Findings" }).locator("tbody").getByRole("checkbox");
  await expect(boxes.first()).toBeVisible(patience);
  const all = page.getByRole("table", { name: "Findings" }).locator("thead").getByRole("checkbox");
  const bar = page.getByRole("region", { name: "Selected findings" });
  await expect(async () => {
    if (!(await bar.isVisible())) await all.click();
    await expect(bar).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await bar.getByRole("button", { name: "Fix" }).click();
  const form = page.getByRole("dialog", { name: /^Propose a fix for \d+ findings$/ });
  await expect(form.getByText(/of the chosen findings (is|are) left out/)).toBeVisible(patience);
  await form.getByText(/of the chosen findings (is|are) left out/).click();
  await expect(form.getByText(/no playbook fixes it yet/).first()).toBeVisible();
  await form.getByRole("button", { name: /^Plan the fix/ }).click();
  await expect(form.getByRole("alert")).toHaveText("Say why, in three characters or more.");
  await expectAccessible(page);
  await form.getByRole("textbox", { name: "Why" }).fill(reason);
  // Closed by mistake, nothing of it is lost.
  await form.getByRole("button", { name: "Cancel" }).click();
  await bar.getByRole("button", { name: "Fix" }).click();
  await expect(form.getByRole("textbox", { name: "Why" })).toHaveValue(reason);
  await form.getByRole("button", { name: /^Plan the fix/ }).click();
  const plan = page.getByRole("dialog");
  await expect(plan.getByRole("list", { name: "Resources of the plan" })).toBeVisible(patience);
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await widthOf(page)).toBe(390);
  // Withdrawn, it is as if it had never been planned.
  await plan.getByRole("button", { name: /^(Change it|Back to the form)$/ }).click();
  await expect(form.getByRole("textbox", { name: "Why" })).toHaveValue(reason, patience);
});

test("a manager freezes all changes, everybody sees it, and lifts it", async ({ page, browser }) => {
  await signInAs(page, "manager");
  await page.goto("/settings/remediation");
  const freeze = page.getByRole("region", { name: "Freeze" });
  const ask = page.getByRole("dialog", { name: "Freeze all changes?" });
  await expect(async () => {
    await freeze.getByRole("button", { name: "Freeze all changes" }).click();
    await expect(ask).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await ask.getByRole("textbox", { name: "Reason" }).fill(`Year-end closing ${mark}.`);
  await ask.getByRole("button", { name: "Freeze all changes" }).click();
  await expect(freeze.getByRole("heading", { name: "All changes are frozen" })).toBeVisible();
  await expect(freeze).toContainText(`Year-end closing ${mark}.`);
  await expectAccessible(page);

  const other = await (await browser.newContext()).newPage();
  await signInAs(other, "analyst");
  await other.goto("/playbooks");
  await expect(other.getByRole("complementary", { name: "Freeze" })).toContainText(
    `Year-end closing ${mark}.`,
  );
  await other.context().close();

  await freeze.getByRole("button", { name: "Lift the freeze" }).click();
  const lift = page.getByRole("dialog", { name: "Lift the freeze?" });
  await lift.getByRole("textbox", { name: "Reason" }).fill("The books are closed.");
  await lift.getByRole("button", { name: "Lift the freeze" }).click();
  await expect(freeze.getByRole("heading", { name: "Changes may be made" })).toBeVisible();
});

test("an administrator sets limits and a change window in another time zone, and takes them back", async ({
  page,
}) => {
  await signInAs(page, "admin");
  await page.goto("/settings/remediation");
  const most = page.getByLabel("Resources in one plan");
  const save = page.getByRole("button", { name: "Save the limits" });
  await expect(async () => {
    await most.fill("0");
    await expect(page.getByRole("alert").filter({ hasText: "1 to 500" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(save).toBeDisabled();
  const saving = page.getByRole("button", { name: /^(Save the limits|Saving…)$/ });
  for (const limit of ["23", "25"]) {
    await most.fill(limit);
    await save.click();
    await expect(saving).toHaveCount(0);
    await expect(most).toHaveValue(limit);
  }

  await page.getByRole("button", { name: "Add a change window" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a change window" });
  await dialog.getByLabel("Time zone").fill("Mars/Base");
  await dialog.getByRole("button", { name: "Save the window" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("A time zone such as Europe/Vienna.");
  await expectAccessible(page);
  await dialog.getByLabel("Time zone").fill("Pacific/Auckland");
  await dialog.getByRole("button", { name: "Save the window" }).click();
  const windows = page.getByRole("region", { name: "Change windows" });
  await expect(windows).toContainText("Mon–Thu, 22:00–04:00 (next day) Pacific/Auckland");
  await windows.getByRole("button", { name: "Delete the window of all accounts" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete it" }).click();
  await expect(windows).toContainText("No change window is set");
  await expect(page.getByRole("region", { name: "Automatic approvals" })).toContainText(
    "Off: somebody decides",
  );
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await widthOf(page)).toBe(390);
});
