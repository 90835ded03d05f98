import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { signInAs } from "./sign-in.ts";

/** What people who mean no good call things: markup, a change of direction, more than fits. */
const hostile = `<img src=x onerror=alert(1)>\u202egnp.exe ${"long".repeat(8)}`;

const table = (page: Page) => page.getByRole("table", { name: "Findings" });
const panel = (page: Page) => page.getByRole("complementary");
const toast = (page: Page, text: RegExp) => page.getByRole("status").filter({ hasText: text });
const row = (page: Page, at: number) => table(page).locator("tbody tr").nth(at);

async function open(page: Page, role: Parameters<typeof signInAs>[1], query = ""): Promise<void> {
  await signInAs(page, role);
  await expect(page.getByRole("banner").getByRole("link", { name: /^Scanned/ })).toBeVisible({
    timeout: 80_000,
  });
  await page.goto(`/findings${query}`);
  await expect(row(page, 0)).toBeVisible();
  await cameToLife(page);
}

/** Keys are heard once the page has come to life. */
async function cameToLife(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(table(page).locator("tbody :is(a, button):focus")).toHaveCount(1, { timeout: 500 });
  }).toPass();
}

test("findings are narrowed by facets and text, and the address says how", async ({ page }) => {
  await open(page, "analyst");
  const filters = page.getByRole("region", { name: "Filters" });
  await filters.getByRole("link", { name: /^S3 [\d,]+$/ }).click();
  await expect(page).toHaveURL(/service=s3/);
  await expect(page.getByRole("link", { name: /Remove the filter Service/ })).toBeVisible();
  await page.getByRole("link", { name: /high$/i }).click();
  await expect(page).toHaveURL(/severity=high/);
  await page.goBack();
  await expect(page).not.toHaveURL(/severity=high/);
  await expect(page).toHaveURL(/service=s3/);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search findings" })).toBeFocused();
  await page.keyboard.type("nothing has this name");
  await expect(page.getByRole("heading", { name: "Nothing matches these filters" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Clear all filters" }).click();
  await expect(page).toHaveURL(/\/findings$/);
  await expect(page.getByRole("searchbox", { name: "Search findings" })).toHaveValue("");
  await expect(row(page, 0)).toBeVisible();
});

test("links from before findings had states still lead to what they led to", async ({ page }) => {
  await open(page, "analyst");
  await page.goto("/findings?status=resolved");
  await expect(
    page.getByRole("region", { name: "Filters" }).getByRole("link", { name: /^Resolved/ }),
  ).toHaveAttribute("aria-current", "true");
});

test("the panel is worked by keyboard, and the list stays in use", async ({ page }) => {
  await open(page, "analyst");
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("heading", { level: 2 })).toBeVisible();
  await expect(panel(page)).toBeFocused();
  const address = page.url();
  await page.keyboard.press("j");
  await expect(page).not.toHaveURL(address);
  await expect(panel(page).getByRole("heading", { name: "Evidence" })).toBeVisible();
  await panel(page).getByRole("tab", { name: "CLI" }).click();
  await expect(panel(page).getByRole("tabpanel").last()).toContainText(/\b(aws|az|gcloud|bq) /);
  await panel(page).getByRole("tab", { name: "Resource" }).click();
  await expect(panel(page).getByRole("link", { name: "Open the resource" })).toBeVisible();
  await page.keyboard.press("k");
  await expect(page).toHaveURL(/tab=resource/);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\/findings$/);
  await expect(table(page).locator("tbody a:focus")).toHaveCount(1);
});

test("an address with a finding in it opens its panel, and a wrong one says so", async ({ page }) => {
  await open(page, "analyst");
  await table(page).locator("tbody a").first().click();
  await expect(panel(page).getByRole("heading", { name: "How to fix" })).toBeVisible();
  await page.reload();
  await expect(panel(page).getByRole("heading", { name: "How to fix" })).toBeVisible();
  await page.goto("/findings?finding=fnd_0");
  await expect(page.getByRole("heading", { name: "This finding could not be shown" })).toBeVisible();
});

test("the list goes on as one scrolls, and says how far down one is", async ({ page }) => {
  await open(page, "analyst", "?state=all");
  await expect(async () => {
    await page.mouse.move(900, 600);
    await page.mouse.wheel(0, 8_000);
    const last = table(page).locator("tbody tr").last();
    expect(Number(await last.getAttribute("aria-rowindex"))).toBeGreaterThan(150);
  }).toPass();
  // However far, only what is in sight is there.
  expect(await table(page).locator("tbody tr").count()).toBeLessThan(60);
  const total = Number(await table(page).getAttribute("aria-rowcount")) - 1;
  await expect(page.getByRole("columnheader", { name: /^Finding/ })).toContainText(
    `of ${total.toLocaleString("en")}`,
  );
});

test("an analyst triages by keyboard: groups, assigns, mutes, takes it back, asks a colleague", async ({
  page,
}) => {
  await open(page, "analyst", "?group=check");
  await page.keyboard.press("Enter");
  await expect(table(page).locator("tbody a[id^=fnd_]").first()).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("heading", { level: 2 })).toBeVisible();

  await page.keyboard.press("a");
  await page.getByRole("combobox", { name: "Search people" }).fill("priya");
  await page.keyboard.press("Enter");
  await expect(toast(page, /assigned to Priya Raman/)).toBeVisible();
  await expect(panel(page).getByRole("button", { name: "Priya Raman" })).toBeVisible();

  await page.keyboard.press("e");
  await page.getByRole("combobox", { name: "Search states" }).fill("progress");
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("button", { name: "In progress" })).toBeVisible();

  await page.keyboard.press("d");
  await page.getByRole("radio", { name: "14 days" }).check();
  await page.getByRole("button", { name: /^Set for 1 finding/ }).click();
  await expect(panel(page)).toContainText("Due, set by hand");

  await page.keyboard.press("m");
  const mute = page.getByRole("dialog", { name: "Mute 1 finding" });
  await mute.getByRole("button", { name: "Mute 1 finding" }).click();
  await expect(mute.getByRole("alert")).toContainText("Say why");
  await mute.getByRole("textbox", { name: "Reason" }).fill("Noise of a test account");
  await expectAccessible(page);
  await mute.getByRole("button", { name: "Mute 1 finding" }).click();
  await expect(panel(page)).toContainText("Priya Raman muted it until");
  await toast(page, /muted/).getByRole("button", { name: "Undo" }).last().click();
  await expect(panel(page)).not.toContainText("Priya Raman muted it until");
  await expect(panel(page).getByRole("button", { name: "In progress" })).toBeVisible();

  await panel(page).focus();
  await page.keyboard.press("c");
  const box = panel(page).getByRole("textbox", { name: "Comment" });
  await expect(box).toBeFocused();
  await page.keyboard.type(`${hostile} @marc`);
  await panel(page).getByRole("option", { name: "Marcus Okoye" }).waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  const said = panel(page).getByRole("listitem").filter({ hasText: "@Marcus Okoye" }).first();
  await expect(said).toContainText("<img src=x onerror=alert(1)>⟨U+202E⟩");
  await expectAccessible(page);
  await said.getByRole("button", { name: "Edit" }).click();
  await panel(page).getByRole("textbox", { name: "Reword the comment" }).fill("Who owns this?");
  await panel(page).getByRole("button", { name: "Save" }).click();
  const reworded = panel(page).getByRole("listitem").filter({ hasText: "Who owns this?" }).first();
  await expect(reworded).toContainText("edited");
  await reworded.getByRole("button", { name: "Delete" }).click();
  await reworded.getByRole("button", { name: "Delete it?" }).click();
  await expect(panel(page).getByText("This comment was deleted.").first()).toBeVisible();
});

