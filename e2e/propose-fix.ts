import { expect, type Locator, type Page } from "@playwright/test";

/** Planning, running and scanning afresh are jobs of a worker that may have others to do. */
export const patience = { timeout: 120_000 };

const panel = (page: Page) => page.getByRole("complementary");

/** Opens a finding of the check whose fix nobody has proposed, on a resource of that name if given; answers its address. */
export async function openUnfixed(page: Page, checkId: string, name?: string): Promise<string> {
  await expect(page.getByRole("banner").getByRole("link", { name: /^Scanned/ })).toBeVisible(patience);
  await page.goto(`/findings?check=${checkId}${name ? `&q=${name}` : ""}`);
  const table = page.getByRole("table", { name: "Findings" });
  await expect(table.locator("tbody tr").first()).toBeVisible(patience);
  // Keys are heard once the page has come to life.
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(table.locator("tbody :is(a, button):focus")).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("heading", { level: 2 })).toBeVisible();
  const propose = panel(page).getByRole("button", { name: "Propose a fix" });
  // Another journey may have proposed a fix of the first ones.
  await expect(async () => {
    if (await propose.isVisible()) return;
    const before = page.url();
    await page.keyboard.press("j");
    await expect(page).not.toHaveURL(before, { timeout: 2_000 });
    await expect(propose).toBeVisible({ timeout: 2_000 });
  }).toPass(patience);
  return page.url();
}

/** Has the fix of the finding that is open planned; answers the dialog that shows the plan, with what sends it. */
export async function planFix(page: Page, why: string): Promise<{ dialog: Locator; send: Locator }> {
  await panel(page).getByRole("button", { name: "Propose a fix" }).click();
  const form = page.getByRole("dialog", { name: "Propose a fix for 1 finding" });
  await form.getByRole("textbox", { name: "Why" }).fill(why);
  await form.getByRole("button", { name: "Plan the fix of 1 finding" }).click();
  const dialog = page.getByRole("dialog");
  const send = dialog.getByRole("button", { name: "Send for approval" });
  await expect(send).toBeVisible(patience);
  return { dialog, send };
}
