import { randomBytes } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { openUnfixed, patience, planFix } from "./propose-fix.ts";
import { signInAs } from "./sign-in.ts";

/*
 * A fix is proposed at a desk, approved on a phone, watched as it runs, and taken back: the finding goes and comes back.
 */
test.describe.configure({ mode: "serial", timeout: 240_000 });

/** Told apart from what other journeys propose. */
const mark = randomBytes(4).toString("hex");
const publicBucket = "aws.s3.bucket-public-access";
const why = `The site moved to a CDN. Case ${mark}.`;

const panel = (page: Page) => page.getByRole("complementary");
const card = (page: Page) => page.getByRole("article").filter({ hasText: mark });

/** As somebody else, in a browser of their own that is as large as a phone. */
async function onPhone(browser: Browser, role: Parameters<typeof signInAs>[1]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  await signInAs(page, role);
  return page;
}

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

/** Proposes to fix the finding that is open, looks at the plan, and sends it for approval. */
async function propose(page: Page): Promise<string> {
  const { dialog, send } = await planFix(page, why);
  await expect(dialog.getByRole("list", { name: /^What changes/ }).first()).toBeVisible();
  await send.click();
  const follow = dialog.getByRole("link", { name: "Follow the plan" });
  await expect(follow).toBeVisible();
  const path = await follow.getAttribute("href");
  await follow.click();
  await expect(page.getByRole("main").getByText("Waiting for approval", { exact: true })).toBeVisible();
  return path ?? "";
}

/** Decides on what was proposed last, on a phone. */
async function approve(browser: Browser, role: Parameters<typeof signInAs>[1]): Promise<void> {
  const page = await onPhone(browser, role);
  await page.goto("/approvals");
  const press = card(page).getByRole("button", { name: "Approve" });
  // What it changes is read first.
  await expect(press).toHaveAttribute("aria-disabled", "false");
  await press.click();
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(card(page)).toHaveCount(0);
  await page.context().close();
}

let findingUrl = "";
let planPath = "";

