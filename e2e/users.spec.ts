import { randomBytes } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { type Product, startProduct } from "./product.ts";

/*
 * An installation of one's own, with passwords: its administrator lets somebody in, says what they see and may do, and shuts
 * them out. A sandbox beside it gives it accounts.
 */
test.describe.configure({ mode: "serial" });

const rootPassword = "a quiet harbour at dusk";
const anasPassword = "seven lanterns by the mill";
let product: Product;
let ana: Page;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  product = await startProduct(() => ({
    ...process.env,
    PARAPET_SANDBOX: "off",
    PARAPET_SANDBOX_SCALE: "1",
    AUTH_SECRET: randomBytes(32).toString("hex"),
    PARAPET_SECRET_KEYS: `1:${randomBytes(32).toString("base64")}`,
  }));
});
test.afterAll(async () => {
  await ana?.context().close();
  await product?.stop();
});

const open = async (browser: Browser): Promise<Page> => (await browser.newContext()).newPage();
const areas = (page: Page) => page.getByRole("navigation", { name: "Areas" });

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto(`${product.url}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function asRoot(page: Page): Promise<void> {
  await signIn(page, "root@corp.example", rootPassword);
  await expect(areas(page)).toBeVisible();
}

async function setPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Once more").fill(password);
  await page.getByRole("button", { name: "Set the password and sign in" }).click();
}

const pageOfAna = async (page: Page): Promise<void> => {
  await page.goto(`${product.url}/settings/users`);
  await page.getByRole("link", { name: "Ana Berg" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Ana Berg" })).toBeVisible();
};

let link = "";

test("an administrator invites somebody who is to see one account", async ({ page }) => {
  test.setTimeout(180_000);
  const setup = () => /http:\/\/\S+\/setup\?token=\S+/.exec(product.said())?.[0];
  await expect.poll(setup).toBeDefined();
  await page.goto(setup() ?? "");
  await page.getByLabel("Organisation").fill("Corp");
  await page.getByLabel("Your name").fill("Root Lindqvist");
  await page.getByLabel("E-mail").fill("root@corp.example");
  await page.getByLabel("Password").fill(rootPassword);
  await page.getByRole("button", { name: "Create and sign in" }).click();
  await page.getByRole("radio", { name: /^Try it with a sandbox/ }).check();
  await page.getByRole("button", { name: "Start the sandbox" }).click();
  await page.waitForURL(/\/findings\?finding=fnd_/, { timeout: 80_000 });

  await page.goto(`${product.url}/settings/users`);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Invite somebody" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Ana Berg");
  await page.getByLabel("E-mail").fill("ana@corp.example");
  await page.getByRole("radio", { name: /^Only these/ }).check();
  await page.getByLabel("Search accounts to choose").fill("prod");
  await page.getByRole("list", { name: "Accounts" }).getByRole("checkbox").first().check();
  await expect(page.getByText(/^1 of \d+ chosen$/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Make the invitation" }).click();
  link = await page.getByLabel("The link", { exact: true }).inputValue();
  expect(link).toMatch(/\/link#[\w-]{43}$/);
  await expectAccessible(page);
  await page.getByRole("link", { name: "See Ana Berg" }).click();
  await expect(page.getByRole("banner")).toBeVisible();
  await expect(page.getByText("Invited", { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(link.split("#")[1]);
});

test("whoever has the link sets a password and sees that account alone", async ({ browser }) => {
  ana = await open(browser);
  const sent: string[] = [];
  ana.on("request", (request) => sent.push(`${request.url()} ${request.headers().referer ?? ""}`));
  await ana.goto(link);
  await expect(ana.getByRole("heading", { level: 1, name: "Welcome, Ana Berg" })).toBeVisible();
  expect(ana.url()).toBe(`${product.url}/link`);
  await expectAccessible(ana);
  await setPassword(ana, "password1234");
  await expect(ana.getByRole("alert").first()).toContainText("easily guessed");
  await setPassword(ana, anasPassword);
  await expect(areas(ana)).toBeVisible();
  // The token went in the body of the page's own requests alone.
  expect(sent.filter((each) => each.includes(link.split("#")[1] ?? "?"))).toEqual([]);
  await ana.goto(`${product.url}/settings/accounts`);
  await expect(ana.getByRole("heading", { level: 1, name: "1 account" })).toBeVisible();
  await ana.goto(`${product.url}/settings/users`);
  await expect(ana.getByRole("heading", { level: 1, name: /\d user/ })).toHaveCount(0);
});

test("the link doesn't work twice", async ({ page }) => {
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1, name: "This link doesn't work" })).toBeVisible();
  await expectAccessible(page);
});

test("what an administrator changes counts from the next click", async ({ page }) => {
  await asRoot(page);
  await pageOfAna(page);
  await expectAccessible(page);
  await page.getByRole("radio", { name: /^Auditor/ }).check();
  await page.getByRole("button", { name: "Make them Auditor" }).click();
  await expect(page.getByText(/changed the role from analyst to auditor/)).toBeVisible();
  await ana.goto(`${product.url}/settings/profile`);
  await expect(ana.getByText("Sees everything and the audit trail.")).toBeVisible();
  await expectAccessible(ana);
  await page.getByRole("radio", { name: /^Every account/ }).check();
  await page.getByRole("button", { name: "Show them every account" }).click();
  await expect(page.getByText(/let them see every account/)).toBeVisible();
  await ana.goto(`${product.url}/settings/accounts`);
  await expect(ana.getByRole("heading", { level: 1, name: /^\d+ accounts/ })).toBeVisible();
});

test("one changes one's own password, and a link sets another", async ({ page, browser }) => {
  await ana.goto(`${product.url}/settings/profile`);
  const own = "eight lanterns by the mill";
  await ana.getByLabel("Present password").fill("not this one at all");
  await ana.getByLabel("New password", { exact: true }).fill(own);
  await ana.getByLabel("New password once more").fill(own);
  await ana.getByRole("button", { name: "Change the password" }).click();
  await expect(ana.getByText("This is not your present password.")).toBeVisible();
  await ana.getByLabel("Present password").fill(anasPassword);
  await ana.getByRole("button", { name: "Change the password" }).click();
  await expect(ana.getByText("Your password is changed.")).toBeVisible();

  await asRoot(page);
  await pageOfAna(page);
  await page.getByRole("button", { name: "Make a link to reset the password" }).click();
  const reset = await page.getByLabel("The link", { exact: true }).inputValue();
  const other = await open(browser);
  await other.goto(reset);
  await expect(other.getByRole("heading", { level: 1, name: "Set another password" })).toBeVisible();
  await setPassword(other, anasPassword);
  await expect(areas(other)).toBeVisible();
  // The session of before has ended.
  await ana.goto(`${product.url}/findings`);
  await expect(ana.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await ana.context().close();
  ana = other;
});

test("whoever is disabled is out at the next click, and can't come back", async ({ page, browser }) => {
  await asRoot(page);
  await pageOfAna(page);
  await page.getByRole("button", { name: "Disable", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Disable this user?" });
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect(page.getByRole("button", { name: "Enable again" })).toBeVisible();
  await ana.goto(`${product.url}/findings`);
  await expect(ana.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await signIn(ana, "ana@corp.example", anasPassword);
  await expect(ana.getByText("E-mail or password is not right.")).toBeVisible();
  const anew = await open(browser);
  await page.getByRole("button", { name: "Enable again" }).click();
  await expect(page.getByRole("button", { name: "Disable", exact: true })).toBeVisible();
  await signIn(anew, "ana@corp.example", anasPassword);
  await expect(areas(anew)).toBeVisible();
  await anew.context().close();
});

test("whoever is erased is nobody, and what they did stays", async ({ page }) => {
  await asRoot(page);
  await pageOfAna(page);
  const erase = page.getByRole("region", { name: "Erase" });
  await erase.getByRole("button", { name: "Erase this person" }).click();
  await expect(erase.getByText("Say why, without naming them.")).toBeVisible();
  await erase.getByLabel("Reason").fill("Asked for in letter 17");
  await expectAccessible(page);
  await erase.getByRole("button", { name: "Erase this person" }).click();
  const dialog = page.getByRole("dialog", { name: "Erase this person for ever?" });
  await expectAccessible(page);
  await expect(dialog.getByRole("button", { name: "Erase", exact: true })).toBeDisabled();
  await dialog.getByLabel("Type their name").fill("Ana Berg");
  await dialog.getByRole("button", { name: "Erase", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Erased person" })).toBeVisible();
  await expect(page.getByText(/erased this person/)).toBeVisible();
  await expect(page.getByText(/changed the role from analyst to auditor/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Erase this person" })).toHaveCount(0);
  await expectAccessible(page);
  await page.reload();
  expect(await page.content()).not.toContain("ana@corp.example");
  expect(await page.content()).not.toContain("Ana Berg");
});

test("the last administrator can't be taken away", async ({ page }) => {
  await asRoot(page);
  await page.goto(`${product.url}/settings/users`);
  await page.getByRole("link", { name: "Root Lindqvist" }).click();
  await expect(page.getByText("Your own role is for another administrator to change.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Disable", exact: true })).toHaveCount(0);
});
