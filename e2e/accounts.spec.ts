import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { signInAs } from "./sign-in.ts";

/** What an administrator does with accounts, and what others see of it; the sandbox's own are there to be used. */
test.describe.configure({ mode: "serial" });

const openAccount = async (page: Page, name: string) => {
  await page.goto("/settings/accounts");
  await page
    .getByRole("table", { name: "Connected accounts" })
    .getByRole("link", { name, exact: true })
    .click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
};

test("the accounts are listed, narrowed and walked through by keyboard", async ({ page }) => {
  await signInAs(page, "admin");
  await page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: "Settings" }).click();
  const table = page.getByRole("table", { name: "Connected accounts" });
  await expect(table.getByRole("link", { name: "Acme Production", exact: true })).toBeVisible();
  await expectAccessible(page);
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(page.locator("tbody a:focus")).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings\/accounts\/acc_/);
  await page.goBack();
  await page.getByRole("combobox", { name: "Cloud" }).selectOption("gcp");
  await expect(page).toHaveURL(/cloud=gcp/);
  await expect(table.getByRole("link", { name: "Acme Production", exact: true })).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Search accounts" }).fill("nothing has this name");
  await expect(page.getByRole("heading", { name: "Nothing matches these filters" })).toBeVisible();
  await page.getByRole("link", { name: "Show all accounts" }).click();
  await expect(page).toHaveURL(/\/settings\/accounts$/);
});

test("an account is tested, and says whom it reached", async ({ page }) => {
  await signInAs(page, "admin");
  await openAccount(page, "Acme Staging");
  await expectAccessible(page);
  // The identity that reads comes first, then the one that fixes.
  await page.getByRole("button", { name: "Test the connection" }).first().click();
  await expect(page.getByText(/assumed-role\/ParapetScanner/).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("Everything that it needs is allowed")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: /tested the read identity/ })).toBeVisible();
});

test("an account is renamed; what can't be is said at its field", async ({ page }) => {
  await signInAs(page, "admin");
  await openAccount(page, "Acme Staging");
  await page.getByRole("link", { name: "Edit" }).click();
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Name" }).fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Give the account a name.")).toBeVisible();
  await page.getByRole("textbox", { name: "Name" }).fill("Acme Staging, renamed");
  await page.getByLabel("Regions (optional)").fill("eu-west-1, nowhere");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("A region looks like eu-west-1.")).toBeVisible();
  await page.getByLabel("Regions (optional)").fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Acme Staging, renamed" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: /changed the name/ })).toBeVisible();
});

test("an account is disabled and enabled again", async ({ page }) => {
  await signInAs(page, "admin");
  await openAccount(page, "Acme Staging, renamed");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Disable…" }).click();
  const question = page.getByRole("dialog", { name: "Disable this account?" });
  await expectAccessible(page);
  await question.getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText(/no scan reads it/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Scan now" })).toHaveCount(0);
  await page.getByRole("button", { name: "Enable" }).click();
  await expect(page.getByRole("button", { name: "Scan now" })).toBeVisible();
});

test("a write identity is removed and set", async ({ page }) => {
  await signInAs(page, "admin");
  await openAccount(page, "Acme Security Tooling");
  await page.getByRole("link", { name: "Change or remove it" }).click();
  await page.getByRole("button", { name: "Remove the write identity" }).click();
  await page.getByRole("link", { name: "Set a write identity" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Fill this in.")).toBeVisible();
  await expect(page.getByLabel("The role's ARN")).toBeFocused();
  await page.getByLabel("The role's ARN").fill("arn:aws:iam::777788889999:role/ParapetRemediator");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name: "Change or remove it" })).toBeVisible();
});

