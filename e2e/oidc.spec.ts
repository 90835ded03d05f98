import { randomBytes } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { startTestProvider, type TestProvider } from "#lib/auth/oidc/test-provider.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { type Product, startProduct } from "./product.ts";

/*
 * An installation of one's own, whose people come through an identity provider: a real one, with its own pages for login
 * and consent.
 */
test.describe.configure({ mode: "serial" });

let product: Product;
let provider: TestProvider;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  product = await startProduct(async (url) => {
    provider = await startTestProvider({ redirectUri: `${url}/api/auth/callback/oidc` });
    return {
      ...process.env,
      PARAPET_SANDBOX: "off",
      AUTH_SECRET: randomBytes(32).toString("hex"),
      PARAPET_OIDC_ISSUER: provider.issuer,
      PARAPET_OIDC_CLIENT_ID: provider.clientId,
      PARAPET_OIDC_CLIENT_SECRET: provider.clientSecret,
      PARAPET_OIDC_SCOPES: "openid email profile groups",
      PARAPET_OIDC_ROLES: "security-admins=admin,security=analyst",
      PARAPET_OIDC_NAME: "Acme login",
    };
  });
  const person = (name: string, group: string) => ({
    email: `${name.toLowerCase()}@corp.example`,
    email_verified: true,
    name: `${name} Lindqvist`,
    groups: [group],
  });
  provider.people.set("root", person("Root", "security-admins"));
  provider.people.set("ana", person("Ana", "security"));
  provider.people.set("guest", person("Guest", "everyone"));
});
test.afterAll(async () => {
  await product?.stop();
  await provider?.stop();
});

/** From the sign-in page to the provider's pages, and through them. */
async function signIn(page: Page, login: string): Promise<void> {
  await page.goto(`${product.url}/sign-in`);
  await page.getByRole("link", { name: "Continue with Acme login" }).click();
  await enterLogin(page, login);
}

async function enterLogin(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder("Enter any login").fill(login);
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

test("nobody but an administrator comes first", async ({ page }) => {
  await signIn(page, "ana");
  await expect(heading(page, "The administrator comes first")).toBeVisible();
  await expectAccessible(page);
  await expect(page).toHaveURL(`${product.url}/sign-in/refused?why=no_administrator`);
});

test("an administrator of the provider's is one here, and then others are let in", async ({
  page,
  browser,
}) => {
  await signIn(page, "root");
  await expect(page.getByRole("button", { name: "Signed in as Root Lindqvist" })).toBeVisible();
  const other = await browser.newContext();
  const page2 = await other.newPage();
  await page2.goto(`${product.url}/settings/sessions`);
  await expect(heading(page2, "Sign in")).toBeVisible();
  await expectAccessible(page2);
  await page2.getByRole("link", { name: "Continue with Acme login" }).click();
  await enterLogin(page2, "ana");
  await expect(page2).toHaveURL(`${product.url}/settings/sessions`);
  await expect(page2.getByRole("button", { name: "Signed in as Ana Lindqvist" })).toBeVisible();
  const cookies = await other.cookies(product.url);
  expect(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toContainEqual({
    name: "parapet-session",
    httpOnly: true,
    sameSite: "Lax",
  });
  expect(cookies.filter(({ name }) => name.startsWith("parapet-oidc"))).toEqual([]);
  await other.close();
});

test("who has no role is told so, and can come as someone else", async ({ page }) => {
  await signIn(page, "guest");
  await expect(heading(page, "You have no role here")).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${product.url}/findings`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.goBack();
  await page.getByRole("link", { name: "Use another account" }).click();
  await enterLogin(page, "ana");
  await expect(page.getByRole("button", { name: "Signed in as Ana Lindqvist" })).toBeVisible();
});

test("turning back at the provider, or coming back twice, ends on a page that says what to do", async ({
  page,
}) => {
  await page.goto(`${product.url}/sign-in`);
  await page.getByRole("link", { name: "Continue with Acme login" }).click();
  await page.getByRole("link", { name: "[ Cancel ]" }).click();
  await expect(heading(page, "You were not signed in")).toBeVisible();
  await page.goto(`${product.url}/api/auth/callback/oidc?code=stolen&state=made-up`);
  await expect(heading(page, "That took too long")).toBeVisible();
  await page.getByRole("link", { name: "Continue with Acme login" }).click();
  await expect(page.getByPlaceholder("Enter any login")).toBeVisible();
});

test("an answer that is no token signs nobody in", async ({ page }) => {
  await page.goto(`${product.url}/sign-in`);
  await page.getByRole("link", { name: "Continue with Acme login" }).click();
  provider.alterToken = () => "not.a.token";
  await enterLogin(page, "ana");
  await expect(heading(page, "The answer could not be trusted")).toBeVisible();
  await expectAccessible(page);
});