test("an analyst proposes a fix, sees exactly what it changes, and can't approve it", async ({ page }) => {
  await signInAs(page, "analyst");
  findingUrl = await openUnfixed(page, publicBucket);
  planPath = await propose(page);
  await expect(page.getByRole("heading", { name: "What it changes" })).toBeVisible();
  await page.getByText("exact call", { exact: false }).first().click();
  await expect(page.getByRole("button", { name: "Copy the command" }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
  await expectAccessible(page);
});

test("a manager weighs it on a phone, approves it, and sees it run without reloading", async ({
  browser,
}) => {
  const page = await onPhone(browser, "manager");
  await page
    .getByRole("navigation", { name: "Areas" })
    .getByRole("link", { name: /^Approvals/ })
    .click();
  await expect(card(page)).toContainText("Priya Raman");
  await card(page).getByText("What changes, and the way back").click();
  await expect(
    card(page)
      .getByRole("list", { name: /^What changes/ })
      .first(),
  ).toBeVisible();
  await expectAccessible(page);
  expect(await widthOf(page)).toBe(390);
  const approve = card(page).getByRole("button", { name: "Approve" });
  expect((await approve.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await approve.click();
  const dialog = page.getByRole("dialog", { name: "Approve this fix?" });
  await expect(dialog).toContainText("It can be taken back afterwards.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Approve" }).click();
  await expect(card(page)).toHaveCount(0);
  await page.locator(`a[href="${planPath}"]`, { hasText: "Watch it" }).click();
  await expect(page).toHaveURL(new RegExp(`${planPath}$`));
  await page.evaluate(() => Object.assign(window, { sameAsBefore: true }));
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("main").getByText("Fixed and verified", { exact: true }).first()).toBeVisible(
    patience,
  );
  const happened = page.getByRole("list", { name: "What happened", exact: true });
  await expect(happened).toContainText("Read the present state, and kept it");
  await expect(happened).toContainText("The checks pass on a fresh read");
  expect(await page.evaluate(() => "sameAsBefore" in window)).toBe(true);
  expect(await widthOf(page)).toBe(390);
  await expectAccessible(page);
  await page.context().close();
});

test("its finding is resolved, and opens again once the fix is rolled back", async ({ page }) => {
  await signInAs(page, "analyst");
  await page.goto(planPath);
  await expect(page.getByRole("region", { name: "Before and after" })).toBeVisible();
  await page.getByRole("region", { name: "What the checks say now" }).getByRole("link").first().click();
  await expect(panel(page)).toContainText("Resolved");
  await page.goto(planPath);
  await page.getByRole("button", { name: "Roll back" }).click();
  const dialog = page.getByRole("dialog", { name: "Roll back 1 resource?" });
  await dialog.getByRole("textbox", { name: "Why" }).fill("no");
  await dialog.getByRole("button", { name: "Roll back" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("Say why, in three characters or more.");
  await expectAccessible(page);
  await dialog.getByRole("textbox", { name: "Why" }).fill("The shop lost its pictures.");
  await dialog.getByRole("button", { name: "Roll back" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("main").getByText("Rolled back", { exact: true }).first()).toBeVisible(
    patience,
  );
  await expect(page.getByRole("list", { name: "What happened", exact: true })).toContainText(
    "As it was before, read afresh",
  );
  await expectAccessible(page);
  await page.goto(findingUrl.replace("/findings?", "/findings?state=all&"));
  await expect(panel(page)).toContainText("Reopened", patience);
});

test("who asked can't decide, a rejection needs a reason, and nothing is changed by it", async ({
  page,
  browser,
}) => {
  await signInAs(page, "manager");
  await openUnfixed(page, publicBucket);
  const path = await propose(page);
  await page.goto("/approvals");
  await expect(card(page)).toContainText(
    "You asked for this yourself, so somebody else has to decide on it.",
  );
  await expect(card(page).getByRole("button", { name: "Approve" })).toHaveCount(0);

  const ciso = await onPhone(browser, "ciso");
  await ciso.goto("/approvals");
  await card(ciso).getByRole("button", { name: "Reject" }).click();
  const dialog = ciso.getByRole("dialog", { name: "Reject this fix?" });
  await dialog.getByLabel("Why not").fill("no");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("Say why, in three characters or more.");
  await dialog.getByLabel("Why not").fill("The shop still reads from there.");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(card(ciso)).toHaveCount(0);
  await ciso.context().close();
  // It leaves the page of who asked by itself.
  await expect(card(page)).toHaveCount(0);
  await page.goto(path);
  await expect(page.getByRole("main")).toContainText("Ingrid Solheim rejected it. Nothing was changed.");
  await expect(page.getByRole("complementary", { name: "About the plan" })).toContainText(
    "The shop still reads from there.",
  );
});

test("a new key is handed over once, to who asked for it", async ({ page, browser }) => {
  await signInAs(page, "analyst");
  // Of another user both keys are old, and AWS allows no third.
  await openUnfixed(page, "aws.iam.access-key-age", "terraform");
  const path = await propose(page);
  await approve(browser, "ciso");
  const secrets = page.getByRole("region", { name: "1 new secret to collect" });
  await expect(secrets).toBeVisible(patience);
  await expectAccessible(page);

  const other = await onPhone(browser, "manager");
  await other.goto(path);
  await expect(other.getByRole("region", { name: "1 new secret to collect" })).toContainText(
    "Priya Raman, who asked for this, can collect what was handed out.",
  );
  await expect(other.getByRole("button", { name: "Show it, once" })).toHaveCount(0);
  await other.context().close();

  await secrets.getByRole("button", { name: "Show it, once" }).click();
  await expect(secrets.getByRole("button", { name: "Copy the secret" })).toBeVisible();
  await expect(secrets.locator("code")).not.toBeEmpty();
  await expectAccessible(page);
  await secrets.getByRole("button", { name: "I have kept it: hide it" }).click();
  await expect(secrets).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("heading", { name: "What happened" })).toBeVisible();
  await expect(secrets).toHaveCount(0);
});