test("all that match are changed at once, with their number named before, and taken back", async ({
  page,
}) => {
  await open(page, "analyst", "?severity=medium");
  await page.getByRole("checkbox", { name: "Select all that are loaded" }).check();
  await page.getByRole("button", { name: /^Select all [\d,]+ matching$/ }).click();
  const bar = page.getByRole("region", { name: "Selected findings" });
  await expect(bar).toContainText(/^All [\d,]+ matching/);
  const total = ((await bar.textContent()) ?? "").match(/[\d,]+/)?.[0] ?? "none";
  await bar.getByRole("button", { name: "Assign" }).click();
  await page.getByRole("combobox", { name: "Search people" }).fill("diego");
  await page.keyboard.press("Enter");
  const sure = page.getByRole("dialog", { name: `Assign ${total} findings to Diego Herrera?` });
  await expect(sure).toContainText(`All ${total} that match now: open; Severity`);
  await expectAccessible(page);
  await sure.getByRole("button", { name: /^Assign/ }).click();
  const done = toast(page, /assigned/);
  await expect(done).toContainText("findings", { timeout: 60_000 });
  await expect(row(page, 0)).toContainText("Diego Herrera");
  await done.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, 0)).not.toContainText("Diego Herrera", { timeout: 60_000 });
});

test("a view is saved, shared, changed and deleted", async ({ page }) => {
  await open(page, "analyst", "?severity=high&sort=due");
  const menu = page.getByRole("button", { name: "Saved views" });
  await menu.click();
  await page.getByRole("menuitem", { name: "Save this as a view…" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(hostile);
  await page.getByRole("checkbox", { name: "Share it with everyone here" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const views = page.getByRole("navigation", { name: "Views" });
  const saved = views.getByRole("link", { name: /onerror/ });
  await expect(saved).toHaveAttribute("aria-current", "true");
  await expect(saved).toContainText("⟨U+202E⟩");
  await page.getByRole("combobox", { name: "Sort by" }).selectOption("newest");
  await expect(saved).toContainText("modified");
  // Rows of before are dimmed until those asked for are there.
  await expect(table(page)).not.toHaveAttribute("aria-busy");
  await expectAccessible(page);
  await menu.click();
  await page.getByRole("menuitem", { name: "Save the changes to it" }).click();
  await expect(saved).not.toContainText("modified");

  await page.context().clearCookies();
  await open(page, "auditor");
  await saved.click();
  await expect(page).toHaveURL(/severity=high/);
  await expect(page).toHaveURL(/sort=newest/);
  await menu.click();
  await expect(page.getByRole("menuitem", { name: "Delete…" })).toHaveCount(0);

  await page.context().clearCookies();
  await open(page, "analyst");
  await saved.click();
  await menu.click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await page
    .getByRole("dialog", { name: "Delete this view?" })
    .getByRole("button", { name: "Delete" })
    .click();
  await expect(saved).toHaveCount(0);
});

test("an analyst asks that a risk be accepted, and withdraws it", async ({ page }) => {
  await open(page, "analyst", "?severity=low");
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("heading", { level: 2 })).toBeVisible();
  await page.keyboard.press("e");
  await page.getByRole("combobox", { name: "Search states" }).fill("risk");
  await page.keyboard.press("Enter");
  const ask = page.getByRole("dialog", { name: /^Ask to accept the risk/ });
  await expect(ask).toContainText("A manager has to grant it");
  await ask
    .getByRole("textbox", { name: "Reason" })
    .fill("A firewall stands before it until the move in May");
  await ask.getByRole("radio", { name: "90 days" }).check();
  await ask.getByRole("button", { name: "Ask for 1 finding" }).click();
  await expect(panel(page)).toContainText("Priya Raman asks to accept the risk until");
  await panel(page).getByRole("button", { name: "Withdraw" }).click();
  await expect(panel(page)).not.toContainText("asks to accept the risk until");
});

test("the page is sent at most 250 kB of JavaScript, compressed", async ({ page }) => {
  await signInAs(page, "analyst");
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const scripts = new Map<string, number>();
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.set(requestId, 0);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scripts.set(requestId, encodedDataLength);
  });
  await page.goto("/findings");
  await expect(row(page, 0)).toBeVisible();
  await page.waitForLoadState("load");
  const bytes = [...scripts.values()].reduce((sum, each) => sum + each, 0);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes, `${Math.round(bytes / 1_000)} kB in ${scripts.size} scripts`).toBeLessThan(250_000);
});

