import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { type RunningSandbox, runSandbox } from "#lib/trial/run-sandbox.ts";
import { acmeAccounts, acmeHub } from "#sandbox/estates/acme/company.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { type Product, startProduct } from "./product.ts";

/*
 * From an installation with nothing in it to the first finding, by both ways. The real account is one of a sandbox cloud
 * that the product takes for AWS, since the SDK's own variables say so.
 */
test.describe.configure({ mode: "serial" });

const folder = mkdtempSync(join(tmpdir(), "parapet-onboarding-"));
const password = "a quiet harbour at dusk";
let product: Product;
let cloud: RunningSandbox;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  cloud = await runSandbox({ dataDir: folder, scale: 1, signal: new AbortController().signal });
  product = await startProduct(() => ({
    ...process.env,
    PARAPET_SANDBOX: "off",
    PARAPET_SANDBOX_SCALE: "1",
    AUTH_SECRET: randomBytes(32).toString("hex"),
    PARAPET_SECRET_KEYS: `1:${randomBytes(32).toString("base64")}`,
    AWS_ENDPOINT_URL: cloud.url,
    AWS_ACCESS_KEY_ID: acmeHub.accessKeyId,
    AWS_SECRET_ACCESS_KEY: acmeHub.secretAccessKey,
    AWS_REGION: "eu-west-1",
  }));
});
test.afterAll(async () => {
  await product?.stop();
  await cloud?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function signIn(page: Page): Promise<void> {
  await page.goto(`${product.url}/sign-in`);
  await page.getByLabel("E-mail").fill("root@corp.example");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("navigation", { name: "Areas" })).toBeVisible();
}

const panel = (page: Page) => page.getByRole("complementary");

test("the link makes the administrator, who lands where it begins", async ({ page }) => {
  const link = () => /http:\/\/\S+\/setup\?token=\S+/.exec(product.said())?.[0];
  // It is printed once everything runs, which is after the web server answers.
  await expect.poll(link).toBeDefined();
  await page.goto(link() ?? "");
  await page.getByLabel("Organisation").fill("Corp");
  await page.getByLabel("Your name").fill("Root Lindqvist");
  await page.getByLabel("E-mail").fill("root@corp.example");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create and sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Welcome to Parapet" })).toBeVisible();
  await expectAccessible(page);
});

test("the sandbox leads to a first finding, and goes again with all that was its", async ({ page }) => {
  await signIn(page);
  await page.getByRole("radio", { name: /^Try it with a sandbox/ }).check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Start the sandbox" }).click();
  await expect(page.getByRole("link", { name: "Scanning now" })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  await page.waitForURL(/\/findings\?finding=fnd_/, { timeout: 80_000 });
  await expect(panel(page).getByRole("heading", { name: "Evidence" })).toBeVisible();
  await page.goto(`${product.url}/settings/accounts`);
  await expect(page.getByRole("row").filter({ hasText: "Sandbox" }).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Remove the sandbox" }).click();
  await expect(page.getByRole("heading", { name: "No account is connected yet" })).toBeVisible({
    timeout: 80_000,
  });
  await page.goto(`${product.url}/findings`);
  await expect(page.getByRole("table", { name: /Findings/ })).toHaveCount(0);
});

test("an account of one's own is connected after a test, scanned, and leads to a finding", async ({
  page,
}) => {
  await signIn(page);
  await page.goto(`${product.url}/welcome`);
  await page.getByRole("radio", { name: /^Connect an account of yours/ }).check();
  await page.getByRole("radio", { name: /^AWS/ }).check();
  const account = acmeAccounts[0];
  await page.getByLabel("The role's ARN").fill("arn:aws:iam::111122223333:role/NoSuchRole");
  await page.getByRole("button", { name: "Test the connection" }).click();
  await expect(page.getByText("Nobody was reached")).toBeVisible({ timeout: 60_000 });
  await page.getByLabel("The role's ARN").fill(account?.roleArn ?? "");
  await page.getByLabel("External id (optional)").fill(account?.externalId ?? "");
  await expect(page.getByText("Nobody was reached")).toHaveCount(0);
  await page.getByRole("button", { name: "Test the connection" }).click();
  await expect(page.getByText(/assumed-role\/ParapetScanner/)).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Connect and scan" }).click();
  await page.waitForURL(/\/findings\?finding=fnd_/, { timeout: 80_000 });
  await expect(panel(page).getByRole("heading", { name: "How to fix" })).toBeVisible();
  await page.goto(`${product.url}/`);
  await expect(page).toHaveURL(`${product.url}/findings`);
});