test("an account is deleted once its name is typed, and goes", async ({ page }) => {
  await signInAs(page, "admin");
  await openAccount(page, "Acme Staging, renamed");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  const question = page.getByRole("dialog", { name: "Delete this account?" });
  await expect(question.getByRole("button", { name: "Delete for good" })).toBeDisabled();
  await question.getByRole("textbox").fill("Acme Staging");
  await expect(question.getByRole("button", { name: "Delete for good" })).toBeDisabled();
  await question.getByRole("textbox").fill("Acme Staging, renamed");
  await question.getByRole("button", { name: "Delete for good" }).click();
  await expect(page).toHaveURL(/\/settings\/accounts$/);
  await expect(page.getByRole("link", { name: "Acme Staging, renamed" })).toHaveCount(0, { timeout: 60_000 });
});

test("connecting says what each way in takes, and what is lacking", async ({ page }) => {
  await signInAs(page, "admin");
  await page.goto("/settings/accounts/connect");
  await expectAccessible(page);
  await page.getByRole("radio", { name: /^AWS/ }).check();
  await expect(page.getByRole("radio", { name: /^A role in the account/ })).toBeChecked();
  const template = page.getByRole("textbox", { name: "the CloudFormation template" });
  const externalId = await page.getByLabel("External id (optional)").inputValue();
  expect(externalId).toMatch(/^parapet-[0-9a-f]{24}$/);
  await expect(template).toHaveValue(new RegExp(externalId));
  await expectAccessible(page);
  await page.getByRole("button", { name: "Test the connection" }).click();
  await expect(page.getByLabel("The role's ARN")).toBeFocused();
  await page.getByRole("radio", { name: /^Google Cloud/ }).check();
  await page.getByRole("radio", { name: /^Workload identity/ }).check();
  await page.getByLabel("Credential configuration").fill('{"type":"service_account","private_key":"…"}');
  await page.getByRole("button", { name: "Test the connection" }).click();
  await expect(page.getByText(/a key that is stored can be stolen/)).toBeVisible();
  await page.getByRole("radio", { name: /^Azure/ }).check();
  await page.getByRole("radio", { name: /^A directory/ }).check();
  await expect(page.getByRole("textbox", { name: "the Graph permissions" })).toHaveValue(/Policy\.Read/);
  await expect(page.getByLabel("Client secret")).toHaveAttribute("type", "password");
  await expectAccessible(page);
});

test("an organisation that can't be looked into says so, and is removed", async ({ page }) => {
  await signInAs(page, "admin");
  await page.goto("/settings/organisations");
  await expect(page.getByRole("heading", { name: "No organisation is connected" })).toBeVisible();
  await page.getByRole("link", { name: "Connect an organisation" }).click();
  await page.getByRole("radio", { name: /^AWS/ }).check();
  await expectAccessible(page);
  await page.getByLabel("The role's ARN").fill("arn:aws:iam::777788889999:role/Nobody");
  // A profile that isn't there, so that nobody is asked.
  await page.getByLabel("Starting from the profile (optional)").fill("no-such-profile");
  await page.getByLabel("The role's name in every account").fill("ParapetScanner");
  await page.getByLabel("Name", { exact: true }).fill("Acme organisation");
  await page.getByRole("button", { name: "Connect and look for members" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Acme organisation" })).toBeVisible();
  await expect(page.getByText("Its members could not be looked for.")).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  const question = page.getByRole("dialog", { name: "Remove this organisation?" });
  await question.getByRole("textbox").fill("Acme organisation");
  await question.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { name: "No organisation is connected" })).toBeVisible();
});

test("who may not manage accounts sees them, and nothing to press", async ({ page }) => {
  await signInAs(page, "auditor");
  await openAccount(page, "Acme Production");
  await expect(page.getByRole("heading", { name: "How well it is known" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "History" })).toBeVisible();
  await expectAccessible(page);
  for (const name of [/^Test/, "More", "Scan now"]) {
    await expect(page.getByRole("main").getByRole("button", { name })).toHaveCount(0);
  }
  await expect(page.getByRole("link", { name: "Edit" })).toHaveCount(0);
  for (const path of [
    "/settings/accounts/connect",
    `${new URL(page.url()).pathname}/edit`,
    "/settings/organisations/connect",
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Nothing is here" })).toBeVisible();
  }
});