for (const role of ["ciso", "auditor"] as const) {
  test(`the ${role} reads all of it, and is offered nothing to change`, async ({ page }) => {
    await open(page, role);
    await expect(table(page).getByRole("checkbox")).toHaveCount(0);
    await page.keyboard.press("Enter");
    await expect(panel(page).getByRole("heading", { level: 2 })).toBeVisible();
    for (const key of ["a", "e", "d", "m", "x", "c"]) await page.keyboard.press(key);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByRole("region", { name: "Selected findings" })).toHaveCount(0);
    await panel(page)
      .getByRole("tab", { name: /^Activity/ })
      .click();
    await expect(panel(page).getByRole("list", { name: "Timeline" })).toBeVisible();
    await expect(panel(page).getByRole("textbox")).toHaveCount(0);
    await expectAccessible(page);
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("cards fit, filters open in a sheet, and what is selected is acted on from below", async ({
    page,
  }) => {
    await open(page, "analyst");
    await page.getByRole("button", { name: /^Filters/ }).click();
    const sheet = page.getByRole("dialog", { name: "Filters" });
    await sheet.getByRole("link", { name: /^S3 [\d,]+$/ }).click();
    await expect(page).toHaveURL(/service=s3/);
    await expectAccessible(page);
    await sheet.getByRole("button", { name: /^Show/ }).click();
    await table(page)
      .getByRole("checkbox", { name: /^Select: / })
      .first()
      .check();
    await expect(page.getByRole("region", { name: "Selected findings" })).toContainText("1 selected");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await expectAccessible(page);
    await page.getByRole("button", { name: /^Clear the selection/ }).click();
    await table(page).locator("tbody a").first().click();
    await expect(panel(page).getByRole("heading", { level: 2 })).toBeVisible();
    await expectAccessible(page);
    await panel(page).getByRole("button", { name: "Close the finding" }).click();
    await expect(panel(page)).toHaveCount(0);
  });
});
