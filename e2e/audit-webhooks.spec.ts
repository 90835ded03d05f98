import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { signInAs } from "./sign-in.ts";

test.describe.configure({ mode: "serial" });
// A worker takes what was queued within seconds, on a busy machine later.
test.setTimeout(240_000);

const main = (page: Page) => page.getByRole("main");

/** Presses what opens a dialog until the page has come to life. */
async function openBy(page: Page, button: string, dialog: string) {
  const opened = page.getByRole("dialog", { name: dialog });
  await expect(async () => {
    await page.getByRole("button", { name: button }).click({ timeout: 2_000 });
    await expect(opened).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  return opened;
}

test("an administrator streams the trail to a webhook, sees what fails and sends it again", async ({
  page,
}) => {
  await signInAs(page, "admin");
  await page.goto("/settings/audit/webhooks");
  const dialog = await openBy(page, "New webhook", "New webhook");
  await dialog.getByLabel("Name", { exact: true }).fill("Journey SIEM");
  await dialog.getByLabel("Address").fill("https://127.0.0.1/hook");
  await dialog.getByLabel("Begins with").selectOption("beginning");
  await dialog.getByRole("button", { name: "Make the webhook" }).click();
  await expect(
    dialog.getByText("A webhook goes to the public internet, not to this machine or its network."),
  ).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Address").fill("https://receiver.invalid/hook");
  await dialog.getByRole("button", { name: "Make the webhook" }).click();
  await expect(page.getByTestId("new-secret")).toHaveText(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await page.getByRole("button", { name: "I have copied it" }).click();

  await main(page).getByRole("link", { name: "Journey SIEM" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Journey SIEM" })).toBeVisible();
  await expect(async () => {
    await page.getByRole("button", { name: "Send a test" }).click({ timeout: 2_000 });
    await expect(page.getByText("The test did not get through.").first()).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 60_000 });
  // What is sealed is queued within seconds, and tried.
  await expect(page.getByText("receiver.invalid could not be reached").first()).toBeVisible({
    timeout: 90_000,
  });
  await expect(page.getByText("Failing", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
});

test("a webhook is paused, given another secret and deleted", async ({ page }) => {
  await signInAs(page, "admin");
  await page.goto("/settings/audit/webhooks");
  await main(page).getByRole("link", { name: "Journey SIEM" }).click();
  await expect(async () => {
    await page.getByRole("button", { name: "Pause" }).click({ timeout: 2_000 });
    await expect(page.getByRole("button", { name: "Go on" })).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await page.getByRole("button", { name: "More about this webhook" }).click();
  await page.getByRole("menuitem", { name: "New secret" }).click();
  await page.getByRole("button", { name: "Make a new secret" }).click();
  await expect(page.getByTestId("new-secret")).toHaveText(/^whsec_/);
  await page.getByRole("button", { name: "I have copied it" }).click();
  await page.getByRole("button", { name: "More about this webhook" }).click();
  await page.getByRole("menuitem", { name: "Delete it" }).click();
  const question = page.getByRole("dialog", { name: "Delete this webhook?" });
  await question.getByRole("textbox").fill("Journey SIEM");
  await question.getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/settings\/audit\/webhooks$/);
  await expect(main(page).getByRole("link", { name: "Journey SIEM" })).toHaveCount(0);
});

test("an administrator has people told when much fails, and tries it out", async ({ page }) => {
  await signInAs(page, "admin");
  await page.goto("/settings/audit/alerts");
  const dialog = await openBy(page, "New rule", "New alert rule");
  await dialog.getByLabel("Name", { exact: true }).fill("Journey refusals");
  await dialog.getByRole("list", { name: "People" }).getByRole("checkbox").first().check();
  await dialog.getByRole("button", { name: "Another way" }).click();
  await dialog.getByLabel("Way 2", { exact: true }).selectOption("slack");
  await dialog.getByRole("button", { name: "Save the rule" }).click();
  await expect(dialog.getByText("Enter the address.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Address").fill("https://hooks.invalid/services/x");
  await dialog.getByRole("button", { name: "Save the rule" }).click();
  await expect(main(page).getByText("10 acts within 10 minutes, then silent for 1 hour")).toBeVisible();
  await page.getByRole("button", { name: "Send a test of Journey refusals" }).click();
  const outcome = page.getByRole("dialog", { name: "The test did not reach everyone" });
  await expect(outcome.getByText("hooks.invalid could not be reached")).toBeVisible({ timeout: 30_000 });
  await outcome.getByRole("button", { name: "Close" }).last().click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "More about Journey refusals" }).click();
  await page.getByRole("menuitem", { name: "Delete it" }).click();
  const question = page.getByRole("dialog", { name: "Delete this rule?" });
  await question.getByRole("textbox").fill("Journey refusals");
  await question.getByRole("button", { name: "Delete" }).click();
  await expect(main(page).getByText("Journey refusals")).toHaveCount(0);
});

test("an auditor sees whom the trail is sent to, and changes nothing", async ({ page }) => {
  await signInAs(page, "auditor");
  for (const part of ["webhooks", "alerts"]) {
    await page.goto(`/settings/audit/${part}`);
    await expect(page.getByRole("heading", { level: 1, name: "Audit trail" })).toBeVisible();
    await expect(main(page).getByRole("button", { name: /^New/ })).toHaveCount(0);
  }
});
