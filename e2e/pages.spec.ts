import { globSync } from "node:fs";
import { resolve } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { roles } from "#db/identity/roles.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { type PageRow, pages, pathOf, rolesOf, sourceName } from "./pages.ts";
import { signInAs } from "./sign-in.ts";

test.describe.configure({ mode: "serial" });
test.setTimeout(600_000);

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
type Look = readonly [keyof typeof sizes, "light" | "dark"];
const everyLook: readonly Look[] = [
  ["desktop", "light"],
  ["desktop", "dark"],
  ["phone", "light"],
  ["phone", "dark"],
];
/** What a page shows differs by role, how it looks hardly: both themes and sizes once each. */
const twoLooks: readonly Look[] = [
  ["desktop", "light"],
  ["phone", "dark"],
];

/** Addresses by file, found once by an administrator. */
const addresses = new Map<string, string>();

test("every page of the product is known here", () => {
  const app = resolve(import.meta.dirname, "../app");
  expect(Object.keys(pages).sort()).toEqual(globSync("**/page.tsx", { cwd: app }).sort());
});

test("every page has an address to open", async ({ page }) => {
  await signInAs(page, "admin");
  await expect(page.getByRole("banner").getByRole("link", { name: /^Scan/ })).toHaveText(/Scanned/, {
    timeout: 120_000,
  });
  for (const [file, row] of Object.entries(pages)) {
    addresses.set(file, row.at ? await row.at(page) : pathOf(file));
  }
});

test("pages for who is not signed in", async ({ page }) => {
  const problems = listen(page);
  for (const [file, row] of Object.entries(pages)) {
    if (row.signedOut) await look(page, addresses.get(file) ?? pathOf(file), everyLook, problems);
  }
});

for (const role of roles) {
  test(`every page as ${role}`, async ({ page }) => {
    await signInAs(page, role);
    const problems = listen(page);
    for (const [file, row] of Object.entries(pages)) {
      if (row.redirects || row.signedOut) continue;
      await open(page, file, row, role, problems);
    }
  });
}

test("what was connected for this is removed", async ({ page }) => {
  await signInAs(page, "admin");
  await page.goto("/settings/organisations");
  await page.getByRole("link", { name: sourceName }).click();
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  const question = page.getByRole("dialog", { name: "Remove this organisation?" });
  await question.getByRole("textbox").fill(sourceName);
  await question.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { name: "No organisation is connected" })).toBeVisible();

  await page.goto("/playbooks/PAGES-BUCKET");
  await page.getByRole("button", { name: "Retire" }).click();
  const retiring = page.getByRole("dialog", { name: "Retire this playbook?" });
  await retiring.getByRole("textbox").fill("PAGES-BUCKET");
  await retiring.getByRole("button", { name: "Retire it" }).click();
  await expect(page).toHaveURL(/\/playbooks$/);
});

async function open(
  page: Page,
  file: string,
  row: PageRow,
  role: (typeof roles)[number],
  problems: string[],
): Promise<void> {
  const address = addresses.get(file) ?? "";
  const nothing = page.getByRole("heading", { name: "Nothing is here" });
  if (!rolesOf(row).includes(role)) {
    await page.goto(address);
    await expect(nothing, `${address} as ${role}`).toBeVisible();
    problems.length = 0;
    return;
  }
  await look(page, address, role === "admin" ? everyLook : twoLooks, problems);
  await expect(nothing, `${address} as ${role}`).toHaveCount(0);
}

/** Opens a page in each look: it has a heading, nothing reaches out of it sideways, axe and the console are silent. */
async function look(page: Page, address: string, looks: readonly Look[], problems: string[]): Promise<void> {
  await page.setViewportSize(sizes.desktop);
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 }).first(), address).toBeVisible();
  await expect(page.locator("[aria-busy=true]"), address).toHaveCount(0);
  // Where a frame runs no script, axe can't judge what is in it, and may wait for it for ever.
  await page.locator("iframe[sandbox]").evaluateAll((frames) => {
    for (const frame of frames) frame.remove();
  });
  for (const [size, colorScheme] of looks) {
    await test.step(`${address}, ${size}, ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize(sizes[size]);
      await expectAccessible(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${address} reaches out sideways`).toBeLessThanOrEqual(0);
    });
  }
  expect(problems.splice(0), address).toEqual([]);
}

/** An audit report's frame runs no script, not even that of axe, and the browser says so. */
const inReport =
  /^Blocked script execution in '[^']+\/api\/audit\/reports\/rpt_\w+' because the document's frame is sandboxed/;

/** What the page throws or its console calls an error, from now on. */
function listen(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !inReport.test(message.text())) problems.push(message.text());
  });
  return problems;
}
